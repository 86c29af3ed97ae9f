import { canonicalJson } from '@sijil/credentials'
import { leafHash, verifyInclusion } from '@sijil/tlog'
import {
  type CatalogueCommits,
  type FrameworkCommits,
  requireKnownCatalogue,
  requireKnownFramework,
} from '../catalogue/events.ts'
import type { FrameworkHistory } from '../catalogue/framework-at.ts'
import { type CatalogueReader, namedIn, unknownHistory } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import { logs, type PublicEntry, recordHash } from '../log/logs.ts'
import { type RecognitionCommits, requireKnownRecognition } from '../recognition/events.ts'
import type { RecognitionReader } from '../recognition/reader.ts'
import { type Commit, type StreamId, streams } from '../stream.ts'
import { type OpenedCatalogue, refused, refusing, requireFlat } from './open-bundle.ts'

/** A statement about a qualification or a framework, with its place in the log `catalogue`. */
export interface ProvenRecord {
  record: PublicEntry
  /** From 0. */
  index: number
  /** RFC 6962 §2.1.1, to the head that the bundle carries. Base64. */
  proof: string[]
}

/**
 * Answers from statements that were brought with a bundle, and for all else from the baseline in it, which has only records that no owner
 * has stated. Any other qualification is unknown. Throws `validation-failed` if the log does not hold a statement,
 * or if one between others is missing. The log cannot show that there is none after the last.
 */
export const copiedCatalogue = (...bundle: Parameters<typeof copiedRecords>): CatalogueReader =>
  copiedRecords(...bundle).catalogue

/** The same, and the class decisions among the statements. Of an edition without any, nothing is known to be decided. */
export function copiedRecords(
  { head, baseline }: { head: OpenedCatalogue | undefined; baseline: readonly PublicEntry[] },
  records: unknown = [],
): { catalogue: CatalogueReader; recognitions: RecognitionReader } {
  const streamsOf = refusing(() => provenStreams(head, records))
  const unstated = refusing(() => streamsIn(baseline))
  const commitsOf = (stream: StreamId) => streamsOf.get(stream) ?? unstated.get(stream)
  const recognitions: RecognitionReader = async ({ qualification, edition }) => {
    // Decisions come with the statements of their qualification. Without those nobody asked for them.
    if (!streamsOf.has(streams.qualification(qualification)))
      throw new RegistryError('dependency-unavailable', 'the bundle has no statements about this qualification')
    const stream = streams.recognition(qualification, edition)
    const commits = (streamsOf.get(stream) ?? []) as RecognitionCommits
    requireKnownRecognition(commits)
    return commits
  }
  const catalogue: CatalogueReader = async (id) => {
    const commits = commitsOf(streams.qualification(id)) as CatalogueCommits | undefined
    if (commits === undefined) return unknownHistory(id)
    requireKnownCatalogue(commits)
    const frameworks: FrameworkHistory[] = []
    for (const named of namedIn(commits)) {
      const own = commitsOf(streams.framework(named)) as FrameworkCommits | undefined
      if (own === undefined) return unknownHistory(id)
      requireKnownFramework(own)
      frameworks.push({ id: named, commits: own })
    }
    return { id, commits, frameworks }
  }
  return { catalogue, recognitions }
}

/** The statements by stream, in order. */
function provenStreams(head: OpenedCatalogue | undefined, records: unknown): Map<StreamId, Commit<unknown>[]> {
  requireFlat(records, 0)
  for (const proven of records as readonly ProvenRecord[]) {
    if (head === undefined) throw refused('it carries no head of the catalogue, and statements came with it')
    if (!isInLog(proven, head)) throw refused('its log of the catalogue does not hold a statement that came with it')
  }
  const found = streamsIn((records as readonly ProvenRecord[]).map(({ record }) => record))
  for (const [stream, inOrder] of found) {
    if (inOrder.some(({ number }, place) => number !== place)) throw refused(`a statement of ${stream} is missing`)
  }
  return found
}

/** The entries as commits, by stream and in order. */
function streamsIn(entries: readonly PublicEntry[]): Map<StreamId, Commit<object>[]> {
  const found = new Map<StreamId, Commit<object>[]>()
  for (const { stream, ...entry } of entries) {
    const own = found.get(stream as StreamId) ?? []
    own.push({ ...entry, stream: stream as StreamId, actor: 'system:log' })
    found.set(stream as StreamId, own)
  }
  for (const commits of found.values()) commits.sort((one, other) => one.number - other.number)
  return found
}

function isInLog({ record, index, proof }: ProvenRecord, { root, size }: OpenedCatalogue): boolean {
  const leaf = leafHash(logs.catalogue.bytesOf(recordHash(canonicalJson(record))))
  const hashes = proof.map((hash) => new Uint8Array(Buffer.from(hash, 'base64')))
  return verifyInclusion({ index, size, root, leaf, proof: hashes })
}
