import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { AUTHORITY, after, aWorld, BODY, FROM, MINUTE, noon, SECOND } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { centreIdOf } from './check-centre.ts'
import { verifyDocument } from './verify.ts'

const MASONRY = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
const named = { centre: { id: 'taguig' } }

async function withCentre() {
  const world = await aWorld()
  const is = decisionsIn(world)
  await is.grant(BODY, [AUTHORITY], { grant: 'centres', right: 'accredit', scope: MASONRY })
  await is.centre('taguig')
  await is.grant('taguig', [BODY], { right: 'assess', scope: MASONRY })
  const centreOf = async (document: object, now = after(MINUTE)) => {
    const { verdict, checks } = await verifyDocument(document, world.verifying(now))
    return { verdict, check: checks.find(({ name }) => name === 'centre') }
  }
  return { world, is, centreOf }
}

describe('the assessment centre that a certificate names', () => {
  test('was in scope on the day of assessment', async () => {
    const { world, centreOf } = await withCentre()
    const { verifiableCredential } = await world.issue(named)
    expect(await centreOf(verifiableCredential)).toMatchObject({
      verdict: 'valid',
      check: { outcome: 'passed', evidence: { centre: 'taguig', effective: '2026-02-20T23:59:59.999Z' } },
    })
    expect(JSON.stringify(verifiableCredential)).toContain('taguig (demonstration)')
  })

  test('passes if the certificate names none', async () => {
    const { world, centreOf } = await withCentre()
    const { verifiableCredential } = await world.issue()
    expect(await centreOf(verifiableCredential)).toMatchObject({
      verdict: 'valid',
      check: { outcome: 'passed', evidence: { named: false } },
    })
  })

  test('R-081: the verdict says that it rests on a pilot, if the centre, or the body on the day of award, was a pilot', async () => {
    const { world, is } = await withCentre()
    await is.centre('pilot-hall')
    await is.grant('pilot-hall', [BODY], { right: 'assess', scope: MASONRY, pilot: true })
    const there = await world.issue({ centre: { id: 'pilot-hall' } })
    const ofPilot = await verifyDocument(there.verifiableCredential, world.verifying(after(MINUTE)))
    expect(ofPilot).toMatchObject({ verdict: 'valid', pilot: true })

    await is.amend(BODY, AUTHORITY, { scope: MASONRY, pilot: true, effectiveAt: '2026-02-01T00:00:00.000Z' })
    await is.amend(BODY, AUTHORITY, { scope: MASONRY, effectiveAt: '2026-03-01T00:00:00.000Z' }, after(SECOND))
    const awarded = await world.issue({ certificateNumber: 'P' }, { key: 'P', deps: { now: after(MINUTE) } })
    const answer = await verifyDocument(awarded.verifiableCredential, world.verifying(after(2 * MINUTE)))
    expect(answer.issuer?.onIssueDate.pilot).toBeUndefined()
    expect(answer).toMatchObject({ verdict: 'valid', pilot: true })
  })

  test('passes for an assessment before its accreditation ended', async () => {
    const { world, is, centreOf } = await withCentre()
    const { verifiableCredential } = await world.issue(named)
    await is.withdraw('taguig', BODY)
    expect(await centreOf(verifiableCredential)).toMatchObject({ verdict: 'valid' })
  })

  test('makes the certificate invalid if it was withdrawn from the beginning', async () => {
    const { world, is, centreOf } = await withCentre()
    const { verifiableCredential } = await world.issue(named)
    await is.withdraw('taguig', BODY, { effectiveAt: FROM })
    expect(await centreOf(verifiableCredential)).toMatchObject({
      verdict: 'invalid',
      check: { outcome: 'failed', reason: 'centre-not-in-scope', evidence: { standing: 'withdrawn' } },
    })
  })

  test('was not in scope if its body had no right to name centres on that day', async () => {
    const { world, is, centreOf } = await withCentre()
    const { verifiableCredential } = await world.issue(named)
    await is.withdraw(BODY, AUTHORITY, { grant: 'centres', effectiveAt: FROM })
    expect(await centreOf(verifiableCredential)).toMatchObject({ check: { reason: 'centre-not-in-scope' } })
  })

  test('leaves the question open if no accepted authority is behind it', async () => {
    const { world, is } = await withCentre()
    await is.authority('another')
    await is.grant(BODY, ['another'], { grant: 'elsewhere' })
    const { verifiableCredential } = await world.issue(named)
    const { checks } = await verifyDocument(verifiableCredential, {
      ...world.verifying(after(MINUTE)),
      policy: { demonstration: true, roots: ['another'] },
    })
    expect(checks.find(({ name }) => name === 'centre')).toMatchObject({
      outcome: 'not_performed',
      reason: 'centre-unknown',
    })
  })
})

