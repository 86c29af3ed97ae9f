import { readTable, type Table, TableFault } from '@sijil/tables'
import { digestOf } from '../artefacts.ts'
import { batchUuid, issuerSecret, requestTag } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import type { CommitReader } from '../stream.ts'
import { type Batch, type BatchEvent, changeBatch, findBatch } from './batch.ts'
import { type BatchDeps, MOST_BYTES, MOST_ROWS } from './batch-deps.ts'
import { headersIn } from './columns.ts'
import { requireRole } from './requests.ts'
import { putPart } from './uploads.ts'

/** Unpacked. A workbook of 500 rows has some hundred kilobytes. */
const MOST_UNPACKED = 64 * 1024 * 1024
const LINES_ABOVE = 21

export interface Submission {
  issuer: string
  subject: string
  idempotencyKey: string
  bytes: Uint8Array
}

/**
 * Keeps a file of rows, sealed, and records it. Nothing is issued. The same request again finds the same batch (F27). Throws
 * `validation-failed` for a file that cannot be read, and `idempotency-key-reuse` for another file under the same key.
 */
export async function submitBatch(submission: Submission, deps: BatchDeps): Promise<Batch> {
  const { issuer, subject, bytes } = submission
  await requireRole(issuer, subject, ['issue'], deps.store)
  const table = tableOf(bytes)
  const rows = headersIn(table).below.length
  if (rows === 0) throw fileFault('The file has no rows below its column names.')
  if (rows > MOST_ROWS) throw fileFault(`The file has more than ${MOST_ROWS} rows. Split it.`)
  return untilWon(() => submitOnce(submission, { rows, format: table.format }, deps), deps.patience)
}

async function submitOnce(
  { issuer: owner, subject, idempotencyKey, bytes }: Submission,
  facts: { rows: number; format: Table['format'] },
  deps: BatchDeps,
): Promise<Batch> {
  const secret = await issuerSecret(owner, { reader: deps.store, secrets: deps.secrets })
  const id = batchUuid(secret, idempotencyKey)
  const tag = requestTag(secret, `file ${digestOf(bytes)}`)
  const known = await findBatch(owner, id, deps.store)
  if (known !== undefined && known.tag !== tag)
    throw new RegistryError(
      'idempotency-key-reuse',
      'This Idempotency-Key was sent with another file before. Use a new key for a new batch.',
    )
  if (known !== undefined) return known
  const file = await putPart({ owner, batch: id, secret }, 'file', bytes, deps)
  const event: BatchEvent = { type: 'submitted', ...facts, bytes: bytes.length, file, tag }
  return changeBatch({ owner, id, commits: [] }, event, { actor: subject, index: `BATCHES#${owner}` }, deps)
}

/** Reads the file. Its faults repeat no cell. */
export function tableOf(bytes: Uint8Array): Table {
  if (bytes.length > MOST_BYTES) throw fileFault('The file has more than 4 MB. Split it.')
  try {
    return readTable(bytes, { rows: MOST_ROWS + LINES_ABOVE, bytes: MOST_UNPACKED })
  } catch (fault) {
    if (!(fault instanceof TableFault)) throw fault
    throw fileFault(fault.line === undefined ? fault.message : `Line ${fault.line}: ${fault.message}`, fault)
  }
}

const fileFault = (detail: string, cause?: TableFault) =>
  new RegistryError('validation-failed', 'This file cannot be read.', { cause, faults: [{ pointer: '', detail }] })

/** The batches of a body, newest first. Each is read from its own stream, so its state is current. */
export async function listBatches(
  { issuer, subject, limit, after }: { issuer: string; subject: string; limit: number; after?: string },
  { store }: { store: CommitReader },
): Promise<{ batches: Batch[]; next?: string }> {
  await requireRole(issuer, subject, ['issue', 'approve', 'read'], store)
  const page = await store.list(`BATCHES#${issuer}`, { limit, newestFirst: true, ...(after && { after }) })
  const found = await Promise.all(
    page.commits.map(({ stream }) => findBatch(issuer, stream.slice(stream.lastIndexOf('/') + 1), store)),
  )
  return { batches: found.filter((batch) => batch !== undefined), ...(page.next && { next: page.next }) }
}
