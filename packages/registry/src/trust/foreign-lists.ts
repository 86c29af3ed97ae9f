import { isDid, issuerOfDid } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { canonicalJson } from '../log/logs.ts'
import { requireMember } from '../members.ts'
import { type OpenedBundle, openBundle, type SeenTree } from '../offline/open-bundle.ts'
import {
  type Commit,
  type CommitReader,
  type CommitStore,
  isOwnerId,
  nextCommit,
  type StreamId,
  streams,
} from '../stream.ts'
import type { Elsewhere } from '../verification/elsewhere.ts'
import type { Endorsement } from '../verification/verification.ts'
import { hostOf, readKnownLists, requireList } from './accepted-lists.ts'
import { idOfDid } from './bodies-elsewhere.ts'
import { type AcceptedList, type Entity, EVERYTHING, entityAt } from './entity.ts'
import { isFoldable, type TrustEvent, type TrustHistory } from './events.ts'
import { cachedTrust, type TrustReader, trustOf } from './reader.ts'
import { isRoot, issuerStanding, type TrustPolicy } from './standing.ts'

/** How far a list was taken over: written last, so that whoever reads it finds all of it. */
interface ListTaken extends SeenTree {
  type: 'list-taken'
  madeAt: string
  validUntil: string
  policy: TrustPolicy
}

/** A body that the other registry knows under a DID of its own. */
interface DidListed {
  type: 'did-listed'
  id: string
}

const ACTOR = 'system:list'
/** A list of the time to come would outlive every later one. */
const CLOCKS_DIFFER_MS = 10 * 60_000
/** Ours live for a day; whoever lets a list live for years could withdraw nothing. */
const LONGEST_LIFE_MS = 7 * 86_400_000

/**
 * Takes over a newer bundle of a registry whose list was accepted: its entries become streams here, commit by commit, as they were
 * recorded there. Any officer of the authority may hand it in, for what it says was signed elsewhere. Stopped at any
 * write, it is finished by the same bundle or a later one. Throws `not-found` where nobody accepted the list.
 */
export async function takeList(
  request: { authority: string; subject: string; file: unknown },
  { store, now }: { store: CommitStore; now: Date },
): Promise<{ registry: string; size: number; madeAt: string; validUntil: string; added: number }> {
  const { authority, subject, file } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  const entity = entityAt(authority, await trustOf(store)(authority), EVERYTHING)
  const { registry, keys, suspendedAt } = requireList(entity, registryOf(file))
  if (suspendedAt !== undefined) throw new RegistryError('conflict', 'this list is suspended: accept it again first')
  const before = await headOf(registry, store)
  const bundle = openBundle(file, { keys, seen: before })
  if (bundle.registry !== registry) throw new RegistryError('not-found', 'no such list')
  requirePlausible(bundle, now)
  if (before !== undefined && bundle.madeAt <= before.madeAt) {
    const { size, madeAt, validUntil } = before
    return { registry, size, madeAt, validUntil, added: 0 }
  }
  for (const entry of bundle.entries.slice(before?.size ?? 0)) await copy(entry, registry, store)
  const { tree, madeAt, validUntil, policy } = bundle
  const taken: ListTaken = { type: 'list-taken', ...tree, madeAt, validUntil, policy }
  const stream = streams.foreignHead(hostOf(registry))
  const last = await store.latest<ListTaken>(stream)
  await store.append(nextCommit(stream, last ? [last] : [], { events: [taken], actor: ACTOR, now }))
  return { registry, size: tree.size, madeAt, validUntil, added: tree.size - (before?.size ?? 0) }
}

function requirePlausible({ madeAt, validUntil }: OpenedBundle, now: Date): void {
  if (Date.parse(madeAt) > now.getTime() + CLOCKS_DIFFER_MS)
    throw new RegistryError('validation-failed', 'This bundle is of a time to come: a clock is wrong, there or here.')
  if (!(Date.parse(validUntil) - Date.parse(madeAt) <= LONGEST_LIFE_MS))
    throw new RegistryError('validation-failed', 'This bundle claims to count for longer than a week.')
}

/** Whose it says it is, so that the keys can be looked up; nothing is believed of it before they are. */
function registryOf(file: unknown): string {
  const bundle = typeof file === 'object' && file !== null && 'bundle' in file ? file.bundle : undefined
  const registry = typeof bundle === 'object' && bundle !== null && 'registry' in bundle ? bundle.registry : undefined
  return typeof registry === 'string' ? registry : ''
}

async function headOf(registry: string, reader: CommitReader): Promise<ListTaken | undefined> {
  return (await reader.latest<ListTaken>(streams.foreignHead(hostOf(registry))))?.events[0]
}

