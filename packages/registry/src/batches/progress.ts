import type { CommitReader } from '../stream.ts'
import type { Batch } from './batch.ts'
import type { BatchRequest } from './batch-deps.ts'
import { isOpenRow, type PieceState, readPiece } from './piece-rows.ts'
import { requireOwnBatch } from './requests.ts'

/** At every moment `submitted` is the sum of the other three. */
export interface Counts {
  submitted: number
  issued: number
  rejected: number
  pending: number
}

const PIECES_AT_ONCE = 20

/** The states of all pieces, in order. */
export async function readPieces({ owner, id, closed }: Batch, reader: CommitReader): Promise<PieceState[]> {
  const pieces = closed?.pieces ?? []
  const states: PieceState[] = []
  for (let at = 0; at < pieces.length; at += PIECES_AT_ONCE) {
    const some = pieces.slice(at, at + PIECES_AT_ONCE)
    states.push(
      ...(await Promise.all(
        some.map(({ rows }, index) => readPiece({ owner, batch: id, piece: at + index, rows }, reader)),
      )),
    )
  }
  return states
}

/** How far a batch is, for its members. */
export async function countsOf(request: BatchRequest, { store }: { store: CommitReader }): Promise<Counts> {
  const { batch } = await requireOwnBatch(request, ['issue', 'approve', 'read'], store)
  return countRows(batch, store)
}

/** Counted from the rows each time, never from a counter. A finished batch is not read again. */
export async function countRows(batch: Batch, reader: CommitReader): Promise<Counts> {
  const { rows: submitted, closed, state, finished } = batch
  if (finished !== undefined) return { submitted, issued: finished.issued, rejected: finished.rejected, pending: 0 }
  if (batch.approvedAt === undefined || closed === undefined)
    return state === 'cancelled'
      ? { submitted, issued: 0, rejected: submitted, pending: 0 }
      : { submitted, issued: 0, rejected: 0, pending: submitted }
  return countOutcomes(batch, await readPieces(batch, reader))
}

export function countOutcomes({ rows: submitted, closed }: Batch, pieces: readonly PieceState[]): Counts {
  const outcomes = pieces.flatMap((piece) => piece.outcomes)
  const issued = outcomes.filter(({ state }) => state === 'issued').length
  const pending = outcomes.filter(isOpenRow).length
  const refused = outcomes.length - issued - pending
  return { submitted, issued, rejected: refused + (closed?.leftOut ?? 0), pending }
}

export interface Pace {
  /** Rows that get an outcome in a minute, while the batch runs. */
  perMinute: number
  secondsLeft: number
}

/**
 * How fast a batch is, from the moments of its commits. The time in which it was paused does not count. Undefined before the first outcome,
 * and for a batch that does not run.
 */
export function paceOf(
  { state, closed, commits }: Batch,
  { issued, rejected, pending }: Counts,
  now: Date,
): Pace | undefined {
  const done = issued + rejected - (closed?.leftOut ?? 0)
  if (state !== 'running' || done <= 0) return undefined
  let ran = 0
  let since: number | undefined
  for (const { events, recordedAt } of commits)
    for (const { type } of events) {
      const at = Date.parse(recordedAt)
      if (type === 'approved' || type === 'resumed') since = at
      if (type === 'paused' && since !== undefined) {
        ran += at - since
        since = undefined
      }
    }
  if (since !== undefined) ran += now.getTime() - since
  if (ran <= 0) return undefined
  return { perMinute: (done * 60_000) / ran, secondsLeft: Math.ceil((pending * ran) / done / 1_000) }
}
