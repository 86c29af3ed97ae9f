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
import { addMember, listMemberships, type Role, rolesOf } from '../trust/members.ts'
import { namesOwnMembers } from './own-members.ts'
import type { ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange, rehearseProposal } from './propose.ts'

const OTHER = 'demo-other'
const office: readonly Role[] = ['propose', 'approve']

let world: World
let decisions: ReturnType<typeof decisionsIn>
let proposals = 0
beforeEach(async () => {
  world = await aWorld()
  decisions = decisionsIn(world)
  await decisions.body(OTHER)
  await decisions.grant(OTHER, [AUTHORITY], { scope: { qualifications: ['ph-tile-nc2'], places: ['PH'] } })
  await officersOf(AUTHORITY)
  // The world's officer of the body has every role.
  await named(BODY, OFFICER, ['issue', 'status', 'read'])
})

const officersOf = async (owner: string) => {
  for (const subject of [`${owner}-1`, `${owner}-2`]) await named(owner, subject)
}
const named = (owner: string, subject: string, roles = office) =>
  addMember({ owner, subject, roles, actor: 'registrar' }, { store: world.store, now: noon })
const propose = (authority: string, change: ProposedChange, subject = `${authority}-1`, now = after(MINUTE)) =>
  proposeChange({ authority, subject, id: `p-${++proposals}`, change }, world.at(now))
const approve = (
  { authority, id, hash }: { authority: string; id: string; hash: string },
  subject = `${authority}-2`,
  now = after(2 * MINUTE),
) => approveProposal({ authority, id, hash, subject, signedInAt: now }, world.at(now))
const decide = async (authority: string, change: ProposedChange) => approve(await propose(authority, change))
const adding = (subject: string, roles: readonly Role[] = ['issue'], owner = BODY) =>
  ({ verb: 'add-member', owner, subject, roles }) as const
const removing = (subject: string, owner = BODY) => ({ verb: 'remove-member', owner, subject }) as const
const roles = (subject: string, owner = BODY) => rolesOf(owner, subject, world.store)
const conflict = (reason: string) => ({ code: 'conflict', reason })

