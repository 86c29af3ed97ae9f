import { describe, expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, FROM, GRANT, noon, SECOND } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { EVERYTHING } from './entity.ts'
import { entityAt } from './fold.ts'
import { accreditationsInForce, vouchedFor } from './in-force.ts'
import type { TrustPolicy } from './policy.ts'
import { trustOf } from './reader.ts'

const masonry = { qualifications: ['ph-masonry-nc2'] }

async function opened() {
  const world = await aWorld()
  const decisions = decisionsIn(world)
  const trust = trustOf(world.store)
  const asking = (effective: string, policy: TrustPolicy = { demonstration: true }) => ({
    trust,
    catalogue: catalogueOf(world.store),
    policy,
    effective,
  })
  const entityOf = async (id: string) => {
    const entity = entityAt(id, await trust(id), EVERYTHING)
    if (entity === undefined) throw new Error(`no ${id}`)
    return entity
  }
  return {
    decisions,
    held: async (id: string, effective = noon.toISOString(), policy?: TrustPolicy) =>
      (await accreditationsInForce(await entityOf(id), asking(effective, policy))).map((grant) => grant.id),
    listed: async (id: string, effective = noon.toISOString(), policy?: TrustPolicy) =>
      (await vouchedFor(await entityOf(id), asking(effective, policy))) !== undefined,
  }
}

describe('the grants in force now', () => {
  test('include a grant of an accepted root from its day on, and the root itself is trusted', async () => {
    const { held, listed } = await opened()
    expect(await held(BODY)).toEqual([`${BODY}.${GRANT}`])
    expect(await held(BODY, '2019-12-31T00:00:00.000Z')).toEqual([])
    expect(await listed(AUTHORITY)).toBe(true)
    expect(await held(AUTHORITY)).toEqual([])
  })

  test('V086: exclude suspended and withdrawn grants, and their holder is not trusted; a lifted grant counts again', async () => {
    const { decisions, held, listed } = await opened()
    await decisions.suspend(BODY, AUTHORITY)
    expect(await held(BODY, after(SECOND).toISOString())).toEqual([])
    expect(await listed(BODY, after(SECOND).toISOString())).toBe(false)
    await decisions.lift(BODY, AUTHORITY, {}, after(2 * SECOND))
    expect(await held(BODY, after(3 * SECOND).toISOString())).toHaveLength(1)
    await decisions.withdraw(BODY, AUTHORITY, {}, after(4 * SECOND))
    expect(await listed(BODY, after(5 * SECOND).toISOString())).toBe(false)
  })

  test('are none if the demonstration or its root is not accepted', async () => {
    const { held, listed } = await opened()
    expect(await held(BODY, undefined, { demonstration: false })).toEqual([])
    expect(await held(BODY, undefined, { demonstration: true, roots: ['another'] })).toEqual([])
    expect(await listed(AUTHORITY, undefined, { demonstration: true, roots: ['another'] })).toBe(false)
  })

  test('exclude a grant if its grantor lost the right to give it, or a part of that right', async () => {
    const { decisions, held } = await opened()
    await decisions.authority('middle')
    await decisions.body('below')
    await decisions.grant('middle', [AUTHORITY], { right: 'accredit', scope: masonry })
    await decisions.grant('below', ['middle'], { scope: masonry })
    expect(await held('below')).toEqual(['below.main'])
    await decisions.amend('middle', AUTHORITY, { scope: { qualifications: ['ph-masonry-nc1'] }, effectiveAt: FROM })
    expect(await held('below')).toEqual([])
    await decisions.amend('middle', AUTHORITY, { scope: masonry, effectiveAt: FROM }, after(SECOND))
    expect(await held('below')).toEqual(['below.main'])
    await decisions.suspend('middle', AUTHORITY, { effectiveAt: FROM }, after(2 * SECOND))
    expect(await held('below')).toEqual([])
  })

  test('need both grantors, if there are two', async () => {
    const { decisions, held } = await opened()
    await decisions.authority('second')
    await decisions.authority('third')
    await decisions.body('below')
    await decisions.grant('third', ['second'], { right: 'accredit', scope: masonry })
    await decisions.grant('below', [AUTHORITY, 'third'], { scope: masonry })
    expect(await held('below')).toEqual(['below.main'])
    await decisions.withdraw('third', 'second', { effectiveAt: FROM })
    expect(await held('below')).toEqual([])
  })

  test('include a grant by law if its state is accepted', async () => {
    const { decisions, held, listed } = await opened()
    await decisions.body('lawful')
    await decisions.byLaw('lawful', { scope: masonry })
    expect(await held('lawful')).toEqual(['lawful.main'])
    expect(await listed('lawful', undefined, { demonstration: true, roots: [AUTHORITY] })).toBe(false)
  })
})
