import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  FROM,
  MINUTE,
  noon,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { oversees } from '../decisions/overseers.ts'
import { verifyDocument } from '../verification/verify.ts'
import { EVERYTHING } from './entity.ts'
import { entityAt } from './fold.ts'
import { accreditationsInForce, vouchedFor } from './in-force.ts'
import { trustOf } from './reader.ts'

let world: World
let decisions: ReturnType<typeof decisionsIn>
beforeEach(async () => {
  world = await aWorld()
  decisions = decisionsIn(world)
})
const refused = (pointer: string, detail: RegExp) => ({
  code: 'validation-failed',
  faults: [{ pointer, detail: expect.stringMatching(detail) }],
})

describe('no root speaks for another state', () => {
  test.each([
    ['a qualification of another state', { qualifications: ['ph-tile-nc2', 'th-brick-1'] }, /qualification/],
    ['the framework of another state', { qualifications: { framework: 'TPQI' } }, /qualification/],
    ['a qualification that nobody knows', { qualifications: ['nope'] }, /qualification/],
    ['another state as a place', { places: ['TH'] }, /place/],
  ])('it grants not %s', async (_, scope, detail) => {
    await expect(decisions.grant(BODY, [AUTHORITY], { grant: 'x', scope })).rejects.toMatchObject(
      refused('/scope', detail),
    )
    await expect(decisions.amend(BODY, AUTHORITY, { scope })).rejects.toMatchObject(refused('/scope', detail))
  })

  test('what it did not limit is limited by its own state', async () => {
    await decisions.grant(BODY, [AUTHORITY], { grant: 'all' })
    const standing = async (qualification: string) => {
      const { standing, outside, chain } = await decisions.ask(BODY, { qualification })
      return { standing, outside, first: chain[0]?.standing }
    }
    expect(await standing('ph-tile-nc2')).toMatchObject({ standing: 'authorised', first: 'authorised' })
    expect(await standing('th-brick-1')).toEqual({
      standing: 'not-for-this',
      outside: 'qualification',
      first: 'not-for-this',
    })
    expect((await standing('asean-acpa')).standing).toBe('authorised')
  })

  test('nor does what the law established', async () => {
    await decisions.body('demo-law')
    await decisions.byLaw('demo-law')
    expect((await decisions.ask('demo-law')).standing).toBe('authorised')
    expect(await decisions.ask('demo-law', { qualification: 'th-brick-1' })).toMatchObject({
      standing: 'not-for-this',
      outside: 'qualification',
    })
    await decisions.body('demo-law-2')
    await decisions.byLaw('demo-law-2', { scope: { qualifications: ['th-brick-1'] } })
    const entity = entityAt('demo-law-2', await trustOf(world.store)('demo-law-2'), EVERYTHING)
    if (entity === undefined) throw new Error('nobody')
    const asking = { trust: trustOf(world.store), policy: { demonstration: true }, effective: noon.toISOString() }
    expect(await accreditationsInForce(entity, asking)).toEqual([])
  })

  test('one that speaks for the region speaks of all', async () => {
    await decisions.authority('demo-region', 'ASEAN')
    await decisions.body('demo-wide', 'TH')
    await decisions.grant('demo-wide', ['demo-region'], { scope: { qualifications: ['th-brick-1'], places: ['TH'] } })
    expect((await decisions.ask('demo-wide', { qualification: 'th-brick-1', place: 'TH' })).standing).toBe('authorised')
  })
})

