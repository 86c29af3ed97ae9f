import type { Confidence } from './confidence.ts'
import type { Day } from './day.ts'
import type { DescribedBy } from './described-by.ts'
import type { StepId } from './roadmap.ts'

/**
 * A corridor as a report or our reading of it has it. No state declared any of it here, so it never looks like a declaration: `reported` is
 * what a state said at a meeting, `inferred` is what we concluded from a text.
 */
export interface ReportedCorridor {
  id: string
  /** The roadmap does not apply to a pilot of the Guiding Principles, which has no tracks. */
  kind: 'roadmap' | 'guiding-principles'
  /** ISO 3166-1 alpha-2. */
  states: readonly string[]
  reportedOn: Day
  note: string
  tracks: readonly ReportedTrack[]
  updates: readonly ReportedUpdate[]
  sources: readonly string[]
  confidence: Confidence
  /** Absent in the file of a baseline. */
  describedBy?: DescribedBy
}

/** One skills area between the states that work on it. */
export interface ReportedTrack {
  id: string
  states: readonly string[]
  /** Absent where the states recognise in every direction. */
  origin?: string
  host?: string
  skillsArea: string
  /** ISCO-08 unit groups. */
  occupations: readonly string[]
  /** Functional areas, each with its occupations and qualifications. Absent: the report names none. */
  areas?: readonly { area: string; occupations: readonly string[]; qualifications: readonly string[] }[]
  pairs: readonly ReportedPair[]
  reportedOn: Day
  steps: readonly ReportedStep[]
  activities?: readonly { activity: number; progress: 'done' | 'planned' }[]
  updates: readonly ReportedUpdate[]
  sources: readonly string[]
  confidence: Confidence
}

/** Ids of qualifications of the baseline. */
export interface ReportedPair {
  from: string
  /** Empty: no qualification of a host is named. */
  to: readonly string[]
  progress: 'under-way' | 'compared' | 'reported-comparable'
  /** A day, a month or a year. */
  on?: string
  confidence: Confidence
}

export type ReportedStep = { step: StepId } & (
  | { progress: 'nothing' }
  /** `by`: the state that reported it. */
  | { progress: 'done' | 'under-way'; basis: 'reported' | 'inferred'; by?: string }
)

export interface ReportedUpdate {
  /** A day, a month or a year. */
  from: string
  until?: string
  approximate?: true
  text: string
  sources: readonly string[]
  confidence: Confidence
}
