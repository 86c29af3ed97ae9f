export { canonicalizeReference, type Digest } from './canonicalize.ts'
export { pinnedContexts } from './contexts.ts'
export { type Examination, examineCredential, type Presenting } from './examine-credential.ts'
export { examinePresentation, type PresentationExamination } from './examine-presentation.ts'
export type { StatusFact } from './facts.ts'
export type { Fault } from './faults.ts'
export type { IssuerKey } from './issuer-key.ts'
export {
  type PreparedSandboxDocument,
  prepareSandboxDocument,
  type SandboxDocumentOptions,
  sealSandboxDocument,
} from './prepare-foreign.ts'
export type { Cryptosuite } from './suites.ts'
export type { KeyFor, ProofOutcome, ProofReason, RegisteredKey } from './verify-proofs.ts'
