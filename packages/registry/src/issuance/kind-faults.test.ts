import { type Kind, temporaryPurposes } from '@sijil/qualifications'
import { beforeEach, describe, expect, test } from 'vitest'
import { cookery } from '../../../../test/support/cookery.ts'
import { AUTHORITY, BODY, FROM } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import type { IssueInput } from '../certificates/issue-input.ts'
import { DAY_MS } from '../clocks.ts'
import { verifyDocument } from '../verification/verify.ts'

const ID = `${BODY}.permit`
const TERMS = 'Purpose: training; Scope: Dentistry, with adults; Place: Harbour Clinic; Supervisor: Dr Ana Example'
const basis = 'Act 3'

let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers()
})

/** The body states a qualification of this kind and is accredited for it. */
async function ofKind(kind: Kind): Promise<void> {
  const stated = cookery()
  if (stated.verb !== 'state-qualification') throw new Error('cookery states a qualification')
  const { edition } = stated
  await here.decide(
    {
      ...{ ...stated, qualification: ID, statement: { ...stated.statement, kind } },
      ...(edition && { edition: { ...edition, units: [] } }),
    },
    BODY,
  )
  const scope = { qualifications: [ID], places: ['PH'] }
  await here.decide(
    { verb: 'accredit', grantee: BODY, grant: 'permits', right: 'issue', scope, basis, effectiveAt: FROM },
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

describe('R-042, R-043: a temporary licence', () => {
  beforeEach(() => ofKind('temporary-licence'))

  test('says for what, where and under which supervisor, and has a last day', async () => {
    expect(await refused({})).toEqual(['/validUntil', '/limits'])
    expect(await refused({ validUntil: '2027-01-31', limits: 'With adults only' })).toEqual(['/limits'])
    for (const part of TERMS.split('; '))
      expect(await refused({ validUntil: '2027-01-31', limits: TERMS.replace(part, '') })).toEqual(['/limits'])
    expect(await refused({ validUntil: '2027-01-31', limits: TERMS.replace('training', 'work') })).toEqual(['/limits'])
    for (const purpose of temporaryPurposes) {
      const limits = TERMS.replace('training', purpose)
      expect([purpose, await refused({ validUntil: '2027-01-31', limits, certificateNumber: purpose })]).toEqual([
        purpose,
        [],
      ])
    }
  })

  test('verifies as expired after its last day, without a revocation', async () => {
    const { verifiableCredential } = await issue({ validUntil: '2026-12-31', limits: TERMS })
    const at = (days: number) =>
      verifyDocument(verifiableCredential, here.world.verifying(new Date(Date.parse('2026-12-31') + days * DAY_MS)))
    expect(await at(-1)).toMatchObject({ verdict: 'valid' })
    expect(await at(1)).toMatchObject({ verdict: 'invalid' })
    const { checks, history } = await at(1)
    expect(checks.find(({ name }) => name === 'period')).toMatchObject({ outcome: 'failed', reason: 'expired' })
    expect(history?.map(({ state }) => state)).toEqual(['in-force'])
  })
})

test('R-044: good standing counts for six months at most', async () => {
  await ofKind('good-standing')
  const awardedOn = '2026-02-24'
  expect(await refused({ awardedOn })).toEqual(['/validUntil'])
  expect(await refused({ awardedOn, validUntil: '2026-08-25' })).toEqual(['/validUntil'])
  expect(await refused({ awardedOn, validUntil: '2026-08-23' })).toEqual([])
})
