import { beforeEach, describe, expect, test } from 'vitest'
import { after, aWorld, identity, MINUTE, noon, type World } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { accreditationsAt } from '../trust/accreditations.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { carryOut } from './carry-out.ts'
import { joinAccreditation } from './joining.ts'
import type { ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange } from './propose.ts'
import { registerAuthority } from './register.ts'

const [ONE, OTHER, BODY] = ['demo-one', 'demo-other', 'demo-body']
const FROM = '2026-01-01T00:00:00.000Z'
const scope = { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2'] }
const grant = { grantee: BODY, grant: 'joint' }

let proposals = 0
let world: World
let decisions: ReturnType<typeof decisionsIn>
beforeEach(async () => {
  world = await aWorld()
  decisions = decisionsIn(world)
  for (const id of [ONE, OTHER])
    await registerAuthority({ id, identity: identity(), actor: 'a', effectiveAt: FROM }, decisions.at())
  await decisions.body(BODY)
})

/** Proposes with one officer and approves with another. */
const decided = (authority: string, change: ProposedChange, now: Date) =>
  carryOut(
    change,
    { authority, actor: 'officer', proposal: `p-${++proposals}` },
    { ...world.at(now), policy: { demonstration: true } },
  )
const jointly = (now = noon) =>
  decided(
    ONE,
    { verb: 'accredit', ...grant, right: 'issue', jointly: OTHER, basis: 'decision 1', effectiveAt: FROM, scope },
    now,
  )
const join = (authority: string, now: Date) =>
  decided(authority, { verb: 'join', ...grant, basis: 'decision 2', effectiveAt: now.toISOString() }, now)
const statusAt = async (now: Date) => {
  const moment = now.toISOString()
  return (await decisions.ask(BODY, { effective: moment, recorded: moment })).standing
}
const known = async () => {
  const entity = entityAt(BODY, await trustOf(world.store)(BODY), EVERYTHING)
  if (entity === undefined) throw new Error('nobody')
  return entity
}

describe('a grant with two grantors', () => {
  test('counts from the moment when the second grantor joins', async () => {
    await jointly()
    expect(await statusAt(after(MINUTE))).toBe('not-for-this')
    expect(accreditationsAt(await known(), noon.toISOString())).toMatchObject([{ state: 'future', awaits: [OTHER] }])
    await join(OTHER, after(2 * MINUTE))
    expect(await statusAt(after(MINUTE))).toBe('not-for-this')
    expect(await statusAt(after(3 * MINUTE))).toBe('authorised')
    const [accreditation] = accreditationsAt(await known(), after(3 * MINUTE).toISOString())
    expect(accreditation).toMatchObject({ state: 'force' })
    expect(accreditation).not.toHaveProperty('awaits')
  })

  test('can be joined only by that grantor, and only once', async () => {
    await jointly()
    for (const authority of [ONE, 'demo-pqf']) await expect(join(authority, after(MINUTE))).rejects.toThrow()
    await join(OTHER, after(MINUTE))
    await expect(join(OTHER, after(2 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    // An approval that is repeated after a crash does not join a second time.
    await join(OTHER, after(MINUTE))
    expect(world.store.events('accreditation-joined')).toHaveLength(1)
  })

  test('waits for the second grantor again when it is widened or its suspension is lifted; a reduction counts at once', async () => {
    await jointly()
    await join(OTHER, after(MINUTE))
    const narrower = { qualifications: ['ph-masonry-nc1'] }
    const at = after(2 * MINUTE)
    await decided(ONE, { verb: 'amend', ...grant, basis: 'x', effectiveAt: at.toISOString(), scope: narrower }, at)
    expect(await statusAt(after(3 * MINUTE))).toBe('authorised')
    await join(OTHER, after(4 * MINUTE))
    expect(await statusAt(after(5 * MINUTE))).toBe('not-for-this')
    await decided(
      ONE,
      { verb: 'amend', ...grant, basis: 'y', effectiveAt: after(6 * MINUTE).toISOString(), scope },
      after(6 * MINUTE),
    )
    expect(await statusAt(after(7 * MINUTE))).toBe('not-for-this')
    await join(OTHER, after(8 * MINUTE))
    expect(await statusAt(after(9 * MINUTE))).toBe('authorised')
    const moment = after(10 * MINUTE)
    await decisions.suspend(BODY, OTHER, { grant: 'joint' }, moment)
    expect(await statusAt(after(11 * MINUTE))).toBe('suspended')
    await decided(
      ONE,
      { verb: 'lift', ...grant, basis: 'z', effectiveAt: after(12 * MINUTE).toISOString() },
      after(12 * MINUTE),
    )
    expect(await statusAt(after(13 * MINUTE))).toBe('suspended')
    await join(OTHER, after(14 * MINUTE))
    expect(await statusAt(after(15 * MINUTE))).toBe('authorised')
  })

  test('can be joined only within the scope that the second grantor holds itself', async () => {
    await jointly()
    await decisions.authority('demo-below')
    const request = { ...grant, by: 'demo-below', basis: 'x', actor: 'officer', effectiveAt: noon.toISOString() }
    await expect(joinAccreditation(request, decisions.at(noon))).rejects.toMatchObject({ code: 'not-found' })
  })

  test('needs the other grantor also after one of them has a successor', async () => {
    await jointly()
    await join(OTHER, after(MINUTE))
    await registerAuthority({ id: 'demo-heir', identity: identity(), actor: 'a', effectiveAt: FROM }, decisions.at())
    await decisions.succeed(ONE, 'demo-heir', after(MINUTE))
    const wider = { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2', 'ph-tile-nc2'] }
    const at = after(2 * MINUTE)
    const effectiveAt = at.toISOString()
    await decided('demo-heir', { verb: 'amend', ...grant, basis: 'x', effectiveAt, scope: wider }, at)
    expect((await known()).grants[0]?.changes.at(-1)).toMatchObject({ type: 'amended', awaits: [OTHER] })
    await decisions.suspend(BODY, OTHER, { grant: 'joint' }, after(3 * MINUTE))
    const lifting = after(4 * MINUTE)
    await decided('demo-heir', { verb: 'lift', ...grant, basis: 'x', effectiveAt: lifting.toISOString() }, lifting)
    expect(await statusAt(after(5 * MINUTE))).toBe('suspended')
  })

  test('is not joined beyond what its officers saw: a decision between proposal and approval blocks the joining', async () => {
    for (const [subject, role] of [
      ['one', 'propose'],
      ['two', 'approve'],
    ] as const)
      await addMember({ owner: OTHER, subject, roles: [role], actor: 'registrar' }, { store: world.store, now: noon })
    await jointly()
    const deps = (now: Date) => ({ ...world.at(now), policy: { demonstration: true } })
    const change = { verb: 'join', ...grant, basis: 'decision 2', effectiveAt: after(MINUTE).toISOString() } as const
    const proposing = { authority: OTHER, subject: 'one', change }
    const seen = await proposeChange({ ...proposing, id: 'p1' }, deps(after(MINUTE)))
    const at = after(2 * MINUTE)
    const terms = { scope: {}, effectiveAt: at.toISOString() }
    await decided(ONE, { verb: 'amend', ...grant, basis: 'all of it', ...terms }, at)
    const approving = { authority: OTHER, subject: 'two', signedInAt: at }
    await expect(
      approveProposal({ ...approving, id: 'p1', hash: seen.hash }, deps(after(3 * MINUTE))),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await statusAt(after(4 * MINUTE))).toBe('not-for-this')
    const again = await proposeChange({ ...proposing, id: 'p2' }, deps(after(4 * MINUTE)))
    await approveProposal({ ...approving, id: 'p2', hash: again.hash }, deps(after(5 * MINUTE)))
    expect(await statusAt(after(6 * MINUTE))).toBe('authorised')
  })
})
