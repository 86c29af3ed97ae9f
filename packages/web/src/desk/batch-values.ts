import type { FileKind } from '@sijil/registry/batch-files'
import type {
  Batch,
  ClosedRows,
  Counts,
  FaultKind,
  Field,
  Pace,
  RowOfResults,
  SampleRow,
  StatusChange,
} from '@sijil/registry/batches'
import type { DeskProblem } from './problem-words.ts'
import type { Named } from './values.ts'

/** A batch in the list of its body. It names no person and no number. */
export type ListedBatch = Pick<Batch, 'id' | 'act' | 'state' | 'submittedAt' | 'submittedBy'> & { counts: Counts }

export interface BatchesValues {
  body: Named
  /** Newest first. */
  batches: readonly ListedBatch[]
  mayIssue: boolean
  /** They may also send a list of certificates to suspend, reinstate or revoke. */
  mayChange: boolean
  /** Names the next upload, so that a second press of its button is the same batch. */
  key: string
  /** The form of a large file, which goes to the store of files itself. */
  large?: { url: string; fields: Readonly<Record<string, string>> }
  /** The id of a batch whose large file arrived, and was not read. */
  arrived?: string
  next?: string
  problem?: DeskProblem
}

export interface ShownFault {
  line: number
  kind: FaultKind
  field?: Field
  /** What the cell holds, and what it would become. Of a field about a person only if they were opened. */
  text?: string
  offer?: string
  certificate?: string
}

/** What a list does, without a number or a person. */
export interface ShownList {
  groups: readonly (Omit<StatusChange, 'certificate'> & { rows: number })[]
  /** The first of them. */
  rows: readonly { line: number; certificate: string }[]
  /** There are more. */
  isCut: boolean
  /** Parts of the file. Each has a CSV file of its own. */
  parts: number
}

/** A file whose rows are not fixed yet. */
export interface OpenBatch {
  /** Columns of the file. The name is absent if the first row may be no names of columns. */
  columns: readonly { column: number; name?: string; field?: Field }[]
  fields: readonly Field[]
  same: Partial<Record<Field, string>>
  qualifications: readonly { id: string; title: string }[]
  /** Of a list: the reasons that a row may give, and what its rows without a fault do. */
  reasons?: readonly string[]
  list?: ShownList
  order?: 'day-month' | 'month-day'
  asksOrder: boolean
  isInTwoOrders: boolean
  misfits: readonly Field[]
  /** The most frequent first. */
  kinds: readonly { kind: FaultKind; rows: number; hasOffer: boolean }[]
  /** The part of a long file that is shown, from 1 on, how many there are, and how many of them are closed. */
  part: number
  parts: number
  partsClosed: number
  ready: number
  faulty: number
  faults: readonly ShownFault[]
  /** The page of faults, from 1 on, and how many there are. */
  place: number
  places: number
  /** Names and days of birth with a fault are shown. */
  areNamesOpen: boolean
}

/** What members asked to have made of an issued batch. */
export interface BatchFiles {
  request: number
  kind: FileKind
  certificates: number
  askedBy: string
  askedAt: string
  approvedBy?: string
  /** This member asked, so another one approves. */
  isOwn: boolean
  /** The files were removed, or nobody approved in time. */
  isGone: boolean
  /** How many files it is. */
  count: number
  /** `file` counts from 1 on. */
  made: readonly { file: number; megabytes: string; leftOut: number }[]
}

export interface BatchValues extends ListedBatch {
  body: Named
  /** This member may do what the batch does, so they may answer about it and close it. */
  maySend: boolean
  mayApprove: boolean
  /** This member sent the file or answered about it. */
  isOwn: boolean
  /** Of an open batch, for a member who may send it. `gone`: the sealed file was removed. */
  open?: OpenBatch | 'gone'
  closed?: {
    hash: string
    leftOut: number
    second: boolean
    by: string
    rows: number
    groups?: readonly ClosedRows[]
    /** Some rows by chance. */
    sample?: readonly SampleRow[]
    list?: ShownList
  }
  approvedBy?: string
  paused?: Batch['paused']
  pace?: Pace
  /** Of the first part. */
  rejected: readonly RowOfResults[]
  /** In how many parts the outcomes of all rows can be loaded. */
  resultParts: number
  /** Of a finished batch that issued a certificate. */
  files?: readonly BatchFiles[]
  /** Where a file can be loaded for some minutes. A secret, so it is only in the answer to a form. */
  address?: string
  problem?: DeskProblem
  isDone?: boolean
}
