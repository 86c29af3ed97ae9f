import { parseVerifierKey } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import { originOf } from '../log/logs.ts'
import type { RefusalReason } from '../refusal-reasons.ts'
import { type CommitReader, type CommitStore, nextCommit, ownerOf, pagesOf, streams } from '../stream.ts'
import { claimedIn } from '../trust/claimed-in.ts'
import { type AcceptedList, type Entity, EVERYTHING } from '../trust/entity.ts'
import type { ListKind, TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { requireMember } from '../trust/members.ts'
import { isRoot, isWholeRoot, type TrustPolicy } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'

/** The terms on which a list of another registry is accepted: its address, its keys and its kind. */
export type ListTerms = ListKind & {
  /** Address of the other registry, without a slash at its end. */
  registry: string
  /** C2SP verifier keys of its log, as its operator stated them. A bundle that none of them signed is refused. */
  keys: readonly string[]
  basis: string
}

/** Records that an authority once accepted a list. The trust stream of that authority says whether it still counts. */
interface ListKnown {
  type: 'list-known'
  registry: string
  authority: string
}

/** Every list that was ever accepted, with the authority that accepted it. The list may no longer count. */
export async function readKnownLists(reader: CommitReader): Promise<{ registry: string; authority: string }[]> {
  const commits = await reader.read<ListKnown>(streams.acceptedRegistries())
  return commits.flatMap(({ events }) => events.map(({ registry, authority }) => ({ registry, authority })))
}

export interface AcceptListDeps {
  store: CommitStore
  policy: TrustPolicy
  now: Date
  baseUrl: string
}

/**
 * Accepts the list of another registry, in the name of an authority that is a root here. The list may speak only for states without a
 * root here, because no root speaks for another state. Only one authority may accept a registry. Repeated with the same terms, it
 * resumes a suspended list and finishes work that a crash interrupted. Throws `validation-failed`, `not-found` or `conflict`.
 */
export async function acceptList(
  request: ListTerms & { authority: string; actor: string; proposal?: string },
  deps: AcceptListDeps,
): Promise<void> {
  const { authority, actor, registry, keys, basis } = request
  const { store, policy, now } = deps
  requireAddress(registry, deps.baseUrl)
  requireKeys(keys, registry)
  const history = await trustOf(store)(authority)
  const over = entityAt(authority, history, EVERYTHING)
  if (over === undefined || !isWholeRoot(over, policy))
    throw new RegistryError(
      'not-found',
      'only an authority that is a root here may accept the list of another registry',
      { reason: 'not-a-root' },
    )
  if (request.kind === undefined) await requireFreeStates(request.states, { store, policy })
  const known = (await readKnownLists(store)).find((list) => hostOf(list.registry) === hostOf(registry))
  if (known !== undefined && (known.authority !== authority || known.registry !== registry))
    throw new RegistryError('conflict', 'another authority has accepted this registry', { reason: 'already-accepted' })
  const before = over.lists.find((list) => list.registry === registry)
  // A repeated approval finishes its own work and does not accept a second time.
  const isOwnWork = request.proposal !== undefined && history.some(({ proposal }) => proposal === request.proposal)
  const isThere = isOwnWork || (before !== undefined && before.suspendedAt === undefined && isSame(before, request))
  if (!isThere) {
    const kind: ListKind = request.kind === undefined ? { states: request.states } : { kind: request.kind }
    const event: TrustEvent = { type: 'list-accepted', registry, keys, basis, ...kind }
    await store.append(nextCommit(streams.trust(authority), history, { events: [event], actor, now, index: 'TRUST' }))
  }
  if (known === undefined) {
    const stream = streams.acceptedRegistries()
    const event: ListKnown = { type: 'list-known', registry, authority }
    await store.append(nextCommit(stream, await store.read(stream), { events: [event], actor, now }))
  }
}

/** Suspends a list at once, by one officer alone. Nothing on the list counts until two officers accept it again. */
export async function suspendList(
  request: { authority: string; subject: string; registry: string; basis: string },
  { store, now }: Pick<AcceptListDeps, 'store' | 'now'>,
): Promise<void> {
  const { authority, subject, registry, basis } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  const history = await trustOf(store)(authority)
  const list = requireList(entityAt(authority, history, EVERYTHING), registry)
  if (list.suspendedAt !== undefined) return
  const event: TrustEvent = { type: 'list-suspended', registry, basis }
  await store.append(
    nextCommit(streams.trust(authority), history, { events: [event], actor: subject, now, index: 'TRUST' }),
  )
}

/** Returns the list of `registry` that this authority accepted. Throws `not-found` if it accepted none. */
export function requireList(entity: Entity | undefined, registry: string): AcceptedList {
  const list = entity?.lists.find((one) => one.registry === registry)
  if (list === undefined) throw new RegistryError('not-found', 'no such list', { reason: 'list-not-accepted' })
  return list
}

const invalid = (pointer: string, detail: string, reason?: RefusalReason) =>
  new RegistryError('validation-failed', 'the list cannot be accepted as described', {
    faults: [{ pointer, detail, ...(reason && { reason }) }],
  })

/**
 * The part of a registry's address that names its streams and the DIDs of its bodies. Neither contains a scheme, so two addresses that
 * differ only in the scheme are one registry.
 */
export const hostOf = (registry: string): string => registry.replace(/^https?:\/\//, '')

/** Paths with only those characters that DIDs and stream names do not escape. */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9._~-]+)*$/

