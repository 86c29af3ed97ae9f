import { UPLOAD_DAYS } from '../artefacts.ts'
import { DAY_MS, MINUTE_MS } from '../clocks.ts'
import { ownerOf, pagesOf } from '../stream.ts'
import { type Batch, findBatch } from './batch.ts'
import type { SendDeps } from './batch-deps.ts'
import { cancelRows, finishIfDone, sendOpen } from './decide-batch.ts'
import type { PieceState } from './piece-rows.ts'
import { readPieces } from './progress.ts'

/** A batch in which nothing was written for so long has lost its messages, or they wait in the queue. Either way they may come twice. */
const QUIET_MS = 3 * MINUTE_MS
const PAGE = 100

/**
 * Sends the messages of batches that stand still, from the record (F28). It may run at any time and any number of times. Answers how many
 * batches it sent.
 */
export async function resendBatches(deps: SendDeps): Promise<number> {
  const since = new Date(deps.now.getTime() - (UPLOAD_DAYS + 1) * DAY_MS).toISOString()
  let sent = 0
  for await (const commits of pagesOf(deps.store, 'APPROVED-BATCHES', { limit: PAGE, newestFirst: true, since }))
    for (const { stream } of commits) {
      const batch = await findBatch(ownerOf(stream), stream.slice(stream.lastIndexOf('/') + 1), deps.store)
      if (batch !== undefined && (await resend(batch, deps))) sent += 1
    }
  return sent
}

async function resend(batch: Batch, deps: SendDeps): Promise<boolean> {
  if (batch.finished !== undefined || (batch.state !== 'running' && batch.state !== 'cancelled')) return false
  if (await finishIfDone(batch, deps)) return false
  const pieces = await readPieces(batch, deps.store)
  if (deps.now.getTime() - lastWrite(batch, pieces) < QUIET_MS) return false
  if (batch.state === 'cancelled') await cancelRows(batch, 'system:batch', deps)
  else await sendOpen(batch, deps)
  return true
}

const lastWrite = (batch: Batch, pieces: readonly PieceState[]): number =>
  Math.max(...[batch, ...pieces].map(({ commits }) => Date.parse(commits.at(-1)?.recordedAt ?? '') || 0))
