import { canonicalJson } from '@sijil/credentials'
import { findFramework, findQualification } from '@sijil/qualifications'
import { leafHash, verifyInclusion } from '@sijil/tlog'
import { type CatalogueReader, catalogueOf, namedIn, unknownHistory } from '../catalogue/reader.ts'
import { logs, type PublicEntry, recordHash } from '../log/logs.ts'
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
 * Answers from statements that were brought with a bundle. A qualification of which nothing was brought is unknown, unless it is of the
 * baseline and its registry says that no owner stated anything about it. Throws `validation-failed` if the log does not hold a statement,
 * or if one between others is missing. The log cannot show that there is none after the last.
 */
export function copiedCatalogue(head: OpenedCatalogue | undefined, records: unknown = []): CatalogueReader {
  const streamsOf = refusing(() => provenStreams(head, records))
  const catalogue = catalogueOf({ read: async <E>(stream: StreamId) => (streamsOf.get(stream) ?? []) as Commit<E>[] })
  const stated = new Set(head?.stated)
  const isKnown = (stream: StreamId, id: string, baseline: object | undefined) =>
    streamsOf.has(stream) || (baseline !== undefined && !stated.has(id))
  return async (id) => {
    const history = await catalogue(id)
    const isWhole =
      isKnown(streams.qualification(id), id, findQualification(id)) &&
      namedIn(history.commits).every((named) => isKnown(streams.framework(named), named, findFramework(named)))
    return isWhole ? history : unknownHistory(id)
  }
}

/** The statements by stream, in order. */
function provenStreams(head: OpenedCatalogue | undefined, records: unknown): Map<StreamId, Commit<unknown>[]> {
  requireFlat(records, 0)
  const found = new Map<StreamId, Commit<unknown>[]>()
  for (const proven of records as readonly ProvenRecord[]) {
    if (head === undefined) throw refused('it carries no head of the catalogue, and statements came with it')
    if (!isInLog(proven, head)) throw refused('its log of the catalogue does not hold a statement that came with it')
    const { stream, ...commit } = proven.record
    const index = stream.startsWith(streams.framework('')) ? 'FRAMEWORKS' : 'CATALOGUE'
    const own = found.get(stream as StreamId) ?? []
    own.push({ ...commit, stream: stream as StreamId, actor: 'system:log', index })
    found.set(stream as StreamId, own)
  }
  for (const [stream, commits] of found) {
    const inOrder = commits.sort((one, other) => one.number - other.number)
    if (inOrder.some(({ number }, place) => number !== place)) throw refused(`a statement of ${stream} is missing`)
  }
  return found
}

function isInLog({ record, index, proof }: ProvenRecord, { root, size }: OpenedCatalogue): boolean {
  const leaf = leafHash(logs.catalogue.bytesOf(recordHash(canonicalJson(record))))
  const hashes = proof.map((hash) => new Uint8Array(Buffer.from(hash, 'base64')))
  return verifyInclusion({ index, size, root, leaf, proof: hashes })
}
