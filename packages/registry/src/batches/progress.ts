import type { CommitReader } from '../stream.ts'
import { isStatusAct } from './acts.ts'
import type { Batch } from './batch.ts'
import type { BatchRequest } from './batch-deps.ts'
import { type PieceMemory, pieceMemory, type Totals } from './piece-memory.ts'
import { type PieceState, readPiece } from './piece-rows.ts'
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

/** To count rows. Without a memory each piece is read. */
export interface CountDeps {
  store: CommitReader
  /** What this process counted before. */
  pieces?: PieceMemory
}

/** How far a batch is, for its members. */
export async function countsOf(request: BatchRequest, deps: CountDeps): Promise<Counts> {
  const { batch } = await requireOwnBatch(request, ['sender', 'approve', 'read'], deps.store)
  return countRows(batch, deps)
}

/** Counted from the rows each time, never from a counter. A finished batch is not read again. */
export async function countRows(batch: Batch, deps: CountDeps): Promise<Counts> {
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
  let all: Totals = { done: 0, rejected: 0, open: 0 }
  for await (const totals of totalsByPiece(batch, deps)) all = sumOf(all, totals)
  return countsIn(batch, all)
}

/**
 * The counts of a batch whose rows all have an outcome. Undefined for another one, and as soon as that is clear: the last pieces are begun
 * last, so they are asked first.
 */
export async function finalCounts(batch: Batch, deps: CountDeps): Promise<Counts | undefined> {
  let all: Totals = { done: 0, rejected: 0, open: 0 }
  for await (const totals of totalsByPiece(batch, deps)) {
    all = sumOf(all, totals)
    if (all.open > 0) return undefined
  }
  return countsIn(batch, all)
}

const sumOf = (one: Totals, other: Totals): Totals => ({
  done: one.done + other.done,
  rejected: one.rejected + other.rejected,
  open: one.open + other.open,
})

/** The last piece first. */
async function* totalsByPiece(
  { owner, id, closed }: Batch,
  { store, pieces: count = pieceMemory() }: CountDeps,
): AsyncGenerator<Totals> {
  const pieces = closed?.pieces ?? []
  for (let end = pieces.length; end > 0; end -= PIECES_AT_ONCE) {
    const from = Math.max(0, end - PIECES_AT_ONCE)
    const some = pieces.slice(from, end)
    yield* await Promise.all(some.map(({ rows }, at) => count({ owner, batch: id, piece: from + at, rows }, store)))
  }
}

const countsIn = (batch: Batch, { done: count, rejected, open }: Totals): Counts => ({
  ...{ submitted: batch.rows, ...done(batch, count) },
  ...{ rejected: rejected + (batch.closed?.leftOut ?? 0), pending: open },
})

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
