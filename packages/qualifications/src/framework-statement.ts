import type { Day } from './day.ts'
import { type Framework, findStateName, type LevelRow } from './framework.ts'
import type { StatedBy } from './qualification.ts'

/** What the authority of a framework states about it. A later statement takes the place of the whole earlier one. */
export interface FrameworkStatement {
  /** ISO 3166-1 alpha-2, or a user-assigned code of a fictional state. */
  state: string
  /** Only of a fictional state: the name that its authority has on record. */
  stateName?: string
  /** In English: `Samudra Qualifications Framework`. */
  name: string
  /** The short name that stands before a level: `SQF`. */
  acronym: string
  localName?: { text: string; language: string }
  /** The number of levels, 1 to 10. */
  levels: number
  /** The name of each level in the framework, in order. Empty: levels have only numbers. */
  levelTitles: readonly string[]
  /** What a holder knows and can do at each level, in order. Empty or absent: none are stated. */
  descriptors?: readonly string[]
  /** The name of this edition of the framework: `2017`. */
  edition?: string
  law?: string
  source: string
}

/** A referencing report. Nobody but the AQRF Committee endorses it, so the authority states when the Committee did. */
export interface ReferencingStatement {
  status: 'proposed' | 'endorsed' | 'superseded'
  /** Only if it was endorsed. */
  endorsedOn?: Day
  meeting?: string
  /** The edition of the national framework that was referenced. */
  edition?: string
  /** The citation: one sentence without its full stop. */
  report: string
  source: string
}

/** The AQRF level of each national level. The authority confirms it by stating it. */
export interface LevelTableStatement {
  version: string
  rows: readonly LevelRow[]
  source: string
}

interface Stated<T> {
  value: T
  statedBy: StatedBy
  recordedOn: Day
}

/** The record of a framework, as rules and pages read it. A report that is not endorsed supports no AQRF level. */
export function frameworkRecordOf(
  id: string,
  { value, statedBy }: Stated<FrameworkStatement>,
  referencing: Stated<ReferencingStatement> | undefined,
  table: (Stated<LevelTableStatement> & { effectiveOn: Day }) | undefined,
): Framework {
  const { state, stateName, name, acronym, localName, levels, levelTitles, descriptors, law, source } = value
  const { status, endorsedOn, meeting, edition, report, source: page } = referencing?.value ?? none
  return {
    id,
    state,
    stateName: findStateName(state, stateName) ?? state,
    name,
    acronym,
    ...(localName && { localName }),
    levels,
    titles: Object.fromEntries(levelTitles.map((title, at) => [at + 1, [title]])),
    titlesConfidence: 'high',
    ...(descriptors?.length && { descriptors }),
    ...(value.edition && { edition: value.edition }),
    authority: statedBy.name,
    statedBy,
    ...(law && { law }),
    referencing: {
      status: status === 'endorsed' ? 'endorsed' : 'not-endorsed',
      ...(endorsedOn && { endorsedOn }),
      ...(meeting && { meeting }),
      ...(edition && { edition }),
      report,
      confidence: 'high',
      sources: page === '' ? [source] : [page],
    },
    ...(status === 'endorsed' &&
      table && {
        table: {
          version: table.value.version,
          date: table.recordedOn,
          confirmedBy: table.statedBy.name,
          confirmedOn: table.effectiveOn,
          rows: table.value.rows,
          confidence: 'high',
          sources: [table.value.source],
        },
      }),
    sources: [source],
  }
}

const none: ReferencingStatement = {
  status: 'proposed',
  report: 'Its authority has stated no referencing report to the AQRF',
  source: '',
}
