import { endOfDay } from '../moments.ts'
import type { KeyPurpose, SigningKey } from '../ports.ts'
import type { Awaiting, DomainControl, GrantTerms, Grounds, Identity, ListKind, Right } from './events.ts'

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
  /** Absent: its domain is what it states itself. */
  control?: DomainControl
  registeredFrom: string
  registeredAt: string
  decision: LinkDecision
  successor?: { id: string; from: string } & Grounds
  keys: KeyRecord[]
  grants: Grant[]
  lists: AcceptedList[]
  /** How many certificates may be taken out of force in its name in an hour; absent: the usual number. */
  brake?: number
}

/** Whoever had taken its place by then: a succession may be decided for a day to come. */
export const successorOn = ({ successor }: Entity, moment: string): Entity['successor'] =>
  successor !== undefined && successor.from <= moment ? successor : undefined

/** Everything that is on record, also what a clock ahead of ours recorded: whoever decides about trust overlooks no withdrawal. */
export const EVERYTHING = endOfDay('9999-12-31')

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
