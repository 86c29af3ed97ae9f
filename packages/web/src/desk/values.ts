import type { Scope } from '@sijil/qualifications'
import type { Proposal, ProposedChange, Resembled } from '@sijil/registry/decisions'
import type { Assurance, DomainControl, Right, Role } from '@sijil/registry/trust'
import type { LocalNames } from '../names.ts'

/** Somebody by id, with the name that is registered for it. */
export interface Named {
  id: string
  name: string
  /** Which state it belongs to (ISO 3166-1 alpha-2, or `ASEAN`): two states may have one name. Absent: it is not on record. */
  state?: string
}

/** Terms of an accreditation as people read them. */
export interface ShownTerms extends Omit<Scope, 'qualifications'> {
  /** Titles, or all of a framework, by its name. Absent: not limited. */
  qualifications?: readonly string[] | { framework: string }
  until?: string
  pilot?: boolean
  mayChangeStatus?: boolean
  assurance?: Assurance
}

/** An accreditation that a proposal is about, as it stands. */
export interface ShownGrant {
  /** `{grantee}.{grant}`. */
  id: string
  right: Right
  from: string
  terms: ShownTerms
  /** What a joining joins beside them, oldest first. */
  also?: readonly ShownTerms[]
}

/**
 * How many certificates that are not revoked were issued under an accreditation or below it, and of how many a withdrawal takes the
 * ground. `assessed`: of what centres assess nobody can count them.
 */
export type ShownAffected =
  | { count: number; ended: number; atLeast?: boolean }
  /** Of a key: how many it signed, and how many of them a witness had seen before. */
  | { signed: number; witnessed: number; atLeast?: boolean }
  | 'assessed'
  | 'single'
  | 'new'
  | 'key'
  | 'list'

/** A key by its name, what it is for, and its public half. */
interface ShownKey {
  kid: string
  purpose: string
  publicKeyMultibase?: string
  /** Of a key that is lent. */
  keyRef?: string
}

/** What a proposal would change, with ids resolved to names. */
export interface ShownChange {
  verb: ProposedChange['verb']
  about: Named
  right?: Right
  grant?: ShownGrant
  terms?: ShownTerms
  jointly?: Named
  onBehalfOf?: Named
  basis?: string
  effectiveAt?: string
  certificate?: { id: string; reason?: string }
  identity?: LocalNames & {
    state: string
    acronym?: string
    website: string
    mandate: string
    contact?: string
    legalReference?: string
    demonstration: boolean
  }
  /** Of a body: that it controls the domain of its website, or only states it. */
  domain?: DomainControl | 'stated'
  /** Whose names look the same, in other states and in accepted lists. */
  resembles?: readonly Resembled[]
  /** Whose names it may have, because it is to take that place. */
  succeeds?: Named
  /** Of a body that signs elsewhere: where, and with which keys. */
  elsewhere?: { did: string; keys: readonly ShownKey[] }
  successor?: Named
  key?: Partial<ShownKey> & { algorithm?: string; compromisedFrom?: string }
  /** SHA-256 of each X.509 certificate, the key's own first. */
  chain?: readonly string[]
  list?: { registry: string; keys: readonly string[]; states?: readonly string[] }
  /** Certificates in an hour. */
  brake?: number
  member?: { subject: string; roles: readonly Role[] }
}

export interface ShownProposal
  extends Pick<Proposal, 'id' | 'hash' | 'proposedBy' | 'proposedAt' | 'endsAt' | 'state' | 'decidedBy' | 'decidedAt'> {
  change: ShownChange
}
