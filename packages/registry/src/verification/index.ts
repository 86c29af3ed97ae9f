export type { Elsewhere } from './elsewhere.ts'
export { lookUpNumber, type RegisterEntry } from './look-up-number.ts'
export { checkProblems, listedOnce } from './problem-types.ts'
export {
  type Check,
  type CheckName,
  checkNames,
  type Endorsement,
  type LevelAnswer,
  type PresentationVerification,
  type Problem,
  type Reason,
  reasons,
  type Verdict,
  type Verification,
  verdictOf,
} from './verification.ts'
export { openLink, verifyDocument, verifyLink } from './verify.ts'
export { type PresentationExpectations, verifyPresentation } from './verify-presentation.ts'
export type { Verifying } from './verifying.ts'
export { type CertificateWithoutPerson, type VerificationWithoutPerson, withoutPerson } from './without-person.ts'
