import { RegistryError } from './errors.ts'

declare const streamId: unique symbol
/** `{owner}/{name}`. The owner, a body or an authority, is part of every key, so that code cannot name a foreign stream by accident. */
export type StreamId = string & { readonly [streamId]: true }

/** The id of a body or an authority, as in paths and in its DID. */
const OWNER = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/
export const isOwnerId = (text: string): boolean => OWNER.test(text)

/** The owner of a stream. */
export const ownerOf = (stream: string): string => stream.slice(0, stream.indexOf('/'))

/** Ids that no body or authority may have: the registry itself, and words that could be mistaken for it. */
const RESERVED: ReadonlySet<string> = new Set(['log', 'registry', 'system', 'sijil', 'authorities', 'issuers'])
export const isReservedOwner = (id: string): boolean => RESERVED.has(id)

function stream(owner: string, name: string): StreamId {
  if (!isOwnerId(owner)) throw new RegistryError('not-found', 'no such issuer', { reason: 'may-not-propose' })
  return `${owner}/${name}` as StreamId
}

/** Its policy, who signs for it, its logo, and the endpoint of its webhooks. */
export type OwnKind = 'policy' | 'signatory' | 'logo' | 'webhook'

/** Every kind of stream. */
export const streams = {
  /** A body or an authority: its identity, its keys and its grants. */
  trust: (owner: string) => stream(owner, 'trust'),
  /** Who may act for it. */
  members: (owner: string) => stream(owner, 'members'),
  /** What a body decided about its own certificates. */
  own: (body: string, kind: OwnKind) => stream(body, `own/${kind}`),
  /** One opening of the names of its signatories, by one of its members. */
  signatoryOpening: (body: string, id: string) => stream(body, `own/opened/${id}`),
  /** The secrets that sign its webhooks, sealed. */
  webhookSecrets: (body: string) => stream(body, 'own/webhook/secrets'),
  /** What its officers asked to have delivered again. */
  webhookReplays: (body: string) => stream(body, 'own/webhook/replays'),
  /** One event for its endpoint: each attempt to deliver it. */
  delivery: (body: string, id: string) => stream(body, `deliveries/${id}`),
  /** How far its events were read, and whether its endpoint is paused. Only the last commit counts. */
  deliveryProgress: (body: string) => stream(body, 'deliveries/progress'),
  /** Whether the system at the address of its endpoint wants events. Only the last commit counts. */
  deliveryConsent: (body: string) => stream(body, 'deliveries/consent'),
  /** How far failed attempts of all bodies were read. Only the last commit counts. */
  deliveryCursor: () => stream('registry', 'deliveries'),
  /** Its secret, as KMS ciphertext. */
  secret: (owner: string) => stream(owner, 'secret'),
  /** Its pairs of status lists. */
  lists: (owner: string) => stream(owner, 'lists'),
  /** The published versions of one list. */
  listVersions: (owner: string, list: string) => stream(owner, `list/${list}/versions`),
  /** Those of before there were files, with their texts. */
  publishedList: (owner: string, list: string) => stream(owner, `list/${list}`),
  /** The prints of one certificate. They are no part of its state, so verifying does not read them. */
  prints: (owner: string, uuid: string) => stream(owner, `certificate/${uuid}/prints`),
  /** The life of one certificate. `uuid` in lower case. */
  certificate: (owner: string, uuid: string) => stream(owner, `certificate/${uuid}`),
  /** Reasons why it cannot issue: certificates that were withheld, a key that cannot be used. */
  interruptions: (owner: string) => stream(owner, 'interruptions'),
  /** Its certificates that went out of force. Each entry repeats those of the hour before. */
  brake: (owner: string) => stream(owner, 'brake'),
  /** The same for one person who acts for several bodies. */
  brakeOf: (actor: string) => stream('registry', `brake:${flat(actor)}`),
  /** The same for accreditations and keys that one officer suspended alone. */
  unilateralBy: (actor: string) => stream('registry', `unilateral:${flat(actor)}`),
  /** Details of holders that one member opened. Each entry repeats the moments of the hour before. */
  openingsBy: (actor: string) => stream('registry', `openings:${flat(actor)}`),
  /** One action in its name that waits for a second person. */
  pending: (owner: string, id: string) => stream(owner, `pending/${id}`),
  /** Requests of one member of the owner that wait for a second person. Each entry repeats those before it. */
  askedBy: (owner: string, actor: string) => stream(owner, `asked-by/${flat(actor)}`),
  /** One proposal of an authority: two people decide it. */
  proposal: (authority: string, id: string) => stream(authority, `proposal/${id}`),
  /** One report that a certificate in the name of this body is false. */
  report: (body: string, id: string) => stream(body, `report/${id}`),
  /** A qualification and its editions, as its owner states them. The record keeps its id when its owner changes. */
  qualification: (id: string) => stream('registry', `qualification:${flat(id)}`),
  /** Everything stated about a qualification until one of its commits, in one small item. It is made from the streams. */
  packedRecord: (id: string) => stream('log', `catalogue/packed/${flat(id)}`),
  /** A framework, its referencing reports and its level table, as its authority states them. */
  framework: (id: string) => stream('registry', `framework:${flat(id)}`),
  /** What authorities of host states decided about every certificate of one edition. `qualification` is its address. */
  recognition: (qualification: string, edition: string) =>
    stream('registry', `recognition:${flat(qualification)}:${encodeURIComponent(edition)}`),
  /** What a host authority decided about one certificate. Nothing in it is readable but ids, hashes and moments. `uuid` is that of the decision. */
  single: (host: string, uuid: string) => stream(host, `single/${uuid}`),
  /** One letter of good standing at the authority that it is for. `uuid` is that of the certificate. */
  letter: (authority: string, uuid: string) => stream(authority, `letter/${uuid}`),
  /** What a body, an arrangement, a state or a corridor is said to be: `body:ph-tesda`, `state:PH`. */
  description: (kind: 'body' | 'arrangement' | 'state' | 'corridor', id: string) =>
    stream('registry', `description:${kind}:${flat(id)}`),
  /** One joint version: who proposed it, who joined and who left. */
  joint: (kind: string, id: string, number: number) => stream('registry', `joint:${flat(kind)}:${flat(id)}:${number}`),
  /** What the parties of a corridor declare about one of its tracks. */
  track: (corridor: string, track: string) => stream('registry', `joint:track:${flat(corridor)}:${flat(track)}`),
  /** The gaps of one track: what comparisons found, and what closed it. */
  gaps: (corridor: string, track: string) => stream('registry', `joint:gaps:${flat(corridor)}:${flat(track)}`),
  /** How far states say that they have come with one action line of the work plan of an arrangement. */
  compliance: (arrangement: string, line: string) =>
    stream('registry', `joint:compliance:${arrangement}:${flat(line)}`),
  /** The receipts of authorities for one portfolio, by the SHA-256 of its manifest. No list of a corridor has them. */
  receipt: (corridor: string, track: string, manifest: string) =>
    stream('registry', `joint:receipt:${flat(corridor)}:${flat(track)}:${flat(manifest)}`),
  /** Owners, days and what is not public about the same. Only the parties read it, so it is in no index and in no log. */
  plan: (corridor: string, track: string) => stream('registry', `joint:plan:${flat(corridor)}:${flat(track)}`),
  /** The versions of the baseline that were loaded, and the ids of their qualifications. */
  baseline: () => stream('registry', 'baseline'),
  /** Names that registrations in one state claimed, each before the registration was written. */
  names: (state: string) => stream('registry', `names:${flat(state)}`),
  /** The holders of a certificate number. `tag` is a keyed hash of the number. */
  number: (owner: string, tag: string) => stream(owner, `number/${tag}`),
  /** How far the sweeper read, and what it could not finish. Only the last commit counts. */
  sweepCursor: () => stream('registry', 'sweep'),
  /** How far ended links were read, so that their boxes are deleted. Only the last commit counts. */
  erasureCursor: () => stream('registry', 'erasure'),
  /** The certificate to which an ended link led, by the address of its box. It says why nothing is there any more. */
  endedLink: (address: string) => stream('registry', `ended-link:${address}`),
  /** The keys that sign the checkpoints of the logs. */
  logKeys: () => stream('log', 'keys'),
  /** The keys that sign statements of the registry about others (OpenID Federation). */
  statementKeys: () => stream('log', 'statement-keys'),
  /** The checkpoints of a log. Each is written here before it is shown. */
  logCheckpoints: (log: string) => stream('log', `${log}/checkpoints`),
  /** The hashes of one tile. Level 0 has the entries themselves, in the order of the log. */
  logTile: (log: string, level: number, index: number) => stream('log', `${log}/tile/${level}/${index}`),
  /** The files of one full tile, by name and digest. */
  logTileStored: (log: string, level: number, index: number) => stream('log', `${log}/stored/${level}/${index}`),
  /** The size up to which full tiles have files. */
  logTilesStored: (log: string) => stream('log', `${log}/stored`),
  /** The place of an entry. */
  logLeaf: (log: string, key: string) => stream('log', `${log}/leaf/${key}`),
  /** The file of the trust bundle that was signed last. */
  logBundleFiles: () => stream('log', 'registry/bundle-files'),
  /** One batch: its file, who approved its rows, and what stopped it. */
  batch: (owner: string, id: string) => stream(owner, `batch/${id}`),
  /** What became of the rows of one piece of a batch. */
  batchRows: (owner: string, id: string, piece: number) => stream(owner, `batch/${id}/rows/${piece}`),
  /** The files that members asked to have made of one batch: who approved them, and what is made. */
  batchFiles: (owner: string, id: string) => stream(owner, `batch-files/${id}`),
  /** The certificates that were opened to make one part of such a file. */
  batchOpened: (owner: string, id: string, part: string) => stream(owner, `batch-files/${id}/opened/${part}`),
  /** The fields that the body gave to the columns of its files. Only the last commit counts. */
  batchColumns: (owner: string) => stream(owner, 'batch-columns'),
  /** Batches that it started without a second officer. Each entry repeats those of the day before. */
  batchStarts: (owner: string) => stream(owner, 'batch-starts'),
  /** The last trust bundle of before there were files. */
  logBundles: () => stream('log', 'registry/bundles'),
  /** The text of such a bundle, in parts that fit into an item. */
  logBundle: (madeAt: string) => stream('log', `registry/bundle/${madeAt}`),
  /** Cosignatures of witnesses that were made while the log ended in this tile of level 0. */
  logCosigned: (log: string, tile: number) => stream('log', `${log}/cosigned/${tile}`),
  /** Lists of other registries that were accepted here at any time. */
  acceptedRegistries: () => stream('registry', 'foreign'),
  /** The id of an external signer, by its DID. */
  externalDid: (did: string) => stream('registry', `foreign-did:${did}`),
  /** The owner of an external key: one body, under one name, for ever (I23). */
  externalKey: (named: string) => stream('registry', `foreign-key:${flat(named)}`),
  /** How far the list of another registry was imported. `host` is its address without the scheme. */
  remoteHead: (host: string) => stream('registry', `foreign:${flat(host)}`),
  /** How far the entries of that list were copied, by whole copies and by slices. */
  remoteCopied: (host: string) => stream('registry', `foreign:${flat(host)}:copied`),
  /** The id that this list gives to a DID outside its own registry. */
  remoteDid: (host: string, did: string) => stream('registry', `foreign:${flat(host)}:did:${did}`),
  /** The entries of that list about one entity. The name has no slash, so no right to write another kind of stream covers it. */
  remoteTrust: (host: string, id: string) => stream('registry', `foreign:${flat(host)}:of:${flat(id)}`),
  /** Its names, for the index alone, where that was copied before there was an index. */
  remoteNames: (host: string, id: string) => stream('registry', `foreign:${flat(host)}:named:${flat(id)}`),
}

