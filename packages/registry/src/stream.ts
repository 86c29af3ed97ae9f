import { RegistryError } from './errors.ts'

declare const streamId: unique symbol
/** `{owner}/{name}`: the owner (a body or an authority) is part of every key, so a foreign stream cannot be named by accident. */
export type StreamId = string & { readonly [streamId]: true }

/** Identifier of a body or an authority, as it stands in paths and in its DID. */
const OWNER = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/
export const isOwnerId = (text: string): boolean => OWNER.test(text)

/** Whose stream that is. */
export const ownerOf = (stream: string): string => stream.slice(0, stream.indexOf('/'))

/** Owners that are no body and no authority: the registry itself, and words that could be taken for it. */
const RESERVED: ReadonlySet<string> = new Set(['log', 'registry', 'system', 'sijil', 'authorities', 'issuers'])
export const isReservedOwner = (id: string): boolean => RESERVED.has(id)

function stream(owner: string, name: string): StreamId {
  if (!isOwnerId(owner)) throw new RegistryError('not-found', 'no such issuer')
  return `${owner}/${name}` as StreamId
}

/** Every kind of stream there is. */
export const streams = {
  /** Who a body or an authority is, its keys, and what it was granted by whom. */
  trust: (owner: string) => stream(owner, 'trust'),
  /** Who may act for it. */
  members: (owner: string) => stream(owner, 'members'),
  /** Its secret, as KMS ciphertext. */
  secret: (owner: string) => stream(owner, 'secret'),
  /** The pairs of status lists that it has opened. */
  lists: (owner: string) => stream(owner, 'lists'),
  /** The versions of one list that were published. */
  publishedList: (owner: string, list: string) => stream(owner, `list/${list}`),
  /** The life of one certificate; `uuid` in lower case. */
  certificate: (owner: string, uuid: string) => stream(owner, `certificate/${uuid}`),
  /** What keeps it from issuing: certificates that were withheld, a key that cannot be used. */
  interruptions: (owner: string) => stream(owner, 'interruptions'),
  /** What was taken out of force in its name, each entry with those of the hour before. */
  brake: (owner: string) => stream(owner, 'brake'),
  /** What one person took out of force in several names, in the same form. */
  brakeOf: (actor: string) => stream('registry', `brake:${flat(actor)}`),
  /** Accreditations and keys that one officer suspended alone, in the same form. */
  unilateralBy: (actor: string) => stream('registry', `unilateral:${flat(actor)}`),
  /** One action in its name that waits for a second person. */
  pending: (owner: string, id: string) => stream(owner, `pending/${id}`),
  /** What one member asked for in its name that waits for a second person, each entry with those before it. */
  askedBy: (owner: string, actor: string) => stream(owner, `asked-by/${flat(actor)}`),
  /** One decision of an authority that two people make. */
  proposal: (authority: string, id: string) => stream(authority, `proposal/${id}`),
  /** Names that registrations in one state claimed, each before it was written. */
  names: (state: string) => stream('registry', `names:${flat(state)}`),
  /** Who holds a certificate number; `tag` is a keyed hash of it. */
  number: (owner: string, tag: string) => stream(owner, `number/${tag}`),
  /** The keys that sign the checkpoints of the logs. */
  logKeys: () => stream('log', 'keys'),
  /** The keys that sign what the registry states about others (OpenID Federation). */
  statementKeys: () => stream('log', 'statement-keys'),
  /** The checkpoints of a log, each written here before anybody is shown it. */
  logCheckpoints: (log: string) => stream('log', `${log}/checkpoints`),
  /** The hashes of one tile; at level 0 the entries themselves, whose order is the order of the log. */
  logTile: (log: string, level: number, index: number) => stream('log', `${log}/tile/${level}/${index}`),
  /** Where an entry stands. */
  logLeaf: (log: string, key: string) => stream('log', `${log}/leaf/${key}`),
  /** Which trust bundle was signed last. */
  logBundles: () => stream('log', 'registry/bundles'),
  /** The text of one, in parts that an item can hold. */
  logBundle: (madeAt: string) => stream('log', `registry/bundle/${madeAt}`),
  /** What witnesses cosigned while the log ended in this tile of level 0. */
  logCosigned: (log: string, tile: number) => stream('log', `${log}/cosigned/${tile}`),
  /** Lists of other registries that were ever accepted here. */
  acceptedRegistries: () => stream('registry', 'foreign'),
  /** By which id a body that signs elsewhere is registered. */
  externalDid: (did: string) => stream('registry', `foreign-did:${did}`),
  /** Whose key that is which a body keeps itself: one body's, under one name, for ever (I23). */
  externalKey: (named: string) => stream('registry', `foreign-key:${flat(named)}`),
  /** How far the list of another registry was taken over; `host` is its address without the scheme. */
  remoteHead: (host: string) => stream('registry', `foreign:${flat(host)}`),
  /** Under which id that list has a DID that is not of its registry. */
  remoteDid: (host: string, did: string) => stream('registry', `foreign:${flat(host)}:did:${did}`),
  /** What that list says of one of its entities. No slash in it: no right to write another kind of stream covers it. */
  remoteTrust: (host: string, id: string) => stream('registry', `foreign:${flat(host)}:of:${flat(id)}`),
  /** Its names, for the index alone, where that was copied before there was an index. */
  remoteNames: (host: string, id: string) => stream('registry', `foreign:${flat(host)}:named:${flat(id)}`),
}

