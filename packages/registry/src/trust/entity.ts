import { endOfDay } from '../moments.ts'
import type { KeyPurpose, SigningKey } from '../ports.ts'
import type { Awaiting, DomainControl, GrantTerms, Grounds, Identity, ListKind, Right } from './events.ts'

/** A decision behind a link. It has no signature of its own: two people approved it, and the signed head of the log covers it. */
export interface LinkDecision {
  /** Its name in the public log. `GET /log/registry/index/{entry}` answers its place there. */
  entry: string
  /** Ids of the authorities or bodies that decided. Empty for a grant by law, and for a registration by the operator. */
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

/** One grant with all its changes that were recorded by a moment. */
export interface Grant extends GrantTerms, Grounds, Awaiting {
  id: string
  right: Right
  /** Empty: established by law. Otherwise all of them must hold what they grant. */
  grantors: readonly string[]
  onBehalfOf?: string
  from: string
  recordedAt: string
  decision: LinkDecision
  changes: GrantChange[]
}

/** A key and the moments from which it must not be used. RFC 3339 UTC. */
export interface KeyRecord extends SigningKey {
  addedAt: string
  /** Id of the proposal that decided it. */
  proposal?: string
  retiredAt?: string
  suspendedAt?: string
  /** No signature of this key counts from then on. */
  compromisedFrom?: string
  /** X.509 chain of a national CA, base64 of DER. It is shown, and no decision uses it. */
  x5c?: readonly string[]
}

/** The list of another registry that an authority accepted. Moments are RFC 3339 UTC. */
export type AcceptedList = ListKind & {
  registry: string
  keys: readonly string[]
  basis: string
  acceptedAt: string
  /** When the list was first accepted, or a key last removed from `keys`. Earlier imports may be signed with the removed key. */
  keysSince: string
  suspendedAt?: string
}

/** One change of a contact, in the order of recording. `null`: none. */
type ContactChange = { contact: string | null; from: string; recordedAt: string } & Partial<Grounds>

/** An authority, a body or a centre by what was known at a moment. */
export interface Entity {
  kind: 'authority' | 'body' | 'centre'
  id: string
  /** As registered. Only its contact can change later: `identityOn` answers for a day. */
  identity: Identity
  contacts: ContactChange[]
  did?: string
  sandbox: boolean
  /** The entity that registered it. Absent: the operator did. An authority with `under` is no root, and holds only what it is granted. */
  under?: string
  /** An external signer: it keeps its own keys. Nothing is issued or recorded for it here. */
  elsewhere?: true
  /** Absent: nobody checked that it controls its domain. */
  control?: DomainControl
  registeredFrom: string
  registeredAt: string
  decision: LinkDecision
  successor?: { id: string; from: string } & Grounds
  keys: KeyRecord[]
  grants: Grant[]
  lists: AcceptedList[]
  /** The number of its certificates that may go out of force in an hour. Absent: the usual number. */
  brake?: number
}

/** The successor at `moment`, or undefined. A succession may be decided for a later day. */
export const successorOn = ({ successor }: Entity, moment: string): Entity['successor'] =>
  successor !== undefined && successor.from <= moment ? successor : undefined

/** A moment after all records, also those of a clock ahead of ours. Decisions about trust must not miss a withdrawal. */
export const EVERYTHING = endOfDay('9999-12-31')

/** The id for the next key of a purpose. No id is used twice. */
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
