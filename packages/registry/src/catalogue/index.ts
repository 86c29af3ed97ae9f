export type { CatalogueCommits, CatalogueEvent } from './events.ts'
export { cachedCatalogue } from './following.ts'
export { EVER, type FrameworkHistory, frameworkAt, frameworkStatedAt, type StatedFramework } from './framework-at.ts'
export { findOwner, ownerOfRecord } from './owner.ts'
export {
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
  baselineHistory,
  type CatalogueReader,
  cachedCatalogueList,
  catalogueOf,
  frameworkOf,
  growingCatalogueList,
  listFrameworkHistories,
} from './reader.ts'
export { type RecordedStatement, statementsOf } from './statements.ts'
