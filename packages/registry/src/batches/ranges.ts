import { RegistryError } from '../errors.ts'
import type { RangeMessage } from '../ports.ts'
import { isOwnerId } from '../stream.ts'
import type { Batch } from './batch.ts'
import { isOpenRow, type PieceState } from './piece-rows.ts'

/** Rows that one message names. A worker does them in some seconds. */
const RANGE_ROWS = 50
const VERSION = 1

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Throws `validation-failed` for anything else than our own messages. Its text names nothing of the message. */
export function parseRange(value: unknown): RangeMessage {
  // A long text would become an object with a member for each of its characters.
  const message = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const { version, owner, batch, piece, from, to, ...more } = message
  const isNamed = typeof owner === 'string' && isOwnerId(owner) && typeof batch === 'string' && UUID.test(batch)
  const isRange = isPlace(piece) && isPlace(from) && isPlace(to) && from <= to && to - from < RANGE_ROWS
  if (version !== VERSION || !isNamed || !isRange || Object.keys(more).length > 0) throw notOurs()
  return { version, owner, batch, piece, from, to }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const notOurs = () => new RegistryError('validation-failed', 'this message names no rows that could be issued')

/** The messages for all rows without an outcome. */
export const openRanges = ({ owner, id }: Pick<Batch, 'owner' | 'id'>, pieces: readonly PieceState[]): RangeMessage[] =>
  pieces.flatMap(({ outcomes }, piece) => {
    const open = outcomes.flatMap((outcome, row) => (isOpenRow(outcome) ? [row] : []))
    return [...Map.groupBy(open, (row) => Math.floor(row / RANGE_ROWS)).values()].map((rows) =>
      rangeOf(owner, id, piece, rows),
    )
  })

export const rangeOf = (owner: string, batch: string, piece: number, rows: readonly number[]): RangeMessage => ({
  ...{ version: VERSION, owner, batch, piece },
  from: Math.min(...rows),
  to: Math.max(...rows),
})
