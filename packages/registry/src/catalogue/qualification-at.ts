import {
  type Day,
  type EditionStatement,
  editionOn,
  isAwardedOn,
  type Qualification,
  type QualificationStatement,
  recordOf,
  type StatedBy,
} from '@sijil/qualifications'
import type { CatalogueCommits } from './events.ts'

/** All that is known about one qualification. Without a baseline and commits, it does not exist. */
export interface QualificationHistory {
  id: string
  /** What this software states where no owner has stated anything. It counts from the beginning. */
  baseline?: Qualification
  commits: CatalogueCommits
}

export interface CatalogueQuestion {
  /** The day of the award, or the moment of the question. RFC 3339 UTC. */
  effective: string
  recorded: string
  /** Id of the edition. Absent: the one in which awards of that day are made. */
  edition?: string
  /** What these owners stated counts even if it was recorded later. */
  alsoBy?: readonly string[]
}

interface Stated<T> {
  value: T
  statedBy: StatedBy
  recordedOn: Day
}

interface Known {
  statement?: Stated<QualificationStatement>
  editions: Map<string, Stated<EditionStatement>>
  retiredOn?: Day
}

/** The statements that count at both moments. The one that was recorded last takes the place of the earlier ones. */
function knownAt(commits: CatalogueCommits, { effective, recorded, alsoBy = [] }: CatalogueQuestion): Known {
  const known: Known = { editions: new Map() }
  for (const { events, effectiveAt, recordedAt, by = '' } of commits) {
    if (effectiveAt > effective || (recordedAt > recorded && !alsoBy.includes(by))) continue
    for (const event of events) {
      const stated = { statedBy: event.statedBy, recordedOn: recordedAt.slice(0, 10) }
      switch (event.type) {
        case 'qualification-stated':
          known.statement = { value: event.statement, ...stated }
          break
        case 'edition-stated':
          known.editions.set(event.edition.id, { value: event.edition, ...stated })
          break
        case 'qualification-retired':
          known.retiredOn = effectiveAt.slice(0, 10)
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
  if (history.commits.length === 0) return history.baseline
  const { statement, editions } = knownAt(history.commits, question)
  if (statement === undefined) return history.baseline
  const all = [...editions.values()].map(({ value }) => value)
  const { edition: id = editionOn(all, question.effective.slice(0, 10))?.id } = question
  const edition = id === undefined ? undefined : editions.get(id)
  if (edition === undefined) return undefined
  // The later of the two statements dates the record.
  const { statedBy, recordedOn } = edition.recordedOn > statement.recordedOn ? edition : statement
  return recordOf(history.id, statement.value, edition.value, { statedBy, recordedOn })
}

/** The editions that are known at both moments, in the order of their statements. */
export const editionsAt = (history: QualificationHistory, question: CatalogueQuestion): readonly EditionStatement[] =>
  [...knownAt(history.commits, question).editions.values()].map(({ value }) => value)

/** Why an award of that day cannot name this edition. Undefined: it can, or a baseline record does not say. */
export function notAwarded(
  history: QualificationHistory,
  question: CatalogueQuestion & { edition: string },
): 'retired' | 'not-begun' | 'ended' | undefined {
  const { retiredOn, editions } = knownAt(history.commits, question)
  const day = question.effective.slice(0, 10)
  if (retiredOn !== undefined) return 'retired'
  const edition = editions.get(question.edition)?.value
  if (edition === undefined || isAwardedOn(edition, day)) return undefined
  return edition.from > day ? 'not-begun' : 'ended'
}
