import { isAway, RegistryError } from '../errors.ts'
import { isFreshSignIn } from '../fresh-sign-in.ts'
import { untilWon } from '../lost-race.ts'
import type { CommitReader } from '../stream.ts'
import { isStatusAct } from './acts.ts'
import { type Batch, type BatchEvent, changeBatch, requireBatch } from './batch.ts'
import type { BatchDeps, BatchRequest, SendDeps } from './batch-deps.ts'
import { changePiece, readPiece } from './piece-rows.ts'
import { finalCounts, readPieces } from './progress.ts'
import { openRanges } from './ranges.ts'
import { requireOwnBatch, requireState } from './requests.ts'
import { isSecondAsked, startAlone } from './started-alone.ts'

type Decision = BatchRequest & {
  /** Of the closed batch, as its page showed it. */
  hash: string
  signedInAt: Date | undefined
}

const startOf = ({ owner, id, closed }: Batch) => ({
  body: owner,
  batch: id,
  rows: (closed?.pieces ?? []).reduce((sum, piece) => sum + piece.rows, 0),
})

/**
 * Whether a second officer must approve. A list of changes always needs one, because the brake does not count what it does (I72). Of others
 * the policy of the body decides: because each certificate needs one, or by their number, together with those of other batches that were
 * started alone within a day.
 */
export const mustHaveSecond = async (batch: Batch, deps: { store: CommitReader; now: Date }): Promise<boolean> =>
  isStatusAct(batch.act) || isSecondAsked(startOf(batch), deps)

const making: ReadonlySet<BatchEvent['type']> = new Set([
  ...(['submitted', 'list-submitted', 'answered', 'part-closed', 'closed'] as const),
])

/** True if this member sent the file, answered about it or closed it. */
export const isTouchedBy = ({ commits }: Batch, subject: string): boolean =>
  commits.some(({ actor, events }) => actor === subject && events.some(({ type }) => making.has(type)))

/** True if another officer than those who made the batch approved its rows. Then no row needs a second person of its own. */
export const hadSecond = (batch: Batch): boolean =>
  batch.approvedBy !== undefined && !batch.isStartedAlone && !isTouchedBy(batch, batch.approvedBy)

/**
 * Approves exactly the rows that were shown, and begins to issue them. Nobody who sent the file or answered about it can approve it.
 * Throws `four-eyes-required`, `fresh-sign-in-required`, or `conflict` if the rows are others meanwhile.
 */
export async function approveBatch(request: Decision, deps: BatchDeps): Promise<Batch> {
  const approved = await untilWon(() => approveOnce(request, deps), deps.patience)
  await sendOpen(approved, deps)
  return approved
}

async function approveOnce({ hash, signedInAt, ...request }: Decision, deps: BatchDeps): Promise<Batch> {
  const { batch, held } = await requireOwnBatch(request, ['sender', 'approve'], deps.store)
  // The same press again, or the other of two presses at once.
  if (batch.closed?.hash === hash && batch.approvedBy === request.subject && batch.state !== 'closed') return batch
  requireState(batch, 'closed')
  if (batch.closed?.hash !== hash)
    throw new RegistryError('conflict', 'The rows of this batch changed after they were shown. Read it again.')
  const isSecond = !isTouchedBy(batch, request.subject) && held.includes('approve')
  const isEnough = isSecond
    ? isFreshSignIn(signedInAt, deps.now) || !(await mustHaveSecond(batch, deps))
    : !isStatusAct(batch.act) && (await startAlone(startOf(batch), request.subject, deps))
  if (!isEnough)
    throw isSecond
      ? new RegistryError('fresh-sign-in-required', 'Sign in again to approve: your sign-in is older than ten minutes.')
      : new RegistryError(
          'four-eyes-required',
          isStatusAct(batch.act)
            ? 'Another officer than the one who sent this list must approve it, with the role approve.'
            : 'Another officer than the one who sent this file must approve it, with the role approve. Batches that the body started alone within a day count together.',
        )
  const event: BatchEvent = { type: 'approved', hash, ...(!isSecond && { alone: true }) }
  return changeBatch(batch, event, { actor: request.subject, index: 'APPROVED-BATCHES' }, deps)
}

