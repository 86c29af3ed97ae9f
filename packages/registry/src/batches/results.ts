import type { CommitReader } from '../stream.ts'
import type { Batch } from './batch.ts'
import { type BatchRequest, PART_ROWS } from './batch-deps.ts'
import { unpackLines } from './lines.ts'
import { PIECE_ROWS, type RowOutcome, type RowRefusal } from './piece-rows.ts'
import { readPieces } from './progress.ts'
import { requireOwnBatch, requirePart } from './requests.ts'

/** What became of one row. It names no person, no number and no link. */
export interface RowOfResults {
  line: number
  state: 'issued' | 'changed' | 'rejected' | 'pending'
  code?: RowRefusal
  certificate?: string
  pointers?: readonly string[]
}

const PART_PIECES = PART_ROWS / PIECE_ROWS

/**
 * The outcome of each approved row of a part, by the record. Rows that were left out are in no piece. Throws `no-such-page` for a part that
 * the batch does not have.
 */
export async function resultsOf(
  { part = 1, ...request }: BatchRequest & { part?: number },
  { store }: { store: CommitReader },
): Promise<{ batch: Batch; part: number; parts: number; rows: RowOfResults[] }> {
  const { batch } = await requireOwnBatch(request, ['sender', 'approve', 'read'], store)
  const parts = Math.max(1, Math.ceil((batch.closed?.pieces.length ?? 0) / PART_PIECES))
  requirePart(part, parts)
  const from = (part - 1) * PART_PIECES
  const pieces = await readPieces(batch, store, { from, most: PART_PIECES })
  const rows = pieces.flatMap(({ outcomes }, place) => {
    const lines = unpackLines(batch.closed?.pieces[from + place]?.lines ?? '')
    return outcomes.map((outcome, row) => shown(lines[row] ?? 0, outcome))
  })
  return { batch, part, parts, rows }
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
