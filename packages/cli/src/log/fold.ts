/**
 * The fold of the public log. It is deliberately a second implementation, because an auditor with the registry's code would have the
 * same mistakes. It computes only what `/authorities`, `/issuers`, `/centres` and `/lists` show, and the accreditations and keys of each.
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
type Awaited = { awaits: readonly string[]; recordedAt: string }
type Change = Awaited & { type: string; at: string; by: unknown; terms: Record<string, unknown> }
type List = Record<string, unknown> & { keys: readonly unknown[]; keysSince: string; suspendedAt?: string }
type Grant = Awaited & { members: Record<string, unknown>; from: string; changes: Change[] }
export interface Folded {
  id: string
  /** The event that registered it: its identity, and whether it is a sandbox. */
  registered: { type: string; identity?: Record<string, unknown>; under?: unknown; sandbox?: unknown }
  successor?: { id: unknown; from: string; basis: unknown }
  /** Each change of its contact. `null`: none. */
  contacts: { contact: unknown; at: string }[]
  keys: Key[]
  grants: Map<string, Grant>
  /** The accepted lists of other registries, by the address of the registry. */
  lists: Map<unknown, List>
}

const terms = ({ scope, until, pilot, mayChangeStatus, assurance, catalogueAt }: Record<string, unknown>) => ({
  ...{ scope, until, assurance, catalogueAt },
  ...{ pilot: pilot || undefined, mayChangeStatus: mayChangeStatus || undefined },
})

/** Computes one entity from its entries, which must follow each other without a gap. */
export function fold(id: string, entries: readonly Entry[]): Folded {
  const registered = { type: 'none' }
  const folded: Folded = { id, registered, contacts: [], keys: [], grants: new Map(), lists: new Map() }
  for (const entry of entries) for (const event of entry.events) apply(folded, event, entry)
  return folded
}

function apply(folded: Folded, event: Event, entry: Entry): void {
  const { contacts, keys, grants, lists } = folded
  const { type, grant = '', kid } = event
  const { effectiveAt: at, recordedAt } = entry
  const key = keys.find((one) => one.kid === kid)
  if (type.endsWith('-registered')) folded.registered = event
  else if (type === 'succeeded') folded.successor = { id: event.successor, from: at, basis: event.basis }
  else if (type === 'contact-changed') contacts.push({ contact: event.contact, at })
  else if (type === 'key-added' && event.key) keys.push({ ...(event.key as Key), addedAt: recordedAt })
  else if (type === 'key-certified' && key) key.x5c = event.x5c
  else if (type === 'key-retired' && key) key.retiredAt ??= at
  else if (type === 'key-suspended' && key) key.suspendedAt ??= at
  else if (type === 'key-resumed' && key) delete key.suspendedAt
  else if (type === 'key-compromised' && key) {
    if (key.compromisedFrom === undefined || at < key.compromisedFrom) key.compromisedFrom = at
  } else if (type === 'established' || type === 'accredited') {
    const { right, grantors = [], basis = event.law, reason, onBehalfOf } = event
    const members = { right, grantors, basis, reason, onBehalfOf, from: at, recordedAt }
    const first = { type: 'terms', at: '', by: undefined, awaits: [], recordedAt, terms: terms(event) }
    grants.set(grant, { members, from: at, awaits: awaitedBy(event), recordedAt, changes: [first] })
  } else if (type === 'list-accepted') {
    const { type: _, registry, ...rest } = event
    const [before, known] = [lists.get(registry), Array.isArray(rest.keys) ? rest.keys : []]
    const isKept = before?.keys.every((one) => known.includes(one)) === true
    const keysSince = isKept ? before.keysSince : recordedAt
    lists.set(registry, { registry, ...rest, keys: known, acceptedAt: recordedAt, keysSince })
  } else if (type === 'list-suspended') {
    const list = lists.get(event.registry)
    if (list) list.suspendedAt ??= recordedAt
  } else if (type.startsWith('accreditation-')) {
    const change = { type: type.slice('accreditation-'.length), by: event.by, awaits: awaitedBy(event), recordedAt }
    grants.get(grant)?.changes.push({ ...change, at, terms: terms(event) })
  }
}

const awaitedBy = ({ awaits }: Event): string[] => (Array.isArray(awaits) ? awaits.map(String) : [])

/** The grantors whose approval a decision still needs on that day. */
const missing = (of: Awaited, changes: readonly Change[], effective: string) => {
  const joined = changes.filter(
    ({ type, at, recordedAt }) => type === 'joined' && recordedAt > of.recordedAt && at <= effective,
  )
  return of.awaits.filter((grantor) => !joined.some(({ by }) => by === grantor))
}

/** The sort is stable, so of two changes for one day the later record is last. */
const byDay = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)

/** The contact on a day. `null` or absent: none. */
export const contactOf = ({ registered: { identity }, contacts }: Folded, effective: string): unknown =>
  [{ at: '', contact: identity?.contact }, ...contacts.filter(({ at }) => at <= effective).toSorted(byDay)].at(-1)
    ?.contact

/** The accreditations on a day, in the form of `/issuers/{id}/accreditations`. */
export const accreditationsOf = ({ id, grants }: Folded, effective: string): Record<string, unknown>[] =>
  [...grants].map(([grant, { members, from, changes, ...own }]) => {
    const open = missing(own, changes, effective)
    const happened = changes
      .filter((change) => change.at <= effective && missing(change, changes, effective).length === 0)
      .toSorted(byDay)
    const last = (...types: string[]) => happened.filter(({ type }) => types.includes(type)).at(-1)
    const now = last('terms', 'amended')?.terms ?? {}
    const withdrawn = happened.find(({ type }) => type === 'withdrawn')
    // A lift ends only suspensions that were decided before it.
    const lifts = happened.filter(({ type }) => type === 'lifted')
    const isLifted = (one: Change) =>
      lifts.some((lift) => lift.at >= one.at && changes.indexOf(lift) > changes.indexOf(one))
    const suspended = happened.filter((change) => change.type === 'suspended' && !isLifted(change)).at(-1)
    const stateOf = () => {
      if (withdrawn !== undefined) return { state: 'withdrawal', since: withdrawn.at }
      if (effective < from || open.length > 0) return { state: 'future' }
      if (typeof now.until === 'string' && effective > now.until) return { state: 'past' }
      return suspended === undefined ? { state: 'force' } : { state: 'suspension', since: suspended.at }
    }
    return { id: `${id}.${grant}`, ...members, awaits: open.length > 0 ? open : undefined, ...now, ...stateOf() }
  })
