import { issuerSecret } from '../certificates/secrecy.ts'
import type { IssueDeps } from '../issuance/issue-deps.ts'
import { untilWon } from '../lost-race.ts'
import type { RangeMessage } from '../ports.ts'
import { isStatusAct } from './acts.ts'
import { type Batch, batchNow, changeBatch, findBatch, type PauseReason, type Piece, requireBatch } from './batch.ts'
import type { BatchDeps } from './batch-deps.ts'
import { changeWork } from './change-row.ts'
import { cancelRows, finishIfDone, hadSecond } from './decide-batch.ts'
import { issueWork } from './issue-row.ts'
import {
  changePiece,
  type DoneRow,
  LEASE_MS,
  type PieceEvent,
  type PieceName,
  type PieceState,
  type RowOutcome,
  readPiece,
} from './piece-rows.ts'
import { notOurs, parseRange, rangeOf } from './ranges.ts'
import type { RowResult, RowWork } from './row-work.ts'
import type { StatusRow } from './status-change.ts'
import { type BatchRow, readPart, valueOfPart } from './uploads.ts'

/** To do rows. The clock moves on while a range is done. */
export interface RangeDeps extends Omit<BatchDeps, 'now'> {
  issuing: () => IssueDeps
  clock: () => Date
  /** Names this run, so that no other one decides rows that it began. */
  worker: string
}

/** A worker begins no further row after this time. It is well below the lease, which is well below the life of a message. */
const BEGIN_MS = 12_000
/** Rows that are done together. Each waits for the store most of its time. */
const AT_ONCE = 8
/** After so many deliveries without an answer, the message itself is suspected. */
const MOST_DELIVERIES = 3
const AGAIN_SECONDS = 30

/**
 * Does the rows that a message names, unless they have an outcome. The same message again, at the same time or later, does nothing
 * twice: a conditional write takes the rows, and a row has one key, or its certificate names the list. Throws `validation-failed` for a message that the record does not
 * support. It then goes to the dead-letter queue.
 */
export async function runRange(message: unknown, deliveries: number, deps: RangeDeps): Promise<void> {
  const range = parseRange(message)
  const batch = await findBatch(range.owner, range.batch, deps.store)
  const piece = batch?.closed?.pieces[range.piece]
  if (batch?.approvedAt === undefined || piece === undefined || range.to >= piece.rows) throw notOurs() // 1
  if (isStatusAct(batch.act) && !hadSecond(batch)) throw notOurs()
  if (batch.finished !== undefined || batch.state === 'paused') return
  const name: PieceName = { owner: batch.owner, batch: batch.id, piece: range.piece, rows: piece.rows }
  const run = { batch, piece, range, name, deps }
  if (batch.state === 'cancelled') return settleCancelled(run)
  if (deliveries > MOST_DELIVERIES && range.to > range.from) return halve(range, deps)
  const { rows, areOthers } = await takeRows(run) // 2
  if (areOthers) await deps.queue.send([range], AGAIN_SECONDS)
  if (rows.length === 0) return finish(run)
  if (deliveries > MOST_DELIVERIES) return giveUp(run, rows)
  const begun = deps.clock().getTime()
  const work = await workOf(run) // 3
  if (work === undefined) return stop(run, rows, 'upload-needed')
  const results: RowResult[] = []
  let stopped: PauseReason | 'again' | undefined
  let left = [...rows]
  while (left.length > 0 && stopped === undefined) {
    const some = left.slice(0, AT_ONCE)
    const done = await Promise.all(some.map(work.begin)) // 4
    results.push(...done)
    left = left.slice(AT_ONCE)
    stopped = done.find((result) => 'stop' in result)?.stop ?? (await reasonToStop(run, begun))
  }
  await decide(run, results, left) // 5
  if (stopped === 'again') await deps.queue.send([range], AGAIN_SECONDS)
  else if (stopped !== undefined && stopped !== 'asked') await pause(run, stopped)
  await finish(run)
}

interface Run {
  batch: Batch
  piece: Piece
  range: RangeMessage
  name: PieceName
  deps: RangeDeps
}

const now = ({ deps }: Run) => ({ store: deps.store, now: deps.clock() })
const change = (run: Run, state: PieceState, event: PieceEvent) =>
  changePiece(run.name, state, event, 'system:batch', now(run))
const rowsOf = ({ from, to }: RangeMessage): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** Takes the rows of the range that nobody has, or that a dead worker had. */
const takeRows = (run: Run): Promise<{ rows: number[]; areOthers: boolean }> =>
  untilWon(async () => {
    const state = await readPiece(run.name, run.deps.store)
    const isFree = (outcome: RowOutcome | undefined) => outcome?.state === 'pending' || isAbandoned(outcome, run)
    const rows = rowsOf(run.range).filter((row) => isFree(state.outcomes[row]))
    const areOthers = rowsOf(run.range).some((row) => state.outcomes[row]?.state === 'taken' && !rows.includes(row))
    if (rows.length > 0) await change(run, state, { type: 'taken', worker: run.deps.worker, rows })
    return { rows, areOthers }
  }, run.deps.patience)

