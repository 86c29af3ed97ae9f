import { certificateSchemas, documentHash, parseProfile, readJson } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { firstForm, firstSchema, openFirstForm } from '../../../../test/support/first-form.ts'
import { streams } from '../stream.ts'
import { verifyDocument, verifyLink } from '../verification/verify.ts'
import { issueCertificate } from './issue.ts'
import type { CertificateEvent } from './record.ts'

/** What was issued or begun before the second form of the profile existed. */
const SECOND = 1_000
const after = (milliseconds: number) => new Date(Date.parse(firstForm.now) + milliseconds)
const numbered = <T extends { request: { input: { certificateNumber: string } } }>(rows: readonly T[]) =>
  rows.map((row) => [row.request.input.certificateNumber, row] as const)

describe('a certificate of the first form', () => {
  test.each(numbered(firstForm.issued))(
    '%s has the bytes, the recorded hash and the verdict that it had',
    async (_, old) => {
      const { verifying } = await openFirstForm()
      const document = readJson(old.document)
      expect(documentHash(parseProfile(document))).toBe(old.hash)
      const { verdict, checks, certificate } = await verifyDocument(document, verifying(after(SECOND)))
      expect(JSON.parse(JSON.stringify({ verdict, checks, certificate }))).toEqual({
        verdict: old.verdict,
        checks: old.checks,
        certificate: old.certificate,
      })
      const opened = await verifyLink(old.link.slice(-26), verifying(after(SECOND)))
      expect(JSON.stringify(opened.document)).toBe(old.document)
      expect(opened.verification.verdict).toBe(old.verdict)
    },
  )

  test.each(numbered(firstForm.issued))('%s: the request that made it has the same answer', async (_, old) => {
    const { issuing } = await openFirstForm()
    const { verifiableCredential, link, replayed } = await issueCertificate(old.request, issuing(after(SECOND)))
    expect({ text: JSON.stringify(verifiableCredential), link, replayed }).toEqual({
      text: old.document,
      link: old.link,
      replayed: true,
    })
  })

  test('the schema that it names is what it was, byte for byte', () => {
    expect(JSON.stringify(certificateSchemas[1])).toBe(JSON.stringify(firstSchema))
  })
})

describe('a reservation that was begun under the first form', () => {
  test.each(numbered(firstForm.reserved))(
    '%s: the same request makes the document whose hash was recorded',
    async (_, old) => {
      const { store, issuing, verifying } = await openFirstForm()
      const { uuid, verifiableCredential } = await issueCertificate(old.request, issuing(after(3 * SECOND)))
      const commits = await store.read<CertificateEvent>(streams.certificate(old.request.issuer, uuid))
      expect(commits.flatMap(({ events }) => events).map(({ type }) => type)).toEqual(['reserved', 'issued'])
      expect(documentHash(parseProfile(verifiableCredential))).toBe(old.hash)
      const { verdict } = await verifyDocument(verifiableCredential, verifying(after(4 * SECOND)))
      expect(verdict).toBe('valid')
    },
  )
})
