export type { CatalogueCommits, CatalogueEvent } from './events.ts'
export {
  type CatalogueQuestion,
  editionsAt,
  notAwarded,
  type QualificationHistory,
  qualificationAt,
} from './qualification-at.ts'
export {
  baselineHistory,
  type CatalogueReader,
  cachedCatalogue,
  cachedCatalogueList,
  catalogueOf,
  listCatalogue,
} from './reader.ts'
