import type { Answer, ProblemBody } from '@sijil/http'
import type { TrustPolicy } from '@sijil/registry/trust'
import { listedOnce, type Verification } from '@sijil/registry/verification'

type Judged = Pick<Verification, 'verdict' | 'checks' | 'problemDetails'>

/**
 * Answers in the form of VCALM: 200 with `verified: true`, and 400 otherwise, for any reason.
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

/** A request that is refused before any check is not verified either. Problems that the caller did not cause keep their usual form. */
export function tellVcalmProblem(problem: ProblemBody): Answer | undefined {
  if (problem.status === 429 || problem.status >= 500) return undefined
  const problemDetails = [{ ...problem, status: 400 }]
  return { status: 400, body: { verified: false, errors: problemDetails, problemDetails } }
}

/** VCALM refuses an invalid input with 400, where this API says 422. Missing rights and conflicts keep their usual form. */
export function tellIssueProblem(problem: ProblemBody): Answer | undefined {
  if (problem.status !== 422 || problem.type.endsWith('/idempotency-key-reuse')) return undefined
  return { status: 400, body: { ...problem, status: 400 }, type: 'application/problem+json' }
}

/**
 * No check failed, but the issuer is unknown. It counts as verified only in a deployment with a sandbox. A status of an unknown kind may stay
 * open, but a status of a known kind that could not be read may not.
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
