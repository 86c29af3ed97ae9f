export { type Fault, RegistryError, type RegistryErrorCode, unlessAway } from './errors.ts'
export { type Interruptions, interruptionsOf, resumeIssuing } from './issuance/interruptions.ts'
export { issueCertificate, type Waiting } from './issuance/issue.ts'
export { issueDocument } from './issuance/issue-document.ts'
export { type IssueInput, longest } from './issuance/issue-input.ts'
export type { IssueRequest, Issuing } from './issuance/issuing.ts'
export {
  type CertificateDetail,
  type CertificateSummary,
  listCertificates,
  showCertificate,
} from './issuance/list-certificates.ts'
export { type IssuingQuota, issuingQuota, noQuota, type QuotaLimits, usualQuota } from './issuance/quota.ts'
export type { ReleasedRecord } from './issuance/record.ts'
export type { Issued } from './issuance/reopen.ts'
export { issueSandboxDocument, type SandboxOptions, setSandboxStatus } from './issuance/sandbox.ts'
export { isSandbox } from './issuance/signing-body.ts'
export { sweepReservations } from './issuance/sweep.ts'
export { auditStreams } from './log/audit.ts'
export { nearlyFullBundle, publishBundle, readBundle, type TrustBundle } from './log/bundle.ts'
export {
  type Change,
  type ChangeKind,
  changeKinds,
  findChange,
  type LoggedDecision,
  listChanges,
  listLogged,
} from './log/changes.ts'
export {
  parseWitnesses,
  readCheckpoint,
  recordCosignatures,
  type Witness,
  witnessedAt,
  witnessKeys,
} from './log/cosignatures.ts'
export { type PublicLogKey, readPublicKeys, readVerifierKeys, replaceLogKey } from './log/log-keys.ts'
export { isLogName, type LogName, logNames, originOf } from './log/logs.ts'
export { type Sequenced, type Sequencing, sequenceLog } from './log/sequence.ts'
export { cachedTreeSizes, findPlace, type Place, readTile } from './log/serve.ts'
export { type Patience, untilWon } from './lost-race.ts'
export {
  addMember,
  listOffices,
  noSuchIssuer,
  type Role,
  removeMember,
  requireMember,
  requireOfficer,
  roles,
} from './members.ts'
export { loggedBy } from './offline/logged-by.ts'
export { bodiesOf, listOf, type OpenedBundle, openBundle, type SeenTree } from './offline/open-bundle.ts'
export { verifyOffline } from './offline/verify-offline.ts'
export type {
  Box,
  BoxReader,
  BoxStore,
  KeyAlgorithm,
  KeyMaker,
  KeyPurpose,
  NoteOpener,
  NoteSealer,
  SecretMaker,
  SecretReader,
  Signer,
  SigningKey,
  SigningPurpose,
} from './ports.ts'
export { remembered, rememberedEach } from './remembered.ts'
export {
  readStatementKeys,
  replaceStatementKey,
  requireStatementKey,
  STATEMENT_SECONDS,
  STATEMENTS_OWNER,
  type StatementKey,
} from './statement-keys.ts'
export type { StatusChanged } from './status/change-status.ts'
export { approveAction, approveActions, listActions, rejectAction } from './status/decide-action.ts'
export { pastStatusList } from './status/past-status-list.ts'
export type { PendingAction } from './status/pending-action.ts'
export { reinstateCertificate } from './status/reinstate.ts'
export { keepUnrevoked, revokeCertificate } from './status/revoke.ts'
export { publishStatusList } from './status/status-list.ts'
export { listUrl as statusListUrl } from './status/status-pair.ts'
export { suspendCertificate } from './status/suspend.ts'
export {
  type Commit,
  type CommitReader,
  type CommitStore,
  type IndexKey,
  nextCommit,
  ownerOf,
  type StreamId,
  streams,
} from './stream.ts'
export { acceptList, type ListTerms, suspendList } from './trust/accepted-lists.ts'
export {
  accredit,
  amendAccreditation,
  decidesAbout,
  establish,
  liftSuspension,
  suspendAccreditation,
  withdrawAccreditation,
} from './trust/accredit.ts'
export { type Accreditation, accreditationAt, accreditationsAt } from './trust/accreditations.ts'
export { type Affected, countAffected, type NotCounted } from './trust/affected.ts'
export { speaking, suspendAllByOfficer, suspendByOfficer, suspendKeyByOfficer } from './trust/alone.ts'
export { carryOut } from './trust/carry-out.ts'
export { rootLink } from './trust/chain-link.ts'
export type { CarryingOut, Deciding, Decision } from './trust/deciding.ts'
export { didDocument } from './trust/did-document.ts'
export { type Difference, differencesOf } from './trust/differences.ts'
export {
  type AcceptedList,
  type Entity,
  type Grant,
  type KeyRecord,
  keysFor,
  type LinkDecision,
  successorOn,
  usableKeys,
} from './trust/entity.ts'
export {
  type Assurance,
  type DomainControl,
  type GrantTerms,
  type Identity,
  localNamesOf,
  type Right,
  rights,
  type TrustEvent,
  type TrustHistory,
} from './trust/events.ts'
export { entityAt } from './trust/fold.ts'
export { type ForeignLists, foreignLists } from './trust/foreign-lists.ts'
export { type Founding, found, rehearseFounding } from './trust/found.ts'
export { isFreshSignIn } from './trust/fresh-sign-in.ts'
export { grantOn, grantState, termsAt } from './trust/grant.ts'
export { type GivenGrants, listGiven } from './trust/grants-below.ts'
export { accreditationsInForce, vouchedFor } from './trust/in-force.ts'
export { awaitedOf } from './trust/joining.ts'
export { addKey, compromiseKey, resumeKey, retireKey, suspendKey } from './trust/keys.ts'
export { isLentFor, type LentKey } from './trust/lent-keys.ts'
export type { Resembled } from './trust/look-alikes.ts'
export { carryOutOnCertificate, suspendCertificateByAuthority } from './trust/oversight.ts'
export { isRefused, isRoot, isWholeRoot, speaksOf, type TrustPolicy } from './trust/policy.ts'
export { listProposals, type Proposal, type ProposedChange, requireProposal } from './trust/proposals.ts'
export { approveProposal, proposeChange, rejectProposal } from './trust/propose.ts'
export { cachedTrust, type TrustReader, trustOf } from './trust/reader.ts'
export { registerAuthority, registerBody, registerCentre, succeed } from './trust/register.ts'
export { MOST_ROOM, setBrake } from './trust/set-brake.ts'
export { countSignedBy, type SignedByKey } from './trust/signed-by-key.ts'
export { issuerStanding, type TrustQuestion } from './trust/standing.ts'
export { placeOf, reachedBy, type Standings, siteOf, standingsOf } from './trust/standings.ts'
export { takeList } from './trust/take-list.ts'
export { turnsOf } from './trust/turns.ts'
export { usualRight } from './trust/usual-right.ts'
export type { Elsewhere } from './verification/elsewhere.ts'
export { lookUpNumber, type RegisterEntry } from './verification/look-up-number.ts'
export { checkProblems, listedOnce } from './verification/problem-types.ts'
export {
  type ChainLink,
  type Check,
  type CheckName,
  checkNames,
  type Endorsement,
  type IssuerAnswer,
  type IssuerStanding,
  issuerStandings,
  type LevelAnswer,
  type PresentationVerification,
  type Problem,
  type Reason,
  reasons,
  type StatusEntry,
  type Verdict,
  type Verification,
  verdictOf,
} from './verification/verification.ts'
export { openLink, verifyDocument, verifyLink } from './verification/verify.ts'
export { type PresentationExpectations, verifyPresentation } from './verification/verify-presentation.ts'
export type { Verifying } from './verification/verifying.ts'
export {
  type CertificateWithoutPerson,
  type VerificationWithoutPerson,
  withoutPerson,
} from './verification/without-person.ts'
