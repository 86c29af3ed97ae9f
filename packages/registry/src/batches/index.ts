export { type Act, acts, isStatusAct, reasonsOf, type StatusAct } from './acts.ts'
export { type BatchAnswers, type FaultKind, faultKinds, type OfferKind, offerKinds, type RowFault } from './answers.ts'
export type { Batch, PauseReason } from './batch.ts'
export { type BatchDeps, type BatchRequest, MOST_BYTES, MOST_ROWS } from './batch-deps.ts'
export { isBeyondBrake } from './beyond-brake.ts'
export { type ClosedRows, closedListOf, closedRowsOf, type SampleRow } from './closed-rows.ts'
export { everyField, type Field, fieldsOf, isField, shapeOf } from './columns.ts'
export {
  approveBatch,
  cancelBatch,
  isTouchedBy,
  mustHaveSecond,
  pauseBatch,
  reopenBatch,
  resumeBatch,
} from './decide-batch.ts'
export { isReady, type JudgedRow } from './judge-rows.ts'
export { pieceMemory } from './piece-memory.ts'
export type { RowRefusal } from './piece-rows.ts'
export { amendAnswers, answerBatch, closeBatch, type Preview, previewBatch } from './prepare-batch.ts'
export { type Counts, countRows, countsOf, type Pace, paceOf } from './progress.ts'
export { partsOf, requireBatchOf } from './requests.ts'
export { resendBatches } from './resend-batches.ts'
export { type RowOfResults, resultsOf } from './results.ts'
export { type RangeDeps, runRange } from './run-range.ts'
export type { StatusChange, StatusRow } from './status-change.ts'
export { listBatches, receiveBatch, submitBatch, uploadTarget } from './submit-batch.ts'
