/**
 * The fold of the public log, written a second time on purpose: an auditor that shared the registry's code would share its mistakes.
 * It knows what `/issuers/{id}/keys` and `/issuers/{id}/accreditations` show, and no more.
 */

export interface Entry {
  stream: string
  number: number
  events: Event[]
  effectiveAt: string
  recordedAt: string
}
type Event = { type: string; grant?: string; kid?: string; key?: Record<string, unknown> } & Record<string, unknown>

type Key = Record<string, unknown> & { kid: string; compromisedFrom?: string; retiredAt?: string; suspendedAt?: string }
interface Change {
  type: string
  at: string
  by: unknown
  awaits: readonly string[]
  recordedAt: string
  terms: Record<string, unknown>
}
interface Grant {
  said: Record<string, unknown>
  from: string
  awaits: readonly string[]
  recordedAt: string
  changes: Change[]
}
export interface Folded {
  id: string
  keys: Key[]
  grants: Map<string, Grant>
}

const terms = ({ scope, until, pilot, mayChangeStatus, assurance }: Record<string, unknown>) => ({
  scope,
  ...(until !== undefined && { until }),
  ...(pilot === true && { pilot }),
  ...(mayChangeStatus === true && { mayChangeStatus }),
  ...(assurance !== undefined && { assurance }),
})

/** One entity of its entries, which follow each other without a gap. */
export function fold(id: string, entries: readonly Entry[]): Folded {
  const folded: Folded = { id, keys: [], grants: new Map() }
  for (const entry of entries) for (const event of entry.events) apply(folded, event, entry)
  return folded
}

function apply({ keys, grants }: Folded, event: Event, entry: Entry): void {
  const { type, grant = '', kid } = event
  const { effectiveAt: at, recordedAt } = entry
  const key = keys.find((one) => one.kid === kid)
  if (type === 'key-added' && event.key) keys.push({ ...(event.key as Key), addedAt: recordedAt })
  else if (type === 'key-certified' && key) key.x5c = event.x5c
  else if (type === 'key-retired' && key) key.retiredAt ??= at
  else if (type === 'key-suspended' && key) key.suspendedAt ??= at
  else if (type === 'key-resumed' && key) delete key.suspendedAt
  else if (type === 'key-compromised' && key) {
    if (key.compromisedFrom === undefined || at < key.compromisedFrom) key.compromisedFrom = at
  } else if (type === 'established' || type === 'accredited') {
    const { right, grantors = [], basis = event.law, onBehalfOf } = event
    const said = { right, grantors, basis, ...(onBehalfOf !== undefined && { onBehalfOf }), from: at, recordedAt }
    const first = { type: 'terms', at: '', by: undefined, awaits: [], recordedAt, terms: terms(event) }
    grants.set(grant, { said, from: at, awaits: awaitedBy(event), recordedAt, changes: [first] })
  } else if (type.startsWith('accreditation-')) {
    const said = { type: type.slice('accreditation-'.length), by: event.by, awaits: awaitedBy(event), recordedAt }
    grants.get(grant)?.changes.push({ ...said, at, terms: terms(event) })
  }
}

const awaitedBy = ({ awaits }: Event): string[] => (Array.isArray(awaits) ? awaits.map(String) : [])

/** Of those whom a decision awaits, who has not joined it by that day. */
const missing = (
  of: { awaits: readonly string[]; recordedAt: string },
  changes: readonly Change[],
  effective: string,
) =>
  of.awaits.filter(
    (grantor) =>
      !changes.some(
        ({ type, by, at, recordedAt }) =>
          type === 'joined' && by === grantor && recordedAt > of.recordedAt && at <= effective,
      ),
  )

export const isBody = (entries: readonly Entry[]): boolean =>
  entries.some(({ events }) => events.some(({ type }) => type === 'body-registered'))

/** As `/issuers/{id}/accreditations` shows them on a day. */
export const accreditationsOf = ({ id, grants }: Folded, effective: string): Record<string, unknown>[] =>
  [...grants].map(([grant, { said, from, changes, ...own }]) => {
    const open = missing(own, changes, effective)
    const happened = changes
      .filter((change) => change.at <= effective && missing(change, changes, effective).length === 0)
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    const last = (...types: string[]) => happened.filter(({ type }) => types.includes(type)).at(-1)
    const now = last('terms', 'amended')?.terms ?? {}
    const withdrawn = happened.find(({ type }) => type === 'withdrawn')
    // A lift ends what had been suspended when it was decided, and nothing later.
    const lifts = happened.filter(({ type }) => type === 'lifted')
    const isLifted = (one: Change) =>
      lifts.some((lift) => lift.at >= one.at && changes.indexOf(lift) > changes.indexOf(one))
    const suspended = happened.filter((change) => change.type === 'suspended' && !isLifted(change)).at(-1)
    const state =
      withdrawn !== undefined
        ? { state: 'withdrawal', since: withdrawn.at }
        : effective < from || open.length > 0
          ? { state: 'future' }
          : typeof now.until === 'string' && effective > now.until
            ? { state: 'past' }
            : suspended !== undefined
              ? { state: 'suspension', since: suspended.at }
              : { state: 'force' }
    return { id: `${id}.${grant}`, ...said, ...(open.length > 0 && { awaits: open }), ...now, ...state }
  })
