import { canonicalJson } from '@sijil/credentials'
import { HOUR_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { loadLooks } from '../likeness/skeleton.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { comparing, type Names, type Newcomer, requireDistinctNames } from './look-alikes.ts'

/** Written before a registration, into the one stream of its state. */
interface NamesClaimed {
  type: 'names-claimed'
  id: string
  names: Names
}

/** A claim whose registration never came on record ends after this time: no request takes as long. */
const HELD_MS = HOUR_MS
const MOST_ROUNDS = 5

/**
 * Claims the names of a newcomer in its state. The index of registrations may lag by a second, so of two that are approved at once
 * neither sees the other there. Both read one stream and append its next commit, so one of them comes second, reads anew, and throws
 * `conflict`. Written again for the same id it goes on after a crash.
 */
export async function claimNames(
  newcomer: Newcomer,
  deps: { store: CommitStore; now: Date; actor: string },
): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      return await tryToClaim(newcomer, deps)
    } catch (error) {
      if (!isLostRace(error) || round === MOST_ROUNDS) throw error
    }
  }
}

async function tryToClaim(
  newcomer: Newcomer,
  { store, now, actor }: { store: CommitStore; now: Date; actor: string },
): Promise<void> {
  const { id, identity } = newcomer
  const stream = streams.names(identity.state)
  const claims = await store.read<NamesClaimed>(stream)
  const rivals = await rivalsAmong(claims, newcomer)
  // Those on record are judged as any other, whatever the index shows.
  const ids = new Set(rivals.map((rival) => rival.id))
  await requireDistinctNames(newcomer, store, [...ids])
  for (const { id: other, at } of rivals) {
    if (now.getTime() - at >= HELD_MS || (await isOnRecord(other, store))) continue
    throw new RegistryError(
      'conflict',
      `${other} is being registered in this state, and a name of it looks the same. Try again in an hour, or choose another name.`,
    )
  }
  const { name, acronym, localName, furtherNames } = identity
  const names = {
    name,
    ...(acronym && { acronym }),
    ...(localName && { localName }),
    ...(furtherNames && { furtherNames }),
  }
  const event: NamesClaimed = { type: 'names-claimed', id, names }
  // What a crash interrupted: nobody has claimed anything since.
  const last = claims.at(-1)
  const isOwn = last !== undefined && canonicalJson(last.events) === canonicalJson([event])
  if (isOwn && now.getTime() - Date.parse(last.recordedAt) < HELD_MS) return
  await store.append(nextCommit(stream, claims, { events: [event], actor, now }))
}

async function rivalsAmong(claims: readonly Commit<NamesClaimed>[], { id, identity }: Newcomer) {
  const compare = comparing(identity, await loadLooks())
  return claims.flatMap(({ events, recordedAt }) =>
    events
      .filter((claim) => claim.id !== id && compare(claim.names) !== undefined)
      .map((claim) => ({ id: claim.id, at: Date.parse(recordedAt) })),
  )
}

const isOnRecord = async (id: string, reader: CommitReader): Promise<boolean> =>
  (await reader.read<TrustEvent>(streams.trust(id))).length > 0
