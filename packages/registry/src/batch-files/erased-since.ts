import { readRecord } from '../certificates/read-record.ts'
import { type CommitReader, streams } from '../stream.ts'
import type { AskedFiles, FilesOfBatch } from './asked-files.ts'
import { placesOf } from './file-kinds.ts'
import { openingName, openingOf } from './record-openings.ts'

/** Records that are read at once. */
const AT_ONCE = 100

/**
 * True if a paper of this file may show a person whose certificate was erased since. A paper is made after its opening was recorded, so an
 * erasure before that moment left it out. Strongly consistent.
 */
export async function isErasedSince(
  { owner, batch }: FilesOfBatch,
  { request, kind, certificates }: AskedFiles,
  file: number,
  reader: CommitReader,
): Promise<boolean> {
  // The other kinds hold links, and those of erased certificates lead nowhere.
  if (kind !== 'papers') return false
  for (const place of placesOf(kind, certificates).filter((each) => each.file === file)) {
    const opening = await openingOf(streams.batchOpened(owner, batch, openingName(request, place)), reader)
    for (let at = 0; at < opening.certificates.length; at += AT_ONCE) {
      const some = opening.certificates.slice(at, at + AT_ONCE)
      const records = await Promise.all(some.map((uuid) => readRecord(owner, uuid, reader)))
      if (records.some((record) => record?.erased !== undefined && record.erased.at >= opening.at)) return true
    }
  }
  return false
}