describe('two officers of a body', () => {
  beforeEach(() => officersOf(BODY))

  test('name a member, change the roles and remove the member, each by one proposal and one approval', async () => {
    expect(await decide(BODY, adding('clerk'))).toMatchObject({ state: 'carried-out' })
    expect(await roles('clerk')).toEqual(['issue'])
    const changed = await propose(BODY, adding('clerk', ['issue', 'status']))
    expect(changed.change).toMatchObject({ held: ['issue'], roles: ['issue', 'status'] })
    expect(await roles('clerk')).toEqual(['issue'])
    await approve(changed)
    expect(await roles('clerk')).toEqual(['issue', 'status'])
    await decide(BODY, removing('clerk'))
    expect(await roles('clerk')).toEqual([])
  })

  test('are listed with their roles, since when, and who decided it', async () => {
    await decide(BODY, adding('clerk'))
    await decide(BODY, adding(`${BODY}-1`, ['propose', 'approve', 'read']))
    const members = await listMemberships(BODY, world.store)
    expect(members).toContainEqual(
      expect.objectContaining({
        subject: `${BODY}-2`,
        roles: office,
        since: expect.stringMatching(/^2026-03-02T12:00:00/),
      }),
    )
    expect(members).toContainEqual({
      subject: 'clerk',
      roles: ['issue'],
      by: BODY,
      since: after(2 * MINUTE).toISOString(),
    })
    const [of, ...more] = members.filter(({ subject }) => subject === `${BODY}-1`)
    expect([of?.roles, more]).toEqual([['propose', 'approve', 'read'], []])
  })

  test('I32: do not approve what they proposed themselves', async () => {
    const proposed = await propose(BODY, adding('clerk'))
    await expect(approve(proposed, `${BODY}-1`)).rejects.toMatchObject({ code: 'four-eyes-required' })
    expect(await roles('clerk')).toEqual([])
  })

  test('I32: do not approve roles for themselves, even if another officer proposed them', async () => {
    const promotion = await propose(BODY, adding(`${BODY}-2`, [...office, 'issue']))
    await expect(approve(promotion)).rejects.toMatchObject({ code: 'four-eyes-required', reason: 'own-roles' })
    await named(BODY, `${BODY}-3`)
    expect(await approve(promotion, `${BODY}-3`)).toMatchObject({ state: 'carried-out' })
    expect(await roles(`${BODY}-2`)).toEqual([...office, 'issue'])
  })

  test('may leave by their own approval while two others remain', async () => {
    await named(BODY, `${BODY}-3`)
    await decide(BODY, removing(`${BODY}-2`))
    expect(await roles(`${BODY}-2`)).toEqual([])
  })

  test('cannot be removed so that fewer than two remain, nor lose the roles that the two need', async () => {
    for (const change of [
      removing(`${BODY}-1`),
      removing(`${BODY}-2`),
      adding(`${BODY}-1`, ['read']),
      adding(`${BODY}-2`, ['propose']),
    ]) {
      if (change.subject === `${BODY}-2` && change.verb === 'add-member') await named(BODY, `${BODY}-1`, ['propose'])
      await expect(propose(BODY, change)).rejects.toMatchObject(conflict('last-officers'))
    }
  })

  test('cannot be reduced to one by two proposals that were made while there were three', async () => {
    await named(BODY, `${BODY}-3`)
    const [one, other] = [await propose(BODY, removing(`${BODY}-1`)), await propose(BODY, removing(`${BODY}-3`))]
    await approve(other)
    await expect(approve(one)).rejects.toMatchObject(conflict('last-officers'))
    expect(await namesOwnMembers(BODY, world.at(after(3 * MINUTE)))).toBe(true)
  })

  test('I36: cannot touch the members of another body, which looks like one that does not exist', async () => {
    await officersOf(OTHER)
    const attempts = [
      adding('mallory', ['issue'], OTHER),
      removing(`${OTHER}-1`, OTHER),
      adding('m', office, AUTHORITY),
    ]
    for (const change of attempts)
      await expect(propose(BODY, change)).rejects.toMatchObject({ code: 'not-found', reason: 'not-below' })
    const missing = propose(BODY, adding('mallory', ['issue'], 'demo-nobody'))
    await expect(missing).rejects.toMatchObject({ code: 'not-found', reason: 'not-below' })
    const theirs = await propose(OTHER, adding('clerk', ['issue'], OTHER))
    await expect(approve({ ...theirs, authority: BODY }, `${BODY}-2`)).rejects.toMatchObject({ code: 'not-found' })
    await expect(propose(OTHER, adding('mallory'), `${BODY}-1`)).rejects.toMatchObject({ code: 'not-found' })
    expect(await roles('mallory', OTHER)).toEqual([])
  })

  test('approve the difference that they read: other roles in the meantime make the proposal fail', async () => {
    await named(BODY, 'clerk', ['issue', 'read'])
    const more = await propose(BODY, adding('clerk', ['issue', 'read', 'status']))
    await decide(BODY, removing('clerk'))
    await expect(approve(more)).rejects.toMatchObject(conflict('roles-changed'))
    expect(await roles('clerk')).toEqual([])
  })

  test('do nothing twice: an approval that is sent again after a removal does not bring the member back', async () => {
    const proposed = await propose(BODY, adding('clerk'))
    await approve(proposed)
    await decide(BODY, removing('clerk'))
    await approve(proposed, `${BODY}-2`, after(3 * MINUTE))
    expect(await roles('clerk')).toEqual([])
  })

  test.each([
    ['withdrawn', () => decisions.withdraw(BODY, AUTHORITY, { basis: 'decision 9' })],
    ['suspended', () => decisions.suspend(BODY, AUTHORITY, { basis: 'decision 9' })],
  ])('name and remove nobody while the right of the body is %s, and its authority does', async (_, end) => {
    await named(BODY, `${BODY}-3`)
    const waiting = await propose(BODY, adding('accomplice', office))
    await end()
    await expect(approve(waiting)).rejects.toMatchObject(conflict('authority-decides'))
    for (const change of [adding('accomplice', office), removing(`${BODY}-3`)])
      await expect(propose(BODY, change)).rejects.toMatchObject(conflict('authority-decides'))
    await decide(AUTHORITY, adding('trustee', office))
    expect([await roles('accomplice'), await roles('trustee')]).toEqual([[], office])
  })
})

describe('the authority of a body', () => {
  test('names the first two, and no third: from then on the body names its members', async () => {
    await decide(AUTHORITY, adding('first', ['propose']))
    await decide(AUTHORITY, adding('clerk', ['issue']))
    await decide(AUTHORITY, adding('second', ['approve']))
    await expect(propose(AUTHORITY, adding('third', office))).rejects.toMatchObject(conflict('body-decides'))
    await expect(propose(AUTHORITY, adding('second', office))).rejects.toMatchObject(conflict('body-decides'))
    const own = await propose(BODY, adding('third', office), 'first')
    expect(await approve(own, 'second')).toMatchObject({ state: 'carried-out' })
  })

  test('cannot have a third named by a proposal from before there were two', async () => {
    await named(BODY, `${BODY}-1`)
    const [second, third] = [
      await propose(AUTHORITY, adding(`${BODY}-2`, office)),
      await propose(AUTHORITY, adding(`${BODY}-3`, office)),
    ]
    await approve(second)
    await expect(approve(third)).rejects.toMatchObject(conflict('body-decides'))
  })

  test('removes an officer even of the last two, and then names another', async () => {
    await officersOf(BODY)
    await decide(AUTHORITY, removing(`${BODY}-1`))
    expect(await namesOwnMembers(BODY, world.at(after(2 * MINUTE)))).toBe(false)
    await decide(AUTHORITY, adding('successor', office))
    expect(await namesOwnMembers(BODY, world.at(after(2 * MINUTE)))).toBe(true)
  })

  test('keeps the rule of the last two for itself', async () => {
    const change = removing(`${AUTHORITY}-1`, AUTHORITY)
    const deps = world.at(after(MINUTE))
    await expect(
      rehearseProposal({ authority: AUTHORITY, subject: `${AUTHORITY}-1`, id: 'p', change }, deps),
    ).rejects.toMatchObject(conflict('last-officers'))
  })
})
