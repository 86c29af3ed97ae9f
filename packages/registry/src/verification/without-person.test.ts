import { expect, test } from 'vitest'
import { after, aWorld, MINUTE } from '../../../../test/support/registry-world.ts'
import type { Check } from './verification.ts'
import { verifyDocument } from './verify.ts'
import { withoutPerson } from './without-person.ts'

async function aVerification(change: Parameters<Awaited<ReturnType<typeof aWorld>>['issue']>[0] = {}) {
  const world = await aWorld()
  const { verifiableCredential } = await world.issue(change)
  return verifyDocument(verifiableCredential, world.verifying(after(MINUTE)))
}

test('I46: the moments of the certificate are cut to days; the moment of asking and the end of validity stay complete', async () => {
  const { checks, issuer, history, certificate, evaluatedAt } = withoutPerson(await aVerification())
  const evidenceOf = (name: Check['name']) => checks.find((check) => check.name === name)?.evidence
  const issuedOn = '2026-03-02'
  expect(history).toEqual([{ state: 'in-force', at: issuedOn }])
  expect(issuer.onIssueDate.effective).toBe(issuedOn)
  expect(certificate).toMatchObject({ validFrom: issuedOn, validUntil: expect.stringMatching(/T23:59:59Z$/) })
  expect(evidenceOf('proof')).toMatchObject({ created: issuedOn })
  expect(evidenceOf('period')).toEqual({ validFrom: issuedOn, validUntil: certificate?.validUntil })
  expect(evidenceOf('recorded')).toEqual({ issuedAt: issuedOn })
  expect(evidenceOf('status')).toEqual({ changes: 1 })
  expect([evaluatedAt, issuer.today.effective]).toEqual([after(MINUTE).toISOString(), after(MINUTE).toISOString()])
})

test('I46: evidence outside the list of shown facts is left out, and so is the successor', async () => {
  const whole = await aVerification()
  const check: Check = { name: 'status', outcome: 'failed', reason: 'superseded', evidence: { anew: 'x', class: 'y' } }
  const successor = 'urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
  const history = [{ state: 'superseded', at: '2026-03-02T12:00:00.000Z', successor }] as const
  const bare = withoutPerson({ ...whole, checks: [check], history: [...history] })
  expect(bare.checks).toEqual([{ ...check, evidence: { class: 'y' } }])
  expect(bare.history).toEqual([{ state: 'superseded', at: '2026-03-02' }])
})

test('I46: a way of assessment is shown as a value of its list, free text is hidden, and limits are only said to exist', async () => {
  const of = async (change: Parameters<typeof aVerification>[0]) =>
    withoutPerson(await aVerification(change)).certificate
  const free = { limits: 'Walls', route: 'other', otherRoute: 'In two steps', method: 'interview' } as const
  expect(await of(free)).toMatchObject({ route: 'other', method: 'interview', qualification: { limited: true } })
  const without = await of({})
  expect(without).toMatchObject({ qualification: { limited: false } })
  expect(Object.keys(without ?? {})).toEqual(
    expect.not.arrayContaining(['id', 'holder', 'certificateNumber', 'status', 'route', 'method', 'centre']),
  )
  expect(without?.qualification).not.toHaveProperty('limits')
})

test('an answer without a certificate stays without one', async () => {
  const { certificate: _, history: __, ...refused } = await aVerification()
  expect(withoutPerson(refused)).not.toHaveProperty('certificate')
  expect(withoutPerson(refused)).not.toHaveProperty('history')
})
