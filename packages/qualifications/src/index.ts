export { type Arrangement, type Profession, professions } from './arrangement.ts'
export {
  type AssessmentMethod,
  type AssessmentRoute,
  assessmentMethodOf,
  assessmentMethods,
  assessmentMethodValues,
  assessmentRouteOf,
  assessmentRoutes,
  assessmentRouteValues,
  type MethodInput,
  methodInputs,
  OTHER,
  type RouteInput,
  routeInputs,
} from './assessment.ts'
export { type AssignedCode, schemes, withSchemes } from './assigned-code.ts'
export type { Baseline } from './baseline.ts'
export type { Certifier } from './certifier.ts'
export { codeLists } from './code-lists.ts'
export {
  type Aspect,
  type AspectName,
  aspects,
  type Compared,
  type ComparedUnit,
  type ComparedUnits,
  type Comparison,
  type ComparisonFault,
  type ComparisonResult,
  compareUnits,
  comparisonFaults,
  comparisonResults,
  type Degree,
  degreeOf,
  degrees,
  type LevelDifference,
  levelDifference,
  type PinnedEdition,
  saysEquivalent,
  type UnitRow,
  type UnitsOfBoth,
} from './comparison.ts'
export {
  type ActionLine,
  type ComplianceDegree,
  type ComplianceEvidence,
  type ComplianceStatement,
  complianceDegrees,
  complianceFaults,
} from './compliance.ts'
export { type Confidence, isFact } from './confidence.ts'
export {
  type CorridorOccupation,
  type CorridorText,
  claimsIn,
  corridorFaults,
  type PartyState,
  type TrackText,
} from './corridor.ts'
export { type Day, type Instant, lastSecondOf } from './day.ts'
export { type DescribedLanguage, describedLanguages, describeLevel } from './describe-level.ts'
export type { DescribedBy } from './described-by.ts'
export {
  type BodyStatement,
  certifierOf,
  type StateStatement,
  stateRecordOf,
} from './description-statement.ts'
export {
  type CorridorFault,
  type Evidence,
  evidenceFaults,
  isWholeHash,
  type KeptEvidence,
  type OfferedEvidence,
  type PublicEvidence,
  type RestrictedEvidence,
  wholeHashFaults,
} from './evidence.ts'
export {
  type Framework,
  findStateName,
  type LevelRow,
  type LevelTable,
  nationalFrameworkOf,
  nationalFrameworks,
  type Referencing,
  referenceFramework,
  states,
} from './framework.ts'
export {
  type FrameworkStatement,
  frameworkRecordOf,
  type LevelTableStatement,
  type ReferencingStatement,
} from './framework-statement.ts'
export { type PrincipleTheme, principleThemes } from './guiding-principles.ts'
export { type AqrfStatement, endorsed, type LevelStatement, levelIn, levelsOf } from './level.ts'
export type { LevelRecord } from './level-record.ts'
export { type Practice, practiceParts } from './practice.ts'
export {
  endOfEdition,
  type Kind,
  kinds,
  knownEdition,
  noticeOf,
  partOf,
  type Qualification,
  type RequiredByLaw,
  type StatedBy,
} from './qualification.ts'
export { referencingCriteria } from './referencing-criteria.ts'
export { isRegion, REGION } from './region.ts'
export type {
  ReportedCorridor,
  ReportedPair,
  ReportedStep,
  ReportedTrack,
  ReportedUpdate,
} from './reported-corridor.ts'
export { isReservedId } from './reserved-ids.ts'
export {
  type Artefact,
  activities,
  artefacts,
  CORRIDOR_LICENCE,
  isStepId,
  type RoadmapStep,
  restrictedArtefacts,
  roadmap,
  type StepId,
  stepIds,
} from './roadmap.ts'
export {
  ANY_SITE,
  ANY_UNIT,
  isIscedFPrefix,
  isIscoPrefix,
  isScope,
  type Scope,
  type ScopeDimension,
  type ScopeQuestion,
  type Site,
  scopeCovers,
  scopeWithin,
  type UnitsOf,
  unitsIn,
} from './scope.ts'
export {
  isWanted,
  listFields,
  listLevels,
  listOccupations,
  parseLevel,
  type Sector,
  type SectorGroup,
  titleOfField,
  titleOfOccupation,
  type Wanted,
} from './sectors.ts'
export { levelsSideBySide, type SideBySide } from './side-by-side.ts'
export {
  type Held,
  type HeldUnits,
  heldAgainst,
  heldInSet,
  type Mismatch,
  mismatchOf,
  type SkillSet,
  skillSetFaults,
} from './skill-set.ts'
export {
  findStateProfile,
  type RegulatedProfession,
  type StatedFact,
  type StateProfile,
  type StateRecord,
  type StateRecords,
  stateProfiles,
} from './state-profile.ts'
export { supportsStatedLevel } from './stated-level.ts'
export {
  type EditionStatement,
  editionOn,
  isAwardedOn,
  MOST_UNITS,
  type Placement,
  type QualificationStatement,
  recordOf,
} from './statement.ts'
export { type SuggestedUnit, suggestUnits } from './suggest-units.ts'
export { endOfValidity } from './validity.ts'
