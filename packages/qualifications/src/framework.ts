import type { Confidence } from './confidence.ts'
import frameworkRecords from './data/frameworks.data.json' with { type: 'json' }
import type { Day } from './day.ts'

/** Where a framework stands towards the AQRF, by the AQRF Committee alone. */
export interface Referencing {
  status: 'endorsed' | 'not-endorsed' | 'unclear'
  /** A day, or a month where no more is known. */
  endorsedOn?: string
  /** Where only the window is known; both days are part of it. */
  endorsedBetween?: { from: Day; to: Day }
  meeting?: string
  /** Edition of the national framework that was referenced. */
  edition?: string
  /** The citation, as one sentence without its full stop. */
  report: string
  confidence: Confidence
  dateConfidence?: Confidence
  sources: readonly string[]
}

export interface LevelRow {
  national: number
  /** Null: this level's counterpart is not known to us. It is never guessed. */
  aqrf: number | null
  /** What it may be, where it is not known. */
  candidates?: readonly number[]
  note?: string
}

/** Which national level stands at which AQRF level. Evidence for pages; only a confirmed table may be signed into a certificate. */
export interface LevelTable {
  version: string
  date: Day
  /** The national authority that confirmed it, and since when that holds. Nobody yet. */
  confirmedBy?: string
  confirmedOn?: Day
  rows: readonly LevelRow[]
  confidence: Confidence
  sources: readonly string[]
}

export interface Framework {
  /** `PQF`, `MQF` … */
  id: string
  /** ISO 3166-1 alpha-2. */
  state: string
  stateName: string
  name: string
  localName?: { text: string; language: string }
  /** Null: it has no numbered levels. */
  levels: number | null
  titles: Readonly<Record<number, readonly string[]>>
  titlesConfidence: Confidence
  titlesWithoutLevel?: readonly string[]
  authority: string
  law?: string
  referencing: Referencing
  /** Only where a referencing was endorsed. */
  table?: LevelTable
  note?: string
  sources: readonly string[]
}

// The files are held to this shape by records.test.ts.
const frameworks = frameworkRecords as readonly Framework[]
const byId = new Map(frameworks.map((framework) => [framework.id, framework]))
const byState = new Map(frameworks.map((framework) => [framework.state, framework]))

export const listFrameworks = (): readonly Framework[] => frameworks
export const findFramework = (id: string): Framework | undefined => byId.get(id)
/** Each state of ASEAN has one framework here; Singapore's has no numbered levels. */
export const frameworkOfState = (iso2: string): Framework | undefined => byState.get(iso2)

/** The states of ASEAN, by the short names that they use themselves in English. */
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

/** The common reference that the national frameworks are compared through. It awards nothing, so it is no `Framework`. */
export const referenceFramework = {
  id: 'AQRF',
  name: 'ASEAN Qualifications Reference Framework',
  levels: 8,
  domains: ['Knowledge and skills', 'Application and responsibility'],
  purpose:
    'A common reference, so that qualifications of the states of ASEAN can be compared. It is voluntary, changes no national system, and replaces no decision of an authority.',
  sources: ['https://www2.mqa.gov.my/myaqrf/aqrf_what.cfm', 'https://www2.mqa.gov.my/myaqrf/ref_to_aqrf.cfm'],
} as const
