export {
  cachedBaselineFrameworks,
  cachedDescriptions,
  type DescriptionHistory,
  type Descriptions,
  listBaselineFrameworks,
  listDescriptions,
} from './baseline.ts'
export { baselineAt } from './baseline-at.ts'
export { type DescriptionCommits, descriptionOf, descriptionStatedAt, ownerOfDescription } from './description-at.ts'
export type { BaselineEvent, CatalogueCommits, CatalogueEvent, DescriptionEvent, FrameworkCommits } from './events.ts'
export { cachedCatalogue } from './following.ts'
export {
  EVER,
  type FrameworkHistory,
  frameworkAt,
  frameworkRecordAt,
  frameworkStatedAt,
  type StatedFramework,
} from './framework-at.ts'
export { findOwner, ownerOfRecord } from './owner.ts'
export {
  baselineRecordAt,
  type CatalogueQuestion,
  editionsAt,
  type Known,
  lastStated,
  notAwarded,
  type QualificationHistory,
  qualificationAt,
  type StatedQualification,
  statedAt,
} from './qualification-at.ts'
export {
  baselineCatalogue,
  baselineOf,
  type CatalogueReader,
  cachedCatalogueList,
  catalogueOf,
  frameworkOf,
  growingCatalogueList,
  listFrameworkHistories,
  namedIn,
} from './reader.ts'
export { type RecordedStatement, statementsOf } from './statements.ts'