/** As it was recorded there: its number and both its moments. What an interrupted run wrote stays. */
async function copy(entry: OpenedBundle['entries'][number], registry: string, store: CommitStore): Promise<void> {
  const id = entry.stream.slice(0, entry.stream.indexOf('/'))
  if (entry.stream !== `${id}/trust`)
    throw new RegistryError('validation-failed', 'Its log tells of what is no trust of anybody.')
  const { number, effectiveAt, recordedAt } = entry
  const events = entry.events as TrustEvent[]
  const stream = streams.foreignTrust(hostOf(registry), id)
  // First, so that nobody is listed whom his DID does not find.
  for (const event of events)
    if (event.type === 'body-registered' && event.elsewhere && isDid(event.did))
      await appendOnce<DidListed>(
        {
          stream: streams.foreignListedDid(hostOf(registry), event.did),
          number: 0,
          events: [{ type: 'did-listed', id }],
          actor: ACTOR,
          effectiveAt,
          recordedAt,
        },
        store,
      )
  const commit = { stream, number, events, actor: ACTOR, effectiveAt, recordedAt }
  if (await appendOnce(commit, store)) return
  // Two logs that differ in it were signed, or one tells of it twice: which of them is true nobody here can say.
  const there = (await store.read<TrustEvent>(stream)).find((other) => other.number === number)
  if (there === undefined || toldOf(there) !== toldOf(commit))
    throw new RegistryError('validation-failed', 'Its log tells what was taken over in another way: keep the file.')
}

const toldOf = ({ events, effectiveAt, recordedAt }: Commit<TrustEvent>) =>
  canonicalJson({ events, effectiveAt, recordedAt })

/** Answers whether it was written now. */
async function appendOnce<E>(commit: Commit<E>, store: CommitStore): Promise<boolean> {
  try {
    await store.append(commit)
    return true
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'write-conflict')) throw error
    return false
  }
}

/** Somebody whom the list of another registry names, or a body of ours that signs elsewhere. */
interface Listed {
  id: string
  entity: Entity
  list: Elsewhere
  /** Who accepted the list; absent where it is our own. */
  acceptedBy?: string
}

export interface ForeignLists {
  /** By a DID that is none of this registry's; nothing where no list that counts names it. */
  find(did: string): Promise<Listed | undefined>
  /** Which lists of the kind "regional endorsement" say that whoever has this DID may issue that, today. */
  endorsements(did: string, qualification: string): Promise<Endorsement[]>
  /** Every list that was ever accepted, and how it stands now. */
  all(): Promise<(AcceptedList & { acceptedBy: string; taken?: Pick<ListTaken, 'size' | 'madeAt' | 'validUntil'> })[]>
}

const CACHE_MS = 10_000