/** Lets the member who sent a batch change its answers again. Nothing was issued. */
export const reopenBatch = (request: BatchRequest, deps: BatchDeps): Promise<Batch> =>
  untilWon(async () => {
    const { batch } = await requireOwnBatch(request, ['sender', 'approve'], deps.store)
    if (batch.state === 'open') return batch
    requireState(batch, 'closed')
    return changeBatch(batch, { type: 'reopened' }, { actor: request.subject }, deps)
  }, deps.patience)

/** Rows that a worker has begun are finished. No other row is begun. */
export const pauseBatch = (request: BatchRequest, deps: BatchDeps): Promise<Batch> =>
  untilWon(async () => {
    const { batch } = await requireOwnBatch(request, ['sender', 'approve'], deps.store)
    if (batch.state === 'paused') return batch
    requireState(batch, 'running')
    return changeBatch(batch, { type: 'paused', reason: 'asked' }, { actor: request.subject }, deps)
  }, deps.patience)

/** Goes on with the rows that have no outcome. Each is judged when it is issued, by the record of that moment. */
export async function resumeBatch(request: BatchRequest, deps: BatchDeps): Promise<Batch> {
  const resumed = await untilWon(async () => {
    const { batch } = await requireOwnBatch(request, ['sender', 'approve'], deps.store)
    if (batch.state === 'running') return batch
    requireState(batch, 'paused')
    return changeBatch(batch, { type: 'resumed' }, { actor: request.subject }, deps)
  }, deps.patience)
  await sendOpen(resumed, deps)
  return resumed
}

/** Issues nothing more. What was issued stays. Rows that a worker has begun get their outcome within minutes. */
export async function cancelBatch(request: BatchRequest, deps: BatchDeps): Promise<Batch> {
  const cancelled = await untilWon(async () => {
    const { batch } = await requireOwnBatch(request, ['sender', 'approve'], deps.store)
    if (batch.state === 'cancelled') return batch
    requireState(batch, 'open', 'closed', 'running', 'paused')
    return changeBatch(batch, { type: 'cancelled' }, { actor: request.subject }, deps)
  }, deps.patience)
  if (cancelled.approvedAt !== undefined) await cancelRows(cancelled, request.subject, deps)
  return cancelled
}

/** Repeated by every worker and by the sweeper, so a crash in the middle loses nothing. */
export async function cancelRows(batch: Batch, actor: string, deps: SendDeps): Promise<void> {
  const { owner, id, closed } = batch
  for (const [piece, { rows }] of (closed?.pieces ?? []).entries())
    await untilWon(async () => {
      const state = await readPiece({ owner, batch: id, piece, rows }, deps.store)
      if (state.outcomes.some((outcome) => outcome.state === 'pending'))
        await changePiece({ owner, batch: id, piece }, state, { type: 'cancelled' }, actor, deps)
    }, deps.patience)
  if (!(await finishIfDone(batch, deps))) await sendOpen(batch, deps)
}

/** Records the counts of a batch whose rows all have an outcome. Returns whether that is so. */
export async function finishIfDone(
  batch: Batch,
  deps: Pick<SendDeps, 'store' | 'pieces' | 'now' | 'patience'>,
): Promise<boolean> {
  const counts = await finalCounts(batch, deps)
  if (counts === undefined) return false
  await untilWon(async () => {
    const current = await requireBatch(batch.owner, batch.id, deps.store)
    if (current.finished !== undefined) return
    const { submitted: _, pending: _none, ...outcome } = counts
    await changeBatch(
      current,
      { type: 'finished', ...outcome },
      { actor: 'system:batch', index: `FINISHED#${batch.owner}` },
      deps,
    )
  }, deps.patience)
  return true
}

/** Sends a message for each range of rows without an outcome. If the queue is away, the sweeper sends them (F28). */
export async function sendOpen(batch: Batch, deps: SendDeps): Promise<void> {
  const messages = openRanges(batch, await readPieces(batch, deps.store))
  try {
    if (messages.length > 0) await deps.queue.send(messages)
  } catch (error) {
    if (!isAway(error)) throw error
  }
}
