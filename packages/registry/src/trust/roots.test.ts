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
import { EVERYTHING, entityAt } from './entity.ts'
import { accreditationsInForce } from './in-force.ts'
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
