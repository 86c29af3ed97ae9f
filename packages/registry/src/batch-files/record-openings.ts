import { type CommitReader, type CommitStore, nextCommit, type StreamId, streams } from '../stream.ts'
import type { FileKind, Place } from './file-kinds.ts'

/** As an opening of one certificate, but of many at once, and without the limit for one person: a second officer approved it. */
interface Opened {
  type: 'opened'
  issuer: string
  certificate: string
  purpose: FileKind
}

interface Openings {
  owner: string
  batch: string
  /** Names the part, so that the same part again is one opening. */
  part: string
  rows: readonly { uuid: string }[]
  /** The member who asked. */
  subject: string
  kind: FileKind
}

/** Records that each row is opened for a file, before any link is made. The index lists it for the body (I58). */
export async function recordOpenings(
  { owner, batch, part, rows, subject, kind }: Openings,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const stream = streams.batchOpened(owner, batch, part)
  const [known] = await store.read<Opened>(stream)
  if (known !== undefined) return
  const events = rows.map(({ uuid }): Opened => ({ type: 'opened', issuer: owner, certificate: uuid, purpose: kind }))
  await store.append(nextCommit(stream, [], { events, actor: subject, now, index: `OPENINGS#${owner}` }))
}

/** The name of the opening of one part. */
export const openingName = (request: number, { file, part }: Pick<Place, 'file' | 'part'>) =>
  `${request}-${file}-${part}`

/** The certificates that were opened for one part, and when that was recorded. None if it was not opened. */
export async function openingOf(
  stream: StreamId,
  reader: CommitReader,
): Promise<{ certificates: readonly string[]; at: string }> {
  const [opened] = await reader.read<Opened>(stream)
  return { certificates: opened?.events.map(({ certificate }) => certificate) ?? [], at: opened?.recordedAt ?? '' }
}
