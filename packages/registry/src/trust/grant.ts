import type { Grant, GrantChange } from './entity.ts'
import type { GrantTerms } from './events.ts'

export type GrantState =
  | { in: 'force' }
  | { in: 'suspension'; since: string }
  | { in: 'withdrawal'; since: string }
  | { in: 'past' | 'future' }

/** Later records win among those of one day: changes stand in the order of recording, and the sort is stable. */
const byDay = (a: GrantChange, b: GrantChange) =>
  a.effectiveAt < b.effectiveAt ? -1 : a.effectiveAt > b.effectiveAt ? 1 : 0

/** What a grant says on a day: its own terms, or those of the last amendment that counts by then. */
export function termsAt(grant: Grant, effective: string): GrantTerms {
  const amended = grant.changes.filter((change) => change.type === 'amended' && change.effectiveAt <= effective)
  const { scope, until, pilot, assurance } = (amended.toSorted(byDay).at(-1) as GrantTerms | undefined) ?? grant
  return { scope, ...(until && { until }), ...(pilot && { pilot }), ...(assurance && { assurance }) }
}

/** How a grant stands at a moment. A withdrawal outweighs everything; of suspension and lifting the latest effective one counts. */
export function grantState(grant: Grant, effective: string): GrantState {
  const happened = grant.changes.filter((change) => change.effectiveAt <= effective)
  const withdrawals = happened.filter((change) => change.type === 'withdrawn').map((change) => change.effectiveAt)
  if (withdrawals.length > 0) return { in: 'withdrawal', since: withdrawals.reduce((a, b) => (a < b ? a : b)) }
  if (effective < grant.from) return { in: 'future' }
  const { until } = termsAt(grant, effective)
  if (until !== undefined && effective > until) return { in: 'past' }
  const last = happened
    .filter(({ type }) => type === 'suspended' || type === 'lifted')
    .toSorted(byDay)
    .at(-1)
  return last?.type === 'suspended' ? { in: 'suspension', since: last.effectiveAt } : { in: 'force' }
}
