import type { TableFormat } from '@sijil/tables'
import type { NamedArtefact } from '../artefacts.ts'
import { RegistryError } from '../errors.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, type CommitStore, type IndexKey, nextCommit, streams } from '../stream.ts'
import type { Act, StatusAct } from './acts.ts'
import type { Columns } from './columns.ts'

/** Why a batch stopped by itself, or by a person (`asked`). Nothing was rejected for it. */
export type PauseReason =
  | 'asked'
  /** No key of the body can sign now. */
  | 'key'
  /** The registry paused issuing of a qualification. */
  | 'issuing-paused'
  /** The sealed rows are gone or cannot be opened. */
  | 'upload-needed'
  /** The member who sent the batch may no longer do what it does. */
  | 'member'

/** How the rows of a piece are stored. */
export interface Piece {
  rows: number
  /** The lines of the file that its rows are, in order, as `2-61,63`. They outlive the sealed rows. */
  lines: string
  sealed: NamedArtefact
}

/** `rows`: rows of the file that are not blank, below its column names. `tag`: keyed hash of the file. */
interface Submitted {
  rows: number
  format: TableFormat
  bytes: number
  file: NamedArtefact
  tag: string
}

export type BatchEvent =
  | ({ type: 'submitted' } & Submitted)
  /** The same, of a list of certificates whose status changes. Code that does not know such lists issues nothing from one. */
  | ({ type: 'list-submitted'; act: StatusAct } & Submitted)
  /** What people said about the file since: columns, order of days, faults of a kind, single cells. */
  | { type: 'answered'; answers: NamedArtefact }
  /** The rows as they will be issued or changed. `leftOut` are those with a fault. `hash` is what a second officer approves. */
  | { type: 'closed'; hash: string; pieces: readonly Piece[]; leftOut: number }
  /** The rows of the next part of a long file, as they will be issued. `closed` holds those of the last part alone. */
  | { type: 'part-closed'; columns: Columns; pieces: readonly Piece[]; leftOut: number }
  /** An officer looks at the file again before anything is issued. */
  | { type: 'reopened' }
  /** `alone`: no second officer was needed, and none approved. */
  | { type: 'approved'; hash: string; alone?: true }
  | { type: 'paused'; reason: PauseReason }
  | { type: 'resumed' }
  | { type: 'cancelled' }
  /** Every row has an outcome. `changed`: of a list, which issues none. */
  | { type: 'finished'; issued: number; changed?: number; rejected: number }

const shapes: EventShapes<BatchEvent> = {
  submitted: ['rows', 'format', 'file', 'tag'],
  'list-submitted': ['act', 'rows', 'format', 'file', 'tag'],
  answered: ['answers'],
  closed: ['hash', 'pieces', 'leftOut'],
  'part-closed': ['columns', 'pieces', 'leftOut'],
  reopened: [],
  approved: ['hash'],
  paused: ['reason'],
  resumed: [],
  cancelled: [],
  finished: ['issued', 'rejected'],
}

export interface Batch {
  owner: string
  id: string
  act: Act
  rows: number
  format: TableFormat
  file: NamedArtefact
  tag: string
  answers?: NamedArtefact
  submittedBy: string
  submittedAt: string
  state: 'open' | 'closed' | 'running' | 'paused' | 'cancelled' | 'finished'
  /** Parts of a long file that are closed so far. An answer opens them again. All parts have the columns of the first. */
  closing?: { parts: number; columns?: Columns; pieces: readonly Piece[]; leftOut: number }
  /** The rows as they will be issued. */
  closed?: { hash: string; pieces: readonly Piece[]; leftOut: number; by: string; at: string }
  approvedBy?: string
  approvedAt?: string
  isStartedAlone?: true
  paused?: PauseReason
  finished?: { issued: number; changed?: number; rejected: number; at: string }
  commits: readonly Commit<BatchEvent>[]
}

