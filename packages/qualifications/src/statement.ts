import type { AssignedCode } from './assigned-code.ts'
import type { Day } from './day.ts'
import type { Framework } from './framework.ts'
import type { Kind, Qualification, RequiredByLaw, StatedBy } from './qualification.ts'

/** What its owner states about a qualification. A later statement takes the place of the whole earlier one. */
export interface QualificationStatement {
  /** ISO 3166-1 alpha-2, or a user-assigned code of a fictional state. */
  state: string
  /** Only of a fictional state: the name that its owner has on record. */
  stateName?: string
  kind: Kind
  /** In English. */
  title: string
  /** In other languages, each at most once. */
  localTitles?: readonly { text: string; language: string }[]
  /** One plain sentence about what the holder was found able to do. */
  description: string
  /** The national code and its scheme, both or neither. */
  code?: string
  codeScheme?: string
  /** ISCO-08 unit group. */
  occupation?: AssignedCode
  /** ESCO occupation. */
  escoOccupation?: AssignedCode
  /** The field of study, in words. */
  field: string
  /** ISCED-F 2013 detailed field. */
  fieldOfEducation?: AssignedCode
  requiredByLaw?: RequiredByLaw
  /** The page on which the owner publishes it. */
  source: string
}

/** What its owner states about one edition of a qualification. */
export interface EditionStatement {
  /** Unique within the qualification: `2024`. */
  id: string
  /** First day of award. */
  from: Day
  /** Last day of award. Absent: no end is known. */
  until?: Day
  /** Id of the edition that it follows. */
  supersedes?: string
  /** The national level that the owner claims. It counts as unconfirmed. */
  level?: { framework: string; national: number }
  /** All units, in the order of the standard. */
  units: readonly { code: string; title: string }[]
  validity: Qualification['validity']
  /** How it is assessed. */
  assessment?: string
  /** What it does not cover. */
  limits?: string
  /** The document that contains the standard. */
  source: string
}

/** Where the authority of a framework places an edition. */
export interface Placement {
  framework: string
  level: number
  /** The page of its register. */
  source: string
}

/** As many units as one certificate can name (docs/profile.md). */
export const MOST_UNITS = 76

/**
 * The edition in which awards of a day are made: among those that may be awarded, the one that began last. If none may, the last one that
 * began before, or the first one of all.
 */
export function editionOn<E extends Pick<EditionStatement, 'from' | 'until'>>(
  editions: readonly E[],
  day: Day,
): E | undefined {
  const inOrder = [...editions].sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0))
  const begun = inOrder.filter(({ from }) => from <= day)
  return begun.findLast((edition) => isAwardedOn(edition, day)) ?? begun.at(-1) ?? inOrder[0]
}

export const isAwardedOn = ({ from, until }: Pick<EditionStatement, 'from' | 'until'>, day: Day): boolean =>
  from <= day && (until === undefined || day <= until)

/** The record of a qualification in one of its editions, as rules and pages read it. */
export function recordOf(
  id: string,
  { source, localTitles = [], ...stated }: QualificationStatement,
  edition: EditionStatement,
  {
    statedBy,
    recordedOn,
    placed,
    framework,
  }: {
    statedBy: StatedBy
    recordedOn: Day
    placed?: Placement & { statedBy: StatedBy }
    /** The record of the framework in which it is placed, or in which its owner claims a level. */
    framework?: Framework
  },
): Qualification {
  const { fieldOfEducation, ...rest } = stated
  const [localTitle] = localTitles
  return {
    id,
    ...rest,
    ...(localTitle && { localTitle }),
    ...(fieldOfEducation && { fieldOfEducation: { ...fieldOfEducation, confidence: 'high' } }),
    ...levelIn(edition, placed),
    ...(framework && { frameworkRecord: framework }),
    units: edition.units,
    edition: edition.id,
    unitsEdition: edition.id,
    ...(edition.until && { supersededOn: dayAfter(edition.until) }),
    body: null,
    statedBy,
    validity: edition.validity,
    ...(edition.assessment && { assessment: edition.assessment }),
    ...(edition.limits && { limits: edition.limits }),
    recordedOn,
    sources: [...new Set([source, edition.source, ...(placed ? [placed.source] : [])])],
    confidence: 'high',
  }
}

/** A placement outweighs what the owner claims. */
function levelIn(
  { level }: EditionStatement,
  placed: (Placement & { statedBy: StatedBy }) | undefined,
): Pick<Qualification, 'framework' | 'level' | 'levelConfidence' | 'levelConfirmedBy'> {
  if (placed !== undefined)
    return {
      framework: placed.framework,
      level: placed.level,
      levelConfidence: 'high',
      levelConfirmedBy: placed.statedBy.name,
    }
  return level === undefined ? {} : { framework: level.framework, level: level.national, levelConfidence: 'medium' }
}

const dayAfter = (day: Day): Day => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
