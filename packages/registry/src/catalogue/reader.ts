import { findQualification, listQualifications } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import { cachedHistories, type HistoryReader } from '../histories.ts'
import { type Commit, type CommitReader, pagesOf, type StreamId, streams } from '../stream.ts'
import { type CatalogueEvent, requireKnownCatalogue } from './events.ts'
import { findOwner } from './owner.ts'
import type { QualificationHistory } from './qualification-at.ts'

/** Reads what is recorded about one qualification, directly or through a cache. */
export type CatalogueReader = HistoryReader<QualificationHistory>

const CACHED_QUALIFICATIONS = 20_000

export const catalogueOf =
  (reader: CommitReader): CatalogueReader =>
  async (id) => {
    // An id of another form is not looked up.
    const commits =
      findOwner(id) !== undefined || findQualification(id) !== undefined
        ? await reader.read<CatalogueEvent>(streams.qualification(id))
        : []
    return historyOf(id, commits)
  }

/** Without what is recorded here. For another registry, of whose statements nothing is copied. */
export const baselineHistory = (id: string): QualificationHistory => historyOf(id, [])

export const cachedCatalogue = (read: CatalogueReader, clock: () => number): CatalogueReader =>
  cachedHistories(read, clock, { isKnown: isStated, most: CACHED_QUALIFICATIONS })

const isStated = ({ baseline, commits }: QualificationHistory): boolean => baseline !== undefined || commits.length > 0

function historyOf(id: string, commits: readonly Commit<CatalogueEvent>[]): QualificationHistory {
  // Lists and the log are made from the index. A commit without an index would count, but they would not show it.
  if (commits.some(({ index }) => index !== 'CATALOGUE'))
    throw new RegistryError('internal', 'a statement is in no index')
  requireKnownCatalogue(commits)
  const baseline = findQualification(id)
  return { id, ...(baseline && { baseline }), commits }
}

/** The same from memory: at most ten seconds old, or a minute while the store is away. */
export function cachedCatalogueList(
  reader: CommitReader,
  clock: () => number,
): () => Promise<readonly QualificationHistory[]> {
  const cached = cachedHistories(() => listCatalogue(reader), clock, { isKnown: () => true, most: 1 })
  return () => cached('all')
}

const CHUNK = 200

/** The history of every qualification. Eventually consistent, as every list. */
export async function listCatalogue(reader: CommitReader): Promise<readonly QualificationHistory[]> {
  const streamsOf = new Map<StreamId, Commit<CatalogueEvent>[]>(
    listQualifications().map(({ id }) => [streams.qualification(id), []]),
  )
  for await (const commits of pagesOf<CatalogueEvent>(reader, 'CATALOGUE', { limit: CHUNK, newestFirst: false })) {
    for (const commit of commits) {
      const others = streamsOf.get(commit.stream)
      if (others === undefined) streamsOf.set(commit.stream, [commit])
      else others.push(commit)
    }
  }
  return [...streamsOf].map(([stream, commits]) =>
    historyOf(
      idOf(stream),
      commits.sort((one, other) => one.number - other.number),
    ),
  )
}

const PREFIX = streams.qualification('').length
/** An id has no character that the name of a stream would escape. */
const idOf = (stream: StreamId): string => stream.slice(PREFIX)
