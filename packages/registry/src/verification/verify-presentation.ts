import { DocumentFault } from '@sijil/credentials'
import type { Presenting } from '@sijil/credentials/general'
import { RegistryError } from '../errors.ts'
import { allChecks, failed, passed } from './check.ts'
import { checkOfFault } from './check-fault.ts'
import { problemsOf } from './problem-types.ts'
import { type Check, type PresentationVerification, type Verification, verdictOf } from './verification.ts'
import { verifyShown } from './verify.ts'
import type { VerifyDeps } from './verify-deps.ts'
import { checkProofs, type ProofExpectations, sandboxKeys, type VerifiedShown } from './verify-external-document.ts'

export interface PresentationExpectations extends ProofExpectations {
  /** Whether each credential must have been issued to the presenter. A subject without a DID binds nobody and is not judged. */
  holderIsSubject: boolean
}

/** Verifies the presentation's own proof and each credential in it. The verdict is the worst of all (O006). Throws `document-too-complex`. */
export async function verifyPresentation(
  presentation: unknown,
  { challenge, domain, holderIsSubject }: PresentationExpectations,
  deps: VerifyDeps,
): Promise<PresentationVerification> {
  const { examinePresentation } = await deps.general()
  const examined = await examinePresentation(presentation, {
    now: deps.now,
    keyFor: sandboxKeys(deps),
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
  })
  const [fault] = examined.faults
  if (fault !== undefined)
    return conjunction([checkOfFault(new DocumentFault(fault.code, fault.pointer, fault.detail))], [], deps)
  if (examined.credentials.length > MOST_CREDENTIALS)
    throw new RegistryError('document-too-complex', `at most ${MOST_CREDENTIALS} credentials in a presentation`)
  const { holder, proofs } = examined
  const presenting: Presenting = { proofs, ...(holder !== undefined && { holder }) }
  const shown: VerifiedShown[] = []
  for (const credential of examined.credentials) shown.push(await verifyShown(credential, deps, { presenting }))

  const proof = checkProofs(proofs)
  const subjects = shown.flatMap((one) => one.subjects).filter((subject) => subject.startsWith('did:'))
  const isAnothers = holderIsSubject && subjects.some((subject) => !isPresentedBy(subject, presenting))
  const own = [
    passed('format', { credentials: shown.length }),
    proof,
    ...(proof.outcome === 'passed' ? [passed('issuer-key')] : []),
    ...(isAnothers ? [failed('issuer-key', 'holder-mismatch')] : []),
  ]
  const credentials = shown.map(({ verification }) => verification)
  return conjunction(own, credentials, deps)
}

/** If the presentation names no holder, its signer counts as the holder. */
const isPresentedBy = (subject: string, { holder, proofs }: Presenting): boolean =>
  holder === undefined
    ? proofs.some(({ outcome, controller }) => outcome === 'passed' && controller === subject)
    : holder === subject

const MOST_CREDENTIALS = 4

/** A presentation answers only `format`, `proof` and `issuer-key` itself. Its credentials must answer the other checks. */
function conjunction(
  own: readonly Check[],
  credentials: Verification[],
  { baseUrl, now }: VerifyDeps,
): PresentationVerification {
  const itsOwn = allChecks(own).filter(({ name }) => name === 'format' || name === 'proof' || name === 'issuer-key')
  const checks = allChecks([...itsOwn, ...credentials.flatMap((each) => each.checks)])
  const [only, ...others] = credentials
  return {
    ...(others.length === 0 && only),
    verdict: verdictOf(checks),
    checks,
    credentials,
    problemDetails: problemsOf(checks, baseUrl),
    evaluatedAt: now.toISOString(),
  }
}
