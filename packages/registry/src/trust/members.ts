import { canonicalJson } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, ownerOf, pagesOf, streams } from '../stream.ts'

/** The roles of a member. The scope of a token can only narrow them. */
export const roles = ['issue', 'status', 'read', 'propose', 'approve'] as const
export type Role = (typeof roles)[number]

export interface Member {
  /** The identity provider's id for a person. Never a name. */
  subject: string
  roles: readonly Role[]
}

/** True if one member may propose and a different one may approve. With fewer, nothing can be decided. */
export const areTwoOfficers = (members: readonly Member[]): boolean =>
  members.some(
    (one) =>
      one.roles.includes('propose') &&
      members.some((other) => other.subject !== one.subject && other.roles.includes('approve')),
  )

export type MemberEvent =
  | { type: 'member-added'; subject: string; roles: readonly Role[] }
  | { type: 'member-removed'; subject: string }

const shapes: EventShapes<MemberEvent> = { 'member-added': ['subject', 'roles'], 'member-removed': ['subject'] }

export async function addMember(
  request: { owner: string; subject: string; roles: readonly Role[]; actor: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const { owner, subject, actor } = request
  await appendMember(owner, { type: 'member-added', subject, roles: request.roles }, actor, { store, now })
}

/**
 * Counts from the next request on. Throws `conflict` if no two officers would be left who can propose and approve, unless
 * `mayLeaveFewer`: then somebody else can appoint others.
 */
export async function removeMember(
  request: { owner: string; subject: string; actor: string; mayLeaveFewer?: boolean },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const { owner, subject, actor, mayLeaveFewer = false } = request
  await appendMember(owner, { type: 'member-removed', subject }, actor, { store, now }, mayLeaveFewer)
}

async function appendMember(
  owner: string,
  event: MemberEvent,
  actor: string,
  { store, now }: { store: CommitStore; now: Date },
  mayLeaveFewer = false,
): Promise<void> {
  const stream = streams.members(owner)
  const history = await store.read<MemberEvent>(stream)
  requireKnown(history, shapes)
  const last = history.flatMap(({ events }) => events).findLast(({ subject }) => subject === event.subject)
  if (last !== undefined && canonicalJson(last) === canonicalJson(event)) return
  if (!mayLeaveFewer) requireOfficersLeft(history, event)
  const index = `MEMBERSHIPS#${event.subject}` as const
  await store.append(nextCommit(stream, history, { events: [event], actor, now, index }))
}

/** Two officers must remain: without them nobody could appoint others. */
function requireOfficersLeft(history: readonly Commit<MemberEvent>[], event: MemberEvent): void {
  const events = history.flatMap((commit) => commit.events)
  if (areTwoOfficers(membersOf(events)) && !areTwoOfficers(membersOf([...events, event])))
    throw new RegistryError(
      'conflict',
      'without this member, no two officers could propose and approve: add an officer first',
      { reason: 'last-officers' },
    )
}

function membersOf(events: readonly MemberEvent[]): Member[] {
  const members = new Map<string, Member>()
  for (const event of events) {
    if (event.type === 'member-added') members.set(event.subject, event)
    else members.delete(event.subject)
  }
  return [...members.values()]
}

/** The answer for another owner's body is the same as for one that does not exist (invariant I36). */
export const noSuchIssuer = () => new RegistryError('not-found', 'no such issuer', { reason: 'may-not-propose' })

/** Throws `not-found` unless `subject` has this role for `owner`. Only the registry's commits count, never the token. */
export async function requireMember(
  { owner, subject, role }: { owner: string; subject: string; role: Role },
  { reader }: { reader: CommitReader },
): Promise<void> {
  if (!(await rolesOf(owner, subject, reader)).includes(role)) throw noSuchIssuer()
}

const officerRoles: readonly Role[] = ['propose', 'approve']

/** Throws `not-found` unless `subject` may propose or approve for `owner`. Returns the roles. */
export async function requireOfficer(
  { owner, subject }: { owner: string; subject: string },
  { reader }: { reader: CommitReader },
): Promise<readonly Role[]> {
  const held = await rolesOf(owner, subject, reader)
  if (!mayDecide(held)) throw noSuchIssuer()
  return held
}

/** Throws `not-found` unless `subject` has any role for `owner`. Returns the roles. */
export async function requireAnyRole(
  { owner, subject }: { owner: string; subject: string },
  { reader }: { reader: CommitReader },
): Promise<readonly Role[]> {
  const held = await rolesOf(owner, subject, reader)
  if (held.length === 0) throw noSuchIssuer()
  return held
}

export const mayDecide = (held: readonly Role[]): boolean => held.some((role) => officerRoles.includes(role))

/** The owners for which a subject has any role now. */
export async function listOffices(
  subject: string,
  { reader }: { reader: CommitReader },
): Promise<{ owner: string; roles: readonly Role[] }[]> {
  const owners = await ownersOf(subject, reader)
  const offices = await Promise.all(
    owners.map(async (owner) => ({ owner, roles: await rolesOf(owner, subject, reader) })),
  )
  return offices.filter(({ roles: held }) => held.length > 0).sort((a, b) => (a.owner < b.owner ? -1 : 1))
}

/** From the registry's own commits, read consistently. */
export async function rolesOf(owner: string, subject: string, reader: CommitReader): Promise<readonly Role[]> {
  const commits = await reader.read<MemberEvent>(streams.members(owner))
  requireKnown(commits, shapes)
  const members = membersOf(commits.flatMap(({ events }) => events))
  return members.find((member) => member.subject === subject)?.roles ?? []
}

/** Every change of the members of an owner, oldest first. */
export async function membersHistory(owner: string, reader: CommitReader): Promise<readonly Commit<MemberEvent>[]> {
  const commits = await reader.read<MemberEvent>(streams.members(owner))
  requireKnown(commits, shapes)
  return commits
}

/** All present members. */
export async function listMembers(owner: string, reader: CommitReader): Promise<readonly Member[]> {
  const commits = await reader.read<MemberEvent>(streams.members(owner))
  return membersOf(commits.flatMap(({ events }) => events))
}

/** A present member, and who gave them these roles. */
export interface Membership extends Member {
  /** When their present roles were recorded. */
  since: string
  /** The body or authority whose officers decided it. Absent: the operator, who names the first officers of a root. */
  by?: string
}

/** All present members with their appointments, in the order of those. */
export async function listMemberships(owner: string, reader: CommitReader): Promise<readonly Membership[]> {
  const commits = await reader.read<MemberEvent>(streams.members(owner))
  requireKnown(commits, shapes)
  const present = membersOf(commits.flatMap(({ events }) => events))
  return commits.flatMap(({ events, recordedAt: since, by }) =>
    present
      .filter((member) => events.some((event) => event === member))
      .map(({ subject, roles }) => ({ subject, roles, since, ...(by !== undefined && { by }) })),
  )
}

/** All present and former members. */
export async function subjectsOf(owner: string, reader: CommitReader): Promise<string[]> {
  const commits = await reader.read<MemberEvent>(streams.members(owner))
  return [...new Set(commits.flatMap(({ events }) => events.map(({ subject }) => subject)))]
}

/** All owners of which `subject` is or was a member. It reads an index, so check each with `rolesOf`. */
export async function ownersOf(subject: string, reader: CommitReader): Promise<string[]> {
  const owners = new Set<string>()
  // Read to the end: an office may be older than any number of memberships.
  for await (const commits of pagesOf(reader, `MEMBERSHIPS#${subject}`, { limit: 100, newestFirst: true }))
    for (const { stream } of commits) owners.add(ownerOf(stream))
  return [...owners]
}
