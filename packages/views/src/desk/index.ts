export { accreditationView } from './accreditation.ts'
export { batchesView, batchView } from './batches.ts'
export { bodyDeskView } from './body.ts'
export { certificatesView, certificateView, overseenBodiesView, overseenCertificateView } from './certificates.ts'
export { checkView, isUnilateral, type UnilateralChange } from './check.ts'
export { type AskedField, chosenView, fieldsView, type KeyChoice, unitValue } from './choices.ts'
export { comparedUnitView, type DraftRow, isUnitStep, type UnitStep } from './compared-unit.ts'
export { describedBodyView, describedStateView } from './descriptions.ts'
export { dueView } from './due.ts'
export { assignedFrameworkView, ownFrameworkView, statedTodayView } from './frameworks.ts'
export { granteesView, granteeView } from './grantees.ts'
export { deskHomeView } from './home.ts'
export { issuableView, issueFormView, requireIssuing } from './issue-form.ts'
export { listsView } from './lists.ts'
export { membersView } from './members.ts'
export {
  type CatalogueDeps,
  namedEntity,
  namedOf,
  type Office,
  requireMemberAt,
  requireOffice,
  requireOfficeAt,
} from './office.ts'
export { assignedQualificationView, statedView } from './own-qualifications.ts'
export { isLogoOf, logoView, policyView, signatoryView, webhooksView } from './own-records.ts'
export { proposalsView, proposalView } from './proposals.ts'
export { reportsView, reportView } from './reports.ts'
export { lettersView, lookedView, officeValues, singleFields, singleView } from './singles.ts'
export { termsView } from './terms.ts'
export { monthOf, trailView } from './trail.ts'
export { revisedCorridorView, revisedView } from './versions.ts'
export { waitingView } from './waiting.ts'
