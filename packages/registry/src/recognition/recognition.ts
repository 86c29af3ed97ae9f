import type { ClassDecision } from './decided.ts'
import type { AppealState, DecisionTerms, HostAuthority, JointParty } from './events.ts'

/**
 * How a decision stands for one certificate. `was`: the certificate is in force no more. `open`: a check was not performed, so nobody
 * can say today.
 */
export const applications = ['now', 'future', 'ended', 'was', 'open'] as const
export type Application = (typeof applications)[number]

/** One decision about certificates like this one, as an answer to question 5. It is no verdict, and changes none. */
export interface Recognition extends DecisionTerms {
  kind: 'class'
  decision: string
  host: HostAuthority
  /** The others that decided it together with the host. It counts only while all of them stand by it. */
  jointly?: readonly JointParty[]
  /** First and last day of award that it covers. */
  award: { from: string; until: string }
  applies: Application
  /** The first and, if it ended, the last moment. RFC 3339 UTC. */
  from: string
  endedFrom?: string
  recordedAt: string
  /** The appeal that was recorded last. */
  appealed?: { state: AppealState; note: string; at: string }
  /** The authority does not hold the right to recognise any more. The decision stays as it was made. */
  noLongerHeld?: true
}

export function recognitionBy(
  { id: decision, host, class: { award }, terms, jointly, from, recordedAt, appeals, ended }: ClassDecision,
  { applies, isHeld }: { applies: Application; isHeld: boolean },
): Recognition {
  const appealed = appeals.at(-1)
  return {
    kind: 'class',
    decision,
    host,
    ...(jointly && { jointly: jointly.parties.slice(1) }),
    award,
    ...terms,
    applies,
    from,
    ...(ended && { endedFrom: ended.from }),
    recordedAt,
    ...(appealed && { appealed }),
    ...(!isHeld && { noLongerHeld: true as const }),
  }
}
