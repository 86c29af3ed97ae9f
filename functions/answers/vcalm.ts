import type { Answer, ProblemBody } from '@sijil/http'
import type { TrustPolicy } from '@sijil/registry/trust'
import { listedOnce, type Verification } from '@sijil/registry/verification'

type Judged = Pick<Verification, 'verdict' | 'checks' | 'problemDetails'>

/**
 * VCALM's way of speaking: 200 with `verified: true`, 400 where not, whatever the reason is.
 * @see https://w3c-ccg.github.io/vc-api/#verify-credential
 */
export function vcalmAnswer(verifications: readonly Judged[], { policy }: { policy: TrustPolicy }): Answer {
  const problemDetails = listedOnce(verifications.flatMap((verification) => verification.problemDetails))
  const results = verifications.map(({ verdict, checks }) => ({ verdict, checks }))
  if (verifications.every(({ verdict }) => verdict === 'valid'))
    return { status: 200, body: { verified: true, problemDetails: [], results } }
  if (
    policy.demonstration &&
    verifications.every((verification) => verification.verdict === 'valid' || isGoodButUnknown(verification))
  ) {
    return { status: 200, body: { verified: true, warnings: problemDetails, results } }
  }
  return { status: 400, body: { verified: false, errors: problemDetails, problemDetails, results } }
}

/** A body that is refused before anything is checked is not verified either. What is no fault of the caller's is told as everywhere. */
export function tellVcalmProblem(problem: ProblemBody): Answer | undefined {
  if (problem.status === 429 || problem.status >= 500) return undefined
  const problemDetails = [{ ...problem, status: 400 }]
  return { status: 400, body: { verified: false, errors: problemDetails, problemDetails } }
}

/** Issuing refuses a form with 400, however it was found wanting; who may not, and what contradicts what was so before, is told as everywhere. */
export function tellIssueProblem(problem: ProblemBody): Answer | undefined {
  if (problem.status !== 422 || problem.type.endsWith('/idempotency-key-reuse')) return undefined
  return { status: 400, body: { ...problem, status: 400 }, type: 'application/problem+json' }
}

/**
 * Only where there is a sandbox: nothing speaks against the document, but nobody vouches for its issuer. A status of a kind that
 * we do not know is left open; one that we know and could not read is not.
 */
function isGoodButUnknown({ checks }: Judged): boolean {
  return checks.every(({ name, outcome, reason, evidence }) => {
    if (outcome === 'failed') return false
    switch (name) {
      case 'format':
      case 'proof':
      case 'issuer-key':
      case 'period':
        return outcome === 'passed'
      case 'status':
        return (
          outcome === 'passed' || (reason === 'status-not-retrievable' && evidence?.type !== 'BitstringStatusListEntry')
        )
      case 'recorded':
      case 'issuer-trust':
        return reason === 'issuer-unknown'
      case 'centre':
      case 'qualification':
        return true
      default:
        return name satisfies never
    }
  })
}
