export { historyFor, qualificationOf } from './check-qualification.ts'
export { comparePaper, type PaperAnswer, type PaperCode, type PaperFinding } from './compare-paper.ts'
export { lookUpNumber, type RegisterEntry } from './look-up-number.ts'
export { type EndedLink, goneLink, openLink } from './open-link.ts'
export { checkProblems, listedOnce } from './problem-types.ts'
export type { RemoteRegistry } from './remote-registry.ts'
export {
  type Check,
  type CheckName,
  checkNames,
  type Endorsement,
  type LevelAnswer,
  type Notice,
  type PresentationVerification,
  type Problem,
  type Reason,
  reasons,
  type Verdict,
  type Verification,
  verdictOf,
} from './verification.ts'
export { findByLink, verifyDocument, verifyLink } from './verify.ts'
export { storeOnly, type VerifyDeps } from './verify-deps.ts'
export { type PresentationExpectations, verifyPresentation } from './verify-presentation.ts'
export { type CertificateWithoutPerson, type VerificationWithoutPerson, withoutPerson } from './without-person.ts'
