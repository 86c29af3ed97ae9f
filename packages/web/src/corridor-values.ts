import type { Evidence, LevelRecord, ReportedCorridor, ReportedTrack, StepId, TrackText } from '@sijil/qualifications'
import type { ComparisonValues, JointValues } from './comparison-values.ts'
import type { StateOf } from './state-names.ts'

/** What is said of one step, and how firmly. `waits`: some parties declared it, and not all. */
export type ShownStep = { step: StepId } & (
  | { progress: 'nothing' }
  | { progress: 'done' | 'under-way' | 'waits'; basis: 'declared' | 'reported' | 'inferred'; by?: StateOf }
)

export interface ListedTrack {
  corridor: string
  id: string
  skillsArea: string
  states: readonly StateOf[]
  /** Absent where the states recognise in every direction. */
  origin?: StateOf
  host?: StateOf
  steps: readonly ShownStep[]
  /** Absent where nobody keeps a register of gaps. */
  gaps?: { open: number; closed: number }
}

export interface CorridorsValues {
  tracks: readonly ListedTrack[]
  /** Set if only corridors of this state were asked for. */
  ofState?: StateOf
  /** Every state that has a track. */
  states: readonly StateOf[]
  /** Pilots of the Guiding Principles. They have no roadmap. */
  pilots: readonly { id: string; states: readonly StateOf[]; note: string; reportedOn: string }[]
}

export interface ReportedCorridorValues {
  corridor: ReportedCorridor
  tracks: readonly ListedTrack[]
}

/** A qualification that a track names, as the catalogue has it today. */
export interface NamedQualification {
  id: string
  title: string
  state?: string
  /** ISCO-08 unit group. */
  occupation?: string
  level?: { framework: string; level: number; confirmed: boolean }
  /** 0: the units are not known. */
  units: number
}

export interface ReportedTrackValues {
  corridor: ReportedCorridor
  track: ReportedTrack
  listed: ListedTrack
  qualifications: readonly NamedQualification[]
}

/** Who joined one version of a corridor. */
export type ShownVersionOf = Pick<
  ComparisonValues,
  'number' | 'hash' | 'state' | 'joined' | 'missing' | 'left' | 'jointFrom' | 'endedFrom'
>

/** A corridor that states founded here. */
export interface DeclaredCorridorValues {
  id: string
  title: string
  state: 'open' | 'waiting' | 'ended'
  /** The version in force, or the last one that was; of a new corridor, the first one. */
  version: ShownVersionOf
  /** A later version that not all have joined. */
  waiting?: ShownVersionOf
  tracks: readonly ListedTrack[]
  /** Every decision about a version, with its permanent address in the log. */
  records: readonly { number: number; type: string; by: string; recordedAt: string; entry: string }[]
}

interface Declarer extends StateOf {
  id: string
  name: string
}

export type ShownStepOf = ShownStep & {
  declarations: readonly {
    declaredBy: Declarer
    statement: { progress: 'under-way' | 'done'; on: string; part: string; evidence: readonly Evidence[] }
    hash: string
    recordedAt: string
    joined: boolean
  }[]
  attached: readonly (Evidence & { by: Declarer; recordedAt: string })[]
  /** Parties that have not declared it done. */
  missing: readonly ({ id: string } & Partial<StateOf>)[]
  settledAt?: string
}

/** One decision about a track, with its permanent address in the log. */
export interface TrackEntry {
  type: 'step-declared' | 'step-joined' | 'evidence-attached' | 'step-withdrawn'
  step: StepId
  declaredBy: Declarer
  recordedAt: string
  entry: string
  progress?: 'under-way' | 'done'
  on?: string
  basis?: string
}

/** Anything that happened to a track. */
export type TimelineEntry =
  | TrackEntry
  /** All that were parties then had declared it as done. It follows from what they declared. */
  | { type: 'step-settled'; step: StepId; recordedAt: string }
  | {
      type: 'gaps-opened' | 'gap-action' | 'gap-closed'
      gaps: readonly string[]
      declaredBy: Declarer
      recordedAt: string
      entry: string
    }
  /** `by`: id of the authority. */
  | {
      type: 'joint-proposed' | 'joint-joined' | 'joint-left'
      of: 'corridor' | 'level'
      number: number
      by: string
      recordedAt: string
      entry: string
    }

/** One unit of the host that a comparison found in part or not at all. */
interface ShownGap {
  id: string
  unit: string
  result: 'partial' | 'gap'
  note: string
  comparison: { id: string; number: number }
  openedAt: string
  action?: string
  closed?: { evidence: readonly Evidence[]; by: Declarer; at: string }
}

/** What step 7b left behind, with who joined it. */
export type ShownLevelRecord = JointValues & Pick<LevelRecord, 'edition' | 'aqrf' | 'hostLevel' | 'host' | 'source'>

/** What a worker with the qualifications of a track can do. About no person. */
export interface WorkerProfileValues {
  track: ListedTrack
  occupations: readonly {
    isco: string
    descriptions: readonly { language: string; text: string }[]
    roles: readonly string[]
  }[]
  qualifications: readonly {
    id: string
    title: string
    edition: string
    description: string
    units: readonly { code: string; title: string }[]
    levels: readonly { framework: string; level: string; confirmed: boolean }[]
    /** Units of the host that a comparison found in part, or not at all. */
    missing: readonly { unit: string; result: 'partial' | 'gap'; note: string }[]
  }[]
  /** YYYY-MM-DD. */
  draftedOn: string
}

/** Where the manifest of a portfolio is made for a track. */
export interface PortfolioValues {
  track: ListedTrack
  /** The address of the registry. */
  registry: string
  /** The beginning of the command that does the same. */
  command: string
}

export interface DeclaredTrackValues {
  corridor: { id: string; title: string; state: 'open' | 'waiting' | 'ended' }
  listed: ListedTrack
  track: TrackText
  steps: readonly ShownStepOf[]
  gaps: readonly ShownGap[]
  levelRecords: readonly ShownLevelRecord[]
  /** By the moment of the record, the oldest first. */
  timeline: readonly TimelineEntry[]
  qualifications: readonly NamedQualification[]
}
