export { type Asset, assetPaths, assets } from './assets.ts'
export { type AuthoritiesValues, authoritiesPage } from './authorities-page.ts'
export type { CatalogueSearch, CatalogueValues, ListedQualification } from './catalogue/values.ts'
export { type OccupationValues, occupationPage, type UnitValues, unitPage } from './catalogue-list-pages.ts'
export { cataloguePage } from './catalogue-page.ts'
export { type CentresValues, centresPage } from './centres-page.ts'
export { changesFeed } from './changes-feed.ts'
export {
  type ChangesValues,
  type ChangeType,
  changePage,
  changesPage,
  type ListedChange,
} from './changes-page.ts'
export type { ListedStatement } from './changes-statement.ts'
export { comparabilityPage } from './comparability-page.ts'
export { type CompareStatesValues, compareStatesPage } from './compare-states-page.ts'
export { comparisonPage } from './comparison-page.ts'
export type {
  ComparabilityValues,
  ComparedEdition,
  ComparisonValues,
  JointValues,
  ListedSet,
  ShownParty,
  SkillSetValues,
  VersionState,
} from './comparison-values.ts'
export { compliancePage } from './compliance-page.ts'
export type { ComplianceValues, DeclaredDegree } from './compliance-values.ts'
export { corridorStepsPage } from './corridor-steps-page.ts'
export type {
  CorridorsValues,
  DeclaredCorridorValues,
  DeclaredTrackValues,
  ListedTrack,
  NamedQualification,
  PortfolioValues,
  ReportedCorridorValues,
  ReportedTrackValues,
  ShownLevelRecord,
  ShownStep,
  ShownVersionOf,
  TimelineEntry,
  TrackEntry,
  WorkerProfileValues,
} from './corridor-values.ts'
export { corridorsFeed } from './corridors-feed.ts'
export { corridorsPage } from './corridors-page.ts'
export { type DecisionsValues, decisionsPage } from './decisions-page.ts'
export { declaredCorridorPage } from './declared-corridor-page.ts'
export { declaredTrackPage } from './declared-track-page.ts'
export { type AccreditationValues, accreditationPage } from './desk/accreditation-page.ts'
export {
  type ActionName,
  type ActionsValues,
  type ActionValues,
  actionPage,
  actionPath,
  actionsPage,
  type CheckValues,
  checkPage,
  choosePage,
  SEEN,
  STEP,
} from './desk/action-pages.ts'
export { batchPage } from './desk/batch-page.ts'
export { type BatchPress, PRESS } from './desk/batch-press.ts'
export type { BatchesValues, BatchFiles, BatchValues, ListedBatch, OpenBatch, ShownFault } from './desk/batch-values.ts'
export { batchesPage } from './desk/batches-page.ts'
export { type BodyDeskValues, bodyDeskPage, type OwnQualification } from './desk/body-page.ts'
export type { BodyNumbers, EndingSoon } from './desk/body-sections.ts'
export type { BodyWaits } from './desk/body-waits.ts'
export { certificatePage } from './desk/certificate-page.ts'
export { type CertificateValues, isDoneWord, type KeepingVerb, type StatusVerb } from './desk/certificate-values.ts'
export {
  type CertificatesValues,
  certificatesPage,
  type ListedCertificate,
  type OverseenValues,
  overseenCertificatesPage,
} from './desk/certificates-page.ts'
export { type ComparedUnitValues, comparedUnitPage } from './desk/compared-unit-page.ts'
export { type DomainStep, type DomainValues, domainPage, FOUND, FOUND_FILE } from './desk/domain-page.ts'
export { type DueValues, duePage } from './desk/due-page.ts'
export {
  type FieldName,
  type FieldOption,
  formOfField,
  rowFields,
  type ShownField,
  severalName,
  type TypedFields,
} from './desk/fields.ts'
export { type DeskContext, type DeskKind, deskPath, deskPathOf, domainPath } from './desk/frame.ts'
export { type GranteesValues, type GranteeValues, granteePage, granteesPage } from './desk/grantees-page.ts'
export { type DeskHomeValues, deskHomePage } from './desk/home-page.ts'
export { issueCheckPage, issuedPage, issueWaitsPage, notIssuedPage } from './desk/issue-check-page.ts'
export { issuablePage, issueFormPage } from './desk/issue-form-page.ts'
export type { Followed, IssuableValues, IssueFormValues } from './desk/issue-values.ts'
export { type ListsValues, listsPage } from './desk/lists-page.ts'
export { type MembersValues, membersPage } from './desk/members-page.ts'
export { newLinkCheckPage, newLinkPage } from './desk/new-link-page.ts'
export { logoPage, policyPage, signatoryPage } from './desk/own-records-pages.ts'
export type {
  DatedEntry,
  LogoValues,
  PolicyValues,
  ShownLogo,
  SignatoryValues,
  WebhooksValues,
} from './desk/own-records-values.ts'
export { printPage } from './desk/print-page.ts'
export { deskProblemPage } from './desk/problem-page.ts'
export type { DeskProblem } from './desk/problem-words.ts'
export { type ProposalValues, proposalPage } from './desk/proposal-page.ts'
export { type ProposalsValues, proposalsPage } from './desk/proposals-page.ts'
export type { ShownRepeats } from './desk/repeats.ts'
export { type ReportValues, reportPage } from './desk/report-page.ts'
export { type DeskReport, type ReportsValues, reportsPage } from './desk/reports-page.ts'
export { signInPage } from './desk/sign-in-page.ts'
export { singleCheckPage, singleFormPage, singlesPage } from './desk/single-form-pages.ts'
export { singlePage } from './desk/single-page.ts'
export { singlesPath } from './desk/single-parts.ts'
export type {
  ListedSingle,
  LookedAt,
  ShownLetter,
  SingleCheckValues,
  SingleFormValues,
  SinglePress,
  SinglesValues,
  SingleValues,
} from './desk/single-values.ts'
export { type TrailValues, trailPage } from './desk/trail-page.ts'
export type {
  ComparedVersion,
  GrantInState,
  Named,
  ShownAffected,
  ShownChange,
  ShownCoverage,
  ShownCovered,
  ShownDescription,
  ShownFramework,
  ShownGrant,
  ShownPlacement,
  ShownProposal,
  ShownStatement,
  ShownTerms,
  ShownVersion,
} from './desk/values.ts'
export { type WaitingAction, type WaitingValues, waitingPage } from './desk/waiting-page.ts'
export { webhooksPage } from './desk/webhooks-page.ts'
export { type FrameworkValues, frameworkPage, referencePage } from './framework-page.ts'
export { gonePage } from './gone-page.ts'
export { type HeldFault, type HeldUnit, type HeldValues, heldPage } from './held-page.ts'
export { errorWords, fieldOf, type HomeError, homePage } from './home-page.ts'
export type { IssuerValues } from './issuer/values.ts'
export { issuerPage } from './issuer-page.ts'
export { type IssuersValues, type ListedIssuer, listedStates } from './issuers/values.ts'
export { issuersPage } from './issuers-page.ts'
export type { LogProofValues } from './log-proof.ts'
export { errorPage, futurePage, notFoundPage, problemPage, refusedPage, tooManyPage } from './message-pages.ts'
export { type Language, parseLanguage } from './messages/speak.ts'
export type { Contact, Office } from './offices.ts'
export {
  aboutPage,
  accessibilityPage,
  type Operator,
  privacyPage,
  reportProblemPage,
} from './operator-pages.ts'
export type { PageContext } from './page.ts'
export { paperPage } from './paper-page.ts'
export { portfolioPage } from './portfolio-page.ts'
export { qrSvg } from './qr-svg.ts'
export { type QualificationValues, qualificationPage } from './qualification-page.ts'
export {
  fieldOfMistake,
  mistakeWords,
  type ReportFakeValues,
  type ReportMistake,
  reportFakePage,
  reportSentPage,
  type TypedReport,
} from './report-fake-page.ts'
export {
  type MistakeFormFault,
  mistakeFormWords,
  mistakePath,
  mistakeSentPage,
  type ReportMistakeValues,
  reportMistakePage,
  type TypedMistake,
} from './report-mistake-page.ts'
export { reportedCorridorPage } from './reported-corridor-page.ts'
export { reportedTrackPage } from './reported-track-page.ts'
export type { AgreedLevel, ComparableTitle, LevelPanel, ResultValues } from './result/values.ts'
export { resultPage } from './result-page.ts'
export { type SetHeldValues, setHeldPage, skillSetPage } from './skill-set-page.ts'
export type { StateOf } from './state-names.ts'
export { type StateValues, statePage } from './state-page.ts'
export { type StatedFrameworkValues, type StatementOfFramework, statedFrameworkPage } from './stated-framework-page.ts'
export { type StatesValues, statesPage } from './states-page.ts'
export { linkToToken, parseToken, showToken, tokenToLink } from './token.ts'
export { readTyped, type Typed } from './typed.ts'
export { workerProfilePage } from './worker-profile-page.ts'
