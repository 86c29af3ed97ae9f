import { readTable, type Table, TableFault, type TableFaultCode } from '@sijil/tables'
import { artefacts, digestOf } from '../artefacts.ts'
import { batchUuid, type IssuerSecret, issuerSecret, requestTag } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import type { ArtefactReader, FileAddresses } from '../ports.ts'
import type { CommitReader } from '../stream.ts'
import { type Act, acts, isStatusAct, roleOf } from './acts.ts'
import { type Batch, type BatchEvent, changeBatch, findBatch } from './batch.ts'
import {
  type BatchDeps,
  type BatchRequest,
  MOST_BYTES,
  MOST_ROWS,
  MOST_UPLOADED_BYTES,
  MOST_UPLOADED_ROWS,
  PART_ROWS,
} from './batch-deps.ts'
import { headersIn } from './columns.ts'
import { requireRole } from './requests.ts'
import { putPart } from './uploads.ts'

/** Unpacked. A workbook of 500 rows has some hundred kilobytes, and one of 100,000 rows some hundred megabytes. */
const MOST_UNPACKED = 256 * 1024 * 1024
/** Thirty columns of the longest file. */
const MOST_CELLS = 3_000_000
const LINES_ABOVE = 21

export interface Submission {
  issuer: string
  subject: string
  act: Act
  idempotencyKey: string
  bytes: Uint8Array
}

/**
 * Keeps a file of rows, sealed, and records it. Nothing is issued. The same request again finds the same batch (F27). Throws
 * `validation-failed` for a file that cannot be read, and `idempotency-key-reuse` for another file under the same key.
 */
export async function submitBatch(submission: Submission, deps: BatchDeps): Promise<Batch> {
  const { issuer, subject, act, bytes } = submission
  await requireRole(issuer, subject, [roleOf(act)], deps.store)
  if (bytes.length > MOST_BYTES) throw fileFault(`The file has more than 4 MB. ${LARGER}`)
  const facts = factsOf(bytes, act)
  if (act === 'issue' && facts.rows > MOST_ROWS) throw fileFault(`The file has more than ${MOST_ROWS} rows. ${LARGER}`)
  // A row of a list is short, and so is its judgement.
  if (facts.rows > PART_ROWS) throw fileFault(`The list has more than ${written(PART_ROWS)} rows. ${LARGER}`)
  return untilWon(() => submitOnce(submission, facts, deps), deps.patience)
}

const LARGER = 'Ask for an upload of a large file, or split it.'

function factsOf(bytes: Uint8Array, act: Act): Facts {
  const table = tableOf(bytes)
  const rows = headersIn(table, act).below.length
  if (rows === 0) throw fileFault('The file has no rows below its column names.')
  if (rows > MOST_UPLOADED_ROWS)
    throw fileFault(`The file has more than ${written(MOST_UPLOADED_ROWS)} rows. Split it.`)
  return { act, rows, format: table.format }
}

interface Facts {
  act: Act
  rows: number
  format: Table['format']
}

/** A form is open for so long. What arrived is removed within a day. */
const UPLOAD_SECONDS = 900

/**
 * Where a large file goes: a form that stores one object in the bucket of uploads, for fifteen minutes. The same key is the same batch.
 * Nothing is recorded before the file is read. What the batch does is said then, so any member who may send one gets a target.
 */
export async function uploadTarget(
  {
    issuer,
    subject,
    idempotencyKey,
    returnTo,
  }: Omit<Submission, 'act' | 'bytes'> & { returnTo?: (id: string) => string },
  { addresses, ...deps }: BatchDeps & { addresses: FileAddresses },
): Promise<{ id: string; url: string; fields: Record<string, string>; until: Date }> {
  await requireRole(issuer, subject, acts.map(roleOf), deps.store)
  const secret = await issuerSecret(issuer, { reader: deps.store, secrets: deps.secrets })
  const id = batchUuid(secret, idempotencyKey)
  const back = returnTo && { returnTo: returnTo(id) }
  const how = { mostBytes: MOST_UPLOADED_BYTES, now: deps.now, seconds: UPLOAD_SECONDS, ...back }
  const until = new Date(deps.now.getTime() + UPLOAD_SECONDS * 1_000)
  const name = incomingName(secret, { issuer, subject, id })
  return { id, ...(await addresses.receive(name, how)), until }
}

/** The member who asked for the target is the one who may have it read. Another one could approve what they sent themselves (I59). */
const incomingName = (secret: IssuerSecret, { issuer, subject, id }: BatchRequest) =>
  artefacts.incoming(issuer, id, requestTag(secret, `sender ${id} ${subject}`))

/**
 * Reads a large file that arrived, seals and records it. Its digest counts from here on: what is sent to the same target later changes
 * nothing. Throws `conflict` if nothing arrived from this member, or if the file was read for another act.
 */
