export { authoritiesView } from './authorities.ts'
export { batchTemplateView } from './batch-template.ts'
export { type CatalogueIndex, createCatalogueIndex } from './catalogue-index.ts'
export { occupationView, unitView } from './catalogue-lists.ts'
export { catalogueTable, catalogueView } from './catalogue-search.ts'
export { centresValues, centresView, listCentres } from './centres.ts'
export { certificateView, MAX_QUALIFICATION_LENGTH } from './certificate.ts'
export { changesView, changeView, entitiesOfState, listedKinds, noSuchChange } from './changes.ts'
export { comparabilityTable, comparabilityView } from './comparability.ts'
export { comparisonTable, comparisonView } from './comparisons.ts'
export { complianceTable, complianceView } from './compliance.ts'
export {
  corridorsView,
  corridorView,
  isDeclared,
  stepsTable,
  stepsView,
  templateOfStep,
  trackView,
} from './corridors.ts'
export { decisionsView } from './decisions.ts'
export { declaredChanges, declaredCorridorView, declaredTrackView } from './declared-corridors.ts'
export { requireCentre, requireEntity } from './entity.ts'
export { explorerView } from './explorer.ts'
export { heldView } from './held.ts'
export { type AskedOfIssuer, didView, issuerValues, issuerView } from './issuer.ts'
export { type Letterhead, letterheadAt } from './letterhead.ts'
export { paperView } from './paper.ts'
export { portfolioView } from './portfolio.ts'
export { frameworkView, noSuchThing, qualificationView } from './reference.ts'
export { listReportable } from './report-fake.ts'
export { searchWords } from './search-words.ts'
export { setHeldView, skillSetView } from './skill-sets.ts'
export { statedFrameworkView } from './stated-framework.ts'
export { compareStatesView, listFictionalStates, noSuchState, statesToChoose, statesView, stateView } from './states.ts'
export type { View, ViewDeps } from './view.ts'
export { workerProfileView } from './worker-profile.ts'
