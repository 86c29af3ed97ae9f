import { suspendAccreditation } from '@sijil/registry/decisions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { checkOf, day, type Issued, officerOf, problemOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, QUALIFICATION } from './trust.ts'

const [HALL, YARD] = ['demo-th-hall', 'demo-th-yard']

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
/** The grant of each centre. */
const grants: Record<string, string> = {}
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
  for (const id of [HALL, YARD]) {
    const [name, website] = [`${id} (demonstration)`, 'https://hall.example']
    await officers.decide(`${officers.base}/centres`, {
      id,
      identity: { name, state: 'TH', website, demonstration: true },
    })
    const terms = { right: 'assess', scope: { qualifications: [QUALIFICATION] }, basis: 'decision 2' }
    const { change } = await officers.decide(`${officers.base}/accreditations`, {
      grantee: id,
      ...terms,
      effectiveFrom: day(60),
    })
    grants[id] = String(change.grant)
  }
})
afterAll(() => registry.close())

const assessedAt = (id: string, number: string, ago: number) =>
  body.issue(aThaiBricklayer(number, { centre: { id }, assessedOn: day(ago), awardedOn: day(0) }))
const centreOf = async ({ verifiableCredential }: Issued) => {
  const verdict = await verify(registry, { verifiableCredential })
  return { verdict: verdict.verdict, ...checkOf(verdict, 'centre') }
}
const good = { verdict: 'valid', outcome: 'passed' }
const bad = { verdict: 'invalid', outcome: 'failed', reason: 'centre-not-in-scope' }

test('R-135: after a suspension from a past day, assessments by the centre on or after that day do not count, and earlier ones do', async () => {
  const before = await assessedAt(HALL, 'TH-C-1', 6)
  const onThatDay = await assessedAt(HALL, 'TH-C-2', 5)
  const since = await assessedAt(HALL, 'TH-C-3', 4)
  for (const issued of [before, onThatDay, since]) expect(await centreOf(issued)).toMatchObject(good)
  // An officer alone suspends from now on only, so the operator's record sets the earlier day.
  await suspendAccreditation(
    {
      grantee: HALL,
      grant: grants[HALL] ?? '',
      by: officers.authority,
      basis: 'inspection 7',
      actor: 'operator',
      effectiveAt: `${day(5)}T00:00:00.000Z`,
    },
    { ...localParts(), policy: { demonstration: true }, now: registry.now() },
  )
  expect(await registry.later(() => centreOf(since))).toMatchObject(bad)
  expect(await centreOf(since)).toMatchObject({
    evidence: { centre: HALL, effective: `${day(4)}T23:59:59.999Z`, standing: 'suspended' },
  })
  expect(await centreOf(onThatDay)).toMatchObject(bad)
  expect(await centreOf(before)).toMatchObject(good)
})

test('R-135: the register of centres shows the suspension, and later assessments by the centre cannot be certified', async () => {
  const { centres } = (await registry.ask('/centres')).json<{
    centres: { id: string; accreditations: { state: string }[] }[]
  }>()
  expect(centres.find(({ id }) => id === HALL)?.accreditations).toMatchObject([{ state: 'suspension' }])
  expect(centres.find(({ id }) => id === YARD)?.accreditations).toMatchObject([{ state: 'force' }])
  const input = aThaiBricklayer('TH-C-4', { centre: { id: HALL }, assessedOn: day(3), awardedOn: day(0) })
  const refused = problemOf(await body.request(input, 'th-c-4'))
  expect(refused).toMatchObject({ status: 422, errors: [{ pointer: '/centre/id' }] })
})

test('R-135: an assessment on the day on which one officer suspends the centre does not count, and counts again once two officers lifted it', async () => {
  const today = await assessedAt(YARD, 'TH-C-5', 0)
  const yesterday = await assessedAt(YARD, 'TH-C-6', 1)
  const path = `${officers.base}/accreditations/${YARD}.${grants[YARD]}`
  const suspended = await officers.first(`${path}/suspend`, { basis: 'complaint 8' })
  expect(suspended.status).toBe(200)
  // No record holds the day of assessment, so the answer has a reason in place of a number.
  expect(suspended.json()).toMatchObject({ notCounted: 'day-of-assessment-not-recorded' })
  expect(suspended.json()).not.toHaveProperty('affected')
  expect(await registry.later(() => centreOf(today))).toMatchObject(bad)
  expect(await centreOf(yesterday)).toMatchObject(good)
  await officers.decide(`${path}/lift`, { basis: 'settled' })
  expect(await registry.later(() => centreOf(today))).toMatchObject(good)
})
