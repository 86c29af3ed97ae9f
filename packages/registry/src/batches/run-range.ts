import type { ReleasedRecord } from '../certificates/record.ts'
import { type IssuerSecret, issuerSecret } from '../certificates/secrecy.ts'
import { abandonReservation } from '../issuance/abandon.ts'
import { findAttempt, isReleased } from '../issuance/attempt.ts'
import type { IssueDeps, IssueRequest } from '../issuance/issue-deps.ts'
import { untilWon } from '../lost-race.ts'
import type { RangeMessage } from '../ports.ts'
import { type Batch, changeBatch, findBatch, type PauseReason, type Piece, requireBatch } from './batch.ts'
import type { BatchDeps } from './batch-deps.ts'
import { cancelRows, finishIfDone, hadSecond } from './decide-batch.ts'
import { issueRow, type RowResult } from './issue-row.ts'
import {
  changePiece,
  type IssuedRow,
  LEASE_MS,
  type PieceEvent,
  type PieceName,
  type PieceState,
  type RejectedRow,
  type RowOutcome,
  readPiece,
} from './piece-rows.ts'
import { readPieces } from './progress.ts'
import { notOurs, parseRange, rangeOf } from './ranges.ts'
import { type BatchRow, readPart, valueOfPart } from './uploads.ts'

/** To issue rows. The clock moves on while a range is issued. */
export interface RangeDeps extends Omit<BatchDeps, 'now'> {
  issuing: () => IssueDeps
  clock: () => Date
  /** Names this run, so that no other one decides rows that it began. */
  worker: string
}

/** A worker begins no further row after this time. It is well below the lease, which is well below the life of a message. */
const BEGIN_MS = 12_000
/** Rows that are issued together. Each waits for the store most of its time. */
const AT_ONCE = 8
/** After so many deliveries without an answer, the message itself is suspected. */
const MOST_DELIVERIES = 3
const AGAIN_SECONDS = 30

/**
 * Issues the rows that a message names, unless they have an outcome. The same message again, at the same time or later, issues nothing
 * twice: a conditional write takes the rows, and a row has one key. Throws `validation-failed` for a message that the record does not
 * support. It then goes to the dead-letter queue.
 */
export async function runRange(message: unknown, deliveries: number, deps: RangeDeps): Promise<void> {
  const range = parseRange(message)
  const batch = await findBatch(range.owner, range.batch, deps.store)
  const piece = batch?.closed?.pieces[range.piece]
  if (batch?.approvedAt === undefined || piece === undefined || range.to >= piece.rows) throw notOurs() // 1
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
  const secret = await secretOf(run)
  const inputs = await readRowsOf(run, secret) // 3
  if (inputs === undefined) return stop(run, rows, 'upload-needed')
  const results: RowResult[] = []
  let stopped: PauseReason | 'again' | undefined
  let left = [...rows]
  while (left.length > 0 && stopped === undefined) {
    const some = left.slice(0, AT_ONCE)
    const done = await Promise.all(
      some.map((row) => issueRow(row, requestFor(batch, inputs[row] as BatchRow), secret, deps)),
    ) // 4
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
const secretOf = ({ batch, deps }: Run): Promise<IssuerSecret> =>
  issuerSecret(batch.owner, { reader: deps.store, secrets: deps.secrets })
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
async function readRowsOf({ batch, piece, range, deps }: Run, secret: IssuerSecret): Promise<BatchRow[] | undefined> {
  const of = { owner: batch.owner, batch: batch.id, secret }
  const bytes = await readPart(of, `rows ${range.piece}`, piece.sealed, deps)
  return bytes && valueOfPart<BatchRow[]>(bytes)
}

/** One row of one batch has one key. So the certificate that a dead worker began is found and finished, not made again. */
const requestFor = (batch: Batch, { line, input }: BatchRow): IssueRequest => ({
  issuer: batch.owner,
  subject: batch.submittedBy,
  idempotencyKey: `batch ${batch.id} line ${line}`,
  hasSecond: hadSecond(batch),
  input,
  batch: batch.id,
})

async function reasonToStop(run: Run, begun: number): Promise<PauseReason | 'again' | undefined> {
  const { state } = await requireBatch(run.batch.owner, run.batch.id, run.deps.store)
  if (state !== 'running') return 'asked'
  return run.deps.clock().getTime() - begun > BEGIN_MS ? 'again' : undefined
}

const isIssued = (result: RowResult): result is IssuedRow => !('code' in result) && !('stop' in result)

/** Writes the outcomes, and gives back the rows that were not begun or can be tried again. */
const decide = (run: Run, results: readonly RowResult[], notBegun: readonly number[]): Promise<void> =>
  untilWon(async () => {
    const issued = results.flatMap((result) => (isIssued(result) ? [result] : []))
    const rejected = results.flatMap((result) => ('code' in result ? [result] : []))
    const back = [...results.flatMap((result) => ('stop' in result ? [result.row] : [])), ...notBegun]
    if (issued.length + rejected.length > 0)
      await change(run, await readPiece(run.name, run.deps.store), { type: 'decided', issued, rejected })
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
  await finishIfDone(batch, await readPieces(batch, run.deps.store), { ...run.deps, ...now(run) })
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

/** Decides rows by the records of their certificates, and issues none. An unfinished one is abandoned first, so that nobody finishes it. */
async function settle(run: Run, rows: readonly number[], code: 'cancelled' | 'cannot-be-issued'): Promise<void> {
  const secret = await secretOf(run)
  const inputs = await readRowsOf(run, secret)
  const results: RowResult[] = []
  for (const row of rows) {
    const input = inputs?.[row]
    if (input === undefined) continue
    const record = await untilWon(() => endAttempt(run, input), run.deps.patience)
    const rejected: RejectedRow = { row, code }
    results.push(record === undefined ? rejected : { row, certificate: record.uuid })
  }
  await decide(run, results, [])
}

/** The certificate that a row became, if any. Two workers may settle the same row at once, and only one of them abandons it. */
async function endAttempt({ batch, deps }: Run, row: BatchRow): Promise<ReleasedRecord | undefined> {
  const issuing = deps.issuing()
  const { record } = await findAttempt(requestFor(batch, row), issuing)
  if (isReleased(record)) return record
  if (record !== undefined) await abandonReservation({ issuer: batch.owner, record, actor: 'system:batch' }, issuing)
  return undefined
}
