import type { IssuerAnswer } from '../trust/issuer-answer.ts'
import { allChecks } from './check.ts'
import { problemsOf } from './problem-types.ts'
import type { RemoteRegistry } from './remote-registry.ts'
import { type Check, type CheckName, type Verification, verdictOf } from './verification.ts'

type Found = Partial<
  Pick<
    Verification,
    | 'certificate'
    | 'issuer'
    | 'policy'
    | 'levels'
    | 'history'
    | 'demonstration'
    | 'pilot'
    | 'notices'
    | 'endorsements'
    | 'recognition'
    | 'recognitionUnread'
  >
> & {
  remote?: RemoteRegistry | undefined
}

/** The verdict follows from the checks and nothing else. */
export function conclude(
  answers: readonly Check[],
  { remote, issuer, levels = [], ...found }: Found,
  { baseUrl, now }: { baseUrl: string; now: Date },
): Verification {
  const evaluatedAt = now.toISOString()
  const checks = allChecks(answers)
  const { certificate, policy, history, demonstration, pilot, notices, endorsements, recognition, recognitionUnread } =
    found
  return {
    verdict: verdictOf(checks),
    checks,
    issuer: issuer ?? unknownIssuer(evaluatedAt, checks),
    ...(policy && { policy }),
    levels,
    ...(certificate && { certificate }),
    ...(history && { history }),
    ...(demonstration !== undefined && { demonstration }),
    ...(pilot && { pilot }),
    ...(notices && notices.length > 0 && { notices }),
    ...(recognition && recognition.length > 0 && { recognition }),
    ...(recognitionUnread && { recognitionUnread }),
    ...(remote?.age && { list: { registry: remote.registry, ...remote.age } }),
    ...(endorsements && endorsements.length > 0 && { endorsements }),
    problemDetails: problemsOf(checks, baseUrl),
    evaluatedAt,
  }
}

function unknownIssuer(moment: string, checks: readonly Check[]): Verification['issuer'] {
  const hasPassed = (wanted: CheckName) => checks.some(({ name, outcome }) => name === wanted && outcome === 'passed')
  const nobody: IssuerAnswer = {
    standing: 'unknown',
    sentence:
      hasPassed('proof') && hasPassed('issuer-key')
        ? 'The signature is valid, but no authority that this registry accepts lists this issuer.'
        : 'The signer of this document could not be established.',
    effective: moment,
    recorded: moment,
    chain: [],
  }
  return { onIssueDate: nobody, today: nobody }
}
