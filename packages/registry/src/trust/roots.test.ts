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
import { catalogueOf } from '../catalogue/reader.ts'
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
    ['an unknown qualification', { qualifications: ['nope'] }, /qualification/],
    ['another state as a place', { places: ['TH'] }, /place/],
  ])('it cannot grant %s', async (_, scope, detail) => {
    await expect(decisions.grant(BODY, [AUTHORITY], { grant: 'x', scope })).rejects.toMatchObject(
      refused('/scope', detail),
    )
    await expect(decisions.amend(BODY, AUTHORITY, { scope })).rejects.toMatchObject(refused('/scope', detail))
  })

  test('a grant without a limit of states is limited to the root’s own state', async () => {
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

  test('nor does a grant by law', async () => {
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
    const asking = {
      trust: trustOf(world.store),
      catalogue: catalogueOf(world.store),
      policy: { demonstration: true },
      effective: noon.toISOString(),
    }
    expect(await accreditationsInForce(entity, asking)).toEqual([])
  })

  test('a root of the region speaks for all states', async () => {
    await decisions.authority('demo-region', 'ASEAN')
    await decisions.body('demo-wide', 'TH')
    await decisions.grant('demo-wide', ['demo-region'], { scope: { qualifications: ['th-brick-1'], places: ['TH'] } })
    expect((await decisions.ask('demo-wide', { qualification: 'th-brick-1', place: 'TH' })).standing).toBe('authorised')
  })
})

describe('contradictory requests are refused', () => {
  const scope = { qualifications: ['ph-tile-nc2'] }

  test('an end before the beginning, a review in the future, a grant from before its grantor was registered', async () => {
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

  test('a withdrawn grant cannot be suspended or amended, and can be withdrawn again only from an earlier day', async () => {
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

describe('the root of a profession speaks only of that profession', () => {
  const NURSING = 'demo-nursing'
  const other = 'ph-masonry-nc2'
  const nursing = { qualifications: ['ph-rn'] }
  const asking = () => ({
    catalogue: catalogueOf(world.store),
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

  test('it grants within its profession, and a wider grant is refused with the difference', async () => {
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

  test('an earlier, wider grant counts as far as the law now goes', async () => {
    await decisions.authority('demo-board')
    await decisions.grant('demo-nurses', ['demo-board'], { scope: { qualifications: ['ph-rn', other] } })
    expect((await decisions.ask('demo-nurses')).standing).toBe('authorised')
    await decisions.byLaw('demo-board', { right: 'accredit', scope: nursing })
    expect(await decisions.ask('demo-nurses')).toMatchObject({ standing: 'not-for-this', outside: 'qualification' })
    expect((await decisions.ask('demo-nurses', { qualification: 'ph-rn' })).standing).toBe('authorised')
    // Its grantor no longer holds all of it, so it is not listed as in force.
    expect(await accreditationsInForce(await entityOf('demo-nurses'), asking())).toEqual([])
  })

  test('a body that acts on its behalf may do no more', async () => {
    await decisions.grant('demo-nurses', [AUTHORITY], {
      scope: { qualifications: ['ph-rn', other] },
      onBehalfOf: NURSING,
    })
    expect((await decisions.ask('demo-nurses', { qualification: 'ph-rn' })).standing).toBe('authorised')
    expect((await decisions.ask('demo-nurses')).standing).toBe('not-for-this')
  })

  test('it may narrow what the law gave it, suspend it and lift it, but never widen it', async () => {
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
    // It cannot extend the end that it shortened, either.
    const end = (days: number) => ({ scope: none, until: after(days * 24 * 60 * MINUTE).toISOString() })
    await decisions.amend(...here, end(9), after(3 * MINUTE))
    for (const longer of [{ scope: none }, end(10)])
      await expect(decisions.amend(...here, longer, after(4 * MINUTE))).rejects.toMatchObject(
        refused('/until', /longer/),
      )
    await decisions.amend(...here, end(8), after(5 * MINUTE))
  })

  test('by law it is above no entity, and no entity is above it', async () => {
    await decisions.body('demo-law')
    await decisions.byLaw('demo-law')
    const officerVerbs = { store: world.store, policy: { demonstration: true }, now: noon }
    expect(await oversees(NURSING, 'demo-law', officerVerbs)).toBe(false)
    expect(await oversees(AUTHORITY, 'demo-law', officerVerbs)).toBe(true)
    expect(await oversees(AUTHORITY, NURSING, officerVerbs)).toBe(false)
  })
})

describe('a deployment may refuse any entity, even an accredited one', () => {
  test('a body, an authority above it, or an external signer by its DID, and the answer says so', async () => {
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

  test('R-008: certificates of a refused entity are not valid here, and the verdict names the policy of this registry as the reason', async () => {
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
