import { MINUTE_MS } from '../clocks.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'

/** Rows of one piece. Its outcomes are one stream. */
export const PIECE_ROWS = 500

/** Why a row was not issued, or its certificate not changed. */
export type RowRefusal =
  /** This very row was issued before, in another batch or alone. */
  | 'already-issued'
  | 'number-in-use'
  | 'not-accredited'
  | 'suspended'
  | 'out-of-scope'
  /** The qualification or its edition is not awarded on its day any more, or another edition counts than the one that was approved. */
  | 'not-awarded'
  /** The registry refuses its content: a centre may not assess, the certificate would have ended, and so on. */
  | 'invalid'
  /** It replaces a certificate, and that waits for a second person. */
  | 'replacement-waits'
  /** It ended the process that issued it, each time. */
  | 'cannot-be-issued'
  /** The certificate has another state than the one that was shown. */
  | 'certificate-changed'
  | 'cancelled'

/** A row that is done: its certificate was issued, or in a list changed. */
export interface DoneRow {
  /** Its place in the piece, from 0 on. */
  row: number
  /** The id of its certificate. */
  certificate: string
}

export interface RejectedRow {
  /** Its place in the piece, from 0 on. */
  row: number
  code: RowRefusal
  /** The certificate that it would repeat, or that it would have changed. */
  certificate?: string
  /** Which members of the input are at fault (JSON Pointers). Never a value. */
  pointers?: readonly string[]
}

export type PieceEvent =
  /** A worker begins these rows. Nobody else begins them before `LEASE_MS` have passed. */
  | { type: 'taken'; worker: string; rows: readonly number[] }
  /** The worker gives rows back that it did not begin. */
  | { type: 'returned'; worker: string; rows: readonly number[] }
  /** `changed`: of a list, which issues none. */
  | {
      type: 'decided'
      issued: readonly DoneRow[]
      changed?: readonly DoneRow[]
      rejected: readonly RejectedRow[]
    }
  /** No further row of the piece is begun. */
  | { type: 'cancelled' }

const shapes: EventShapes<PieceEvent> = {
  taken: ['worker', 'rows'],
  returned: ['worker', 'rows'],
  decided: ['issued', 'rejected'],
  cancelled: [],
}

/** A worker ends long before. Rows that it did not decide by then may be taken again: it is dead. */
export const LEASE_MS = 2 * MINUTE_MS

export type RowOutcome =
  | { state: 'pending' }
  | ({ state: 'issued' | 'changed' } & DoneRow)
  | { state: 'taken'; worker: string; at: string }
  | ({ state: 'rejected' } & RejectedRow)

export interface PieceState {
  outcomes: readonly RowOutcome[]
  commits: readonly Commit<PieceEvent>[]
}

/**
 * The fold of one piece. The first outcome of a row stays, so a message that comes twice changes nothing. A row is cancelled only if
 * nobody had begun it: the numbers of the commits order the two.
 */
export function pieceOf(rows: number, commits: readonly Commit<PieceEvent>[]): PieceState {
  requireKnown(commits, shapes)
  const outcomes: RowOutcome[] = Array.from({ length: rows }, () => ({ state: 'pending' }))
  /** What becomes of a row that a worker gives back. */
  let notBegun = (_row: number): RowOutcome => ({ state: 'pending' })
  const cancelled = (row: number): RowOutcome => ({ state: 'rejected', row, code: 'cancelled' })
  const isOpen = (row: number) => isOpenRow(outcomes[row])
  for (const { events, recordedAt: at } of commits) {
    for (const event of events) {
      switch (event.type) {
        case 'taken':
          for (const row of event.rows) if (isOpen(row)) outcomes[row] = { state: 'taken', worker: event.worker, at }
          break
        case 'returned':
          for (const row of event.rows) if (isTakenBy(outcomes[row], event.worker)) outcomes[row] = notBegun(row)
          break
        case 'decided':
          for (const issued of event.issued)
            if (isOpen(issued.row)) outcomes[issued.row] = { state: 'issued', ...issued }
          for (const changed of event.changed ?? [])
            if (isOpen(changed.row)) outcomes[changed.row] = { state: 'changed', ...changed }
          for (const refused of event.rejected)
            if (isOpen(refused.row)) outcomes[refused.row] = { state: 'rejected', ...refused }
          break
        case 'cancelled':
          outcomes.forEach(({ state }, row) => {
            if (state === 'pending') outcomes[row] = cancelled(row)
          })
          notBegun = cancelled
          break
        default:
          event satisfies never
      }
    }
  }
  return { outcomes, commits }
}

export const isOpenRow = (outcome: RowOutcome | undefined): boolean =>
  outcome?.state === 'pending' || outcome?.state === 'taken'

const isTakenBy = (outcome: RowOutcome | undefined, worker: string): boolean =>
  outcome?.state === 'taken' && outcome.worker === worker

export interface PieceName {
  owner: string
  batch: string
  piece: number
  rows: number
}

export const readPiece = async ({ owner, batch, piece, rows }: PieceName, reader: CommitReader): Promise<PieceState> =>
  pieceOf(rows, await reader.read<PieceEvent>(streams.batchRows(owner, batch, piece)))

/** Throws `write-conflict` if another worker wrote meanwhile. */
export const changePiece = (
  { owner, batch, piece }: Omit<PieceName, 'rows'>,
  { commits }: PieceState,
  event: PieceEvent,
  actor: string,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> =>
  store.append(nextCommit(streams.batchRows(owner, batch, piece), commits, { events: [event], actor, now }))
