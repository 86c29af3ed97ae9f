import { RegistryError } from '@sijil/registry'
import { filesOf, isOver } from '@sijil/registry/batch-files'
import {
  type Batch,
  type BatchDeps,
  closedListOf,
  closedRowsOf,
  countRows,
  type Field,
  fieldsOf,
  isReady,
  isStatusAct,
  isTouchedBy,
  listBatches,
  mustHaveSecond,
  offerKinds,
  type Preview,
  paceOf,
  partsOf,
  previewBatch,
  reasonsOf,
  requireBatchOf,
  resultsOf,
  type StatusRow,
} from '@sijil/registry/batches'
import type { BatchesValues, BatchFiles, BatchValues, ListedBatch, OpenBatch, ShownFault } from '@sijil/web'
import { issuableView } from './issue-form.ts'
import { type CatalogueDeps, namedEntity, type Office } from './office.ts'

type Deps = BatchDeps & CatalogueDeps

/** Batches of a body, newest first, without persons. */
export async function batchesView(
  { authority: body, roles }: Office,
  { subject, ...place }: { subject: string; limit: number; after?: string },
  deps: Deps,
): Promise<{ values: Omit<BatchesValues, 'key'>; next?: string }> {
  const { batches, next } = await listBatches({ issuer: body.id, subject, ...place }, deps)
  const values = {
    body: namedEntity(body),
    batches: await Promise.all(batches.map((batch) => listed(batch, deps))),
    mayIssue: roles.includes('issue'),
    mayChange: roles.includes('status'),
  }
  return { values, ...(next && { next }) }
}

const listed = async (batch: Batch, deps: Deps): Promise<ListedBatch> => {
  const { id, act, state, submittedAt, submittedBy } = batch
  return { id, act, state, submittedAt, submittedBy, counts: await countRows(batch, deps) }
}

/** Rejected rows on the page. The CSV file has all of them. */
const MOST_REJECTED = 200
/** Faults on one page. */
const FAULTS = 20

interface Question {
  id: string
  subject: string
  /** Of a long file, from 1 on. */
  part: number
  /** The page of faults. */
  place: number
  areNamesOpen?: boolean
}

/** One batch in its state of now. `areNamesOpen`: a member asked by a form to see the cells about persons that have a fault. */
export async function batchView(
  office: Office,
  { id, subject, part, place, areNamesOpen = false }: Question,
  deps: Deps,
): Promise<BatchValues> {
  const { authority: body, roles } = office
  const request = { issuer: body.id, subject, id }
  const batch = await requireBatchOf(request, deps)
  const { closed, approvedBy, paused } = batch
  const isList = isStatusAct(batch.act)
  const maySend = roles.includes(isList ? 'status' : 'issue')
  const mayApprove = roles.includes('approve')
  const values = await listed(batch, deps)
  const pace = paceOf(batch, values.counts, deps.now)
  const open =
    batch.state === 'open' && maySend
      ? await previewBatch({ ...request, part }, deps).then(
          (preview) => opened(preview, { office, place, areNamesOpen }, deps),
          gone,
        )
      : undefined
  const isShown = batch.state === 'closed' && (maySend || mayApprove)
  const toIssue = isShown && !isList ? await closedRowsOf(request, deps) : undefined
  const list = isShown && isList ? await closedListOf(request, deps) : undefined
  const results = batch.approvedAt === undefined ? { rows: [], parts: 0 } : await resultsOf(request, deps)
  return {
    ...values,
    body: namedEntity(body),
    maySend,
    mayApprove,
    isOwn: isTouchedBy(batch, subject),
    ...(open && { open }),
    ...(closed && {
      closed: {
        ...{ hash: closed.hash, leftOut: closed.leftOut, by: closed.by },
        second: await mustHaveSecond(batch, deps),
        rows: closed.pieces.reduce((sum, piece) => sum + piece.rows, 0),
        ...toIssue,
        ...(list && { list: listView(list, partsOf(batch)) }),
      },
    }),
    ...(approvedBy && { approvedBy }),
    ...(paused && { paused }),
    ...(pace && { pace }),
    resultParts: results.parts,
    rejected: results.rows.filter(({ state }) => state === 'rejected').slice(0, MOST_REJECTED),
    ...((batch.finished?.issued ?? 0) > 0 && { files: await filesView(request, deps) }),
  }
}

/** Certificates of a list on its page. The CSV file has all of them. */
const MOST_LISTED = 200