export async function receiveBatch(
  { issuer, subject, id, act }: BatchRequest & { act: Act },
  { incoming, ...deps }: BatchDeps & { incoming: ArtefactReader },
): Promise<Batch> {
  await requireRole(issuer, subject, [roleOf(act)], deps.store)
  const known = await findBatch(issuer, id, deps.store)
  if (known !== undefined) return ofSameAct(known, act)
  const secret = await issuerSecret(issuer, { reader: deps.store, secrets: deps.secrets })
  const bytes = UUID.test(id) ? await incoming.read(incomingName(secret, { issuer, subject, id })) : undefined
  if (bytes === undefined)
    throw new RegistryError(
      'conflict',
      'No file of yours arrived for this batch. Ask for a target, send the file to it, and then start the batch.',
    )
  const facts = factsOf(bytes, act)
  return untilWon(async () => {
    const again = await findBatch(issuer, id, deps.store)
    return again ? ofSameAct(again, act) : submitAs(id, { issuer, subject, bytes }, facts, deps)
  }, deps.patience)
}

function ofSameAct(batch: Batch, act: Act): Batch {
  if (batch.act !== act)
    throw new RegistryError(
      'conflict',
      'This file was read for another act. Cancel that batch, and send the file again.',
    )
  return batch
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function submitOnce(
  { issuer: owner, subject, idempotencyKey, bytes }: Submission,
  facts: Facts,
  deps: BatchDeps,
): Promise<Batch> {
  const secret = await issuerSecret(owner, { reader: deps.store, secrets: deps.secrets })
  const id = batchUuid(secret, idempotencyKey)
  const tag = fileTag(secret, facts.act, bytes)
  const known = await findBatch(owner, id, deps.store)
  if (known !== undefined && known.tag !== tag)
    throw new RegistryError(
      'idempotency-key-reuse',
      'This Idempotency-Key was sent with another file before. Use a new key for a new batch.',
    )
  if (known !== undefined) return known
  return submitAs(id, { issuer: owner, subject, bytes }, facts, deps)
}

/** The same file for another act is another request. */
const fileTag = (secret: IssuerSecret, act: Act, bytes: Uint8Array): string =>
  requestTag(secret, `${act === 'issue' ? 'file' : act} ${digestOf(bytes)}`)

async function submitAs(
  id: string,
  { issuer: owner, subject, bytes }: Omit<Submission, 'act' | 'idempotencyKey'>,
  facts: Facts,
  deps: BatchDeps,
): Promise<Batch> {
  const secret = await issuerSecret(owner, { reader: deps.store, secrets: deps.secrets })
  const tag = fileTag(secret, facts.act, bytes)
  const file = await putPart({ owner, batch: id, secret }, 'file', bytes, deps)
  const { act, ...stated } = { ...facts, bytes: bytes.length, file, tag }
  const event: BatchEvent = isStatusAct(act)
    ? { type: 'list-submitted', act, ...stated }
    : { type: 'submitted', ...stated }
  return changeBatch({ owner, id, commits: [] }, event, { actor: subject, index: `BATCHES#${owner}` }, deps)
}

const written = (count: number) => count.toLocaleString('en')
/** How much a file may have, for the sender of one that has more. */
const mostOf: Partial<Record<TableFaultCode, string>> = {
  'too-many-rows': ` It may have ${written(MOST_UPLOADED_ROWS)}.`,
  'too-many-cells': ` It may have ${written(MOST_CELLS)}.`,
  'too-large': ` It may have ${MOST_UNPACKED / (1024 * 1024)} MB.`,
}

/** Reads the file. Its faults repeat no cell. */
export function tableOf(bytes: Uint8Array): Table {
  if (bytes.length > MOST_UPLOADED_BYTES) throw fileFault('The file has more than 32 MB. Split it.')
  try {
    return readTable(bytes, { rows: MOST_UPLOADED_ROWS + LINES_ABOVE, bytes: MOST_UNPACKED, cells: MOST_CELLS })
  } catch (fault) {
    if (!(fault instanceof TableFault)) throw fault
    const place = fault.line === undefined ? '' : `Line ${fault.line}: `
    throw fileFault(`${place}${fault.message}${mostOf[fault.code] ?? ''}`, fault)
  }
}

const fileFault = (detail: string, cause?: TableFault) =>
  new RegistryError('validation-failed', 'This file cannot be read.', { cause, faults: [{ pointer: '', detail }] })

/** The batches of a body, newest first. Each is read from its own stream, so its state is current. */
export async function listBatches(
  { issuer, subject, limit, after }: { issuer: string; subject: string; limit: number; after?: string },
  { store }: { store: CommitReader },
): Promise<{ batches: Batch[]; next?: string }> {
  await requireRole(issuer, subject, ['issue', 'status', 'approve', 'read'], store)
  const page = await store.list(`BATCHES#${issuer}`, { limit, newestFirst: true, ...(after && { after }) })
  const found = await Promise.all(
    page.commits.map(({ stream }) => findBatch(issuer, stream.slice(stream.lastIndexOf('/') + 1), store)),
  )
  return { batches: found.filter((batch) => batch !== undefined), ...(page.next && { next: page.next }) }
}
