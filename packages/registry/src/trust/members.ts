import { canonicalJson } from '../canonical-json.ts'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, ownerOf, pagesOf, streams } from '../stream.ts'

/** What a member may do; the token's scope can only narrow it. */
export const roles = ['issue', 'status', 'read', 'propose', 'approve'] as const
export type Role = (typeof roles)[number]

export interface Member {
  /** As the identity provider calls whoever acts; never a name. */
  subject: string
  roles: readonly Role[]
}

/** One of them proposes and another approves: fewer decide nothing. */
export const areTwoOfficers = (members: readonly Member[]): boolean =>
  members.some(
    (one) =>
      one.roles.includes('propose') &&
      members.some((other) => other.subject !== one.subject && other.roles.includes('approve')),
  )

type MemberEvent =
  | { type: 'member-added'; subject: string; roles: readonly Role[] }
  | { type: 'member-removed'; subject: string }

export async function addMember(
  request: { owner: string; subject: string; roles: readonly Role[]; actor: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const { owner, subject, actor } = request
  await appendMember(owner, { type: 'member-added', subject, roles: request.roles }, actor, { store, now })
}

/** From the next request on it may do nothing here. Throws `conflict` where nobody would be left who can decide. */
export async function removeMember(
  { owner, subject, actor }: { owner: string; subject: string; actor: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  await appendMember(owner, { type: 'member-removed', subject }, actor, { store, now })
}

async function appendMember(
  owner: string,
  event: MemberEvent,
  actor: string,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const stream = streams.members(owner)
  const history = await store.read<MemberEvent>(stream)
  const last = history.flatMap(({ events }) => events).findLast(({ subject }) => subject === event.subject)
  if (last !== undefined && canonicalJson(last) === canonicalJson(event)) return
  requireOfficersLeft(history, event)
  const index = `MEMBERSHIPS#${event.subject}` as const
  await store.append(nextCommit(stream, history, { events: [event], actor, now, index }))
}

/** Whoever can decide can decide afterwards: nobody would be left to name other officers. */
function requireOfficersLeft(history: readonly Commit<MemberEvent>[], event: MemberEvent): void {
  const events = history.flatMap((commit) => commit.events)
  if (areTwoOfficers(membersOf(events)) && !areTwoOfficers(membersOf([...events, event])))
    throw new RegistryError('conflict', 'nobody could propose, and another approve, any more: add an officer first')
}

function membersOf(events: readonly MemberEvent[]): Member[] {
  const members = new Map<string, Member>()
  for (const event of events) {
    if (event.type === 'member-added') members.set(event.subject, event)
    else members.delete(event.subject)
  }
  return [...members.values()]
}

/** Somebody else's body answers exactly as one that does not exist (invariant I36). */
export const noSuchIssuer = () => new RegistryError('not-found', 'no such issuer')

/** Throws `not-found` unless `subject` may act for `owner` in this role, by the registry's own commits, never by the token. */
export async function requireMember(
  { owner, subject, role }: { owner: string; subject: string; role: Role },
  { reader }: { reader: CommitReader },
): Promise<void> {
  if (!(await rolesOf(owner, subject, reader)).includes(role)) throw noSuchIssuer()
}

const officerRoles: readonly Role[] = ['propose', 'approve']
const isOffice = (held: readonly Role[]) => held.some((role) => officerRoles.includes(role))

/** Whoever may propose or approve for an authority may see what it decides; answers the roles. For everybody else it does not exist. */
export async function requireOfficer(
  { owner, subject }: { owner: string; subject: string },
  { reader }: { reader: CommitReader },
): Promise<readonly Role[]> {
  const held = await rolesOf(owner, subject, reader)
  if (!isOffice(held)) throw noSuchIssuer()
  return held
}

/** In whose name a subject may propose or approve now. */
export async function listOffices(
  subject: string,
  { reader }: { reader: CommitReader },
): Promise<{ owner: string; roles: readonly Role[] }[]> {
  const owners = await ownersOf(subject, reader)
  const offices = await Promise.all(
    owners.map(async (owner) => ({ owner, roles: await rolesOf(owner, subject, reader) })),
  )
  return offices.filter(({ roles: held }) => isOffice(held)).sort((a, b) => (a.owner < b.owner ? -1 : 1))
}

/** By the registry's own commits, read consistently. */
export async function rolesOf(owner: string, subject: string, reader: CommitReader): Promise<readonly Role[]> {
  const commits = await reader.read<MemberEvent>(streams.members(owner))
  const members = membersOf(commits.flatMap(({ events }) => events))
  return members.find((member) => member.subject === subject)?.roles ?? []
}

/** Everybody who is, or once was, a member. */
export async function subjectsOf(owner: string, reader: CommitReader): Promise<string[]> {
  const commits = await reader.read<MemberEvent>(streams.members(owner))
  return [...new Set(commits.flatMap(({ events }) => events.map(({ subject }) => subject)))]
}

/** Of whom somebody is, or once was, a member: by an index, so only where to look. */
export async function ownersOf(subject: string, reader: CommitReader): Promise<string[]> {
  const owners = new Set<string>()
  // To its end: an office may stand behind any number of newer memberships.
  for await (const commits of pagesOf(reader, `MEMBERSHIPS#${subject}`, { limit: 100, newestFirst: true }))
    for (const { stream } of commits) owners.add(ownerOf(stream))
  return [...owners]
}
