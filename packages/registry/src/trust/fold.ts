import { UnknownEvent } from '../known-events.ts'
import { streams } from '../stream.ts'
import type { Entity, KeyRecord, LinkDecision } from './entity.ts'
import { groundsOf, type Identity, isFoldable, statedGrounds, type TrustEvent, type TrustHistory } from './events.ts'

const kinds = { 'authority-registered': 'authority', 'body-registered': 'body', 'centre-registered': 'centre' } as const

/** Recent folds by number of commits. A history that grows is a new array, and so a new key. */
const folded = new WeakMap<TrustHistory, { id: string; folds: Map<number, Entity | undefined> }>()
/** The most folds that are kept for one history: the present and a few past moments. */
const KEPT_FOLDS = 8

/** The fold of a trust stream over all commits recorded by `recorded`. Undefined: this id was not registered then. Throws `UnknownEvent`. */
export function entityAt(id: string, history: TrustHistory, recorded: string): Entity | undefined {
  const commits = recordedBy(recorded, history)
  const known = folded.get(history)
  const folds = known !== undefined && known.id === id ? known.folds : new Map<number, Entity | undefined>()
  if (folds.has(commits)) return folds.get(commits)
  const entity = fold(id, history, commits)
  if (folds.size >= KEPT_FOLDS) folds.delete(folds.keys().next().value as number)
  folds.set(commits, entity)
  folded.set(history, { id, folds })
  return entity
}

/** How many commits had been recorded by then. Within a stream, `recordedAt` always increases. */
function recordedBy(recorded: string, history: TrustHistory): number {
  let commits = history.length
  while (commits > 0 && (history[commits - 1] as TrustHistory[number]).recordedAt > recorded) commits--
  return commits
}

function fold(id: string, history: TrustHistory, commits: number): Entity | undefined {
  let entity: Entity | undefined
  const stream = streams.trust(id)
  for (const { events, effectiveAt, recordedAt, number } of history.slice(0, commits)) {
    if (!isFoldable(events)) throw new UnknownEvent()
    const entry = `${stream}/${number}`
    for (const event of events) {
      if ('identity' in event) {
        entity = {
          kind: kinds[event.type],
          id,
          identity: event.identity,
          contacts: [],
          ...(event.type === 'body-registered' && { did: event.did }),
          sandbox: event.type === 'body-registered' && event.sandbox,
          ...(event.under && { under: event.under }),
          ...(event.type === 'body-registered' && event.elsewhere && { elsewhere: true }),
          ...(event.type === 'body-registered' && event.control && { control: event.control }),
          registeredFrom: effectiveAt,
          registeredAt: recordedAt,
          decision: { entry, by: event.under === undefined ? [] : [event.under], recordedAt },
          keys: [],
          grants: [],
          lists: [],
        }
      } else if (entity !== undefined) apply(entity, event, { entry, effectiveAt, recordedAt })
    }
  }
  return entity
}

type LaterEvent = Exclude<TrustEvent, { identity: Identity }>

const changeOf = {
  'accreditation-suspended': 'suspended',
  'accreditation-joined': 'joined',
  'accreditation-withdrawn': 'withdrawn',
} as const

type When = Pick<TrustHistory[number], 'effectiveAt' | 'recordedAt'> & Pick<LinkDecision, 'entry'>

function apply(entity: Entity, event: LaterEvent, { entry, effectiveAt, recordedAt }: When): void {
  // Made once for each fold, because each question about a day lists all decisions that count by then.
  const decided = (by: readonly string[]) => ({ recordedAt, decision: { entry, by, recordedAt } })
  switch (event.type) {
    case 'succeeded':
      entity.successor = { id: event.successor, from: effectiveAt, ...groundsOf(event) }
      return
    case 'contact-changed':
      entity.contacts.push({ contact: event.contact, from: effectiveAt, recordedAt, ...statedGrounds(event) })
      return
    case 'key-added':
      entity.keys.push({ ...event.key, addedAt: recordedAt, ...(event.proposal && { proposal: event.proposal }) })
      return
    case 'key-retired':
    case 'key-suspended':
    case 'key-resumed':
    case 'key-compromised':
      applyToKey(
        entity.keys.find(({ kid }) => kid === event.kid),
        event.type,
        effectiveAt,
      )
      return
    case 'key-certified': {
      const key = entity.keys.find(({ kid }) => kid === event.kid)
      if (key !== undefined) key.x5c = event.x5c
      return
    }
    case 'established': {
      const { type: _, grant, law, ...terms } = event
      const stated = { id: grant, grantors: [], basis: law, from: effectiveAt }
      entity.grants.push({ ...terms, ...stated, ...decided([]), changes: [] })
      return
    }
    case 'accredited': {
      const { type: _, grant, ...terms } = event
      entity.grants.push({ ...terms, id: grant, from: effectiveAt, ...decided(terms.grantors), changes: [] })
      return
    }
    case 'accreditation-amended': {
      const { type: _, grant, ...stated } = event
      grantOf(entity, grant)?.changes.push({ type: 'amended', effectiveAt, ...decided([stated.by]), ...stated })
      return
    }
    case 'accreditation-lifted': {
      const { type: _, grant, ...stated } = event
      grantOf(entity, grant)?.changes.push({ type: 'lifted', effectiveAt, ...decided([stated.by]), ...stated })
      return
    }
    case 'accreditation-suspended':
    case 'accreditation-joined':
    case 'accreditation-withdrawn': {
      const { by, grant, type } = event
      const change = { type: changeOf[type], effectiveAt, ...decided([by]), by, ...groundsOf(event) }
      grantOf(entity, grant)?.changes.push(change)
      return
    }
    case 'brake-set':
      entity.brake = event.limit
      return
    case 'list-accepted': {
      const { type: _, ...stated } = event
      const before = entity.lists.find(({ registry }) => registry === event.registry)
      const others = entity.lists.filter((list) => list !== before)
      const isKept = before?.keys.every((key) => event.keys.includes(key)) === true
      const keysSince = isKept ? before.keysSince : recordedAt
      entity.lists = [...others, { ...stated, acceptedAt: recordedAt, keysSince }]
      return
    }
    case 'list-suspended': {
      const list = entity.lists.find(({ registry }) => registry === event.registry)
      if (list !== undefined) list.suspendedAt ??= recordedAt
      return
    }
    default:
      event satisfies never
  }
}

const grantOf = (entity: Entity, grant: string) => entity.grants.find(({ id }) => id === grant)

function applyToKey(key: KeyRecord | undefined, change: LaterEvent['type'], at: string): void {
  if (key === undefined) return
  if (change === 'key-retired') key.retiredAt ??= at
  else if (change === 'key-suspended') key.suspendedAt ??= at
  else if (change === 'key-resumed') delete key.suspendedAt
  // The moment may only move earlier: otherwise a later record could make a forgery good.
  else if (key.compromisedFrom === undefined || at < key.compromisedFrom) key.compromisedFrom = at
}
