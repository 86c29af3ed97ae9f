import type { CommitReader } from '../stream.ts'
import { isStatusAct } from './acts.ts'
import type { Batch } from './batch.ts'
import type { BatchRequest } from './batch-deps.ts'
import { isOpenRow, type PieceState, readPiece } from './piece-rows.ts'
import { requireOwnBatch } from './requests.ts'

/** At every moment `submitted` is the sum of the others. */
export interface Counts {
  submitted: number
  issued: number
  /** Of a list: certificates whose status it changed. */
  changed?: number
  rejected: number
  pending: number
}

const PIECES_AT_ONCE = 20

/** The states of all pieces, in order, or of some from a place on. */
export async function readPieces(
  { owner, id, closed }: Batch,
  reader: CommitReader,
  { from = 0, most = Number.POSITIVE_INFINITY }: { from?: number; most?: number } = {},
): Promise<PieceState[]> {
  const pieces = closed?.pieces ?? []
  const end = Math.min(pieces.length, from + most)
  const states: PieceState[] = []
  for (let at = from; at < end; at += PIECES_AT_ONCE) {
    const some = pieces.slice(at, Math.min(at + PIECES_AT_ONCE, end))
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
  const { batch } = await requireOwnBatch(request, ['sender', 'approve', 'read'], store)
  return countRows(batch, store)
}

/** Counted from the rows each time, never from a counter. A finished batch is not read again. */
export async function countRows(batch: Batch, reader: CommitReader): Promise<Counts> {
  const { rows: submitted, closed, state, finished } = batch
  if (finished !== undefined) {
    const { at: _, ...counts } = finished
    return { submitted, ...counts, pending: 0 }
  }
  if (batch.approvedAt === undefined || closed === undefined)
    return {
      ...{ submitted, ...done(batch, 0) },
      ...(state === 'cancelled' ? { rejected: submitted, pending: 0 } : { rejected: 0, pending: submitted }),
    }
  return countOutcomes(batch, await readPieces(batch, reader))
}

export function countOutcomes(batch: Batch, pieces: readonly PieceState[]): Counts {
  const { rows: submitted, closed } = batch
  const outcomes = pieces.flatMap((piece) => piece.outcomes)
  const refused = outcomes.filter(({ state }) => state === 'rejected').length
  const pending = outcomes.filter(isOpenRow).length
  const count = outcomes.length - refused - pending
  return { submitted, ...done(batch, count), rejected: refused + (closed?.leftOut ?? 0), pending }
}

const done = ({ act }: Batch, count: number): Pick<Counts, 'issued' | 'changed'> =>
  isStatusAct(act) ? { issued: 0, changed: count } : { issued: count }

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
  { issued, changed = 0, rejected, pending }: Counts,
  now: Date,
): Pace | undefined {
  const count = issued + changed + rejected - (closed?.leftOut ?? 0)
  if (state !== 'running' || count <= 0) return undefined
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
  return { perMinute: (count * 60_000) / ran, secondsLeft: Math.ceil((pending * ran) / count / 1_000) }
}