const flat = (text: string) => text.replaceAll('/', '%2F')

/** Lists that are read from an index over the commits. Each commit is in at most one. */
export type IndexKey =
  | `CERTIFICATES#${string}` // issued by this body
  | `AWARDS#${string}` // numbers claimed by this body for one qualification: {issuer}/{qualification}
  | `STATUS#${string}` // changes of this pair of status lists
  | `PENDING#${string}` // reserved on this day (UTC), possibly never finished
  | 'ENDED-LINKS' // erasures, and links that others replaced: their boxes are deleted
  | `PROPOSALS#${string}` // of this authority
  | `WAITING#${string}` // requested actions of this body or authority that wait for a second person
  | `OPENINGS#${string}` // details of holders that members of this body opened
  | `BATCHES#${string}` // of this body
  | 'APPROVED-BATCHES' // of every body
  | `FINISHED#${string}` // batches of this body
  | 'ENDPOINTS' // of webhooks, of every body
  | `DELIVERIES#${string}` // events for the endpoint of this body
  | 'RETRIES' // attempts to deliver that failed and come again, of every body
  | `UNDELIVERED#${string}` // events of this body that failed for the last time
  | 'APPROVED-FILES' // that were asked for of issued batches, of every body
  | `TRAIL#${string}` // what members of this owner did that no other index lists
  | `REPORTS#${string}` // of false certificates, sent to this body or authority
  | `MEMBERSHIPS#${string}` // of this subject
  | 'ENTITIES' // registrations of authorities, bodies and centres
  | 'TRUST' // every other decision about one of them
  | 'CATALOGUE' // statements about qualifications
  | 'FRAMEWORKS' // statements about frameworks
  | 'RECOGNITIONS' // class decisions of authorities of host states
  | `SINGLES#${string}` // decisions about single certificates that officers of this authority proposed
  | `LETTERS#${string}` // of good standing, for this authority
  | `DECIDED#${string}` // decisions about single certificates, and receipts, that were approved on this day (UTC)
  | 'JOINT' // decisions about joint versions, and what states declare of corridors and of work plans
  | 'DESCRIPTIONS' // statements about bodies, arrangements, states and reported corridors
  | `LISTED#${string}` // registrations from the list of another registry