describe('what makes no sense is refused', () => {
  const scope = { qualifications: ['ph-tile-nc2'] }

  test('an end before the beginning, a review in the future, a grant from before there was a grantor', async () => {
    const until = '2019-12-31T00:00:00.000Z'
    await expect(decisions.grant(BODY, [AUTHORITY], { grant: 'x', scope, until })).rejects.toMatchObject(
      refused('/until', /before/),
    )
    const assurance = { reviewer: 'r', reviewedOn: '2030-01-01', findings: 'f', gaps: [] }
    await expect(decisions.grant(BODY, [AUTHORITY], { grant: 'x', scope, assurance })).rejects.toMatchObject(
      refused('/assurance/reviewedOn', /future/),
    )
    const effectiveAt = '1990-01-01T00:00:00.000Z'
    await expect(decisions.grant(BODY, [AUTHORITY], { grant: 'x', scope, effectiveAt })).rejects.toMatchObject(
      refused('/grantors', /nobody on that day/),
    )
  })

  test('what was withdrawn is neither suspended nor amended, and withdrawn again only from an earlier day', async () => {
    await decisions.grant(BODY, [AUTHORITY], { grant: 'x', scope })
    await decisions.withdraw(BODY, AUTHORITY, { grant: 'x' })
    const later = after(MINUTE)
    const effectiveAt = later.toISOString()
    const conflict = { code: 'conflict', message: /withdrawn/ }
    await expect(decisions.suspend(BODY, AUTHORITY, { grant: 'x' }, later)).rejects.toMatchObject(conflict)
    await expect(decisions.amend(BODY, AUTHORITY, { grant: 'x', scope, effectiveAt }, later)).rejects.toMatchObject(
      conflict,
    )
    await expect(decisions.withdraw(BODY, AUTHORITY, { grant: 'x' }, later)).rejects.toMatchObject(conflict)
    await decisions.withdraw(BODY, AUTHORITY, { grant: 'x', effectiveAt: FROM }, later)
    expect((await decisions.ask(BODY, { qualification: 'ph-tile-nc2', recorded: effectiveAt })).since).toBe(FROM)
  })
})

describe('the root of a profession speaks of nothing else', () => {
  const NURSING = 'demo-nursing'
  const other = 'ph-masonry-nc2'
  const nursing = { qualifications: ['ph-rn'] }
  const asking = () => ({
    trust: trustOf(world.store),
    policy: { demonstration: true },
    effective: noon.toISOString(),
  })
  const entityOf = async (id: string) => {
    const entity = entityAt(id, await trustOf(world.store)(id), EVERYTHING)
    if (entity === undefined) throw new Error('nobody')
    return entity
  }
  beforeEach(async () => {
    await decisions.authority(NURSING)
    await decisions.byLaw(NURSING, { right: 'accredit', scope: nursing })
    await decisions.body('demo-nurses')
  })

  test('it grants its own, and a wider grant is refused with the difference', async () => {
    await decisions.grant('demo-nurses', [NURSING], { scope: nursing })
    const { standing, chain } = await decisions.ask('demo-nurses', { qualification: 'ph-rn' })
    expect(standing).toBe('authorised')
    expect(chain[0]).toMatchObject({ id: NURSING, standing: 'authorised', basis: 'decision' })
    for (const scope of [{}, { qualifications: ['ph-rn', other] }])
      await expect(decisions.grant('demo-nurses', [NURSING], { grant: 'x', scope })).rejects.toMatchObject(
        refused('/scope', /qualification/),
      )
    expect(await accreditationsInForce(await entityOf('demo-nurses'), asking())).toHaveLength(1)
  })

  test('what it granted before the law limited it counts as far as the law goes', async () => {
    await decisions.authority('demo-board')
    await decisions.grant('demo-nurses', ['demo-board'], { scope: { qualifications: ['ph-rn', other] } })
    expect((await decisions.ask('demo-nurses')).standing).toBe('authorised')
    await decisions.byLaw('demo-board', { right: 'accredit', scope: nursing })
    expect(await decisions.ask('demo-nurses')).toMatchObject({ standing: 'not-for-this', outside: 'qualification' })
    expect((await decisions.ask('demo-nurses', { qualification: 'ph-rn' })).standing).toBe('authorised')
    // Not held whole any more, it is not listed as one that counts.
    expect(await accreditationsInForce(await entityOf('demo-nurses'), asking())).toEqual([])
  })

  test('whoever acts in its name does no more than it', async () => {
    await decisions.grant('demo-nurses', [AUTHORITY], {
      scope: { qualifications: ['ph-rn', other] },
      onBehalfOf: NURSING,
    })
    expect((await decisions.ask('demo-nurses', { qualification: 'ph-rn' })).standing).toBe('authorised')
    expect((await decisions.ask('demo-nurses')).standing).toBe('not-for-this')
  })

  test('it narrows what the law gave it, suspends and lifts it, and never widens it', async () => {
    const here = [NURSING, NURSING] as const
    await expect(decisions.amend(...here, { scope: {} })).rejects.toMatchObject(refused('/scope', /qualification/))
    await decisions.suspend(...here)
    const moment = after(MINUTE)
    const recorded = { effective: moment.toISOString(), recorded: moment.toISOString() }
    await decisions.grant('demo-nurses', [AUTHORITY], { grant: 'other', scope: { qualifications: [other] } })
    expect(
      (await vouchedFor(await entityOf(NURSING), { ...asking(), effective: recorded.effective })) !== undefined,
    ).toBe(false)
    await decisions.lift(...here, {}, moment)
    expect(
      (await vouchedFor(await entityOf(NURSING), { ...asking(), effective: recorded.effective })) !== undefined,
    ).toBe(true)
    const none = { qualifications: [] }
    await decisions.amend(...here, { scope: none }, after(2 * MINUTE))
    // Nor does it make longer what it made shorter.
    const end = (days: number) => ({ scope: none, until: after(days * 24 * 60 * MINUTE).toISOString() })
    await decisions.amend(...here, end(9), after(3 * MINUTE))
    for (const longer of [{ scope: none }, end(10)])
      await expect(decisions.amend(...here, longer, after(4 * MINUTE))).rejects.toMatchObject(
        refused('/until', /longer/),
      )
    await decisions.amend(...here, end(8), after(5 * MINUTE))
  })

  test('it is above nobody by law, and nobody is above it', async () => {
    await decisions.body('demo-law')
    await decisions.byLaw('demo-law')
    const officerVerbs = { store: world.store, policy: { demonstration: true }, now: noon }
    expect(await oversees(NURSING, 'demo-law', officerVerbs)).toBe(false)
    expect(await oversees(AUTHORITY, 'demo-law', officerVerbs)).toBe(true)
    expect(await oversees(AUTHORITY, NURSING, officerVerbs)).toBe(false)
  })
})

