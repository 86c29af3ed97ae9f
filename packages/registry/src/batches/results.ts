import type { CommitReader } from '../stream.ts'
import type { Batch } from './batch.ts'
import type { BatchRequest } from './batch-deps.ts'
import { unpackLines } from './lines.ts'
import type { RowOutcome, RowRefusal } from './piece-rows.ts'
import { readPieces } from './progress.ts'
import { requireOwnBatch } from './requests.ts'

/** What became of one row. It names no person, no number and no link. */
export interface RowOfResults {
  line: number
  state: 'issued' | 'changed' | 'rejected' | 'pending'
  code?: RowRefusal
  certificate?: string
  pointers?: readonly string[]
}

/** The outcome of each approved row, by the record. Rows that were left out are in no piece. */
export async function resultsOf(
  request: BatchRequest,
  { store }: { store: CommitReader },
): Promise<{ batch: Batch; rows: RowOfResults[] }> {
  const { batch } = await requireOwnBatch(request, ['sender', 'approve', 'read'], store)
  const pieces = await readPieces(batch, store)
  const rows = pieces.flatMap(({ outcomes }, piece) => {
    const lines = unpackLines(batch.closed?.pieces[piece]?.lines ?? '')
    return outcomes.map((outcome, row) => shown(lines[row] ?? 0, outcome))
  })
  return { batch, rows }
}

function shown(line: number, outcome: RowOutcome): RowOfResults {
  switch (outcome.state) {
    case 'pending':
    case 'taken':
      return { line, state: 'pending' }
    case 'issued':
    case 'changed':
      return { line, state: outcome.state, certificate: outcome.certificate }
    case 'rejected': {
      const { state, code, certificate, pointers } = outcome
      return { line, state, code, ...(certificate && { certificate }), ...(pointers && { pointers }) }
    }
    default:
      return outcome satisfies never
  }
}
