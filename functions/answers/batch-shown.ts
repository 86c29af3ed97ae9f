import { type Batch, type Counts, isReady, paceOf, type previewBatch } from '@sijil/registry/batches'

/** A batch as programs see it. */
export function shown(batch: Batch, { counts, second, now }: { counts: Counts; second: boolean; now: Date }) {
  const pace = paceOf(batch, counts, now)
  const { id, act, state, submittedAt, submittedBy, closing, closed, approvedAt, approvedBy, paused, finished } = batch
  return {
    id,
    act,
    state,
    ...counts,
    submittedAt,
    submittedBy,
    ...(closing && state === 'open' && { partsClosed: closing.parts }),
    ...(closed && { hash: closed.hash, leftOut: closed.leftOut, second }),
    ...(approvedAt && { approvedAt, approvedBy }),
    ...(paused && { paused }),
    ...(pace && { perMinute: Math.round(pace.perMinute), secondsLeft: pace.secondsLeft }),
    ...(finished && { finishedAt: finished.at }),
  }
}

/** Faults with their places. What a cell holds, or would become, is on the page of the desk alone. */
export const previewed = ({
  batch,
  part,
  parts,
  rows,
  kinds,
  misfits,
  asksOrder,
  isInTwoOrders,
  columns,
}: Awaited<ReturnType<typeof previewBatch>>) => ({
  id: batch.id,
  act: batch.act,
  state: batch.state,
  part,
  parts,
  rows: rows.length,
  ready: rows.filter(isReady).length,
  columns,
  kinds,
  misfits,
  asksOrder,
  isInTwoOrders,
  faults: rows.flatMap(({ line, faults }) =>
    faults.map(({ kind, field, offer, certificate }) => ({
      line,
      kind,
      ...(field && { field }),
      ...(offer !== undefined && { hasOffer: true }),
      ...(certificate && { certificate: `urn:uuid:${certificate}` }),
    })),
  ),
})