/** One change: the events, who made it, when it counts (`effectiveAt`) and when it became known (`recordedAt`). RFC 3339, UTC, ms. */
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
  /** Id of the approved proposal that this commit carries out. It keeps a proposal from being carried out twice. */
  proposal?: string
  /** The authority or body whose officers decided it. Absent: the operator, or no particular body. */
  by?: string
}

export interface Consistency {
  /** The answer may be about a second old, at half the price. */
  mayLag?: boolean
}

/** The end of a stream. */
export interface Part extends Consistency {
  /** Number of the first commit. */
  from: number
}

/** All that the read path needs and is allowed. */
export interface CommitReader {
  /**
   * Every commit of a stream, in order, or at least those of a part. Strongly consistent: an acknowledged write is in the next read,
   * unless the caller says that the answer may lag.
   */
  read<E>(stream: StreamId, part?: Part): Promise<Commit<E>[]>
  /** The last commit of a stream. Strongly consistent, unless the answer may lag. */
  latest<E>(stream: StreamId, consistency?: Consistency): Promise<Commit<E> | undefined>
  /** One page of an index. Eventually consistent; ordered by `recordedAt`. `after` is the `next` of the page before. */
  list<E>(
    index: IndexKey,
    page: { limit: number; newestFirst: boolean; after?: string; since?: string; until?: string },
  ): Promise<{ commits: Commit<E>[]; next?: string }>
}