/** For the read path: as old as the trust it reads with, ten seconds at most. `clock` in milliseconds. */
export function foreignLists(
  reader: CommitReader,
  { trust, policy, baseUrl, clock }: { trust: TrustReader; policy: TrustPolicy; baseUrl: string; clock: () => number },
): ForeignLists {
  const known = remembered(() => readKnownLists(reader), clock)
  const heads = new Map<string, () => Promise<ListTaken | undefined>>()
  const trusts = new Map<string, TrustReader>()
  const headNow = (registry: string) => kept(heads, registry, () => remembered(() => headOf(registry, reader), clock))()
  const trustIn = (registry: string) =>
    kept(trusts, registry, () => cachedTrust((id) => historyOf(registry, id, reader), clock))
  const acceptedBy = async (authority: string, registry: string) =>
    entityAt(authority, await trust(authority), EVERYTHING)?.lists.find((list) => list.registry === registry)
  /** Whoever is no root here any more has nobody else's list count here. */
  const countingBy = async (authority: string, registry: string) => {
    const over = entityAt(authority, await trust(authority), EVERYTHING)
    return over !== undefined && isRoot(over, policy) ? acceptedBy(authority, registry) : undefined
  }

  /** Pinned here, and recorded nowhere that we can read: it is judged by today. */
  async function bodyElsewhere(id: string, did: string): Promise<Listed | undefined> {
    const entity = entityAt(id, await trust(id), EVERYTHING)
    if (entity?.elsewhere !== true || entity.did !== did) return undefined
    const idOf = (other: string) => (other === did ? id : undefined)
    return { id, entity, list: { registry: baseUrl, keepsLog: false, trust, policy, idOf } }
  }

  async function endorsementOf(
    did: string,
    qualification: string,
    { registry, authority, now }: { registry: string; authority: string; now: string },
  ): Promise<Endorsement[]> {
    const [accepted, head] = await Promise.all([countingBy(authority, registry), headNow(registry)])
    if (!isGoodFor(accepted, 'regional-endorsement') || head === undefined || now >= head.validUntil) return []
    const issuer = issuerOfDid(did, registry) ?? (await idInList(registry, did, reader))
    if (issuer === undefined) return []
    const asking = { trust: trustIn(registry), policy: { ...head.policy, demonstration: isDemonstration(head) } }
    const entity = entityAt(issuer, await asking.trust(issuer), EVERYTHING)
    const place = entity?.identity.state === 'ASEAN' ? undefined : entity?.identity.state
    const { standing, chain } = await issuerStanding(
      // No centre is asked about by its name there: an endorsement for certain sites is none for this certificate.
      { issuer, qualification, place, site: undefined, effective: now, recorded: now },
      asking,
    )
    const by = chain.slice(0, -1).map(({ name }) => name)
    return standing === 'authorised' ? [{ registry, by, madeAt: head.madeAt }] : []
  }

  const isDemonstration = (head: ListTaken) => policy.demonstration && head.policy.demonstration

  return {
    async find(did) {
      const own = await idOfDid(did, reader)
      if (own !== undefined) return bodyElsewhere(own, did)
      for (const { registry, authority } of await known()) {
        const id = issuerOfDid(did, registry)
        if (id === undefined) continue
        const [accepted, head] = await Promise.all([countingBy(authority, registry), headNow(registry)])
        if (!isGoodFor(accepted, undefined) || head === undefined) return undefined
        const entity = entityAt(id, await trustIn(registry)(id), EVERYTHING)
        if (entity === undefined) return undefined
        const list: Elsewhere = {
          registry,
          age: { size: head.size, madeAt: head.madeAt, validUntil: head.validUntil },
          keepsLog: true,
          trust: trustIn(registry),
          // Both must accept a demonstration; no root of theirs speaks for another state than was agreed.
          policy: {
            demonstration: isDemonstration(head),
            states: accepted.states ?? [],
            ...(head.policy.roots && { roots: head.policy.roots }),
          },
          idOf: (other) => (other === did && entity.kind === 'body' && !entity.sandbox ? id : undefined),
        }
        return { id, entity, list, acceptedBy: authority }
      }
      return undefined
    },
    async endorsements(did, qualification) {
      const now = new Date(clock()).toISOString()
      const found = await Promise.all(
        (await known()).map(async ({ registry, authority }): Promise<Endorsement[]> => {
          try {
            return await endorsementOf(did, qualification, { registry, authority, now })
          } catch (error) {
            // Whatever nonsense a list beside ours holds, our own answer does not depend on it.
            if (!(error instanceof TypeError)) throw error
            return []
          }
        }),
      )
      return found.flat()
    },
    async all() {
      return Promise.all(
        (await known()).map(async ({ registry, authority }) => {
          const [accepted, head] = await Promise.all([acceptedBy(authority, registry), headNow(registry)])
          const list: AcceptedList = accepted ?? { registry, keys: [], states: [], basis: '', acceptedAt: '' }
          return {
            ...list,
            acceptedBy: authority,
            ...(head && { taken: { size: head.size, madeAt: head.madeAt, validUntil: head.validUntil } }),
          }
        }),
      )
    },
  }
}

const isGoodFor = <Kind extends AcceptedList['kind']>(
  list: AcceptedList | undefined,
  kind: Kind,
): list is Extract<AcceptedList, { kind?: Kind }> =>
  list !== undefined && list.suspendedAt === undefined && list.kind === kind

async function idInList(registry: string, did: string, reader: CommitReader): Promise<string | undefined> {
  if (!isDid(did)) return undefined
  const [first] = await reader.read<DidListed>(streams.foreignListedDid(hostOf(registry), did))
  return first?.events[0]?.id
}

/** Of whom something is missing, or cannot be folded, nothing is known: a withdrawal could be what is missing. */
async function historyOf(registry: string, id: string, reader: CommitReader): Promise<TrustHistory> {
  if (!isOwnerId(id)) return []
  const commits: Commit<TrustEvent>[] = await reader.read<TrustEvent>(streams.foreignTrust(hostOf(registry), id))
  const isWhole = commits.every(({ number, events }, place) => number === place && isFoldable(events))
  return isWhole ? commits.map((commit) => ({ ...commit, stream: `${id}/trust` as StreamId })) : []
}

function remembered<T>(read: () => Promise<T>, clock: () => number): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | undefined
  return () => {
    if (last !== undefined && clock() - last.at < CACHE_MS) return last.value
    const value = read()
    last = { at: clock(), value }
    value.catch(() => {
      last = undefined
    })
    return value
  }
}

function kept<T>(of: Map<string, T>, key: string, make: () => T): T {
  const found = of.get(key) ?? make()
  of.set(key, found)
  return found
}
