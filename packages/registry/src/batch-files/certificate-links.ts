import type { Batch } from '../batches/batch.ts'
import { unpackLines } from '../batches/lines.ts'
import { readPiece } from '../batches/piece-rows.ts'
import { readRecord } from '../certificates/read-record.ts'
import { type IssuerSecret, linkToken } from '../certificates/secrecy.ts'
import { inParts } from '../in-parts.ts'
import type { CommitReader } from '../stream.ts'
import type { Place } from './file-kinds.ts'

const AT_ONCE = 25

/** A certificate of the batch with its link, by the line of the file from which it was issued. */
export interface LinkedRow {
  line: number
  uuid: string
  /** Absent: it is erased, so it has no link any more. */
  token?: string
}

/**
 * The issued rows of a finished batch at these places, in the order of the file. `issued`: how many each piece has. A finished batch never
 * changes, so only the pieces of these rows are read.
 */
export async function issuedRows(
  { owner, id, closed }: Batch,
  { from, to, issued }: Place & { issued: readonly number[] },
  reader: CommitReader,
): Promise<LinkedRow[]> {
  const rows: LinkedRow[] = []
  let before = 0
  for (const [piece, { rows: count, lines: packed }] of (closed?.pieces ?? []).entries()) {
    const first = before
    before += issued[piece] ?? 0
    if (before <= from || first >= to) continue
    const { outcomes } = await readPiece({ owner, batch: id, piece, rows: count }, reader)
    const lines = unpackLines(packed)
    const some = outcomes.flatMap((outcome, row) =>
      outcome.state === 'issued' ? [{ line: lines[row] ?? 0, uuid: outcome.certificate }] : [],
    )
    rows.push(...some.slice(Math.max(0, from - first), to - first))
  }
  return rows
}

/** The links as they are now. A certificate that was erased since has none. */
export function withLinks(
  rows: readonly LinkedRow[],
  { owner, secret }: { owner: string; secret: IssuerSecret },
  reader: CommitReader,
): Promise<LinkedRow[]> {
  return inParts(rows, AT_ONCE, async ({ line, uuid }) => {
    const record = await readRecord(owner, uuid, reader)
    const isOpen = record !== undefined && 'generation' in record && record.erased === undefined
    return { line, uuid, ...(isOpen && { token: linkToken(secret, uuid, record.generation) }) }
  })
}
