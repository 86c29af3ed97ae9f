import { isReservedId, nationalFrameworkOf, nationalFrameworks, type Qualification } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import { cachedWhole, type HistoryReader } from '../histories.ts'
import { FOLLOWING, readSlice } from '../slice.ts'
import { type Commit, type CommitReader, type StreamId, streams } from '../stream.ts'
import { baselineAt, baselineOnly } from './baseline-at.ts'
import {
  type BaselineEvent,
  type CatalogueCommits,
  type CatalogueEvent,
  type FrameworkEvent,
  requireKnownCatalogue,
  requireKnownFramework,
} from './events.ts'
import { EVER, type FrameworkHistory } from './framework-at.ts'
import { listFrom } from './list-index.ts'
import { findOwner } from './owner.ts'
import type { QualificationHistory } from './qualification-at.ts'

/** Reads what is recorded about one qualification, directly or through a cache. */
export type CatalogueReader = HistoryReader<QualificationHistory>

export function catalogueOf(reader: Pick<CommitReader, 'read'>): CatalogueReader {
  // Once loaded, a baseline stays.
  let isLoaded = false
  return async (id) => {
    const commits = isLookedUp(id) ? await reader.read<CatalogueEvent>(streams.qualification(id)) : []
    if (commits.length === 0 && isReservedId(id) && !isLoaded) {
      await requireBaseline(reader)
      isLoaded = true
    }
    const frameworks = await Promise.all(namedIn(commits).map((named) => frameworkOf(named, reader)))
    return historyOf(id, commits, frameworks)
  }
}

/** An id of another form is not looked up. */
export const isLookedUp = (id: string): boolean => findOwner(id) !== undefined || isReservedId(id)

/** Of which nothing is known. */
export const unknownHistory = (id: string): QualificationHistory => ({ id, commits: [] })

/** The baseline without what owners stated here. For another registry, of whose statements nothing is copied. */
export const baselineCatalogue =
  (catalogue: CatalogueReader): CatalogueReader =>
  async (id) => {
    const { commits, frameworks = [] } = await catalogue(id)
    const own = baselineOnly(commits)
    const named = namedIn(own)
    return historyOf(
      id,
      own,
      frameworks.flatMap((framework) =>
        named.includes(framework.id) ? [{ id: framework.id, commits: baselineOnly(framework.commits) }] : [],
      ),
    )
  }

/** The record of the baseline with this id, by what is recorded now. */
export const baselineOf =
  (catalogue: CatalogueReader) =>
  async (id: string): Promise<Qualification | undefined> =>
    baselineAt<Qualification>((await catalogue(id)).commits, EVER)

/** Throws `dependency-unavailable` until the baseline was loaded. Without it, a record that exists would be judged as unknown. */
async function requireBaseline(reader: Pick<CommitReader, 'read'>): Promise<void> {
  const loaded = await reader.read<BaselineEvent>(streams.baseline())
  if (!loaded.some(({ events }) => events.some(({ type }) => type === 'baseline-loaded')))
    throw new RegistryError('dependency-unavailable', 'the baseline of the catalogue was not loaded into this registry')
}

export const isStated = ({ commits }: QualificationHistory): boolean => commits.length > 0

/** The frameworks that an owner named for an edition, in which one is placed, or that the baseline names. */
export function namedIn(commits: CatalogueCommits): string[] {
  const named = commits.flatMap(({ events }) =>
    events.flatMap((event) => {
      if (event.type === 'baseline-stated')
        return event.record.framework ?? nationalFrameworkOf(event.record.state) ?? []
      if (event.type === 'edition-stated') return event.edition.level?.framework ?? []
      return event.type === 'edition-placed' ? event.placement.framework : []
    }),
  )
  return [...new Set(named)]
}

/** What is recorded about one framework. Strongly consistent. */
export async function frameworkOf(id: string, reader: Pick<CommitReader, 'read'>): Promise<FrameworkHistory> {
  const isKnown = findOwner(id) !== undefined || nationalFrameworks.some((framework) => framework.id === id)
  return frameworkHistory(
    streams.framework(id),
    isKnown ? await reader.read<FrameworkEvent>(streams.framework(id)) : [],
  )
}

/** The history of every framework that an authority stated. Eventually consistent. */
export const listFrameworkHistories = (reader: CommitReader): Promise<readonly FrameworkHistory[]> =>
  listFrom<FrameworkEvent>(reader, 'FRAMEWORKS').then((found) =>
    [...found].map(([stream, commits]) => frameworkHistory(stream, commits)),
  )

