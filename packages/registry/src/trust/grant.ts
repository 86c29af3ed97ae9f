import type { Grant, GrantChange, LinkDecision } from './entity.ts'
import type { Awaiting, GrantTerms } from './events.ts'

export type GrantState =
  | { in: 'force' }
  | { in: 'suspension'; since: string }
  | { in: 'withdrawal'; since: string }
  | { in: 'past' | 'future' }

export interface GrantOnDay {
  /** `recordedAt`: of the decision that stated these terms. */
  readonly terms: Readonly<GrantTerms> & { readonly recordedAt: string }
  readonly state: Readonly<GrantState>
  readonly isRecordedLater: boolean
  /** The grant and the changes that count by then. A change that still awaits a grantor does not count. */
  readonly decisions: readonly LinkDecision[]
}

/** Terms and state of a grant on a day. Computed once for all days between two moments of its history. */
export function grantOn(grant: Grant, effective: string): GrantOnDay {
  const { moments, answers } = timelineOf(grant)
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moments[middle] as string) < effective) low = middle + 1
    else high = middle
  }
  const place = moments[low] === effective ? 2 * low + 1 : 2 * low
  const known = answers.get(place)
  if (known !== undefined) return known
  const answer = workOut(grant, effective)
  answers.set(place, answer)
  return answer
}

interface Timeline {
  /** All moments that can change the answer, in order. */
  moments: readonly string[]
  /** Answers by position: at the moments and between them. Filled when asked for. */
  answers: Map<number, GrantOnDay>
}
/** Every moment at which the terms or the state may change. */
export const momentsOf = (grant: Grant): readonly string[] => timelineOf(grant).moments

/** The cache is safe: a grant belongs to one fold, and a fold is never changed. */
const timelines = new WeakMap<Grant, Timeline>()

function timelineOf(grant: Grant): Timeline {
  const known = timelines.get(grant)
  if (known !== undefined) return known
  const { from, until, changes } = grant
  const named = changes.flatMap((change) => [change.effectiveAt, 'until' in change ? change.until : undefined])
  const moments = [...new Set([from, until, ...named])].filter((moment) => moment !== undefined).sort()
  const made = { moments, answers: new Map() }
  timelines.set(grant, made)
  return made
}

function workOut(grant: Grant, effective: string): GrantOnDay {
  // Changes are in order of recording. Of two changes for one day, the later record wins.
  let amended: (GrantChange & { type: 'amended' }) | undefined
  let suspensions: string[] = []
  let withdrawn: string | undefined
  const decisions = [grant.decision]
  for (const change of grant.changes) {
    const { effectiveAt } = change
    if (effectiveAt > effective || !isJoined(change, grant, effective)) continue
    decisions.push(change.decision)
    switch (change.type) {
      case 'withdrawn':
        if (withdrawn === undefined || effectiveAt < withdrawn) withdrawn = effectiveAt
        break
      case 'amended':
        if (amended === undefined || effectiveAt >= amended.effectiveAt) amended = change
        break
      case 'suspended':
        suspensions.push(effectiveAt)
        break
      case 'lifted':
        // A suspension that was recorded after this lift stays: the officers who lifted did not know its grounds.
        if (suspensions.length > 0) suspensions = suspensions.filter((since) => since > effectiveAt)
        break
      case 'joined':
        break
      default:
        change satisfies never
    }
  }
  const terms = amended ?? grant
  const state = stateOf(grant, terms, withdrawn, suspensions.sort().at(-1), effective)
  const isRecordedLater = isLater(grant, grant.from) || (amended !== undefined && isLater(amended, amended.effectiveAt))
  return { terms, state, isRecordedLater, decisions }
}

/** True if it was recorded after the day from which it counts. */
const isLater = ({ recordedAt }: { recordedAt: string }, from: string): boolean =>
  recordedAt.slice(0, 10) > from.slice(0, 10)

/** True if all grantors that `decision` awaits have joined by that day, after it was recorded. */
export function isJoined(
  decision: Awaiting & { recordedAt: string },
  { changes }: Pick<Grant, 'changes'>,
  effective: string,
): boolean {
  const { awaits, recordedAt } = decision
  if (awaits === undefined) return true
  return awaits.every((grantor) =>
    changes.some(
      ({ type, by, effectiveAt, recordedAt: joinedAt }) =>
        type === 'joined' && by === grantor && joinedAt > recordedAt && effectiveAt <= effective,
    ),
  )
}

function stateOf(
  grant: Grant,
  { until }: GrantTerms,
  withdrawn: string | undefined,
  suspended: string | undefined,
  effective: string,
): GrantState {
  if (withdrawn !== undefined) return { in: 'withdrawal', since: withdrawn }
  if (effective < grant.from || !isJoined(grant, grant, effective)) return { in: 'future' }
  if (until !== undefined && effective > until) return { in: 'past' }
  return suspended === undefined ? { in: 'force' } : { in: 'suspension', since: suspended }
}

/** The terms on a day: those of the grant, or of the last amendment that counts by then. */
export const termsAt = (grant: Grant, effective: string): GrantTerms => termsOf(grantOn(grant, effective).terms)

/** Only the members of the terms, from a grant or an amendment. */
export const termsOf = ({
  scope,
  until,
  pilot,
  mayChangeStatus,
  assurance,
  catalogueAt,
}: Readonly<GrantTerms>): GrantTerms => ({
  scope,
  ...(until && { until }),
  ...(pilot && { pilot }),
  ...(mayChangeStatus && { mayChangeStatus }),
  ...(assurance && { assurance }),
  ...(catalogueAt && { catalogueAt }),
})

/** The state of a grant at a moment. A withdrawal outweighs everything. Otherwise the latest effective suspension or lift counts. */
export const grantState = (grant: Grant, effective: string): GrantState => grantOn(grant, effective).state
