import type { Scope } from '@sijil/qualifications'
import type { KeyPurpose, SigningKey } from './ports.ts'
import type { Commit } from './stream.ts'

interface LocalText {
  text: string
  /** BCP 47. */
  language: string
}

export interface Identity {
  /** As it stands in certificates; in demonstration data it says so. */
  name: string
  localName?: LocalText
  acronym?: string
  /** ISO 3166-1 alpha-2, or `ASEAN` for what speaks for all. */
  state: string
  website: string
  /** What it may do and by which law; "not stated" where unknown. */
  mandate: string
  /** Never accepted in production. */
  demonstration: boolean
}

/** What can happen to a body or an authority. The day that it counts from is the commit's `effectiveAt`. */
export type TrustEvent =
  | { type: 'authority-registered'; identity: Identity }
  | { type: 'body-registered'; identity: Identity; did: string; sandbox: boolean }
  | { type: 'key-added'; key: SigningKey }
  /** A body established by law is its own root: no grantor, no end. */
  | { type: 'established'; grant: string; law: string; scope: Scope }
  | { type: 'accredited'; grant: string; grantor: string; basis: string; scope: Scope; until?: string }
  | { type: 'accreditation-suspended'; grant: string; by: string; basis: string }
  | { type: 'accreditation-lifted'; grant: string; by: string; basis: string }
  /** From `effectiveAt` on; from the beginning (fraud) where that day is the day of the grant. */
  | { type: 'accreditation-withdrawn'; grant: string; by: string; basis: string }

export type TrustHistory = readonly Commit<TrustEvent>[]

export type Standing =
  | { in: 'force' }
  | { in: 'suspension'; since: string }
  | { in: 'withdrawal'; since: string }
  | { in: 'past' | 'future' }

/** One grant with everything that happened to it, as far as it was recorded at a moment. */
export interface Grant {
  id: string
  /** Absent: established by law. */
  grantor?: string
  basis: string
  scope: Scope
  from: string
  until?: string
  recordedAt: string
  changes: { type: 'suspended' | 'lifted' | 'withdrawn'; effectiveAt: string; basis: string }[]
}

/** A body or an authority as it was known at `recorded`. */
export interface Entity {
  kind: 'authority' | 'body'
  id: string
  identity: Identity
  did?: string
  sandbox: boolean
  registeredFrom: string
  registeredAt: string
  keys: (SigningKey & { addedAt: string })[]
  grants: Grant[]
}

const changeOf = {
  'accreditation-suspended': 'suspended',
  'accreditation-lifted': 'lifted',
  'accreditation-withdrawn': 'withdrawn',
} as const

/** The fold of a trust stream over what had been recorded by `recorded`. Absent: nobody of that id was registered then. */
export function entityAt(id: string, history: TrustHistory, recorded: string): Entity | undefined {
  let entity: Entity | undefined
  for (const { events, effectiveAt, recordedAt } of history) {
    if (recordedAt > recorded) break
    for (const event of events) {
      if (event.type === 'authority-registered' || event.type === 'body-registered') {
        const common = {
          id,
          identity: event.identity,
          registeredFrom: effectiveAt,
          registeredAt: recordedAt,
          keys: [],
          grants: [],
        }
        entity =
          event.type === 'body-registered'
            ? { ...common, kind: 'body', did: event.did, sandbox: event.sandbox }
            : { ...common, kind: 'authority', sandbox: false }
        continue
      }
      if (entity === undefined) continue
      switch (event.type) {
        case 'key-added':
          entity.keys.push({ ...event.key, addedAt: recordedAt })
          break
        case 'established':
          entity.grants.push({
            id: event.grant,
            basis: event.law,
            scope: event.scope,
            from: effectiveAt,
            recordedAt,
            changes: [],
          })
          break
        case 'accredited': {
          const { grant, grantor, basis, scope, until } = event
          entity.grants.push({
            id: grant,
            grantor,
            basis,
            scope,
            from: effectiveAt,
            ...(until && { until }),
            recordedAt,
            changes: [],
          })
          break
        }
        case 'accreditation-suspended':
        case 'accreditation-lifted':
        case 'accreditation-withdrawn':
          entity.grants
            .find((grant) => grant.id === event.grant)
            ?.changes.push({ type: changeOf[event.type], effectiveAt, basis: event.basis })
          break
        default:
          event satisfies never
      }
    }
  }
  return entity
}

/** How a grant stands at a moment. A withdrawal outweighs everything; of suspension and lifting the latest effective one counts. */
export function grantStanding(grant: Grant, effective: string): Standing {
  const happened = grant.changes.filter((change) => change.effectiveAt <= effective)
  const withdrawals = happened.filter((change) => change.type === 'withdrawn').map((change) => change.effectiveAt)
  if (withdrawals.length > 0) return { in: 'withdrawal', since: withdrawals.reduce((a, b) => (a < b ? a : b)) }
  if (effective < grant.from) return { in: 'future' }
  if (grant.until !== undefined && effective > grant.until) return { in: 'past' }
  // Later records win among those of one day: the list is in order of recording, and the sort is stable.
  const last = happened
    .toSorted((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : a.effectiveAt > b.effectiveAt ? 1 : 0))
    .at(-1)
  return last?.type === 'suspended' ? { in: 'suspension', since: last.effectiveAt } : { in: 'force' }
}

export function keysFor(entity: Entity, purpose: KeyPurpose): Entity['keys'] {
  return entity.keys.filter((key) => key.purpose === purpose)
}
