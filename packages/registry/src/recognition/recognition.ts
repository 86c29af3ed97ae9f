import type { SingleDecision, TemporaryRegistration } from '@sijil/credentials'
import { MACHINES_DIFFER_MS } from '../clocks.ts'
import type { ClassDecision } from './decided.ts'
import type { AppealState, DecisionTerms, HostAuthority, JointParty } from './events.ts'
import type { SingleRecord } from './single-record.ts'

/**
 * How a decision stands for one certificate. `was`: the certificate is in force no more. `open`: a check was not performed, so nobody
 * can say today.
 */
export const applications = ['now', 'future', 'ended', 'was', 'open'] as const
export type Application = (typeof applications)[number]

/** One decision about this certificate, or about certificates like it, as an answer to question 5. It is no verdict, and changes none. */
export interface Recognition extends DecisionTerms {
  /** `single`: about this certificate alone. Only those who hold its link, or the decision itself, are shown it. */
  kind: 'class' | 'single'
  /** Absent for a single decision before the person is shown: it would name the certificate. */
  decision?: string
  host: HostAuthority
  /** The others that decided it together with the host. It counts only while all of them stand by it. */
  jointly?: readonly JointParty[]
  /** First and last day of award that a class decision covers. */
  award?: { from: string; until: string }
  applies: Application
  /** Whether it covers this certificate was not checked to the end. It never counts as matched. */
  notPerformed?: UncheckedIssue
  /** The first and, if it ended, the last moment. RFC 3339 UTC. */
  from: string
  endedFrom?: string
  recordedAt: string
  /** The appeal that was recorded last. That of a single decision has no note. */
  appealed?: { state: AppealState; note?: string; at: string }
  /** The authority does not hold the right to recognise any more. The decision stays as it was made. */
  noLongerHeld?: true
  /** Another decision took the place of a single one. `replacedBy`: its UUID. */
  replaced?: true
  replacedBy?: string
  /** The decision registers the holder for a time. Without it, nothing of it permits practice. */
  registration?: TemporaryRegistration
  /** The signed single decision, so that a second authority can rely on it. */
  credential?: object
}

/** Another registry keeps the record, so nobody can say here whether the certificate was issued by the last day of the class. */
export interface UncheckedIssue {
  check: 'issued-until'
  reason: 'kept-elsewhere'
  /** The registry that can say. */
  registry: string
}

interface Stands {
  applies: Application
  isHeld: boolean
  notPerformed?: UncheckedIssue
}

export function recognitionBy(
  { id: decision, host, class: { award }, terms, jointly, from, recordedAt, appeals, ended }: ClassDecision,
  { applies, isHeld, notPerformed }: Stands,
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
    ...(notPerformed && { notPerformed }),
    from,
    ...(ended && { endedFrom: ended.from }),
    recordedAt,
    ...(appealed && { appealed }),
    ...(!isHeld && { noLongerHeld: true as const }),
  }
}

/** The same for a single decision whose signature and record were checked. `credential`: its signed document. */
export function singleRecognition(
  decision: SingleDecision,
  { record, host, credential }: { record: SingleRecord; host: HostAuthority; credential: object },
  { applies, isHeld }: Stands,
): Recognition {
  const { units, measures, entitles, conditions, reason, registration, validUntil } = decision
  const ended = record.ended?.from ?? record.replaced?.at
  return {
    kind: 'single',
    decision: record.id,
    host,
    result: decision.result,
    ...(units.length > 0 && { units: units.map(({ code }) => code) }),
    ...(measures.length > 0 && { measures }),
    ...(conditions && { conditions }),
    ...(validUntil && { until: validUntil.slice(0, 10) }),
    ...(entitles.length > 0 && { entitles }),
    appeal: decision.appeal,
    basis: decision.basis,
    ...(reason && { reason }),
    applies,
    from: decision.validFrom,
    ...(ended && { endedFrom: ended }),
    recordedAt: record.decided?.recordedAt ?? record.proposedAt,
    ...(record.appealed && { appealed: record.appealed }),
    ...(!isHeld && { noLongerHeld: true as const }),
    ...(registration && { registration }),
    ...(record.replaced && { replaced: true as const, replacedBy: record.replaced.by }),
    credential,
  }
}

/** How a single decision stands at a moment, whatever the certificate is. */
export function singlePhase(
  { validFrom, validUntil }: Pick<SingleDecision, 'validFrom' | 'validUntil'>,
  { ended, replaced }: Pick<SingleRecord, 'ended' | 'replaced'>,
  now: Date,
): 'future' | 'force' | 'ended' {
  if (ended !== undefined || replaced !== undefined) return 'ended'
  if (validUntil !== undefined && Date.parse(validUntil) < now.getTime()) return 'ended'
  // Machines may differ by some seconds, and it was recorded before now.
  return Date.parse(validFrom) > now.getTime() + MACHINES_DIFFER_MS ? 'future' : 'force'
}
