import {
  type Day,
  type EditionStatement,
  editionOn,
  type Framework,
  isAwardedOn,
  nationalFrameworkOf,
  type Placement,
  type Qualification,
  type QualificationStatement,
  recordOf,
  type StatedBy,
  withSchemes,
} from '@sijil/qualifications'
import { baselineAt } from './baseline-at.ts'
import type { CatalogueCommits } from './events.ts'
import { EVER, type FrameworkHistory, frameworkRecordAt } from './framework-at.ts'

/** All that is recorded about one qualification. Without commits, it does not exist. */
export interface QualificationHistory {
  id: string
  commits: CatalogueCommits
  /** The frameworks that its editions, their placements or the baseline name. */
  frameworks?: readonly FrameworkHistory[]
}

export interface CatalogueQuestion {
  /** The day of the award, or the moment of the question. RFC 3339 UTC. */
  effective: string
  recorded: string
  /** Id of the edition. Absent: the one in which awards of that day are made. */
  edition?: string
  /** What somebody knew when they decided: all that was recorded by `at`, and what these owners stated since. */
  seen?: { at: string; by: readonly string[] }
}

/** One statement: what it says, who made it, and the day on which it was recorded. */
interface Stated<T> {
  value: T
  statedBy: StatedBy
  recordedOn: Day
}

/** The statements that count at two moments. Without any, the baseline answers. */
export interface Known {
  statement?: Stated<QualificationStatement>
  editions: Map<string, Stated<EditionStatement>>
  retiredOn?: Day
  /** By edition. The one that was recorded last. */
  placements: Map<string, Placement & { statedBy: StatedBy }>
}

/** The statements that count at both moments. The one that was recorded last takes the place of the earlier ones. */
export function statedAt(
  { commits }: Pick<QualificationHistory, 'commits'>,
  { effective, recorded, seen }: CatalogueQuestion,
): Known {
  const known: Known = { editions: new Map(), placements: new Map() }
  for (const { events, effectiveAt, recordedAt, by = '' } of commits) {
    if (effectiveAt > effective || recordedAt > recorded) continue
    if (seen !== undefined && recordedAt > seen.at && !seen.by.includes(by)) continue
    for (const event of events) {
      if (event.type === 'baseline-stated') continue
      const stated = { statedBy: event.statedBy, recordedOn: recordedAt.slice(0, 10) }
      switch (event.type) {
        case 'qualification-stated':
          known.statement = { value: withSchemes(event.statement), ...stated }
          break
        case 'edition-stated':
          known.editions.set(event.edition.id, { value: event.edition, ...stated })
          break
        case 'qualification-retired':
          known.retiredOn = effectiveAt.slice(0, 10)
          break
        case 'edition-placed':
          known.placements.set(event.edition, { ...event.placement, statedBy: event.statedBy })
          break
        case 'placement-ended':
          if (known.placements.get(event.edition)?.framework === event.framework) known.placements.delete(event.edition)
          break
        case 'assigned':
          break
        default:
          event satisfies never
      }
    }
  }
  return known
}

/** The record at both moments. Undefined: no such qualification was known, or it has no such edition. */
export function qualificationAt(history: QualificationHistory, question: CatalogueQuestion): Qualification | undefined {
  const { statement, editions, placements } = statedAt(history, question)
  if (statement === undefined) return baselineRecordAt(history, question)
  const all = [...editions.values()].map(({ value }) => value)
  const { edition: id = editionOn(all, question.effective.slice(0, 10))?.id } = question
  const edition = id === undefined ? undefined : editions.get(id)
  // A certificate of before the first statement names the edition of the baseline.
  if (edition === undefined) {
    const baseline = baselineRecordAt(history, question)
    return baseline?.edition === id ? baseline : undefined
  }
  // The later of the two statements dates the record.
  const { statedBy, recordedOn } = edition.recordedOn > statement.recordedOn ? edition : statement
  const placed = placements.get(edition.value.id)
  const named = placed?.framework ?? edition.value.level?.framework
  const framework = frameworkNamed(named, history, question)
  return recordOf(history.id, statement.value, edition.value, {
    statedBy,
    recordedOn,
    ...(placed && { placed }),
    ...(framework && { framework }),
  })
}

/**
 * The record of the baseline, with the framework as the baseline has it. What its authority states about a framework says nothing about a
 * qualification that nobody placed there.
 */
export function baselineRecordAt(
  history: QualificationHistory,
  question: CatalogueQuestion,
): Qualification | undefined {
  const found = baselineAt<Qualification>(history.commits, question)
  if (found === undefined) return undefined
  const record = withSchemes(found)
  const of = history.frameworks?.find(({ id }) => id === (record.framework ?? nationalFrameworkOf(record.state)))
  const framework = of && baselineAt<Framework>(of.commits, question)
  return framework === undefined ? record : { ...record, frameworkRecord: framework }
}

/** The framework at the same moments. Undefined: none is named. */
function frameworkNamed(
  id: string | undefined,
  { frameworks = [] }: QualificationHistory,
  moments: Pick<CatalogueQuestion, 'effective' | 'recorded'>,
): Framework | undefined {
  const history = frameworks.find((each) => each.id === id)
  return history && frameworkRecordAt(history, moments)
}

/** Everything that the owner has stated about a qualification, statement by statement. */
export interface StatedQualification {
  statement: Stated<QualificationStatement>
  /** In the order in which they were stated first. */
  editions: readonly Stated<EditionStatement>[]
  /** The day from which it is awarded no more. */
  retiredOn?: Day
}

/**
 * The last statement of everything, also of what begins to count later. Its next statement takes the place of this one. Undefined where
 * no owner has stated anything.
 */
export function lastStated(history: Pick<QualificationHistory, 'commits'>): StatedQualification | undefined {
  const { statement, editions, retiredOn } = statedAt(history, EVER)
  if (statement === undefined) return undefined
  return { statement, editions: [...editions.values()], ...(retiredOn && { retiredOn }) }
}

/** The editions that are known at both moments, in the order of their statements. */
export const editionsAt = (history: QualificationHistory, question: CatalogueQuestion): readonly EditionStatement[] =>
  [...statedAt(history, question).editions.values()].map(({ value }) => value)

/** Why an award of that day cannot name this edition. Undefined: it can, or a baseline record does not say. */
export function notAwarded(
  history: QualificationHistory,
  question: CatalogueQuestion & { edition: string },
): 'retired' | 'not-begun' | 'ended' | undefined {
  const { retiredOn, editions } = statedAt(history, question)
  const day = question.effective.slice(0, 10)
  if (retiredOn !== undefined) return 'retired'
  const edition = editions.get(question.edition)?.value
  if (edition === undefined || isAwardedOn(edition, day)) return undefined
  return edition.from > day ? 'not-begun' : 'ended'
}
