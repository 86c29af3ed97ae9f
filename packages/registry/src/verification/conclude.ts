import type { IssuerAnswer } from '../trust/issuer-answer.ts'
import type { CheckList } from './check-list.ts'
import type { Elsewhere } from './elsewhere.ts'
import { problemsOf } from './problem-types.ts'
import { type Verification, verdictOf } from './verification.ts'

type Found = Partial<
  Pick<
    Verification,
    'certificate' | 'issuer' | 'policy' | 'levels' | 'history' | 'demonstration' | 'pilot' | 'endorsements'
  >
> & {
  list?: Elsewhere
}

/** The verdict follows from the checks and nothing else. */
export function concluded(
  checks: CheckList,
  found: Found,
  { baseUrl, now }: { baseUrl: string; now: Date },
): Verification {
  const evaluatedAt = now.toISOString()
  const { certificate, policy, history, demonstration, pilot, list, endorsements } = found
  return {
    verdict: verdictOf(checks.all),
    checks: checks.all,
    issuer: found.issuer ?? { onIssueDate: nobody(evaluatedAt, checks), today: nobody(evaluatedAt, checks) },
    ...(policy && { policy }),
    levels: found.levels ?? [],
    ...(certificate && { certificate }),
    ...(history && { history }),
    ...(demonstration !== undefined && { demonstration }),
    ...(pilot && { pilot }),
    ...(list && provenanceOf(list)),
    ...(endorsements && { endorsements }),
    problemDetails: problemsOf(checks.all, baseUrl),
    evaluatedAt,
  }
}

const provenanceOf = ({ registry, age }: Elsewhere) => age && { list: { registry, ...age } }

const nobody = (moment: string, checks: CheckList): IssuerAnswer => ({
  standing: 'unknown',
  sentence:
    checks.passed('proof') && checks.passed('issuer-key')
      ? 'The signature is that of its issuer, whom no authority that this registry accepts has listed.'
      : 'Whoever signed this could not be established.',
  effective: moment,
  recorded: moment,
  chain: [],
})