describe('a deployment refuses whom it will, whoever vouches for it', () => {
  test('a body, an authority above it, or one that signs elsewhere by its DID; the answer says so', async () => {
    await decisions.grant(BODY, [AUTHORITY], { grant: 'all' })
    const ask = (refused: string[]) => decisions.ask(BODY, {}, { demonstration: true, refused })
    expect((await ask(['demo-somebody'])).standing).toBe('authorised')
    expect(await ask([BODY])).toMatchObject({
      standing: 'unknown',
      refused: true,
      sentence: expect.stringMatching(/has decided not to accept/),
      chain: [],
    })
    const { did = '' } = (await ask([])) && (entityAt(BODY, await trustOf(world.store)(BODY), EVERYTHING) ?? {})
    expect(await ask([did])).toMatchObject({ standing: 'unknown', refused: true })
    const byAbove = await ask([AUTHORITY])
    expect(byAbove).toMatchObject({
      standing: 'unknown',
      chain: [{ id: AUTHORITY, standing: 'unknown' }, { id: BODY }],
    })
    expect(byAbove.refused).toBeUndefined()
  })

  test('R-008: its certificates are not valid here, and the verdict says that the policy of this registry is why', async () => {
    const { verifiableCredential } = await world.issue()
    const verdictBy = async (refused: string[]) => {
      const deps = { ...world.verifying(after(MINUTE)), policy: { demonstration: true, refused } }
      const { verdict, checks, issuer } = await verifyDocument(verifiableCredential, deps)
      return { verdict, open: checks.filter(({ outcome }) => outcome !== 'passed'), today: issuer.today.standing }
    }
    expect(await verdictBy([])).toMatchObject({ verdict: 'valid', open: [], today: 'authorised' })
    expect(await verdictBy([BODY])).toMatchObject({
      verdict: 'indeterminate',
      open: [{ name: 'issuer-trust', outcome: 'not_performed', reason: 'issuer-refused' }],
      today: 'unknown',
    })
    expect((await verdictBy([AUTHORITY])).open).toMatchObject([{ name: 'issuer-trust', reason: 'issuer-unknown' }])
  })
})
