import { encodeList, isSignedByKey, prepareStatusList, type StatusPurpose, sealStatusList } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import type { CertificateEvent } from '../issuance/record.ts'
import type { Signer, SigningKey } from '../ports.ts'
import {
  type Commit,
  type CommitReader,
  type CommitStore,
  nextCommit,
  pagesOf,
  type StreamId,
  streams,
} from '../stream.ts'
import { usableKeys } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import { listUrl, openPairs, parseListId } from './status-pair.ts'

/** One version of one list, as it was published. */
interface ListPublished {
  type: 'published'
  /** The signed credential. */
  text: string
  /** Entries that are set, ascending, as differences: small, and enough to go on from. */
  set: string
  validUntil: string
  /** Every change recorded by then is in it. */
  through: string
}

interface Publishing {
  store: CommitStore
  signer: Signer
  baseUrl: string
  now: Date
}

export const noSuchList = () => new RegistryError('not-found', 'no such status list')

/** Verifiers elsewhere may keep a list as long. */
const VALID_MS = 24 * 3_600_000
/** An index may lag, and a clock be ten minutes behind (F20): changes are looked for again this far back. */
const OVERLAP_MS = 15 * 60_000
/** So many older changes, none of which changed the list, are not gone through for every reader: a version that ends later is made. */
const MOST_BEHIND = 500

/** The signed list as of now: the last published one where nothing has changed, a new version otherwise. */
export async function publishStatusList(id: string, needs: Publishing): Promise<{ text: string; validUntil: string }> {
  const { store, now } = needs
  const parsed = parseListId(id)
  const opened = parsed && (await openPairs(parsed.issuer, store)).some(({ events }) => events[0]?.pair === parsed.pair)
  if (parsed === undefined || !opened) throw noSuchList()
  const stream = streams.publishedList(parsed.issuer, id)
  const latest = await store.latest<ListPublished>(stream)
  const last = latest?.events[0]
  const before = last === undefined ? new Set<number>() : unpackEntries(last.set)
  const { entries, through, behind } = await foldStatus(parsed, before, last?.through, needs)

  const unchanged = entries.size === before.size && [...entries].every((index) => before.has(index))
  const isYoung = last !== undefined && now.getTime() < Date.parse(last.validUntil) - VALID_MS / 2
  const isFresh = isYoung && unchanged && behind < MOST_BEHIND
  // What was signed with a key that was suspended, retired or compromised since is signed anew.
  if (isFresh && (await listKeysOf(parsed.issuer, needs)).keys.some(({ kid }) => last.text.includes(`#${kid}"`)))
    return last
  const published = await signList(parsed, entries, through, needs)
  try {
    await store.append(nextCommit(stream, latest ? [latest] : [], { events: [published], actor: 'system:lists', now }))
  } catch (error) {
    // Two publishers at once: one version wins, and both answer with it (F17, T011).
    if (!(error instanceof RegistryError && error.code === 'write-conflict')) throw error
    return publishStatusList(id, needs)
  }
  return published
}

/**
 * The entries that are set: a pure function of the changes of a pair, joined with what was published before. A revocation is
 * never taken back (I28); a suspension only by what the certificate's own stream says, read consistently.
 */
async function foldStatus(
  { pair, purpose }: { pair: string; purpose: StatusPurpose },
  before: ReadonlySet<number>,
  since: string | undefined,
  { store, now }: Publishing,
): Promise<{ entries: Set<number>; through: string; behind: number }> {
  const entries = new Set(before)
  const from = since === undefined ? undefined : overlapOf(since)
  const recorded: string[] = []
  const suspects = new Map<number, StreamId>()
  for await (const { events, stream, recordedAt } of changesOf(pair, from, store)) {
    recorded.push(recordedAt)
    for (const event of events) {
      if (!('index' in event)) continue
      const isRevocation = event.type === 'revoked' || event.type === 'burned'
      if (purpose === 'revocation' && isRevocation) entries.add(event.index)
      if (purpose === 'suspension' && !isRevocation) suspects.set(event.index, stream)
    }
  }
  for (const [index, stream] of suspects) {
    if (isSuspended(await store.read<CertificateEvent>(stream))) entries.add(index)
    else entries.delete(index)
  }
  const through = [...recorded, since ?? ''].reduce((latest, at) => (at > latest ? at : latest)) || now.toISOString()
  // Whoever begins from `through` does not see these again.
  return { entries, through, behind: recorded.filter((at) => at < overlapOf(through)).length }
}

