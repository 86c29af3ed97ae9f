import { type IssuerSecret, issuerSecret } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { hashOf } from '../four-eyes.ts'
import { untilWon } from '../lost-race.ts'
import { isStatusAct } from './acts.ts'
import type { BatchAnswers, FaultKind } from './answers.ts'
import { type Batch, type BatchEvent, changeBatch, closingOf, type Piece } from './batch.ts'
import { type BatchDeps, type BatchRequest, PART_ROWS } from './batch-deps.ts'
import { type Columns, columnsOf, type Field, fieldsOf, headersIn, misfits } from './columns.ts'
import { judgeListed } from './judge-listed.ts'
import { type JudgedRow, judgeRows } from './judge-rows.ts'
import { packLines } from './lines.ts'
import { PIECE_ROWS } from './piece-rows.ts'
import { type ReadRow, type RowsRead, readRows } from './read-rows.ts'
import { rememberColumns, rememberedColumns } from './remembered-columns.ts'
import { partsOf, requireOwnBatch, requirePart, requireState } from './requests.ts'
import type { StatusRow } from './status-change.ts'
import { tableOf } from './submit-batch.ts'
import { type BatchRow, bytesOf, putPart, readPart, valueOfPart } from './uploads.ts'

export interface Preview extends Omit<RowsRead, 'rows'> {
  batch: Batch
  /** Of a long file: the part that was judged, from 1 on, and how many there are. */
  part: number
  parts: number
  /** The rows of this part. */
  rows: readonly JudgedRow[]
  answers: BatchAnswers
  /** Fields whose column holds something else. Nothing goes on before they are named anew. */
  misfits: readonly Field[]
  /** How many rows have each kind of fault. The most frequent kind is first. */
  kinds: readonly { kind: FaultKind; rows: number }[]
}

/**
 * The fate of each row of a part, before anything is signed. Writes nothing. Throws `conflict` if the sealed file is gone (F29), and
 * `no-such-page` for a part that the file does not have.
 */
export async function previewBatch(
  { part = 1, ...request }: BatchRequest & { part?: number },
  deps: BatchDeps,
): Promise<Preview> {
  const { batch } = await requireOwnBatch(request, ['sender', 'approve'], deps.store)
  return previewOf(batch, part, await secretOf(batch, deps), deps)
}

const secretOf = ({ owner }: Batch, { store, secrets }: BatchDeps) => issuerSecret(owner, { reader: store, secrets })

async function previewOf(batch: Batch, part: number, secret: IssuerSecret, deps: BatchDeps): Promise<Preview> {
  const parts = partsOf(batch)
  requirePart(part, parts)
  const of = { owner: batch.owner, batch: batch.id, secret }
  const file = await readPart(of, 'file', batch.file, deps)
  if (file === undefined) throw uploadNeeded()
  const answers = await answersOf(batch, secret, deps)
  const remembered = await rememberedColumns(batch.owner, secret, deps.store)
  const { all, ...read } = readPartRows({ batch, part, file, answers, remembered })
  const rows = read.misfits.length > 0 ? read.rows : await judged(batch, { rows: read.rows, all }, secret, deps)
  return { ...read, batch, part, parts, rows, answers, kinds: kindsOf(rows) }
}

/**
 * Reads the whole file and returns the rows of one part. So the others need no memory while the register is asked about these. Only a list
 * keeps `all`, whose rows are short, because rows of two parts may name one certificate.
 */
function readPartRows({
  batch: { act, closing },
  part,
  file,
  answers,
  remembered,
}: {
  batch: Batch
  part: number
  file: Uint8Array
  answers: BatchAnswers
  remembered: Parameters<typeof columnsOf>[2]
}): RowsRead & { misfits: readonly Field[]; all: readonly ReadRow[] } {
  const table = tableOf(file)
  const { headers, below } = headersIn(table, act)
  const columns = answers.columns ?? closing?.columns ?? columnsOf(headers, act, remembered)
  const { rows, ...read } = readRows(table, columns, answers, act)
  const own = rows.slice((part - 1) * PART_ROWS, part * PART_ROWS)
  return { ...read, rows: own, misfits: misfits(columns, below), all: isStatusAct(act) ? rows : own }
}

const judged = (
  { owner, id, act }: Batch,
  { rows, all }: { rows: readonly ReadRow[]; all: readonly ReadRow[] },
  secret: IssuerSecret,
  deps: BatchDeps,
) =>
  isStatusAct(act)
    ? judgeListed(rows, { issuer: owner, act, secret, reader: deps.store, all })
    : judgeRows({ owner, id }, rows, secret, deps)

async function answersOf({ owner, id, answers }: Batch, secret: IssuerSecret, deps: BatchDeps): Promise<BatchAnswers> {
  if (answers === undefined) return {}
  const stated = await readPart({ owner, batch: id, secret }, 'answers', answers, deps)
  if (stated === undefined) throw uploadNeeded()
  return valueOfPart<BatchAnswers>(stated)
}

const uploadNeeded = () =>
  new RegistryError(
    'conflict',
    'The file of this batch is gone: it is kept for some days only. Upload it again as a new batch.',
  )

function kindsOf(rows: readonly JudgedRow[]): Preview['kinds'] {
  const counted = new Map<FaultKind, number>()
  for (const { faults } of rows)
    for (const kind of new Set(faults.map((fault) => fault.kind))) counted.set(kind, (counted.get(kind) ?? 0) + 1)
  return [...counted].map(([kind, count]) => ({ kind, rows: count })).toSorted((one, other) => other.rows - one.rows)
}