const isAbandoned = (outcome: RowOutcome | undefined, { deps }: Run): boolean =>
  outcome?.state === 'taken' && deps.clock().getTime() - Date.parse(outcome.at) > LEASE_MS

/** The rows of the piece. The approved hash covers the digest of their sealed bytes, so nobody can have changed them. */
async function workOf({ batch, piece, range, deps }: Run): Promise<RowWork | undefined> {
  const { owner, id, act } = batch
  const secret = await issuerSecret(owner, { reader: deps.store, secrets: deps.secrets })
  const bytes = await readPart({ owner, batch: id, secret }, `rows ${range.piece}`, piece.sealed, deps)
  if (bytes === undefined) return undefined
  return isStatusAct(act)
    ? changeWork({ ...batch, act }, valueOfPart<StatusRow[]>(bytes), deps)
    : issueWork(batch, valueOfPart<BatchRow[]>(bytes), secret, deps)
}

async function reasonToStop(run: Run, begun: number): Promise<PauseReason | 'again' | undefined> {
  const { state } = await batchNow(run.batch, run.deps.store)
  if (state !== 'running') return 'asked'
  return run.deps.clock().getTime() - begun > BEGIN_MS ? 'again' : undefined
}

const isDone = (result: RowResult): result is DoneRow => !('code' in result) && !('stop' in result)

/** Writes the outcomes, and gives back the rows that were not begun or can be tried again. */
const decide = (run: Run, results: readonly RowResult[], notBegun: readonly number[]): Promise<void> =>
  untilWon(async () => {
    const done = results.filter(isDone)
    const rejected = results.flatMap((result) => ('code' in result ? [result] : []))
    const back = [...results.flatMap((result) => ('stop' in result ? [result.row] : [])), ...notBegun]
    const outcome = isStatusAct(run.batch.act) ? { issued: [], changed: done } : { issued: done }
    if (done.length + rejected.length > 0)
      await change(run, await readPiece(run.name, run.deps.store), { type: 'decided', ...outcome, rejected })
    if (back.length > 0)
      await change(run, await readPiece(run.name, run.deps.store), {
        type: 'returned',
        worker: run.deps.worker,
        rows: back,
      })
  }, run.deps.patience)

/** The batch stops by itself. No row is rejected for it. */
const pause = (run: Run, reason: PauseReason): Promise<void> =>
  untilWon(async () => {
    const batch = await requireBatch(run.batch.owner, run.batch.id, run.deps.store)
    if (batch.state === 'running')
      await changeBatch(batch, { type: 'paused', reason }, { actor: 'system:batch' }, now(run))
  }, run.deps.patience)

async function stop(run: Run, rows: readonly number[], reason: PauseReason): Promise<void> {
  await decide(run, [], rows)
  await pause(run, reason)
}

async function finish(run: Run): Promise<void> {
  const batch = await requireBatch(run.batch.owner, run.batch.id, run.deps.store)
  const own = await readPiece(run.name, run.deps.store)
  if (own.outcomes.some(({ state }) => state === 'pending' || state === 'taken')) return
  await finishIfDone(batch, { ...run.deps, ...now(run) })
}

/** One row may end the process each time (F32). Halves find it, and the others are decided. */
async function halve(range: RangeMessage, { queue }: RangeDeps): Promise<void> {
  const rows = rowsOf(range)
  const middle = Math.ceil(rows.length / 2)
  const halves = [rows.slice(0, middle), rows.slice(middle)]
  await queue.send(halves.map((half) => rangeOf(range.owner, range.batch, range.piece, half)))
}

async function giveUp(run: Run, rows: readonly number[]): Promise<void> {
  await settle(run, rows, 'cannot-be-issued')
  await finish(run)
}

/** After a cancellation, a row that a worker had begun is what its certificate says. A living worker decides its own rows. */
async function settleCancelled(run: Run): Promise<void> {
  await cancelRows(run.batch, 'system:batch', { ...run.deps, ...now(run), queue: { send: async () => {} } })
  const state = await readPiece(run.name, run.deps.store)
  const rows = rowsOf(run.range)
  const dead = rows.filter((row) => isAbandoned(state.outcomes[row], run))
  if (dead.length > 0) await settle(run, dead, 'cancelled')
  const alive = rows.some((row) => state.outcomes[row]?.state === 'taken' && !dead.includes(row))
  if (alive) await run.deps.queue.send([run.range], AGAIN_SECONDS)
  await finish(run)
}

/** Decides rows by the records of their certificates, and does none. An unfinished one is abandoned first, so that nobody finishes it. */
async function settle(run: Run, rows: readonly number[], code: 'cancelled' | 'cannot-be-issued'): Promise<void> {
  const work = await workOf(run)
  if (work === undefined) return
  const results: RowResult[] = []
  for (const row of rows) {
    const certificate = await untilWon(() => work.settle(row), run.deps.patience)
    results.push(certificate === undefined ? { row, code } : { row, certificate })
  }
  await decide(run, results, [])
}
