import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { type Commit, type CommitReader, type StreamId, streams } from '../stream.ts'
import type { CatalogueEvent, FrameworkEvent } from './events.ts'

/** An event of a packed record. Only the last one of its stream counts. */
export interface PackedEvent {
  type: 'packed'
  bytes: Uint8Array
}

/** Everything stated about a qualification and the frameworks that it names, up to a commit of each. */
export interface Packed {
  commits: readonly Commit<CatalogueEvent>[]
  frameworks: readonly { id: string; commits: readonly Commit<FrameworkEvent>[] }[]
}

/** A commit without what follows from its place: stream, number and index. Times are milliseconds since the commit before. */
interface Row {
  events: readonly unknown[]
  actor: string
  after: number
  effectiveAt?: string
  by?: string
}

/** Statements repeat nearly all of the ones before, so they shrink to a hundredth. A window of 16 MB reaches all of them. */
const WINDOW = 24
/** Far more than any record has. A damaged item must not fill the memory. */
const MOST_BYTES = 64 * 1024 * 1024

/** Leaves out the proposal of each commit, because no reader of the catalogue asks for it. */
export function packRecord({ commits, frameworks }: Packed): Uint8Array {
  const of = frameworks.map(({ id, commits: own }) => [id, rowsOf(own)])
  const text = Buffer.from(JSON.stringify([rowsOf(commits), of]))
  const params = { [constants.BROTLI_PARAM_LGWIN]: WINDOW, [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
  return new Uint8Array(brotliCompressSync(text, { params }))
}

export function unpackRecord(id: string, bytes: Uint8Array): Packed {
  const text = brotliDecompressSync(bytes, { maxOutputLength: MOST_BYTES }).toString()
  const [rows, frameworks] = JSON.parse(text) as [Row[], [string, Row[]][]]
  return {
    commits: commitsOf(streams.qualification(id), 'CATALOGUE', rows),
    frameworks: frameworks.map(([named, own]) => ({
      id: named,
      commits: commitsOf(streams.framework(named), 'FRAMEWORKS', own),
    })),
  }
}

/** The packed record of a qualification, which may be older than its stream. `undefined` if there is none. */
export async function readPacked(
  id: string,
  reader: Pick<CommitReader, 'latest'>,
): Promise<Packed | 'unreadable' | undefined> {
  const [event] = (await reader.latest<PackedEvent>(streams.packedRecord(id), { mayLag: true }))?.events ?? []
  if (event === undefined) return undefined
  try {
    return unpackRecord(id, event.bytes)
  } catch {
    // It was damaged, or a later version wrote it. It only saves reads.
    return 'unreadable'
  }
}

function rowsOf(commits: readonly Commit<unknown>[]): Row[] {
  let last = 0
  return commits.map(({ events, actor, effectiveAt, recordedAt, by }) => {
    const at = Date.parse(recordedAt)
    const after = at - last
    last = at
    return { events, actor, after, ...(effectiveAt !== recordedAt && { effectiveAt }), ...(by !== undefined && { by }) }
  })
}

function commitsOf<E>(stream: StreamId, index: 'CATALOGUE' | 'FRAMEWORKS', rows: readonly Row[]): Commit<E>[] {
  let last = 0
  return rows.map(({ events, actor, after, effectiveAt, by }, number) => {
    last += after
    const recordedAt = new Date(last).toISOString()
    const rest = { actor, effectiveAt: effectiveAt ?? recordedAt, recordedAt, index, ...(by !== undefined && { by }) }
    return { stream, number, events: events as readonly E[], ...rest }
  })
}
