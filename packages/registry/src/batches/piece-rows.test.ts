import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Commit, StreamId } from '../stream.ts'
import { isOpenRow, type PieceEvent, pieceOf } from './piece-rows.ts'

const ROWS = 6
const commit = (event: PieceEvent, number: number): Commit<PieceEvent> => ({
  stream: 'body/batch/x/rows/0' as StreamId,
  number,
  events: [event],
  actor: 'system:batch',
  effectiveAt: '2026-03-02T12:00:00.000Z',
  recordedAt: '2026-03-02T12:00:00.000Z',
})
const rows = fc.uniqueArray(fc.nat(ROWS + 1), { maxLength: ROWS })
const worker = fc.constantFrom('one', 'two')
const events: fc.Arbitrary<PieceEvent> = fc.oneof(
  fc.record({ type: fc.constant('taken' as const), worker, rows }),
  fc.record({ type: fc.constant('returned' as const), worker, rows }),
  fc.tuple(rows, rows).map(
    ([issued, refused]): PieceEvent => ({
      type: 'decided',
      issued: issued.map((row) => ({ row, certificate: 'c' })),
      rejected: refused.map((row) => ({ row, code: 'invalid' })),
    }),
  ),
  fc.constant<PieceEvent>({ type: 'cancelled' }),
)

test('N001, N002: whatever comes in whatever order, each row has one outcome, and an outcome never changes', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 14 }), (history) => {
      let before = pieceOf(ROWS, []).outcomes
      const commits = history.map(commit)
      for (let length = 1; length <= commits.length; length++) {
        const { outcomes } = pieceOf(ROWS, commits.slice(0, length))
        expect(outcomes).toHaveLength(ROWS)
        before.forEach((outcome, row) => {
          if (!isOpenRow(outcome)) expect(outcomes[row]).toEqual(outcome)
        })
        before = outcomes
      }
      // The same history with each entry twice means the same.
      const twice = history.flatMap((event) => [event, event]).map(commit)
      expect(pieceOf(ROWS, twice).outcomes).toEqual(before)
    }),
  )
})

test('a row that is given back after a cancellation is rejected, and one that a worker has is not', () => {
  const history: PieceEvent[] = [
    { type: 'taken', worker: 'one', rows: [0, 1] },
    { type: 'cancelled' },
    { type: 'returned', worker: 'two', rows: [0] },
    { type: 'returned', worker: 'one', rows: [1] },
  ]
  expect(
    pieceOf(3, history.map(commit)).outcomes.map((outcome) => ('code' in outcome ? outcome.code : outcome.state)),
  ).toEqual(['taken', 'cancelled', 'cancelled'])
})

test('an event that this version does not know makes the piece unreadable, and is never skipped', () => {
  expect(() => pieceOf(1, [commit({ type: 'moved' } as never, 0)])).toThrow(
    expect.objectContaining({ code: 'dependency-unavailable' }),
  )
})
