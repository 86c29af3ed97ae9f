import type { Confidence } from './confidence.ts'
import type { Day } from './day.ts'

/** Whether the AQRF Committee endorsed the referencing of a framework. Nobody else can endorse it. */
export interface Referencing {
  status: 'endorsed' | 'not-endorsed' | 'unclear'
  /** A day, or a month if the day is not known. */
  endorsedOn?: string
  /** The period in which it was endorsed, if no more is known. Both days are included. */
  endorsedBetween?: { from: Day; to: Day }
  meeting?: string
  /** The edition of the national framework that was referenced. */
  edition?: string
  /** The citation: one sentence without its full stop. */
  report: string
  confidence: Confidence
  dateConfidence?: Confidence
  sources: readonly string[]
}

export interface LevelRow {
  national: number
  /** The AQRF level. Null: we do not know it, and never guess it. */
  aqrf: number | null
  /** The possible AQRF levels, if `aqrf` is null. */
  candidates?: readonly number[]
  note?: string
}

/** The AQRF level of each national level. Pages may show any table. Only a confirmed table may be used in a signed certificate. */
export interface LevelTable {
  version: string
  date: Day
  /** The national authority that confirmed the table, and the day from which that counts. No table is confirmed yet. */
  confirmedBy?: string
  confirmedOn?: Day
  rows: readonly LevelRow[]
  confidence: Confidence
  sources: readonly string[]
}

export interface Framework {
  /** `PQF`, `MQF` … or `{owner}.{local}` */
  id: string
  /** The short name that stands before a level. Absent: the id. */
  acronym?: string
  /** The authority that stated the record. Absent: we read it from public sources. */
  statedBy?: { id: string; name: string }
  /** ISO 3166-1 alpha-2. */
  state: string
  stateName: string
  name: string
  localName?: { text: string; language: string }
  /** The number of levels. Null: the framework has no numbered levels. */
  levels: number | null
  titles: Readonly<Record<number, readonly string[]>>
  titlesConfidence: Confidence
  /** What a holder knows and can do at each level, in order. */
  descriptors?: readonly string[]
  /** The name of this edition. Levels of another one are others, also under the same numbers. */
  edition?: string
  titlesWithoutLevel?: readonly string[]
  authority: string
  law?: string
  referencing: Referencing
  /** Present only if the referencing was endorsed. */
  table?: LevelTable
  note?: string
  sources: readonly string[]
}

/**
 * The id of the national framework of each state. Ids of the baseline are reserved, so that every registry means the same framework. All
 * else about a framework is a record.
 */
// biome-ignore format: it reads as a table
export const nationalFrameworks: readonly { state: string; id: string }[] = [
  { state: 'MY', id: 'MQF' },
  { state: 'PH', id: 'PQF' },
  { state: 'TH', id: 'NQF-TH' },
  { state: 'ID', id: 'IQF' },
  { state: 'VN', id: 'VQF' },
  { state: 'KH', id: 'CQF' },
  { state: 'LA', id: 'LNQF' },
  { state: 'MM', id: 'MNQF' },
  { state: 'BN', id: 'BDQF' },
  { state: 'SG', id: 'WSQ' },
  { state: 'TL', id: 'SNQ-TL' },
]

const frameworkIds = new Map(nationalFrameworks.map(({ state, id }) => [state, id]))

/** Undefined: a state without a framework here, or a regional title. */
export const nationalFrameworkOf = (state: string | null): string | undefined =>
  state === null ? undefined : frameworkIds.get(state)

/** The states of ASEAN, with the short English names that they use themselves. */
// biome-ignore format: it reads as a table
export const states: readonly { iso2: string; name: string }[] = [
  { iso2: 'BN', name: 'Brunei Darussalam' },
  { iso2: 'KH', name: 'Cambodia' },
  { iso2: 'ID', name: 'Indonesia' },
  { iso2: 'LA', name: 'Lao PDR' },
  { iso2: 'MY', name: 'Malaysia' },
  { iso2: 'MM', name: 'Myanmar' },
  { iso2: 'PH', name: 'Philippines' },
  { iso2: 'SG', name: 'Singapore' },
  { iso2: 'TH', name: 'Thailand' },
  { iso2: 'TL', name: 'Timor-Leste' },
  { iso2: 'VN', name: 'Viet Nam' },
]

/** The codes that ISO 3166-1 leaves to its users. */
const USER_ASSIGNED = /^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$/

/**
 * The English name of a state of ASEAN, or the one that records give a fictional state. That name must say that it is fictional, so that
 * no record can pass for one of a real state.
 */
export const findStateName = (iso2: string, recorded?: string): string | undefined =>
  states.find((state) => state.iso2 === iso2)?.name ??
  (USER_ASSIGNED.test(iso2) && /\bfictional\b/i.test(recorded ?? '') ? recorded : undefined)

/** The common reference through which national frameworks are compared. It awards nothing, so it is not a `Framework`. */
export const referenceFramework = {
  id: 'AQRF',
  name: 'ASEAN Qualifications Reference Framework',
  levels: 8,
  domains: ['Knowledge and skills', 'Application and responsibility'],
  purpose:
    'A common reference, so that qualifications of the states of ASEAN can be compared. It is voluntary, changes no national system, and replaces no decision of an authority.',
  sources: ['https://www2.mqa.gov.my/myaqrf/aqrf_what.cfm', 'https://www2.mqa.gov.my/myaqrf/ref_to_aqrf.cfm'],
} as const
