import type { Evidence, KeptEvidence, StatedBy, StepId } from '@sijil/qualifications'
import { type EventShapes, requireKnown } from '../known-events.ts'
import type { Commit } from '../stream.ts'

/** A party, by the name that it had then, with its state. */
export interface Declarer extends StatedBy {
  state: string
  stateName?: string
}

/** What a party declares of a step, for which part of the work. */
export interface StepStatement {
  progress: 'under-way' | 'done'
  /** The day on which the work was done, which is not the day of the declaration. */
  on: string
  part: string
  evidence: readonly Evidence[]
}

/** Everything that parties declare about one track. Two officers of the party decided each event. */
export type TrackEvent =
  /** `hash` is over the statement and its place, so that another party joins exactly this. */
  | { type: 'step-declared'; step: StepId; statement: StepStatement; hash: string; declaredBy: Declarer }
  | { type: 'step-joined'; step: StepId; hash: string; declaredBy: Declarer }
  | { type: 'evidence-attached'; step: StepId; evidence: readonly Evidence[]; declaredBy: Declarer }
  /** It was declared by mistake, or holds no more. What stood stays readable. */
  | { type: 'step-withdrawn'; step: StepId; basis: string; declaredBy: Declarer }

const shapes: EventShapes<TrackEvent> = {
  'step-declared': ['step', 'statement', 'hash', 'declaredBy'],
  'step-joined': ['step', 'hash', 'declaredBy'],
  'evidence-attached': ['step', 'evidence', 'declaredBy'],
  'step-withdrawn': ['step', 'basis', 'declaredBy'],
}

export type TrackCommits = readonly Commit<TrackEvent>[]

/** Throws `UnknownEvent` for an event of a later version: it could be a withdrawal. */
export const requireKnownTrack = (commits: TrackCommits): void => requireKnown(commits, shapes)

/** What the parties alone read. It is in no index, and so in no log. */
export type PlanEvent =
  /** A later day takes the place of the earlier one, which stays in the history. */
  | { type: 'step-planned'; step: StepId; owner: string; due: string; declaredBy: Declarer }
  | { type: 'gap-planned'; gap: string; owner: string; due: string; declaredBy: Declarer }
  | { type: 'evidence-kept'; step: StepId; evidence: KeptEvidence; commitment: string; declaredBy: Declarer }

const planShapes: EventShapes<PlanEvent> = {
  'step-planned': ['step', 'owner', 'due', 'declaredBy'],
  'gap-planned': ['gap', 'owner', 'due', 'declaredBy'],
  'evidence-kept': ['step', 'evidence', 'commitment', 'declaredBy'],
}

export type PlanCommits = readonly Commit<PlanEvent>[]
export const requireKnownPlan = (commits: PlanCommits): void => requireKnown(commits, planShapes)
