import type { ReportedCorridor, ReportedTrack, StepId } from '@sijil/qualifications'
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
}

export interface CorridorsValues {
  tracks: readonly ListedTrack[]
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