function requireAddress(registry: string, baseUrl: string): void {
  const url = URL.parse(registry)
  const isPlain =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    (url.origin + url.pathname).replace(/\/$/, '') === registry &&
    PLAIN_PATH.test(registry.slice(url.origin.length))
  if (!isPlain || url.username !== '')
    throw invalid('/registry', 'must be an address without a final slash, a query or a fragment', 'not-an-address')
  if (hostOf(registry) === hostOf(baseUrl)) throw invalid('/registry', 'is this registry itself', 'this-registry')
}

function requireKeys(keys: readonly string[], registry: string): void {
  const name = originOf(registry, 'registry')
  keys.forEach((text, place) => {
    try {
      if (parseVerifierKey('ed25519', text).name === name) return
    } catch {
      // Falls through to the fault below: the text is not a key of that log.
    }
    throw invalid(`/keys/${place}`, `must be a verifier key of the log ${name}`)
  })
  if (keys.length === 0) throw invalid('/keys', 'must have at least one key')
}

/** Throws if a root of this registry already speaks for one of the states. */
async function requireFreeStates(
  states: readonly string[],
  { store, policy }: { store: CommitStore; policy: TrustPolicy },
): Promise<void> {
  if (states.length === 0) throw invalid('/states', 'must have at least one state')
  for (const root of await rootsHere(states, store, policy)) {
    const place = states.indexOf(root.identity.state)
    if (place >= 0)
      throw invalid(`/states/${place}`, `must not be a state for which a root of this registry speaks: ${root.id}`)
  }
}

const PAGE = 200

/** Roots of this registry. The index may lag by seconds, and a root that it does not show yet has claimed its names in its state. */
async function rootsHere(states: readonly string[], reader: CommitReader, policy: TrustPolicy): Promise<Entity[]> {
  const ids = new Set((await Promise.all(states.map((state) => claimedIn(state, reader)))).flat())
  for await (const commits of pagesOf<TrustEvent>(reader, 'ENTITIES', { limit: PAGE, newestFirst: false }))
    for (const { stream, events } of commits)
      if (events.some(({ type }) => type === 'authority-registered')) ids.add(ownerOf(stream))
  const roots: Entity[] = []
  for (const id of ids) {
    const entity = entityAt(id, await trustOf(reader)(id), EVERYTHING)
    if (entity !== undefined && isRoot(entity, policy)) roots.push(entity)
  }
  return roots
}

const isSame = (list: AcceptedList, { keys, kind, states = [] }: ListTerms) =>
  list.kind === kind && list.keys.join(' ') === keys.join(' ') && (list.states ?? []).join(' ') === states.join(' ')