export function historyOf(
  id: string,
  commits: readonly Commit<CatalogueEvent>[],
  frameworks: readonly FrameworkHistory[] = [],
): QualificationHistory {
  // Lists and the log are made from the index. A commit without an index would count, but they would not show it.
  if (commits.some(({ index }) => index !== 'CATALOGUE'))
    throw new RegistryError('internal', 'a statement is in no index')
  requireKnownCatalogue(commits)
  return { id, commits, ...(frameworks.length > 0 && { frameworks }) }
}

/** The same from memory: at most ten seconds old, or a minute while the store is away. Each refresh reads only what is new. */
export function cachedCatalogueList(
  reader: CommitReader,
  clock: () => number,
): () => Promise<readonly QualificationHistory[]> {
  return cachedWhole(growingCatalogueList(reader, clock), clock)
}

const INDEXES = ['CATALOGUE', 'FRAMEWORKS'] as const

/**
 * The history of every qualification, as indexes show it now: read as a whole once, and then by what is new. Eventually consistent, as every
 * list. A history is the same object until something about it changes.
 */
export function growingCatalogueList(
  reader: CommitReader,
  clock: () => number,
): () => Promise<readonly QualificationHistory[]> {
  let known: { stated: Map<StreamId, Commit<never>[]>; to: Date; list: readonly QualificationHistory[] } | undefined
  // It outlasts a refresh that failed: what that one read is known by then.
  const changed = new Set<StreamId>()
  return async () => {
    const until = new Date(clock())
    const stated = known?.stated ?? new Map<StreamId, Commit<never>[]>()
    let to = known?.to ?? until
    const take = (commit: Commit<never>) => {
      const others = stated.get(commit.stream) ?? []
      if (others.some(({ number }) => number === commit.number)) return
      stated.set(
        commit.stream,
        [...others, commit].sort((one, other) => one.number - other.number),
      )
      changed.add(commit.stream)
    }
    if (known === undefined)
      for (const index of INDEXES)
        for (const [stream, commits] of await listFrom<never>(reader, index)) stated.set(stream, commits)
    for (let isWhole = known === undefined; !isWhole; ) {
      const slice = await readSlice<never>(reader, {
        indexes: () => INDEXES,
        from: to,
        until,
        ...FOLLOWING,
      })
      for (const commit of slice.commits) take(commit)
      to = slice.to
      isWhole = slice.isWhole
    }
    const list = known !== undefined && changed.size === 0 ? known.list : listOf(stated, changed, known?.list ?? [])
    known = { stated, to, list }
    changed.clear()
    return list
  }
}

function listOf(
  stated: ReadonlyMap<StreamId, Commit<never>[]>,
  changed: ReadonlySet<StreamId>,
  before: readonly QualificationHistory[],
): readonly QualificationHistory[] {
  const isFramework = (stream: StreamId) => stream.startsWith(streams.framework(''))
  const frameworks = [...stated].flatMap(([stream, commits]) =>
    isFramework(stream) ? [frameworkHistory(stream, commits)] : [],
  )
  // Frameworks change rarely, and a qualification may name one that was not stated before.
  const isFrameworkNew = [...changed].some(isFramework)
  const kept = new Map(
    before.flatMap((history) => {
      const stream = streams.qualification(history.id)
      const isSame = !isFrameworkNew && !changed.has(stream)
      return isSame ? [[stream, history] as const] : []
    }),
  )
  return historiesOf(new Map([...stated].filter(([stream]) => !isFramework(stream))), frameworks, kept)
}

function historiesOf(
  stated: ReadonlyMap<StreamId, readonly Commit<CatalogueEvent>[]>,
  frameworks: readonly FrameworkHistory[],
  kept: ReadonlyMap<StreamId, QualificationHistory>,
): readonly QualificationHistory[] {
  return [...stated].map(([stream, commits]) => {
    const same = kept.get(stream)
    if (same !== undefined) return same
    const named = new Set(namedIn(commits))
    return historyOf(
      stream.slice(QUALIFICATION_PREFIX.length),
      commits,
      frameworks.filter(({ id }) => named.has(id)),
    )
  })
}

const FRAMEWORK_PREFIX = streams.framework('').length

export function frameworkHistory(stream: StreamId, commits: readonly Commit<FrameworkEvent>[]): FrameworkHistory {
  if (commits.some(({ index }) => index !== 'FRAMEWORKS'))
    throw new RegistryError('internal', 'a statement is in no index')
  requireKnownFramework(commits)
  return { id: stream.slice(FRAMEWORK_PREFIX), commits }
}

/** An id has no character that the name of a stream would escape. */
export const QUALIFICATION_PREFIX = streams.qualification('')
