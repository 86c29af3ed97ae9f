import type { Grant, GrantChange, LinkDecision } from './entity.ts'
import type { Awaiting, GrantTerms } from './events.ts'

export type GrantState =
  | { in: 'force' }
  | { in: 'suspension'; since: string }
  | { in: 'withdrawal'; since: string }
  | { in: 'past' | 'future' }

export interface GrantOnDay {
  readonly terms: Readonly<GrantTerms>
  readonly state: Readonly<GrantState>
  readonly isRecordedLater: boolean
  /** The grant, and whatever had changed it by then; what still awaits another grantor changed nothing. */
  readonly decisions: readonly LinkDecision[]
}

/** What a grant says on a day, and how it stands. Worked out once for all days between two moments of its history. */
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
  /** All that a day is compared with, in order. */
  moments: readonly string[]
  /** By place: at the moments and between them, as far as somebody asked. */
  answers: Map<number, GrantOnDay>
}
/** Every moment at which what it says may change. */
export const momentsOf = (grant: Grant): readonly string[] => timelineOf(grant).moments

/** A grant belongs to one fold, and a fold is never changed. */
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
  // Changes stand in the order of recording: among those of one day the later record wins.
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
        // What was recorded since is on grounds that nobody knew who lifted: it stays, from whatever day the lift counts.
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

/** Nobody could have known it on the day that it counts from. */
const isLater = ({ recordedAt }: { recordedAt: string }, from: string): boolean =>
  recordedAt.slice(0, 10) > from.slice(0, 10)

/** Whoever must grant it as well has said so by that day, after it was recorded. */
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

/** What a grant says on a day: its own terms, or those of the last amendment that counts by then. */
export const termsAt = (grant: Grant, effective: string): GrantTerms => termsOf(grantOn(grant, effective).terms)

/** The terms alone, of whatever says them. */
export const termsOf = ({ scope, until, pilot, mayChangeStatus, assurance }: Readonly<GrantTerms>): GrantTerms => ({
  scope,
  ...(until && { until }),
  ...(pilot && { pilot }),
  ...(mayChangeStatus && { mayChangeStatus }),
  ...(assurance && { assurance }),
})

/** How a grant stands at a moment. A withdrawal outweighs everything; of suspension and lifting the latest effective one counts. */
export const grantState = (grant: Grant, effective: string): GrantState => grantOn(grant, effective).state