const MOST_CELLS_WRITTEN = 2_000
const MOST_TEXT = 1_000

/**
 * Records what a person said about the file, in place of all they said before. The file itself never changes. Names that columns got are
 * remembered for the body.
 */
export const answerBatch = (request: BatchRequest & { answers: BatchAnswers }, deps: BatchDeps): Promise<Batch> =>
  amendAnswers({ ...request, change: () => request.answers }, deps)

/** The same, for a person who changes one of the answers. `change` gets those that count now, also after a lost race. */
export async function amendAnswers(
  request: BatchRequest & { change: (before: BatchAnswers) => BatchAnswers },
  deps: BatchDeps,
): Promise<Batch> {
  return untilWon(async () => {
    const { batch } = await requireOwnBatch(request, ['sender'], deps.store)
    requireState(batch, 'open')
    const secret = await secretOf(batch, deps)
    const of = { owner: batch.owner, batch: batch.id, secret }
    const answers = request.change(await answersOf(batch, secret, deps))
    requireAnswers(answers, fieldsOf(batch.act))
    const sealed = await putPart(of, 'answers', bytesOf(answers), deps)
    const changed = await changeBatch(batch, { type: 'answered', answers: sealed }, { actor: request.subject }, deps)
    if (answers.columns !== undefined) await remember(changed, answers.columns, secret, request, deps)
    return changed
  }, deps.patience)
}

async function remember(
  batch: Batch,
  columns: Columns,
  secret: IssuerSecret,
  { issuer, subject }: BatchRequest,
  deps: BatchDeps,
): Promise<void> {
  const file = await readPart({ owner: batch.owner, batch: batch.id, secret }, 'file', batch.file, deps)
  if (file === undefined) throw uploadNeeded()
  const { headers } = headersIn(tableOf(file), batch.act)
  await rememberColumns({ issuer, subject, headers, columns }, secret, deps)
}

function requireAnswers({ columns = {}, same = {}, cells = [] }: BatchAnswers, fields: readonly Field[]): void {
  const named = [...Object.keys(columns), ...Object.keys(same), ...cells.map(({ field }) => field)]
  const texts = [...Object.values(same), ...cells.map(({ text }) => text)]
  const places = Object.values(columns)
  const isRight =
    named.every((name) => fields.some((field) => field === name)) &&
    places.every((column) => Number.isInteger(column) && column >= 0 && column < 256) &&
    new Set(places).size === places.length &&
    cells.length <= MOST_CELLS_WRITTEN &&
    texts.every((text) => text.length <= MOST_TEXT)
  if (!isRight)
    throw new RegistryError('validation-failed', 'These answers do not fit the file.', {
      faults: [{ pointer: '/answers', detail: 'name each field and each column once' }],
    })
}

/**
 * Fixes the rows that will be issued or changed, and leaves out those with a fault. Answers the hash that a second officer approves: it follows from
 * the sealed rows and nothing else can have it (I60). Of a long file it closes the next part, and is asked again until the batch is closed.
 */
export async function closeBatch(request: BatchRequest, deps: BatchDeps): Promise<Batch> {
  return untilWon(async () => {
    const { batch } = await requireOwnBatch(request, ['sender'], deps.store)
    if (batch.state === 'closed') return batch
    requireState(batch, 'open')
    const secret = await secretOf(batch, deps)
    const before = closingOf(batch)
    // Judged anew: what is remembered may be a minute old.
    const { fates: _, ...anew } = deps
    const preview = await previewOf(batch, before.parts + 1, secret, anew)
    if (preview.misfits.length > 0)
      throw new RegistryError('conflict', 'A column holds something else than its field. Name the columns of the file.')
    const ready = preview.rows.flatMap(sealable)
    const isLast = preview.part === preview.parts
    if (isLast && ready.length + before.pieces.length === 0)
      throw new RegistryError('conflict', 'No row of this batch can be carried out. Correct its rows.')
    const pieces: Piece[] = []
    for (let at = 0; at < ready.length; at += PIECE_ROWS) {
      const rows = ready.slice(at, at + PIECE_ROWS)
      const of = { owner: batch.owner, batch: batch.id, secret }
      const lines = packLines(rows.map(({ line }) => line))
      const name = `rows ${before.pieces.length + pieces.length}` as const
      pieces.push({ rows: rows.length, lines, sealed: await putPart(of, name, bytesOf(rows), deps) })
    }
    const leftOut = preview.rows.length - ready.length
    const event: BatchEvent = isLast
      ? { type: 'closed', hash: hashOfRows(batch, pieces, leftOut), pieces, leftOut }
      : { type: 'part-closed', columns: preview.columns, pieces, leftOut }
    return changeBatch(batch, event, { actor: request.subject }, deps)
  }, deps.patience)
}

/** The hash of all rows, those of earlier parts included. */
function hashOfRows(batch: Batch, pieces: readonly Piece[], leftOut: number): string {
  const { id, tag, act } = batch
  const before = closingOf(batch)
  return hashOf({
    ...{ batch: id, file: tag, leftOut: before.leftOut + leftOut, pieces: [...before.pieces, ...pieces] },
    ...(isStatusAct(act) && { act }),
  })
}

/** A row without faults, as it will be carried out. */
const sealable = ({ line, input, edition, change }: JudgedRow): (BatchRow | StatusRow)[] =>
  input !== undefined ? [{ line, input, ...(edition && { edition }) }] : change !== undefined ? [{ line, change }] : []
