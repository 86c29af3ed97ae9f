import type { KeyPurpose, SigningKey } from '../ports.ts'
import { streams } from '../stream.ts'
import {
  type Awaiting,
  type GrantTerms,
  type Grounds,
  groundsOf,
  type Identity,
  type ListKind,
  type Right,
  type TrustEvent,
  type TrustHistory,
} from './events.ts'

/** What a link rests on. Nobody signs a decision by itself: two people approved it, and the signed head of the log covers it. */
export interface LinkDecision {
  /** Its name in the public log: `GET /log/registry/index/{entry}` answers its place. */
  entry: string
  /** Ids of who decided it. None: the law, of a grant; the operator, of a registration. */
  by: readonly string[]
  recordedAt: string
}

/** One change of a grant, in the order of recording. */
export type GrantChange = { effectiveAt: string; recordedAt: string; decision: LinkDecision; by: string } & Grounds &
  (
    | { type: 'suspended' | 'withdrawn' | 'joined' }
    | ({ type: 'lifted' } & Awaiting)
    | ({ type: 'amended' } & Awaiting & GrantTerms)
  )

/** One grant with everything that happened to it, as far as it was recorded at a moment. */
export interface Grant extends GrantTerms, Grounds, Awaiting {
  id: string
  right: Right
  /** None: established by law. All of them must hold what they grant. */
  grantors: readonly string[]
  onBehalfOf?: string
  from: string
  recordedAt: string
  decision: LinkDecision
  changes: GrantChange[]
}

/** A key with its windows. Moments are RFC 3339 UTC. */
export interface KeyRecord extends SigningKey {
  addedAt: string
  /** By which it was decided. */
  proposal?: string
  retiredAt?: string
  suspendedAt?: string
  /** Nothing that it signed from then on is believed. */
  compromisedFrom?: string
  /** X.509 chain of a national CA, base64 of DER: shown, and nothing rests on it. */
  x5c?: readonly string[]
}

/** The list of another registry, as an authority accepted it. Moments are RFC 3339 UTC. */
export type AcceptedList = ListKind & {
  registry: string
  keys: readonly string[]
  basis: string
  acceptedAt: string
  /** When a key was taken from those before: what was taken over earlier may be signed by that one. */
  keysSince: string
  suspendedAt?: string
}

/** An authority, a body or a centre as it was known at a moment. */
export interface Entity {
  kind: 'authority' | 'body' | 'centre'
  id: string
  identity: Identity
  did?: string
  sandbox: boolean
  /** Who registered it, where that was not the operator. An authority under another is no root, and holds what it is granted. */
  under?: string
  /** It signs with keys that it keeps itself; nothing is issued or recorded for it here. */
  elsewhere?: true
  registeredFrom: string
  registeredAt: string
  decision: LinkDecision
  successor?: { id: string; from: string } & Grounds
  keys: KeyRecord[]
  grants: Grant[]
  lists: AcceptedList[]
}

/** Whoever had taken its place by then: a succession may be decided for a day to come. */
export const successorOn = ({ successor }: Entity, moment: string): Entity['successor'] =>
  successor !== undefined && successor.from <= moment ? successor : undefined

/** Everything that is on record, also what a clock ahead of ours recorded: whoever decides about trust overlooks no withdrawal. */
export const EVERYTHING = '9999-12-31T23:59:59.999Z'

const kinds = { 'authority-registered': 'authority', 'body-registered': 'body', 'centre-registered': 'centre' } as const

/** Folds that are asked for again and again, by how many commits they hold. A history that grows is another array. */
const folded = new WeakMap<TrustHistory, { id: string; folds: Map<number, Entity | undefined> }>()
/** Of one history: now, and a few moments of the past, whichever somebody asks about. */
const KEPT_FOLDS = 8

/** The fold of a trust stream over what had been recorded by `recorded`. Absent: nobody of that id was registered then. */
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

/** How many commits had been recorded by then. Time never runs backwards within a stream. */
function recordedBy(recorded: string, history: TrustHistory): number {
  let commits = history.length
  while (commits > 0 && (history[commits - 1] as TrustHistory[number]).recordedAt > recorded) commits--
  return commits
}

function fold(id: string, history: TrustHistory, commits: number): Entity | undefined {
  let entity: Entity | undefined
  const stream = streams.trust(id)
  for (const { events, effectiveAt, recordedAt, number } of history.slice(0, commits)) {
    const entry = `${stream}/${number}`
    for (const event of events) {
      if ('identity' in event) {
        entity = {
          kind: kinds[event.type],
          id,
          identity: event.identity,
          ...(event.type === 'body-registered' && { did: event.did }),
          sandbox: event.type === 'body-registered' && event.sandbox,
          ...(event.under && { under: event.under }),
          ...(event.type === 'body-registered' && event.elsewhere && { elsewhere: true }),
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
  // Made once for each fold: a question about a day names all that count by then.
  const decided = (by: readonly string[]) => ({ recordedAt, decision: { entry, by, recordedAt } })
  switch (event.type) {
    case 'succeeded':
      entity.successor = { id: event.successor, from: effectiveAt, ...groundsOf(event) }
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
      const said = { id: grant, grantors: [], basis: law, from: effectiveAt }
      entity.grants.push({ ...terms, ...said, ...decided([]), changes: [] })
      return
    }
    case 'accredited': {
      const { type: _, grant, ...terms } = event
      entity.grants.push({ ...terms, id: grant, from: effectiveAt, ...decided(terms.grantors), changes: [] })
      return
    }
    case 'accreditation-amended': {
      const { type: _, grant, ...said } = event
      grantOf(entity, grant)?.changes.push({ type: 'amended', effectiveAt, ...decided([said.by]), ...said })
      return
    }
    case 'accreditation-lifted': {
      const { type: _, grant, ...said } = event
      grantOf(entity, grant)?.changes.push({ type: 'lifted', effectiveAt, ...decided([said.by]), ...said })
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
    case 'list-accepted': {
      const { type: _, ...said } = event
      const before = entity.lists.find(({ registry }) => registry === event.registry)
      const others = entity.lists.filter((list) => list !== before)
      const isKept = before?.keys.every((key) => event.keys.includes(key)) === true
      const keysSince = isKept ? before.keysSince : recordedAt
      entity.lists = [...others, { ...said, acceptedAt: recordedAt, keysSince }]
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
  // It may only move earlier: a later record cannot make a forgery good.
  else if (key.compromisedFrom === undefined || at < key.compromisedFrom) key.compromisedFrom = at
}

/** The name that the next key of a purpose gets: none is ever used again. */
export const nextKid = (entity: Entity, purpose: KeyPurpose): string =>
  `${purpose}-${keysFor(entity, purpose).length + 1}`

export function keysFor(entity: Entity, purpose: KeyPurpose): Entity['keys'] {
  return entity.keys.filter((key) => key.purpose === purpose)
}

/** Keys that may sign now: not retired, suspended or compromised by `moment`. Newest last. */
export const usableKeys = (entity: Entity, purpose: KeyPurpose, moment: string): KeyRecord[] =>
  keysFor(entity, purpose).filter(
    ({ retiredAt, suspendedAt, compromisedFrom }) =>
      compromisedFrom === undefined && suspendedAt === undefined && (retiredAt === undefined || retiredAt > moment),
  )
