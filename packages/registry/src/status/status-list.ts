import { encodeList, isSignedByKey, prepareStatusList, type StatusPurpose, sealStatusList } from '@sijil/credentials'
import { type CheckedStore, artefacts as names } from '../artefacts.ts'
import { foldEntries } from '../certificates/set-entries.ts'
import { listUrl, openPairs, parseListId } from '../certificates/status-pair.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import { wholeSecond } from '../moments.ts'
import type { Signer, SigningKey } from '../ports.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { usableKeys } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import {
  type ListInCommit,
  type ListPublished,
  type ListVersion,
  openInCommit,
  openVersion,
  packEntries,
} from './list-version.ts'

interface SignListDeps {
  store: CommitReader
  signer: Signer
  baseUrl: string
  now: Date
}

interface PublishListDeps extends SignListDeps {
  store: CommitStore
  artefacts: CheckedStore
}

interface SignedList {
  /** The signed credential. */
  text: string
  validUntil: string
}

export const noSuchList = () => new RegistryError('not-found', 'no such status list')

/** For this time other verifiers may cache a list. */
const VALID_MS = DAY_MS
/** Changes without effect on the list that are read again for each request. Beyond this number a version with a later `through` is made. */
const MOST_BEHIND = 500
/** Each try signs a version. A publisher that lost a race usually finds that the winner's version is fresh enough. */
const MOST_TRIES = 5

/**
 * The signed list as of now: the last published version if nothing has changed, otherwise a new one. The first request after a
 * change, or after half of the version's day, has it signed (docs/decisions/087-the-first-reader-has-a-list-signed.md). Throws `not-found`, and
 * `dependency-unavailable` if every try lost a race or the issuer has no key for lists.
 */
export async function publishStatusList(id: string, deps: PublishListDeps): Promise<SignedList> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const published = await publishOnce(id, deps)
    if (published !== undefined) return published
  }
  throw new RegistryError('dependency-unavailable', 'The list changed too often while it was being signed.')
}

/** Answers `undefined` if another publisher recorded its version first. */
async function publishOnce(id: string, deps: PublishListDeps): Promise<SignedList | undefined> {
  const { store, artefacts, now } = deps
  const parsed = parseListId(id)
  const opened = parsed && (await openPairs(parsed.issuer, store)).some(({ events }) => events[0]?.pair === parsed.pair)
  if (parsed === undefined || !opened) throw noSuchList()
  const stream = streams.listVersions(parsed.issuer, id)
  const latest = await store.latest<ListPublished>(stream)
  const last = await lastVersion(parsed.issuer, id, latest, deps)
  const before = last?.entries ?? new Set<number>()
  const { entries, recent, through, behind } = await foldEntries(parsed, before, last?.through, deps)
  // Only if the file of the last version is gone can an index without all changes make the list shorter (I28).
  if (parsed.purpose === 'revocation' && entries.size < (last?.count ?? 0))
    throw new RegistryError('internal', 'the index lacks revocations that were published')

  const unchanged = entries.size === before.size && [...entries].every((index) => before.has(index))
  const isYoung = last !== undefined && now.getTime() < Date.parse(last.validUntil) - VALID_MS / 2
  const isFresh = isYoung && unchanged && behind < MOST_BEHIND
  // If the key of the last version was suspended, retired or compromised since, a new version is signed.
  if (isFresh && last.text !== undefined && (await isByUsableKey(last.text, parsed.issuer, deps)))
    return { text: last.text, validUntil: last.validUntil }
  const signed = await signList(parsed, entries, deps)
  const event: ListPublished = {
    type: 'published',
    artefact: await artefacts.put((digest) => names.list(id, digest), new TextEncoder().encode(signed.text)),
    count: entries.size,
    recent: packEntries(recent),
    validUntil: signed.validUntil,
    through,
  }
  try {
    await store.append(nextCommit(stream, latest ? [latest] : [], { events: [event], actor: 'system:lists', now }))
  } catch (error) {
    // If two publishers race, one version is recorded, and both answer with it (F17, T011).
    if (isLostRace(error)) return undefined
    throw error
  }
  return signed
}

async function lastVersion(
  issuer: string,
  id: string,
  latest: Commit<ListPublished> | undefined,
  deps: PublishListDeps,
): Promise<ListVersion | undefined> {
  const [named] = latest?.events ?? []
  if (latest && named) return openVersion(named, latest.recordedAt, deps)
  const earlier = await deps.store.latest<ListInCommit>(streams.publishedList(issuer, id))
  const [kept] = earlier?.events ?? []
  return kept && openInCommit(kept)
}

const isByUsableKey = async (text: string, issuer: string, deps: SignListDeps): Promise<boolean> =>
  (await listKeysOf(issuer, deps)).keys.some(({ kid }) => text.includes(`#${kid}"`))

/** The keys with which a body may sign its lists now, newest last. */
async function listKeysOf(
  issuer: string,
  { store, now }: Pick<SignListDeps, 'store' | 'now'>,
): Promise<{ did: string | undefined; keys: readonly SigningKey[] }> {
  const entity = entityAt(issuer, await trustOf(store)(issuer), now.toISOString())
  const usable = entity ? usableKeys(entity, 'lists', now.toISOString()) : []
  return { did: entity?.did, keys: usable.filter(({ algorithm }) => algorithm === 'Ed25519') }
}

export async function signList(
  { issuer, pair, purpose }: { issuer: string; pair: string; purpose: StatusPurpose },
  entries: ReadonlySet<number>,
  { store, signer, baseUrl, now, asOf = now.toISOString() }: SignListDeps & { asOf?: string },
): Promise<SignedList> {
  const { did, keys } = await listKeysOf(issuer, { store, now })
  const key = keys.at(-1)
  if (did === undefined || key === undefined)
    throw new RegistryError('dependency-unavailable', 'this issuer has no key for its lists yet')
  const created = wholeSecond(now)
  const validFrom = `${asOf.slice(0, 19)}Z`
  const validUntil = wholeSecond(new Date(Date.parse(asOf) + VALID_MS))
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
  return { text: typeof text === 'string' ? text : JSON.stringify(text), validUntil }
}