const overlapOf = (through: string): string => new Date(Date.parse(through) - OVERLAP_MS).toISOString()

export async function* changesOf(
  pair: string,
  since: string | undefined,
  reader: CommitReader,
): AsyncGenerator<Commit<CertificateEvent>> {
  const query = { limit: 1_000, newestFirst: false, ...(since && { since }) }
  for await (const commits of pagesOf<CertificateEvent>(reader, `STATUS#${pair}`, query)) yield* commits
}

function isSuspended(commits: readonly Commit<CertificateEvent>[]): boolean {
  const last = commits
    .flatMap(({ events }) => events)
    .findLast(({ type }) => type === 'suspended' || type === 'reinstated')
  return last?.type === 'suspended'
}

/** What a body may sign its lists with now, newest last. */
async function listKeysOf(
  issuer: string,
  { store, now }: Pick<Publishing, 'store' | 'now'>,
): Promise<{ did: string | undefined; keys: readonly SigningKey[] }> {
  const entity = entityAt(issuer, await trustOf(store)(issuer), now.toISOString())
  const usable = entity ? usableKeys(entity, 'lists', now.toISOString()) : []
  return { did: entity?.did, keys: usable.filter(({ algorithm }) => algorithm === 'Ed25519') }
}

export async function signList(
  { issuer, pair, purpose }: { issuer: string; pair: string; purpose: StatusPurpose },
  entries: ReadonlySet<number>,
  through: string,
  { store, signer, baseUrl, now, asOf = now.toISOString() }: Publishing & { asOf?: string },
): Promise<ListPublished> {
  const { did, keys } = await listKeysOf(issuer, { store, now })
  const key = keys.at(-1)
  if (did === undefined || key === undefined)
    throw new RegistryError('dependency-unavailable', 'this issuer has no key for its lists yet')
  const created = `${now.toISOString().slice(0, 19)}Z`
  const validFrom = `${asOf.slice(0, 19)}Z`
  const validUntil = `${new Date(Date.parse(asOf) + VALID_MS).toISOString().slice(0, 19)}Z`
  const prepared = prepareStatusList(
    {
      id: listUrl(baseUrl, pair, purpose),
      issuer: did,
      purpose,
      encodedList: encodeList(entries),
      validFrom,
      validUntil,
    },
    { created, verificationMethod: `${did}#${key.kid}` },
  )
  const signature = await signer.sign(key, issuer, 'lists', prepared.bytes)
  // Like a certificate, no list leaves that its own key would not vouch for (I16).
  if (!isSignedByKey(key.publicKeyMultibase, prepared.bytes, signature))
    throw new RegistryError('internal', 'a list that its key did not sign, and that was withheld')
  const text = sealStatusList(prepared, signature)
  return {
    type: 'published',
    text: typeof text === 'string' ? text : JSON.stringify(text),
    set: packEntries(entries),
    validUntil,
    through,
  }
}

/** Ascending differences in base 36, joined by dots. */
export function packEntries(entries: Iterable<number>): string {
  let previous = 0
  return [...entries]
    .toSorted((a, b) => a - b)
    .map((entry) => {
      const step = entry - previous
      previous = entry
      return step.toString(36)
    })
    .join('.')
}

export function unpackEntries(packed: string): Set<number> {
  let entry = 0
  return new Set(packed === '' ? [] : packed.split('.').map((step) => (entry += Number.parseInt(step, 36))))
}

/** Is this entry set now? For documents that the sandbox signed; a body's own certificates are judged by their own stream. */
export async function isEntrySet(id: string, index: number, store: CommitReader): Promise<boolean | undefined> {
  const parsed = parseListId(id)
  if (parsed === undefined) return undefined
  let set = false
  for await (const { events, stream } of changesOf(parsed.pair, undefined, store)) {
    for (const event of events) {
      if (!('index' in event) || event.index !== index) continue
      if (parsed.purpose === 'suspension') set = isSuspended(await store.read<CertificateEvent>(stream))
      else if (event.type === 'revoked' || event.type === 'burned') set = true
    }
  }
  return set
}
