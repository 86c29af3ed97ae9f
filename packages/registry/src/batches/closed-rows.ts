import { issuerSecret } from '../certificates/secrecy.ts'
import { inParts } from '../in-parts.ts'
import type { Piece } from './batch.ts'
import type { BatchDeps, BatchRequest } from './batch-deps.ts'
import { requireOwnBatch } from './requests.ts'
import type { StatusRow } from './status-change.ts'
import { type BatchRow, readPart, valueOfPart } from './uploads.ts'

/** Rows of one qualification that would be issued, without a person and a number. */
export interface ClosedRows {
  qualification: string
  /** Absent: the edition of the day of each award. */
  edition?: string
  rows: number
  /** The first and the last day of award or assessment. */
  from: string
  to: string
}

/** A row without its person, to be compared with the list from which the file was made. */
export interface SampleRow {
  /** The line in the file. */
  line: number
  number: string
  /** How many units a part has. Absent: the whole qualification. */
  units?: number
  /** Id of the assessment centre. */
  centre?: string
}

const SAMPLE = 3

/**
 * What the sealed rows of a closed batch will be, for the officer who approves them, and some of them by chance, so that nobody who made
 * the file knows which ones are looked at. It is read from exactly the rows whose hash they approve. Undefined if the sealed rows are gone.
 */
export async function closedRowsOf(
  request: BatchRequest,
  deps: BatchDeps,
): Promise<{ groups: ClosedRows[]; sample: SampleRow[] } | undefined> {
  const rows = await sealedRows<BatchRow>(request, deps)
  if (rows === undefined) return undefined
  const groups = new Map<string, ClosedRows>()
  for (const { input, edition = input.edition } of rows) {
    const { qualification, awardedOn, assessedOn } = input
    const day = awardedOn ?? assessedOn ?? ''
    const key = JSON.stringify([qualification, edition])
    const group = groups.get(key) ?? { qualification, ...(edition && { edition }), rows: 0, from: day, to: day }
    group.rows += 1
    if (day < group.from) group.from = day
    if (day > group.to) group.to = day
    groups.set(key, group)
  }
  return { groups: [...groups.values()], sample: sampleOf(rows, deps) }
}

function sampleOf(rows: readonly BatchRow[], { random }: Pick<BatchDeps, 'random'>): SampleRow[] {
  const left = [...rows]
  const picked: BatchRow[] = []
  while (picked.length < SAMPLE && left.length > 0) {
    const at = new DataView(Uint8Array.from(random(4)).buffer).getUint32(0) % left.length
    picked.push(...left.splice(at, 1))
  }
  return picked
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, input: { certificateNumber: number, units, centre } }) => ({
      ...{ line, number },
      ...(units && { units: units.length }),
      ...(centre && { centre: centre.id }),
    }))
}

/**
 * The rows of a closed list, each with the certificate that it changes: all of them, or those of a part of the file, by its lines. Undefined
 * if the sealed rows are gone.
 */
export const closedListOf = (
  request: BatchRequest & { of?: readonly { line: number }[] },
  deps: BatchDeps,
): Promise<StatusRow[] | undefined> => sealedRows<StatusRow>(request, deps)

const AT_ONCE = 20

async function sealedRows<Row>(
  { of: lines, ...request }: BatchRequest & { of?: readonly { line: number }[] },
  deps: BatchDeps,
): Promise<Row[] | undefined> {
  const { batch } = await requireOwnBatch(request, ['sender', 'approve'], deps.store)
  const secret = await issuerSecret(batch.owner, { reader: deps.store, secrets: deps.secrets })
  const of = { owner: batch.owner, batch: batch.id, secret }
  // No piece has rows of two parts.
  const isAsked = ({ lines: own }: Piece) =>
    lines === undefined || lines.some(({ line }) => line === Number.parseInt(own, 10))
  const places = [...(batch.closed?.pieces ?? []).entries()].filter(([, piece]) => isAsked(piece))
  const rows = await inParts(places, AT_ONCE, async ([at, { sealed }]) => {
    const bytes = await readPart(of, `rows ${at}`, sealed, deps)
    return bytes && valueOfPart<Row[]>(bytes)
  })
  return rows.some((some) => some === undefined) ? undefined : rows.flatMap((some) => some ?? [])
}