/** Reads each stream at most once, so that everything read through it is of one moment. Parts, lists and last commits are not kept. */
export function readOnce(reader: CommitReader): CommitReader {
  const kept = new Map<StreamId, Promise<Commit<unknown>[]>>()
  return {
    read<E>(stream: StreamId, part?: Part) {
      if (part !== undefined) return reader.read<E>(stream, part)
      const commits = kept.get(stream) ?? reader.read<unknown>(stream)
      kept.set(stream, commits)
      return commits as Promise<Commit<E>[]>
    },
    latest: (stream, consistency) => reader.latest(stream, consistency),
    list: (index, page) => reader.list(index, page),
  }
}

/** The pages of an index, until the end or until the caller stops. A page is read only when it is asked for. */
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

/** An attacker who owned this store could stop the service and roll it back, but could not read a name or forge a signature. */
export interface CommitStore extends CommitReader {
  /** Durable once it returns. Throws `write-conflict` if this number exists already, and then writes nothing. */
  append<E>(commit: Commit<E>): Promise<void>
  /**
   * Takes entry `entry` of pool `pool` for `holder`, unless it is taken. Returns the holder.
   * An entry never changes its holder.
   */
  claim(pool: string, entry: number, holder: string): Promise<string>
}

/** The other methods of a store, for a caller that supplies its own `append`. */
export const readingOf = (store: CommitStore): Omit<CommitStore, 'append'> => ({
  read: (stream, part) => store.read(stream, part),
  latest: (stream, consistency) => store.latest(stream, consistency),
  list: (index, page) => store.list(index, page),
  claim: (pool, entry, holder) => store.claim(pool, entry, holder),
})

/** A store that adds to each commit whose officers decided it, and by which proposal. */
export const writingFor = (store: CommitStore, stated: { by: string; proposal?: string }): CommitStore => ({
  ...readingOf(store),
  append: (commit) => store.append({ ...commit, ...stated }),
})

/** The next commit after `history`, or after the last commit alone. Within a stream, `recordedAt` always increases. */
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
