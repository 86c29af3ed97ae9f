import { readRecord } from '../certificates/read-record.ts'
import { MACHINES_DIFFER_MS, REQUEST_MS } from '../clocks.ts'
import { type CommitReader, streams } from '../stream.ts'
import type { AskedFiles, FilesOfBatch } from './asked-files.ts'
import { placesOf } from './file-kinds.ts'
import { openingName, openingOf } from './record-openings.ts'

/**
 * True if a paper of this file may show a person whose certificate was erased since. A paper is made after its opening was recorded, so an
 * erasure before that moment left it out. Strongly consistent. An erasure that states an earlier moment may still have been recorded later:
 * its request began earlier, and the clock of its machine may be behind.
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
    const since = Date.parse(opening.at) - REQUEST_MS - MACHINES_DIFFER_MS
    // A part has at most a hundred.
    const records = await Promise.all(opening.certificates.map((uuid) => readRecord(owner, uuid, reader)))
    if (records.some((record) => record?.erased !== undefined && Date.parse(record.erased.at) >= since)) return true
  }
  return false
}
