import { DocumentFault } from '@sijil/credentials'
import type { Presenting } from '@sijil/credentials/general'
import { RegistryError } from '../errors.ts'
import { CheckList } from './check-list.ts'
import { problemsOf } from './problem-types.ts'
import { type Check, checkNames, type PresentationVerification, type Verification, verdictOf } from './verification.ts'
import { verifyShown } from './verify.ts'
import { recordFault } from './verify-certificate.ts'
import { type ProofExpectations, recordProofs, sandboxKeys, type VerifiedShown } from './verify-foreign.ts'
import type { Verifying } from './verifying.ts'

export interface PresentationExpectations extends ProofExpectations {
  /** Whether each credential must have been issued to whom presents it. A subject without a DID binds nobody and is not judged. */
  holderIsSubject: boolean
}

/** Its own proof, and each credential in it: the verdict is the conjunction (O006). */
export async function verifyPresentation(
  presentation: unknown,
  { challenge, domain, holderIsSubject }: PresentationExpectations,
  needs: Verifying,
): Promise<PresentationVerification> {
  const own = new CheckList()
  const { examinePresentation } = await needs.general()
  const examined = await examinePresentation(presentation, {
    now: needs.now,
    keyFor: sandboxKeys(needs),
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
  })
  const [fault] = examined.faults
  if (fault !== undefined) {
    recordFault(new DocumentFault(fault.code, fault.pointer, fault.detail), own)
    return conjunction(own.all, [], needs)
  }
  if (examined.credentials.length > MOST_CREDENTIALS)
    throw new RegistryError('document-too-complex', `at most ${MOST_CREDENTIALS} credentials in a presentation`)
  const { holder, proofs } = examined
  const presenting: Presenting = { proofs, ...(holder !== undefined && { holder }) }
  const shown: VerifiedShown[] = []
  for (const credential of examined.credentials) shown.push(await verifyShown(credential, needs, { presenting }))

  own.pass('format', { credentials: shown.length })
  recordProofs(proofs, own)
  if (own.passed('proof')) own.pass('issuer-key')
  const subjects = shown.flatMap((one) => one.subjects).filter((subject) => subject.startsWith('did:'))
  if (holderIsSubject && subjects.some((subject) => !isPresentedBy(subject, presenting)))
    own.fail('issuer-key', 'holder-mismatch')
  const credentials = shown.map(({ verification }) => verification)
  return conjunction(own.all, credentials, needs)
}

/** Where no holder is named, it is whoever signed. */
const isPresentedBy = (subject: string, { holder, proofs }: Presenting): boolean =>
  holder === undefined
    ? proofs.some(({ outcome, controller }) => outcome === 'passed' && controller === subject)
    : holder === subject

const MOST_CREDENTIALS = 4

/** A presentation says nothing of its own beyond form and signature: about the rest, what it holds must answer. */
function conjunction(
  own: readonly Check[],
  credentials: Verification[],
  { baseUrl, now }: Verifying,
): PresentationVerification {
  const itsOwn = own.filter(({ name }) => name === 'format' || name === 'proof' || name === 'issuer-key')
  const lists = [itsOwn, ...credentials.map(({ checks }) => checks)]
  const checks = checkNames.map((name) => worst(name, lists))
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

function worst(name: Check['name'], lists: readonly Check[][]): Check {
  const all = lists.flatMap((checks) => checks.filter((check) => check.name === name))
  return (
    all.find(({ outcome }) => outcome === 'failed') ??
    all.find(({ outcome }) => outcome === 'not_performed') ??
    all[0] ?? { name, outcome: 'not_performed', reason: 'depends-on-another-check' }
  )
}
