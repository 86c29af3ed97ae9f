export { classDecisionsOf, everyClassDecision, isOfHere, isWaiting, phaseAt } from './class-decision.ts'
export type { Fitting } from './count-fitting.ts'
export type { ClassDecision, Jointly, RecognisedEdition } from './decided.ts'
export {
  type AppealState,
  appealStates,
  type Entitlement,
  entitlementKinds,
  type HostAuthority,
  type JointClass,
  type JointParty,
  type RecognitionResult,
  type RegistrationTerms,
  recognitionResults,
} from './events.ts'
export { jointClassAt } from './joint-class.ts'
export {
  cachedClassDecisions,
  cachedRecognitions,
  findDecided,
  listClassDecisions,
  type RecognitionReader,
  recognitionsOf,
} from './reader.ts'
export { type Application, applications, type Recognition } from './recognition.ts'
export { type SingleChange, type SingleEndReason, singleEndReasons } from './single-events.ts'
export type { SingleRecord } from './single-record.ts'
