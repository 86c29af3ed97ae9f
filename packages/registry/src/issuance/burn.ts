import { RegistryError } from '../errors.ts'
import { supersede } from '../status/revoke.ts'
import { type CommitStore, nextCommit, pagesOf, streams } from '../stream.ts'
import { readRecord } from './certificate-number.ts'
import type { CertificateEvent, CertificateRecord } from './record.ts'

/** Ends a reservation that nobody finished: a final commit, and its bit in the status list is set. What was issued is left alone. */
export async function burnReservation(
  { issuer, record, actor }: { issuer: string; record: CertificateRecord; actor: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  if (record.state !== 'reserved') return
  const { pair, index } = record.reservation.status
  const event: CertificateEvent = { type: 'burned', pair, index }
  await store.append(
    nextCommit(streams.certificate(issuer, record.uuid), record.commits, {
      events: [event],
      actor,
      now,
      index: `STATUS#${pair}`,
    }),
  )
}

/** A request that was not sent again within this time is given up. */
const ABANDONED_AFTER_MS = 5 * 60_000
const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS

/** How far back a run looks: what the last runs may have missed; once an hour, two days; once a day, what a long stop left behind. */
function lookBack(now: Date): number {
  if (now.getUTCMinutes() >= 5) return 30 * MINUTE_MS
  return now.getUTCHours() === 0 ? 31 * DAY_MS : 2 * DAY_MS
}

/**
 * Burns what was reserved and left, and supersedes what was replaced where that was left undone. Answers how many were burned; run it
 * as often as you like, a crash in the middle loses nothing.
 */
export async function sweepReservations({ store, now }: { store: CommitStore; now: Date }): Promise<number> {
  const since = new Date(now.getTime() - lookBack(now))
  const until = new Date(now.getTime() - ABANDONED_AFTER_MS)
  let burned = 0
  for (let day = Math.floor(since.getTime() / DAY_MS); day * DAY_MS <= until.getTime(); day++) {
    const index = `PENDING#${new Date(day * DAY_MS).toISOString().slice(0, 10)}` as const
    const window = { since: since.toISOString(), until: until.toISOString() }
    for await (const commits of pagesOf(store, index, { limit: 100, newestFirst: false, ...window }))
      for (const { stream } of commits) burned += await burnAbandoned(stream, { store, now })
  }
  return burned
}

async function burnAbandoned(stream: string, { store, now }: { store: CommitStore; now: Date }): Promise<0 | 1> {
  const [issuer, , uuid] = stream.split('/')
  if (issuer === undefined || uuid === undefined) return 0
  // Read consistently: the index may lag behind an issuance that just finished.
  const record = await readRecord(issuer, uuid, store)
  // Issued, and a crash came before the certificate that it replaces was superseded: two would stand.
  const replaces = record?.state === 'in-force' ? record.reservation.replaces : undefined
  if (replaces !== undefined)
    await supersede({ issuer, uuid: replaces, successor: uuid, actor: 'system:sweep' }, { store, now })
  if (record?.state !== 'reserved') return 0
  try {
    await burnReservation({ issuer, record, actor: 'system:sweep' }, { store, now })
    return 1
  } catch (error) {
    // It was finished, or burned, in this very moment.
    if (error instanceof RegistryError && error.code === 'write-conflict') return 0
    throw error
  }
}