test('a centre that may assess at sites is judged by its own site', async () => {
  const { world, is, centreOf } = await withCentre()
  await is.centre('cebu')
  const { verifiableCredential } = await world.issue(named)
  const limitedTo = (site: string, now: Date) =>
    is.amend('taguig', BODY, { scope: { ...MASONRY, sites: [site] }, effectiveAt: FROM }, now)
  await limitedTo('taguig', after(SECOND))
  expect(await centreOf(verifiableCredential)).toMatchObject({ verdict: 'valid' })
  await limitedTo('cebu', after(2 * SECOND))
  expect(await centreOf(verifiableCredential)).toMatchObject({ check: { reason: 'centre-not-in-scope' } })
})

test('only an address of this registry names one of its centres', () => {
  const idOf = (id: string) =>
    centreIdOf({ centre: { id, name: 'Hall' } } as Parameters<typeof centreIdOf>[0], 'https://registry.example')
  expect(idOf('https://registry.example/centres/hall')).toBe('hall')
  for (const other of [
    'https://other.example/centres/hall',
    'https://registry.example.other.example/centres/hall',
    'https://registry.example/centres/Hall',
    'https://registry.example/centres/hall/',
    'https://registry.example/centres/hall?a',
    'https://registry.example/centres/',
    'hall',
  ])
    expect(idOf(other)).toBeUndefined()
})

describe('issuing refuses a centre', () => {
  const refused = { code: 'validation-failed', faults: [{ pointer: '/centre/id' }] }

  test.each([
    ['that is not registered', { centre: { id: 'nowhere' } }],
    ['that is a body', { centre: { id: BODY } }],
    ['with a malformed id', { centre: { id: 'No/Centre' } }],
  ])('%s', async (_, change) => {
    const { world } = await withCentre()
    await expect(world.issue(change)).rejects.toMatchObject(refused)
    expect(world.store.events('reserved')).toEqual([])
  })

  test('for a qualification that it may not assess', async () => {
    const { world } = await withCentre()
    await expect(world.issue({ ...named, qualification: 'ph-masonry-nc1' })).rejects.toMatchObject(refused)
  })

  test('that was suspended on the day of assessment, or withdrawn before it', async () => {
    const { world, is } = await withCentre()
    await is.suspend('taguig', BODY, { effectiveAt: '2026-02-19T00:00:00.000Z' })
    await expect(world.issue(named, { deps: { now: after(SECOND) } })).rejects.toMatchObject(refused)
    // On the day before it was allowed to assess.
    await world.issue({ ...named, assessedOn: '2026-02-18' }, { deps: { now: after(SECOND) } })
  })

  test('F12: and abandons the reservation, if its authority ended while the certificate was signed', async () => {
    const { world, is } = await withCentre()
    const faulty = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'waits-after' }])
    const refusal = expect(world.issue(named, { deps: { signer: faulty.port } })).rejects.toMatchObject({
      code: 'type-not-in-scope',
    })
    await faulty.waiting
    await is.withdraw('taguig', BODY, { effectiveAt: FROM }, noon)
    faulty.release()
    await refusal
    expect(world.store.events('burned')).toHaveLength(1)
  })
})
