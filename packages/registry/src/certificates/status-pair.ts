import { LIST_ENTRIES, type StatusPurpose, type StatusReference } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { type IssuerSecret, statusCandidate } from './secrecy.ts'

/** A pair of lists, one for revocation and one for suspension: `{issuer}-{n}`. A certificate has the same index in both. */
export type PairId = string

interface PairOpened {
  type: 'pair-opened'
  pair: PairId
}

const listId = (pair: PairId, purpose: StatusPurpose): string => `${pair}-${purpose}`
export const listUrl = (baseUrl: string, pair: PairId, purpose: StatusPurpose): string =>
  `${baseUrl}/status-lists/${listId(pair, purpose)}`

/** One entry in each list of the pair, the same index in both. */
export const statusReferences = (
  { pair, index }: { pair: string; index: number },
  baseUrl: string,
): StatusReference[] =>
  (['revocation', 'suspension'] as const).map((purpose) => ({ purpose, list: listUrl(baseUrl, pair, purpose), index }))

const LIST_ID = /^([a-z0-9-]+)-(\d+)-(revocation|suspension)$/

/** The issuer, the pair and the purpose of a list. Undefined if the id cannot be one of ours. */
export function parseListId(id: string): { issuer: string; pair: PairId; purpose: StatusPurpose } | undefined {
  const match = LIST_ID.exec(id)
  if (match === null) return undefined
  const [, issuer, n, purpose] = match
  return { issuer: issuer as string, pair: `${issuer}-${n}`, purpose: purpose as StatusPurpose }
}

export async function openPairs(issuer: string, store: Pick<CommitReader, 'read'>): Promise<Commit<PairOpened>[]> {
  return store.read<PairOpened>(streams.lists(issuer))
}

const TRIES = 5

/**
 * Takes a status entry for a certificate. A keyed hash of its id gives the candidates, so neighbouring entries reveal nothing, and the
 * same certificate finds its own entry again. After five taken candidates the pair counts as full, and a new one is opened. Throws
 * `dependency-unavailable` if no entry could be taken.
 */
export async function claimStatusEntry(
  { issuer, uuid }: { issuer: string; uuid: string },
  { store, secret, now }: { store: CommitStore; secret: IssuerSecret; now: Date },
): Promise<{ pair: PairId; index: number }> {
  for (let round = 0; round < 3; round++) {
    const opened = await openPairs(issuer, store)
    const pair = opened.at(-1)?.events[0]?.pair
    if (pair !== undefined) {
      for (let k = 0; k < TRIES; k++) {
        const index = statusCandidate(secret, uuid, pair, k, LIST_ENTRIES)
        if ((await store.claim(pair, index, uuid)) === uuid) return { pair, index }
      }
    }
    await openPair(issuer, opened, { store, now })
  }
  throw new RegistryError('dependency-unavailable', 'no status entry could be taken; try again')
}

async function openPair(
  issuer: string,
  opened: Commit<PairOpened>[],
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const event: PairOpened = { type: 'pair-opened', pair: `${issuer}-${opened.length + 1}` }
  try {
    await store.append(nextCommit(streams.lists(issuer), opened, { events: [event], actor: 'system:issue', now }))
  } catch (error) {
    // Another request opened the pair meanwhile, so use that one.
    if (!isLostRace(error)) throw error
  }
}
