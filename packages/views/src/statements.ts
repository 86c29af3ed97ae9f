import { type Certifier, type Framework, findStateName } from '@sijil/qualifications'
import {
  baselineAt,
  baselineRecordAt,
  type DescriptionHistory,
  type Descriptions,
  EVER,
  type FrameworkHistory,
  frameworkStatedAt,
  lastStated,
  listFrameworkHistories,
  type QualificationHistory,
} from '@sijil/registry/catalogue'
import { catalogueRecord, recordHash } from '@sijil/registry/log'
import type { ListedStatement } from '@sijil/web'
import type { ViewDeps } from './view.ts'

/** One statement about the catalogue, with its place among all of them, from 0. */
export interface Statement extends Omit<ListedStatement, 'entry'> {
  place: number
  /** The ids by which it is found: of its record, its owner, and the authority that decided it. */
  ids: ReadonlySet<string>
  commit: (QualificationHistory | FrameworkHistory | DescriptionHistory)['commits'][number]
}

interface StatementsQuestion {
  /** Statements before this place. Absent: from the newest. */
  before?: number | undefined
  id?: string | undefined
  /** Only those of these owners. */
  among?: ReadonlySet<string> | undefined
  limit: number
}

/** For the lists from which it was made. A list stays the same object until something in it changes. */
const known = new WeakMap<readonly QualificationHistory[], { descriptions: Descriptions; all: readonly Statement[] }>()

/**
 * Statements about qualifications, frameworks, bodies and states, newest first. They come from lists in memory, so a page costs the same
 * with 20,000 records, and a statement is shown within ten seconds.
 */
export async function listStatements(
  { before, id, among, limit }: StatementsQuestion,
  deps: Pick<ViewDeps, 'qualifications' | 'descriptions' | 'reader'>,
): Promise<{ statements: readonly Statement[]; size: number; next?: number }> {
  const all = await listAll(deps)
  const statements: Statement[] = []
  for (let at = Math.min(before ?? all.length, all.length) - 1; at >= 0; at--) {
    const statement = all[at]
    if (statement === undefined || (id !== undefined && !statement.ids.has(id))) continue
    if (among !== undefined && !among.has(statement.statedBy.id)) continue
    if (statements.length === limit) return { statements, size: all.length, next: at + 1 }
    statements.push(statement)
  }
  return { statements, size: all.length }
}

async function listAll({
  qualifications,
  descriptions: describe,
  reader,
}: Pick<ViewDeps, 'qualifications' | 'descriptions' | 'reader'>): Promise<readonly Statement[]> {
  const [histories, descriptions] = await Promise.all([qualifications(), describe()])
  const kept = known.get(histories)
  if (kept?.descriptions === descriptions) return kept.all
  const all = inOrder([
    ...histories.flatMap(ofQualification),
    ...(await listFrameworkHistories(reader)).flatMap(ofFramework),
    ...descriptions.stated.flatMap(ofDescription),
  ])
  known.set(histories, { descriptions, all })
  return all
}

/** With the entry of its commit in the log `catalogue`. */
export function listedStatement({ commit, place, ids: _, ...shown }: Statement): ListedStatement & { place: number } {
  return { place, ...shown, entry: recordHash(catalogueRecord(commit)) }
}

type Unplaced = Omit<Statement, 'place'>

const inOrder = (statements: readonly Unplaced[]): readonly Statement[] =>
  statements
    .toSorted((one, other) => (one.recordedAt < other.recordedAt ? -1 : one.recordedAt > other.recordedAt ? 1 : 0))
    .map((statement, place) => ({ ...statement, place }))

function ofQualification(history: QualificationHistory): Unplaced[] {
  if (history.commits.length === 0) return []
  const title = lastStated(history)?.statement.value.title ?? baselineRecordAt(history, EVER)?.title ?? history.id
  return history.commits.flatMap((commit) =>
    ownersEvents(commit).map((event) => ({
      ...aboutOf(event, commit, { kind: 'qualification', id: history.id, title }),
      ...(event.type === 'edition-stated' && { edition: event.edition.id }),
      ...((event.type === 'edition-placed' || event.type === 'placement-ended') && { edition: event.edition }),
      ...(event.type === 'edition-placed' && {
        level: `${nameOf(event.placement.framework, history.frameworks)} ${event.placement.level}`,
      }),
    })),
  )
}

const ofFramework = (history: FrameworkHistory): Unplaced[] => {
  const title =
    frameworkStatedAt(history, EVER).statement?.value.name ??
    baselineAt<Framework>(history.commits, EVER)?.name ??
    history.id
  return history.commits.flatMap((commit) =>
    ownersEvents(commit).map((event) => aboutOf(event, commit, { kind: 'framework', id: history.id, title })),
  )
}

/** A body that the baseline does not know is named as it was registered. */
function ofDescription({ kind, id, commits }: DescriptionHistory): Unplaced[] {
  const read = kind === 'state' ? findStateName(id) : baselineAt<Certifier>(commits, EVER)?.name
  return commits.flatMap((commit) =>
    ownersEvents(commit).map((event) => aboutOf(event, commit, { kind, id, title: read ?? event.statedBy.name })),
  )
}

const nameOf = (id: string, frameworks: readonly FrameworkHistory[] = []): string => {
  const own = frameworks.find((framework) => framework.id === id)
  return (own && frameworkStatedAt(own, EVER).statement?.value.acronym) ?? id
}

type Commit = Statement['commit']
type CatalogueEvent = Commit['events'][number]
/** Nobody stated the baseline: it was loaded. */
type OwnersEvent = Exclude<CatalogueEvent, { type: 'baseline-stated' }>
const ownersEvents = ({ events }: Pick<Commit, 'events'>): readonly OwnersEvent[] =>
  (events as readonly CatalogueEvent[]).filter((event) => event.type !== 'baseline-stated')

function aboutOf(event: OwnersEvent, commit: Commit, record: ListedStatement['record']): Unplaced {
  const { statedBy } = event
  const owner = event.type === 'assigned' ? event.owner : undefined
  return {
    record,
    type: event.type,
    statedBy,
    ...('basis' in event && { basis: event.basis }),
    ...(owner !== undefined && { owner }),
    recordedAt: commit.recordedAt,
    effectiveAt: commit.effectiveAt,
    ids: new Set([record.id, statedBy.id, ...(commit.by ? [commit.by] : []), ...(owner ? [owner] : [])]),
    commit,
  }
}