const flat = (text: string) => text.replaceAll('/', '%2F')

/** Lists that are read from an index over the commits. Each commit stands in at most one. */
export type IndexKey =
  | `CERTIFICATES#${string}` // issued by this body
  | `STATUS#${string}` // changes of this pair of status lists
  | `PENDING#${string}` // reserved on this day (UTC), perhaps never finished
  | `PROPOSALS#${string}` // of this authority
  | `WAITING#${string}` // actions of this body or authority that were asked for and wait for a second person
  | `MEMBERSHIPS#${string}` // of this subject
  | 'ENTITIES' // registrations of authorities, bodies and centres
  | 'TRUST' // every other decision about one of them
  | `LISTED#${string}` // registrations that the list of another registry told of

/** One change: what happened, who did it, when it counts (`effectiveAt`) and when it became known (`recordedAt`). RFC 3339, UTC, ms. */
export interface Commit<E> {
  stream: StreamId
  /** 0, 1, 2 … without gaps. */
  number: number
  events: readonly E[]
  /** A subject of the identity provider, or `system:…`. Never a name. */
  actor: string
  effectiveAt: string
  recordedAt: string
  index?: IndexKey
  /** The decision of two people that it carries out: what is done is not done a second time. */
  proposal?: string
  /** Id of the authority or body whose officers decided it; absent: the operator, or nobody in particular. */
  by?: string
}

/** What the read path needs, and all that it is granted. */
export interface CommitReader {
  /** Every commit of a stream, in order. Strongly consistent: what was acknowledged is seen by the next read. */
  read<E>(stream: StreamId): Promise<Commit<E>[]>
  /** The last commit of a stream. Strongly consistent. */
  latest<E>(stream: StreamId): Promise<Commit<E> | undefined>
  /** One page of an index. Eventually consistent; ordered by `recordedAt`. `after` is the `next` of the page before. */
  list<E>(
    index: IndexKey,
    page: { limit: number; newestFirst: boolean; after?: string; since?: string; until?: string },
  ): Promise<{ commits: Commit<E>[]; next?: string }>
}

/** An index page by page, to its end or until the caller stops; a page is read when it is asked for. */
export async function* pagesOf<E>(
  reader: CommitReader,
  index: IndexKey,
  query: { limit: number; newestFirst: boolean; since?: string; until?: string },
): AsyncGenerator<Commit<E>[]> {
  let after: string | undefined
  do {
    const page = await reader.list<E>(index, { ...query, ...(after && { after }) })
    yield page.commits
    after = page.next
  } while (after !== undefined)
}

/** Whoever owned this store could stop the service and roll it back, but could not read a name nor forge a signature. */
export interface CommitStore extends CommitReader {
  /** Durable once it returns. Throws `write-conflict` when this number was written already; then nothing was changed. */
  append<E>(commit: Commit<E>): Promise<void>
  /**
   * Takes entry `entry` of pool `pool` for `holder`, unless somebody holds it; answers who holds it now.
   * An entry is given to one holder, ever.
   */
  claim(pool: string, entry: number, holder: string): Promise<string>
}

/** A store whose `append` is another: everything else stays. */
export const readingOf = (store: CommitStore): Omit<CommitStore, 'append'> => ({
  read: (stream) => store.read(stream),
  latest: (stream) => store.latest(stream),
  list: (index, page) => store.list(index, page),
  claim: (pool, entry, holder) => store.claim(pool, entry, holder),
})

/** Whatever is written to it says in whose name, and by which decision of two. */
export const writingFor = (store: CommitStore, stated: { by: string; proposal?: string }): CommitStore => ({
  ...readingOf(store),
  append: (commit) => store.append({ ...commit, ...stated }),
})

/** The next commit of a stream, after `history` or its last commit alone: time never runs backwards within it. */
export function nextCommit<E>(
  stream: StreamId,
  history: readonly Commit<unknown>[],
  change: { events: readonly E[]; actor: string; now: Date; effectiveAt?: string; index?: IndexKey },
): Commit<E> {
  const last = history.at(-1)
  const after = last === undefined ? 0 : Date.parse(last.recordedAt) + 1
  const recordedAt = new Date(Math.max(change.now.getTime(), after)).toISOString()
  return {
    stream,
    number: last === undefined ? 0 : last.number + 1,
    events: change.events,
    actor: change.actor,
    effectiveAt: change.effectiveAt ?? recordedAt,
    recordedAt,
    ...(change.index && { index: change.index }),
  }
}