/** The fold of a batch. Undefined: there is no such batch. Throws `UnknownEvent`. */
function batchOf(owner: string, id: string, commits: readonly Commit<BatchEvent>[]): Batch | undefined {
  requireKnown(commits, shapes)
  const [first] = commits
  const [opening] = first?.events ?? []
  if (first === undefined || (opening?.type !== 'submitted' && opening?.type !== 'list-submitted')) return undefined
  const { rows, format, file, tag } = opening
  const batch: Batch = {
    ...{ owner, id, rows, format, file, tag, commits },
    act: opening.type === 'submitted' ? 'issue' : opening.act,
    submittedBy: first.actor,
    submittedAt: first.recordedAt,
    state: 'open',
  }
  for (const { events, actor, recordedAt } of commits)
    for (const event of events) change(batch, event, actor, recordedAt)
  return batch
}

function change(batch: Batch, event: BatchEvent, actor: string, at: string): void {
  switch (event.type) {
    case 'submitted':
    case 'list-submitted':
      return
    case 'answered':
      batch.answers = event.answers
      delete batch.closing
      return
    case 'part-closed': {
      const { parts, pieces, leftOut } = closingOf(batch)
      batch.closing = {
        parts: parts + 1,
        columns: event.columns,
        pieces: [...pieces, ...event.pieces],
        leftOut: leftOut + event.leftOut,
      }
      return
    }
    case 'closed': {
      const { pieces, leftOut } = closingOf(batch)
      batch.closed = {
        hash: event.hash,
        pieces: [...pieces, ...event.pieces],
        leftOut: leftOut + event.leftOut,
        ...{ by: actor, at },
      }
      batch.state = 'closed'
      return
    }
    case 'reopened':
      delete batch.closed
      delete batch.closing
      batch.state = 'open'
      return
    case 'approved':
      batch.approvedBy = actor
      batch.approvedAt = at
      if (event.alone) batch.isStartedAlone = true
      batch.state = 'running'
      return
    case 'paused':
      batch.paused = event.reason
      batch.state = 'paused'
      return
    case 'resumed':
      delete batch.paused
      batch.state = 'running'
      return
    case 'cancelled':
      batch.state = 'cancelled'
      return
    case 'finished': {
      const { type: _, ...counts } = event
      batch.finished = { ...counts, at }
      // A batch that was cancelled stays so.
      if (batch.state !== 'cancelled') batch.state = 'finished'
      return
    }
    default:
      event satisfies never
  }
}

/** What is closed of a batch so far. */
export const closingOf = ({ closing }: Batch): NonNullable<Batch['closing']> =>
  closing ?? { parts: 0, pieces: [], leftOut: 0 }

/** The answer for a batch of another body is the same as for one that does not exist (I36). */
const noSuchBatch = () => new RegistryError('not-found', 'no such batch')

export const findBatch = async (owner: string, id: string, reader: CommitReader): Promise<Batch | undefined> =>
  batchOf(owner, id, await reader.read<BatchEvent>(streams.batch(owner, id)))

export async function requireBatch(owner: string, id: string, reader: CommitReader): Promise<Batch> {
  const batch = await findBatch(owner, id, reader)
  if (batch === undefined) throw noSuchBatch()
  return batch
}

/** The same batch after what was written since. Reads nothing else. */
export async function batchNow(batch: Batch, reader: CommitReader): Promise<Batch> {
  const { owner, id, commits } = batch
  const fresh = await reader.read<BatchEvent>(streams.batch(owner, id), { from: commits.length })
  return fresh.length === 0 ? batch : (batchOf(owner, id, [...commits, ...fresh]) ?? batch)
}

/** Records one event after the state that was read. Throws `write-conflict` if somebody else was first. */
export async function changeBatch(
  { owner, id, commits }: Pick<Batch, 'owner' | 'id' | 'commits'>,
  event: BatchEvent,
  { actor, index }: { actor: string; index?: IndexKey },
  { store, now }: { store: CommitStore; now: Date },
): Promise<Batch> {
  const commit = nextCommit(streams.batch(owner, id), commits, { events: [event], actor, now, ...(index && { index }) })
  await store.append(commit)
  const changed = batchOf(owner, id, [...commits, commit])
  if (changed === undefined) throw noSuchBatch()
  return changed
}
