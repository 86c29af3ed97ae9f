export { accredit, establish, liftSuspension, suspendAccreditation, withdrawAccreditation } from './accredit.ts'
export { sweepReservations } from './burn.ts'
export { type Fault, RegistryError, type RegistryErrorCode } from './errors.ts'
export { type IssueRequest, type Issuing, issueCertificate } from './issue.ts'
export { issueDocument } from './issue-document.ts'
export type { IssueInput } from './issue-input.ts'
export {
  type CertificateDetail,
  type CertificateSummary,
  listCertificates,
  showCertificate,
} from './list-certificates.ts'
export { addMember, noSuchIssuer, type Role, removeMember, requireMember, roles } from './members.ts'
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
} from './ports.ts'
export { checkProblems } from './problem-types.ts'
export { type ReleasedRecord, revocationReasons, suspensionReasons } from './record.ts'
export { addKey, registerAuthority, registerBody } from './register.ts'
export { reinstateCertificate } from './reinstate.ts'
export type { Issued } from './reopen.ts'
export { revokeCertificate } from './revoke.ts'
export { issueSandboxDocument, type SandboxOptions, setSandboxStatus } from './sandbox.ts'
export { isSandbox } from './signing-body.ts'
export { publishStatusList } from './status-list.ts'
export {
  type Commit,
  type CommitReader,
  type CommitStore,
  type IndexKey,
  nextCommit,
  type StreamId,
  streams,
} from './stream.ts'
export { suspendCertificate } from './suspend.ts'
export { cachedTrust, issuerStanding, type TrustPolicy, type TrustReader, trustOf } from './trust.ts'
export {
  type Entity,
  entityAt,
  type Grant,
  grantStanding,
  type Identity,
  keysFor,
  type TrustEvent,
  type TrustHistory,
} from './trust-events.ts'
export {
  type ChainLink,
  type Check,
  type CheckName,
  checkNames,
  type IssuerAnswer,
  type IssuerStanding,
  type LevelAnswer,
  type Problem,
  type Reason,
  reasons,
  type StatusEntry,
  type Verdict,
  type Verification,
  verdictOf,
} from './verification.ts'
export { verifyDocument, verifyLink } from './verify.ts'
export { type PresentationExpectations, verifyPresentation } from './verify-presentation.ts'
export type { Verifying } from './verifying.ts'
