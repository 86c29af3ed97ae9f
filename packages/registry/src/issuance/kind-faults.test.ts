import type { Kind } from '@sijil/qualifications'
import { beforeEach, expect, test } from 'vitest'
import { cookery } from '../../../../test/support/cookery.ts'
import { AUTHORITY, BODY, FROM, OFFICER } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import type { IssueInput } from '../certificates/issue-input.ts'
import { DAY_MS } from '../clocks.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { verifyDocument } from '../verification/verify.ts'

const ID = `${BODY}.permit`
const basis = 'Act 3'

let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers()
})

/** The body states a qualification of this kind and is accredited for it. */
async function ofKind(kind: Kind, id = ID): Promise<void> {
  const stated = cookery()
  if (stated.verb !== 'state-qualification') throw new Error('cookery states a qualification')
  const { edition } = stated
  await here.decide(
    {
      ...{ ...stated, qualification: id, statement: { ...stated.statement, kind, title: `Cook, ${kind}` } },
      ...(edition && { edition: { ...edition, units: [] } }),
    },
    BODY,
  )
  const scope = { qualifications: [id], places: ['PH'] }
  await here.decide(
    { verb: 'accredit', grantee: BODY, grant: kind, right: 'issue', scope, basis, effectiveAt: FROM },
    AUTHORITY,
  )
}
const issue = (change: Partial<IssueInput>) => {
  const certificateNumber = JSON.stringify(change).length.toString()
  return here.world.issue({ qualification: ID, certificateNumber, ...change }, { deps: { now: here.next() } })
}
const refused = (change: Partial<IssueInput>) =>
  issue(change).then(
    () => [],
    ({ faults = [] }: { faults?: { pointer: string }[] }) => faults.map(({ pointer }) => pointer),
  )

test('R-042: a temporary licence has a last day, and verifies as expired after it without a revocation', async () => {
  await ofKind('temporary-licence')
  expect(await refused({})).toEqual(['/validUntil'])
  const { verifiableCredential } = await issue({ validUntil: '2026-12-31' })
  const at = (days: number) =>
    verifyDocument(verifiableCredential, here.world.verifying(new Date(Date.parse('2026-12-31') + days * DAY_MS)))
  expect(await at(-1)).toMatchObject({ verdict: 'valid' })
  const after = await at(1)
  expect(after.verdict).toBe('invalid')
  expect(after.checks.find(({ name }) => name === 'period')).toMatchObject({ outcome: 'failed', reason: 'expired' })
  expect(after.history?.map(({ state }) => state)).toEqual(['in-force'])
})

test('R-044: good standing counts for six months at most, and names the authority that it is for', async () => {
  await ofKind('good-standing')
  const awardedOn = '2026-02-24'
  const recipient = 'demo-else'
  expect(await refused({ awardedOn })).toEqual(['/recipient', '/validUntil'])
  expect(await refused({ awardedOn, recipient, validUntil: '2026-08-25' })).toEqual(['/validUntil'])
  const validUntil = '2026-08-23'
  for (const wrong of [undefined, BODY, 'demo-nobody', 'NOT AN ID'])
    expect(await refused({ awardedOn, validUntil, ...(wrong && { recipient: wrong }) })).toEqual(['/recipient'])
  expect(await refused({ awardedOn, validUntil, recipient })).toEqual([])
})

test('only good standing names an authority', async () => {
  await ofKind('temporary-licence')
  expect(await refused({ validUntil: '2026-12-31', recipient: 'demo-else' })).toEqual(['/recipient'])
})

test('R-028: a title and a permanent licence are two certificates of two rights, and neither ends with the other', async () => {
  await ofKind('mra-title', `${BODY}.title`)
  await ofKind('licence')
  const scope = { issuer: BODY, actor: OFFICER, reason: 'misconduct' as const }
  const title = await issue({ qualification: `${BODY}.title` })
  const licence = await here.world.issue(
    { qualification: ID, certificateNumber: '26-L-1' },
    { key: 'key-2', deps: { now: here.next() } },
  )
  const types = [title, licence].map(({ verifiableCredential }) => {
    const { credentialSubject } = verifiableCredential as {
      credentialSubject: { achievement: { achievementType: string } }
    }
    return credentialSubject.achievement.achievementType
  })
  expect(types).toEqual(['Certification', 'License'])
  await revokeCertificate({ ...scope, uuid: licence.uuid }, here.world.at(here.next()))
  const verdicts = [title, licence].map(({ verifiableCredential }) =>
    verifyDocument(verifiableCredential, here.world.verifying(here.now())).then(({ verdict }) => verdict),
  )
  expect(await Promise.all(verdicts)).toEqual(['valid', 'invalid'])
})
