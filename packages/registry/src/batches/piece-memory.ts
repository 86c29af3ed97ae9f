import { type Commit, type CommitReader, streams } from '../stream.ts'
import { isOpenRow, type PieceEvent, type PieceName, type PieceState, pieceOf } from './piece-rows.ts'

/** How many rows of a piece, or of several, have which outcome. */
export interface Totals {
  done: number
  rejected: number
  open: number
}

function totalsOf({ outcomes }: PieceState): Totals {
  const rejected = outcomes.filter(({ state }) => state === 'rejected').length
  const open = outcomes.filter(isOpenRow).length
  return { done: outcomes.length - rejected - open, rejected, open }
}

interface Known {
  totals: Totals
  /** Nothing, once every row has its outcome: an outcome never changes. */
  commits: readonly Commit<PieceEvent>[]
}

/** Counts the rows of one piece. */
export type PieceMemory = (name: PieceName, reader: CommitReader) => Promise<Totals>

/** Pieces of the longest batch, and of some others. */
const MOST = 1_000

/**
 * Counts pieces by their record, and remembers what it counted. A settled piece is not read again, and of another one only what is new. So
 * the counts of a running batch of 100,000 rows cost what was written since the last time. The totals are never older than the record.
 */
export function pieceMemory(most = MOST): PieceMemory {
  const kept = new Map<string, Known>()
  return async ({ owner, batch, piece, rows }, reader) => {
    const stream = streams.batchRows(owner, batch, piece)
    const known = kept.get(stream)
    if (known?.totals.open === 0) return known.totals
    const before = known?.commits ?? []
    const fresh = await reader.read<PieceEvent>(stream, { from: before.length })
    if (known !== undefined && fresh.length === 0) return known.totals
    const commits = [...before, ...fresh]
    const totals = totalsOf(pieceOf(rows, commits))
    // Delete first, so that the map stays in the order of counting.
    kept.delete(stream)
    kept.set(stream, { totals, commits: totals.open === 0 ? [] : commits })
    if (kept.size > most) kept.delete(kept.keys().next().value as string)
    return totals
  }
}