/** How many certificates change from which state for which reason, and which they are. */
function listView(rows: readonly StatusRow[], parts: number): NonNullable<OpenBatch['list']> {
  const groups = Map.groupBy(rows, ({ change: { state, reason, isHeld } }) => JSON.stringify([state, reason, isHeld]))
  return {
    groups: [...groups.values()].flatMap((same) => {
      const [first] = same
      if (first === undefined) return []
      const { certificate: _, ...shared } = first.change
      return [{ ...shared, rows: same.length }]
    }),
    rows: rows.slice(0, MOST_LISTED).map(({ line, change: { certificate } }) => ({ line, certificate })),
    isCut: rows.length > MOST_LISTED,
    parts,
  }
}

/** Links, papers and codes that were asked for. No address of a file is among them. */
async function filesView(request: { issuer: string; subject: string; id: string }, deps: Deps): Promise<BatchFiles[]> {
  const { asked } = await filesOf(request, deps)
  return asked.map((one) => {
    const { request: place, kind, certificates, askedBy, askedAt, approvedBy, files, made } = one
    return {
      ...{ request: place, kind, certificates, askedBy, askedAt },
      ...(approvedBy && { approvedBy }),
      isOwn: askedBy === request.subject,
      isGone: isOver(one, deps.now),
      count: files,
      made: [...made]
        .toSorted(([one], [other]) => one - other)
        .map(([file, { bytes, leftOut }]) => ({
          ...{ file: file + 1, leftOut },
          megabytes: Math.max(0.1, bytes / 1_048_576).toFixed(1),
        })),
    }
  })
}

function gone(error: unknown): 'gone' {
  if (!(error instanceof RegistryError) || error.code !== 'conflict') throw error
  return 'gone'
}

/** Cells of these fields may say who somebody is. A page shows them only after a form asked for them. So it is with every cell of a list. */
const aboutPersons: ReadonlySet<Field> = new Set([
  'name',
  'nativeName',
  'birthDate',
  'registerNumber',
  'assessor',
  'signatoryName',
])
const withOffer: ReadonlySet<string> = new Set(offerKinds)

async function opened(
  preview: Preview,
  { office, place, areNamesOpen }: { office: Office; place: number; areNamesOpen: boolean },
  deps: Deps,
): Promise<OpenBatch> {
  const { batch, part, parts, headers, columns, answers, rows, kinds, misfits, asksOrder, isInTwoOrders } = preview
  const { act } = batch
  const isList = isStatusAct(act)
  const fieldOf = new Map((Object.entries(columns) as [Field, number][]).map(([field, column]) => [column, field]))
  // Without a known name in it, the first row may be one of persons, whatever field a clerk chose for a column.
  const hasNames = areNamesOpen || headers.some(({ field }) => field !== undefined)
  const faults = rows.flatMap(({ line, texts, faults: all }) =>
    all.map(({ kind, field, offer, certificate }): ShownFault => {
      const isShown = field !== undefined && (areNamesOpen || !(isList || aboutPersons.has(field)))
      const text = isShown ? texts[field] : undefined
      return {
        ...{ line, kind },
        ...(field && { field }),
        ...(text !== undefined && { text }),
        ...(isShown && offer !== undefined && { offer }),
        ...(certificate && { certificate }),
      }
    }),
  )
  const places = Math.max(1, Math.ceil(faults.length / FAULTS))
  const at = Math.min(Math.max(place, 1), places)
  const ready = rows.filter(isReady).length
  const listed = rows.flatMap(({ line, change }): StatusRow[] => (change === undefined ? [] : [{ line, change }]))
  return {
    columns: headers.map(({ column, text }) => {
      const field = fieldOf.get(column)
      return { column, ...(hasNames && { name: text }), ...(field && { field }) }
    }),
    fields: fieldsOf(act),
    ...(isList && { reasons: reasonsOf[act], list: listView(listed, parts) }),
    same: answers.same ?? {},
    qualifications: isList ? [] : (await issuableView(office, deps)).qualifications,
    ...(answers.order && { order: answers.order }),
    ...{ asksOrder, isInTwoOrders, misfits, ready, areNamesOpen, places, part, parts },
    partsClosed: batch.closing?.parts ?? 0,
    kinds: kinds.map(({ kind, rows: count }) => ({ kind, rows: count, hasOffer: withOffer.has(kind) })),
    faulty: rows.length - ready,
    faults: faults.slice((at - 1) * FAULTS, at * FAULTS),
    place: at,
  }
}
