import { certificateSchemas, documentHash, parseProfile, readJson } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { firstForm, firstSchema, openFirstForm } from '../../../../test/support/first-form.ts'
import { atOnce } from '../../../../test/support/registry-world.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { streams } from '../stream.ts'
import { verifyDocument, verifyLink } from '../verification/verify.ts'
import { issueCertificate } from './issue.ts'

/** Certificates that were issued or begun before the second form of the profile existed. */
const SECOND = 1_000
const after = (milliseconds: number) => new Date(Date.parse(firstForm.now) + milliseconds)
const numbered = <T extends { request: { input: { certificateNumber: string } } }>(rows: readonly T[]) =>
  rows.map((row) => [row.request.input.certificateNumber, row] as const)

describe('a certificate of the first form', () => {
  test.each(numbered(firstForm.issued))('%s still has the same bytes, recorded hash and verdict', async (_, old) => {
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
  })

  test.each(numbered(firstForm.issued))('%s: the request that made it still has the same answer', async (_, old) => {
    const { issuing } = await openFirstForm()
    const { verifiableCredential, link, replayed } = atOnce(await issueCertificate(old.request, issuing(after(SECOND))))
    expect({ text: JSON.stringify(verifiableCredential), link, replayed }).toEqual({
      text: old.document,
      link: old.link,
      replayed: true,
    })
  })

  test('the schema that it names is unchanged, byte for byte', () => {
    expect(JSON.stringify(certificateSchemas[1])).toBe(JSON.stringify(firstSchema))
  })
})

describe('a reservation in the first form', () => {
  test.each(numbered(firstForm.reserved))(
    '%s: the same request makes the document with the recorded hash',
    async (_, old) => {
      const { store, issuing, verifying } = await openFirstForm()
      const { uuid, verifiableCredential } = atOnce(await issueCertificate(old.request, issuing(after(3 * SECOND))))
      const commits = await store.read<CertificateEvent>(streams.certificate(old.request.issuer, uuid))
      expect(commits.flatMap(({ events }) => events).map(({ type }) => type)).toEqual(['reserved', 'issued'])
      expect(documentHash(parseProfile(verifiableCredential))).toBe(old.hash)
      const { verdict } = await verifyDocument(verifiableCredential, verifying(after(4 * SECOND)))
      expect(verdict).toBe('valid')
    },
  )
})

describe('a certificate issued now', () => {
  const asked = (number: string, qualification: string) => {
    const [row] = firstForm.issued
    if (row === undefined) throw new Error('an empty fixture')
    const input = { ...row.request.input, certificateNumber: number, qualification }
    return { ...row.request, idempotencyKey: number, input }
  }
  /** The part of a document in which the forms differ. */
  interface Written {
    credentialSchema: { id: string }[]
    credentialSubject: { activityEndDate: string; achievement: { version?: string; criteria: { narrative: string } } }
    evidence: { type: unknown }[]
  }
  const written = async (request: ReturnType<typeof asked>, world = openFirstForm()) => {
    const { issuing, verifying } = await world
    const { verifiableCredential } = atOnce(await issueCertificate(request, issuing(after(SECOND))))
    const { verdict, checks, certificate } = await verifyDocument(verifiableCredential, verifying(after(2 * SECOND)))
    const { credentialSchema, credentialSubject, evidence } = verifiableCredential as Written
    const { activityEndDate, achievement } = credentialSubject
    return { verdict, checks, certificate, achievement, activityEndDate, schema: credentialSchema[0]?.id, evidence }
  }

  test('has the second form', async () => {
    const { verdict, schema, activityEndDate, evidence, achievement, certificate } = await written(
      asked('A-1', 'ph-masonry-nc2'),
    )
    expect({ verdict, schema, activityEndDate }).toEqual({
      verdict: 'valid',
      schema: `${firstForm.baseUrl}/schemas/certificate-2`,
      activityEndDate: '2026-02-20T00:00:00Z',
    })
    expect(evidence.map(({ type }) => type)).toEqual(['Evidence', 'Evidence', 'Evidence'])
    expect(achievement.version).toBe('TESDA Training Regulations in force before the amendment of 29 October 2018')
    expect(certificate).toMatchObject({ assessedOn: '2026-02-20' })
  })

  test('states no edition if none is known, and its criteria say so', async () => {
    const { verdict, checks, certificate, achievement } = await written(asked('A-2', 'ph-masonry-nc3'))
    expect(verdict).toBe('valid')
    expect(achievement).not.toHaveProperty('version')
    expect(achievement.criteria.narrative).toMatch(/Its edition is not known\. Limits of scope: none\.$/)
    expect(certificate?.qualification).not.toHaveProperty('edition')
    expect(checks.find(({ name }) => name === 'qualification')?.evidence).toEqual({ qualification: 'ph-masonry-nc3' })
  })

  test('records its form in the reservation, and the same request finishes it in that form', async () => {
    const world = openFirstForm()
    const { store, issuing } = await world
    const away = { code: 'dependency-unavailable' }
    const signer = { sign: () => Promise.reject(new RegistryError('dependency-unavailable', 'the signer is away')) }
    const request = asked('A-3', 'ph-masonry-nc3')
    await expect(issueCertificate(request, { ...issuing(after(0)), signer })).rejects.toMatchObject(away)
    const { commits } = await store.list<CertificateEvent>('PENDING#2026-03-02', { limit: 100, newestFirst: true })
    const forms = commits.flatMap(({ events: [event] }) => (event?.type === 'reserved' ? [event.form] : []))
    expect(forms).toHaveLength(firstForm.issued.length + firstForm.reserved.length + 1)
    expect(forms.filter((form) => form !== undefined)).toEqual([2])
    expect(await written(request, world)).toMatchObject({ verdict: 'valid', activityEndDate: '2026-02-20T00:00:00Z' })
  })
})
