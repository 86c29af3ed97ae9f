import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  MINUTE,
  noon,
  OFFICER,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { noSuchCertificate } from '../certificates/read-record.ts'
import type { ProposedChange } from '../decisions/proposals.ts'
import { approveProposal, proposeChange } from '../decisions/propose.ts'
import { lookUpNumber } from '../verification/look-up-number.ts'
import { addMember, listOffices, mayDecide, type Role, removeMember, rolesOf } from './members.ts'

const [FIRST, SECOND, THIRD] = ['officer-1', 'officer-2', 'officer-3']
const office: readonly Role[] = ['propose', 'approve']

let world: World
beforeEach(async () => {
  world = await aWorld()
  for (const subject of [FIRST, SECOND]) await add(subject)
})
const add = (subject: string, roles = office, owner = AUTHORITY) =>
  addMember({ owner, subject, roles, actor: 'registrar' }, { store: world.store, now: noon })

let proposals = 0
const propose = (change: ProposedChange, subject = FIRST, now = noon) =>
  proposeChange({ authority: AUTHORITY, subject, id: `p-${++proposals}`, change }, world.at(now))
const approve = ({ id, hash }: { id: string; hash: string }, subject = SECOND, now = after(MINUTE)) =>
  approveProposal({ authority: AUTHORITY, id, hash, subject, signedInAt: now }, world.at(now))
const decide = async (change: ProposedChange) => approve(await propose(change))
const removal = (subject: string, owner = AUTHORITY) => ({ verb: 'remove-member', owner, subject }) as const
const left = (owner = AUTHORITY) =>
  Promise.all([FIRST, SECOND, THIRD].map((subject) => rolesOf(owner, subject, world.store)))

describe('a member is removed', () => {
  test('by two officers: nothing changes before the second approves, and then the member holds no role and no office', async () => {
    await add(THIRD)
    const proposed = await propose(removal(THIRD))
    expect(proposed.change).toMatchObject({ subject: THIRD, roles: office })
    expect(await left()).toEqual([office, office, office])
    expect(await approve(proposed)).toMatchObject({ state: 'carried-out' })
    expect(await left()).toEqual([office, office, []])
    expect(await listOffices(THIRD, { reader: world.store })).toEqual([])
    await expect(propose(removal(FIRST), THIRD)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('and then their proposals cannot be approved, and they cannot approve those of others', async () => {
    await add(THIRD)
    const his = await propose(removal(OFFICER, BODY), THIRD)
    const others = await propose(removal(OFFICER, BODY))
    await decide(removal(THIRD))
    await expect(approve(his, SECOND, after(2 * MINUTE))).rejects.toMatchObject({ code: 'four-eyes-required' })
    await expect(approve(others, THIRD, after(2 * MINUTE))).rejects.toMatchObject({ code: 'not-found' })
    expect(await rolesOf(BODY, OFFICER, world.store)).not.toEqual([])
  })

  test('from a body by the authority above it, and by no other', async () => {
    const is = decisionsIn(world)
    await is.authority('foreign', 'TH')
    await is.body('theirs', 'TH')
    await is.grant('theirs', ['foreign'])
    await add('clerk', ['issue'], 'theirs')
    await expect(propose(removal('clerk', 'theirs'))).rejects.toMatchObject({ code: 'not-found' })
    await decide(removal(OFFICER, BODY))
    expect(await rolesOf(BODY, OFFICER, world.store)).toEqual([])
  })

  test('by their own proposal, or by their own approval', async () => {
    await add(THIRD)
    await decide(removal(FIRST))
    expect(await left()).toEqual([[], office, office])
    await add(FIRST)
    expect(
      await approve(await propose(removal(SECOND), THIRD, after(2 * MINUTE)), SECOND, after(3 * MINUTE)),
    ).toMatchObject({ state: 'carried-out' })
    expect(await left()).toEqual([office, [], office])
  })

  test('only once: a person who is no member cannot be removed, and an old approval does not add them again', async () => {
    await expect(propose(removal('nobody'))).rejects.toMatchObject({ code: 'conflict', message: /no member/ })
    await add(THIRD)
    const proposed = await propose(removal(THIRD))
    await approve(proposed)
    await addMember(
      { owner: AUTHORITY, subject: THIRD, roles: office, actor: 'registrar' },
      world.at(after(2 * MINUTE)),
    )
    await approve(proposed, SECOND, after(3 * MINUTE))
    expect(await left()).toEqual([office, office, office])
  })
})

describe('two officers who can decide must remain', () => {
  const refusal = { code: 'conflict', message: /add an officer first/ }

  test.each([FIRST, SECOND])('of two officers none is removed: %s', async (subject) => {
    await expect(propose(removal(subject))).rejects.toMatchObject(refusal)
    await expect(removeMember({ owner: AUTHORITY, subject, actor: 'x' }, world.at(noon))).rejects.toMatchObject(refusal)
    expect(await left()).toEqual([office, office, []])
  })

  test('so neither of two loses the role that the other needs', async () => {
    const narrower = { verb: 'add-member', owner: AUTHORITY, subject: SECOND, roles: ['read'] } as const
    await expect(propose(narrower)).rejects.toMatchObject(refusal)
    // One officer who proposes and another who approves are enough.
    await decide({ ...narrower, roles: ['approve'] })
    await expect(
      propose({ verb: 'add-member', owner: AUTHORITY, subject: FIRST, roles: ['approve'] }),
    ).rejects.toMatchObject(refusal)
  })

  test('so a third officer who only proposes cannot replace the one who approves', async () => {
    await add(FIRST, ['propose'])
    await add(THIRD, ['propose'])
    await expect(propose(removal(SECOND))).rejects.toMatchObject(refusal)
    await decide(removal(THIRD))
  })

  test('even if two removals were proposed while there were three', async () => {
    await add(THIRD)
    const [one, other] = [await propose(removal(FIRST)), await propose(removal(THIRD))]
    await approve(other)
    await expect(approve(one, SECOND, after(2 * MINUTE))).rejects.toMatchObject(refusal)
    expect(await left()).toEqual([office, office, []])
  })

  test('a body whose members only issue may lose the last one', async () => {
    await add('clerk', ['issue'], 'demo-small')
    await removeMember({ owner: 'demo-small', subject: 'clerk', actor: 'x' }, world.at(after(MINUTE)))
    expect(await rolesOf('demo-small', 'clerk', world.store)).toEqual([])
  })
})

test('an office is found even if it is older than many memberships', async () => {
  const deps = { store: world.store, now: noon }
  const join = (owner: string, roles: Role[], at: number) =>
    addMember({ owner, subject: 'busy', roles, actor: 'registrar' }, { ...deps, now: after(at) })
  await join(AUTHORITY, ['approve'], 0)
  for (let n = 1; n <= 250; n += 1) await join(`body-${n % 5}`, n % 2 === 0 ? ['read'] : ['issue'], n)
  const offices = await listOffices('busy', { reader: world.store })
  expect(offices.filter(({ roles }) => mayDecide(roles))).toEqual([{ owner: AUTHORITY, roles: ['approve'] }])
  expect(offices.map(({ owner }) => owner)).toContain('body-0')
  const looking = { reader: world.store, secrets: world.keys, policy: { demonstration: true }, now: after(MINUTE) }
  // An officer learns that no register has the number. For everybody else there is no register.
  await expect(lookUpNumber({ issuers: [BODY], number: 'X-1', subject: 'busy' }, looking)).rejects.toMatchObject({
    message: noSuchCertificate().message,
  })
})
