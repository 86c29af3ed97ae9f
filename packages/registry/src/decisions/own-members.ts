import { RegistryError } from '../errors.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember, areTwoOfficers, listMembers, type Role, removeMember, rolesOf } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideDeps, DecideReader } from './decide-deps.ts'
import { isVouchedFor, requireOversight } from './overseers.ts'

/** Who becomes a member of a body or an authority, with which roles, and who is one no more. */
export type MemberChange =
  /** `held`: the roles of this person at the proposal. */
  | { verb: 'add-member'; owner: string; subject: string; roles: readonly Role[]; held?: readonly Role[] }
  /** `roles`: those that the member held at the proposal. */
  | { verb: 'remove-member'; owner: string; subject: string; roles?: readonly Role[] }

/**
 * Records a decision about a member. A body that holds a right and has two officers names its members by itself. Its authority names
 * the first two, and those of a body without two or without a right. It may always remove one, even of two: an officer who has left
 * cannot be removed by the one who remains. Throws `conflict` for the one of the two whose turn it is not.
 */
export async function changeMember(
  change: MemberChange,
  { authority, actor }: { authority: string; actor: string },
  deps: DecideDeps,
): Promise<void> {
  const { owner, subject } = change
  await requireOversight(authority, owner, deps)
  const isOwn = authority === owner
  const namesItself = await namesOwnMembers(owner, deps)
  if (isOwn && namesItself === false)
    throw new RegistryError('conflict', 'this body holds no right now, so its authority names its members', {
      reason: 'authority-decides',
    })
  if (change.verb === 'remove-member') {
    await requireRoles(change, deps)
    const mayLeaveFewer = !isOwn && namesItself !== undefined
    return removeMember({ owner, subject, actor, mayLeaveFewer }, deps)
  }
  if (!isOwn && namesItself)
    throw new RegistryError('conflict', 'this body has two officers, and they name its members', {
      reason: 'body-decides',
    })
  await requireNewRoles(change, deps)
  return addMember({ owner, subject, roles: change.roles, actor }, deps)
}

/** True if the officers of this body name its members, false if its authority does. Undefined for an authority or a centre. */
export async function namesOwnMembers(id: string, deps: DecideReader): Promise<boolean | undefined> {
  const entity = entityAt(id, await trustOf(deps.store)(id), EVERYTHING)
  if (entity?.kind !== 'body') return undefined
  return areTwoOfficers(await listMembers(id, deps.store)) && (await isVouchedFor(entity, deps))
}

/**
 * Refuses a change without effect. It would write no commit, so the approval could be sent again after the roles were removed. Refuses
 * also if the roles of before are not those of the proposal, because the second officer approves the difference that they read.
 */
async function requireNewRoles(
  { owner, subject, roles, held: seen }: Extract<MemberChange, { verb: 'add-member' }>,
  { store }: DecideReader,
) {
  const held = await rolesOf(owner, subject, store)
  if (areSame(held, roles))
    throw new RegistryError('conflict', 'this member has these roles already', { reason: 'same-roles' })
  if (seen !== undefined && !areSame(held, seen))
    throw new RegistryError('conflict', 'the roles of this member changed after this was proposed: propose it again', {
      reason: 'roles-changed',
    })
}

const areSame = (one: readonly Role[], other: readonly Role[]): boolean =>
  one.length === other.length && one.every((role) => other.includes(role))

async function requireRoles({ owner, subject }: MemberChange, { store }: DecideReader) {
  if ((await rolesOf(owner, subject, store)).length === 0)
    throw new RegistryError('conflict', 'this is not a member: there is nothing to remove', { reason: 'not-a-member' })
}
