import { encodeList, isSignedByKey, prepareStatusList, type StatusPurpose, sealStatusList } from '@sijil/credentials'
import { foldEntries } from '../certificates/set-entries.ts'
import { listUrl, openPairs, parseListId } from '../certificates/status-pair.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import type { Signer, SigningKey } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { usableKeys } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'

/** One version of one list, as it was published. */
interface ListPublished {
  type: 'published'
  /** The signed credential. */
  text: string
  /** The set entries in the form of `packEntries`. It is small, and the next version starts from it. */
  set: string
  validUntil: string
  /** Every change recorded up to this moment is in the list. RFC 3339 UTC. */
  through: string
}

interface PublishListDeps {
  store: CommitStore
  signer: Signer
  baseUrl: string
  now: Date
}

export const noSuchList = () => new RegistryError('not-found', 'no such status list')

/** For this time other verifiers may cache a list. */
const VALID_MS = DAY_MS
/** Changes without effect on the list that are read again for each request. Beyond this number a version with a later `through` is made. */
const MOST_BEHIND = 500
/** Each try signs a version. A publisher that lost a race usually finds that the winner's version is fresh enough. */
const MOST_TRIES = 5

/**
 * The signed list as of now: the last published version if nothing has changed, otherwise a new one. Throws `not-found`, and
 * `dependency-unavailable` if every try lost a race or the issuer has no key for lists.
 */
export async function publishStatusList(
  id: string,
  deps: PublishListDeps,
): Promise<{ text: string; validUntil: string }> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const published = await publishOnce(id, deps)
    if (published !== undefined) return published
  }
  throw new RegistryError('dependency-unavailable', 'The list changed too often while it was being signed.')
}

/** Answers `undefined` if another publisher recorded its version first. */
async function publishOnce(id: string, deps: PublishListDeps): Promise<ListPublished | undefined> {
  const { store, now } = deps
  const parsed = parseListId(id)
  const opened = parsed && (await openPairs(parsed.issuer, store)).some(({ events }) => events[0]?.pair === parsed.pair)
  if (parsed === undefined || !opened) throw noSuchList()
  const stream = streams.publishedList(parsed.issuer, id)
  const latest = await store.latest<ListPublished>(stream)
  const last = latest?.events[0]
  const before = last === undefined ? new Set<number>() : unpackEntries(last.set)
  const { entries, through, behind } = await foldEntries(parsed, before, last?.through, deps)

  const unchanged = entries.size === before.size && [...entries].every((index) => before.has(index))
  const isYoung = last !== undefined && now.getTime() < Date.parse(last.validUntil) - VALID_MS / 2
  const isFresh = isYoung && unchanged && behind < MOST_BEHIND
  // If the key of the last version was suspended, retired or compromised since, a new version is signed.
  if (isFresh && (await listKeysOf(parsed.issuer, deps)).keys.some(({ kid }) => last.text.includes(`#${kid}"`)))
    return last
  const published = await signList(parsed, entries, through, deps)
  try {
    await store.append(nextCommit(stream, latest ? [latest] : [], { events: [published], actor: 'system:lists', now }))
  } catch (error) {
    // If two publishers race, one version is recorded, and both answer with it (F17, T011).
    if (isLostRace(error)) return undefined
    throw error
  }
  return published
}

/** The keys with which a body may sign its lists now, newest last. */
async function listKeysOf(
  issuer: string,
  { store, now }: Pick<PublishListDeps, 'store' | 'now'>,
): Promise<{ did: string | undefined; keys: readonly SigningKey[] }> {
  const entity = entityAt(issuer, await trustOf(store)(issuer), now.toISOString())
  const usable = entity ? usableKeys(entity, 'lists', now.toISOString()) : []
  return { did: entity?.did, keys: usable.filter(({ algorithm }) => algorithm === 'Ed25519') }
}

export async function signList(
  { issuer, pair, purpose }: { issuer: string; pair: string; purpose: StatusPurpose },
  entries: ReadonlySet<number>,
  through: string,
  { store, signer, baseUrl, now, asOf = now.toISOString() }: PublishListDeps & { asOf?: string },
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
  // Like a certificate, a list is released only if its own key verifies the signature (I16).
  if (!isSignedByKey(key.publicKeyMultibase, prepared.bytes, signature))
    throw new RegistryError('internal', 'the list was withheld, because its key does not verify the signature')
  const text = sealStatusList(prepared, signature)
  return {
    type: 'published',
    text: typeof text === 'string' ? text : JSON.stringify(text),
    set: packEntries(entries),
    validUntil,
    through,
  }
}

/** The sorted entries as differences in base 36, joined by dots. */
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
