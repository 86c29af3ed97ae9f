export {
  type ClassDecision,
  classDecisionsOf,
  isOfHere,
  phaseAt,
  type RecognisedEdition,
} from './class-decision.ts'
export type { Fitting } from './count-fitting.ts'
export {
  type AppealState,
  appealStates,
  type Entitlement,
  entitlementKinds,
  type HostAuthority,
  type RecognitionResult,
  recognitionResults,
} from './events.ts'
export { cachedClassDecisions, cachedRecognitions, findDecided, listClassDecisions, recognitionsOf } from './reader.ts'
export { type Application, applications, type Recognition } from './recognition.ts'
export { type SingleChange, type SingleEndReason, singleEndReasons } from './single-events.ts'
export type { SingleRecord } from './single-record.ts'
