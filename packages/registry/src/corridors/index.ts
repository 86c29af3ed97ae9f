export { type ComplianceCommits, cachedCompliance } from './compliance.ts'
export { type Corridor, corridorAt, type Period, partiesAt } from './corridor-at.ts'
export type { Declarer, PlanCommits, StepStatement, TrackCommits, TrackEvent } from './events.ts'
export { type Gap, type GapCommits, gapsAt, readGaps } from './gaps.ts'
export { levelRecordsOf } from './level-records.ts'
export { type PartyTrack, trackForParty } from './party-track.ts'
export { plansAt, type StepPlan } from './plan-at.ts'
export {
  type CorridorHistory,
  type CorridorVersions,
  cachedCorridors,
  isCorridorId,
  listCorridors,
  readCorridor,
  readPlan,
  readTrack,
} from './reader.ts'
export { type Declaration, type StepAt, trackAt } from './track-at.ts'
