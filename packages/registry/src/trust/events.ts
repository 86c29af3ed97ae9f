import { isScope, type PrincipleTheme, type Scope } from '@sijil/qualifications'
import type { SigningKey } from '../ports.ts'
import type { Commit } from '../stream.ts'

export interface LocalText {
  text: string
  /** BCP 47. */
  language: string
}

export interface Identity {
  /** As it stands in certificates. A demonstration body says in its name that it is one. */
  name: string
  /** In the language of its certificates, or in the first language of its state. Each chain shows it beside the legal name. */
  localName?: LocalText
  /** Names in the other languages of its state. */
  furtherNames?: readonly LocalText[]
  acronym?: string
  /** ISO 3166-1 alpha-2, or `ASEAN` for an entity that speaks for the whole region. */
  state: string
  /** Only of a fictional state: its name, as its root was registered. Everything that is registered below the root has the same. */
  stateName?: string
  website: string
  /** What it may do, and by which law. "not stated" if unknown. */
  mandate: string
  /** The law or decision that gives it its mandate. Absent: not stated. */
  legalReference?: string
  /** Public address for complaints and corrections, as registered: an office, never a person. `contactOn` answers for a day. */
  contact?: string
  /** A demonstration entity. Production never accepts one. */
  demonstration: boolean
}

/** A one-time text that an officer, or their command, read at the website of a body before its registration. */
export interface DomainControl {
  domain: string
  /** SHA-256 of the one-time text, base64url. */
  sha256: string
  /** `YYYY-MM-DD`. */
  readOn: string
}

/** All names besides the legal name, the preferred one first. */
export const localNamesOf = ({ localName, furtherNames = [] }: Identity): readonly LocalText[] =>
  localName === undefined ? furtherNames : [localName, ...furtherNames]

/** A decision that needs several grantors counts only after all in `awaits` have joined it. */
export interface Awaiting {
  awaits?: readonly string[]
}

/** What a grant allows: to issue certificates, to assess for them, to grant either of the two to others, or to decide what certificates of other states count for in the own one. */
export const rights = ['issue', 'assess', 'accredit', 'recognise'] as const
export type Right = (typeof rights)[number]

/** What a reviewer found (Guiding Principles for quality assurance). Gaps are shown, not hidden. */
export interface Assurance {
  reviewer: string
  /** `YYYY-MM-DD`. */
  reviewedOn: string
  findings: string
  gaps: string[]
  /** One answer a principle. A theme without an answer is a gap as well. */
  checklist?: {
    theme?: PrincipleTheme
    principle: string
    met: 'yes' | 'no' | 'partly'
    note?: string
    /** Where to read about it: an address with https. */
    evidence?: string
  }[]
  nextReviewOn?: string
}

/** The terms of a grant. An amendment replaces them. */
export interface GrantTerms {
  scope: Scope
  /** Last moment, RFC 3339 UTC. Absent: no end. */
  until?: string
  /** A pilot: every verdict that rests on it says so. */
  pilot?: boolean
  /** The grantors may suspend and revoke certificates that are issued under this grant. */
  mayChangeStatus?: true
  assurance?: Assurance
  /**
   * The moment of the proposal, RFC 3339 UTC. What others than its grantors stated about qualifications later enters the scope only by a
   * further decision. Absent: the moment when the decision was recorded, and a scope by framework covers later qualifications as well.
   */
  catalogueAt?: string
}

/** The use of an accepted list. */
export type ListKind =
  /** Its entities are trusted, for states that have no root here (ISO 3166-1 alpha-2). */
  | { kind?: undefined; states: readonly string[] }
  /** Its answer is shown beside ours and grants nothing. */
  | { kind: 'regional-endorsement'; states?: undefined }

/** Why a decision was made. Both texts are public. */
export interface Grounds {
  /** The law, regulation or decision that it rests on. */
  basis: string
  /** The reason of the officers, if they stated one beside the legal basis. */
  reason?: string
}

export const groundsOf = ({ basis, reason }: Readonly<Grounds>): Grounds => ({ basis, ...(reason && { reason }) })

/** The grounds that were stated. A key is suspended at once, often before anyone has looked up the law. */
export const statedGrounds = ({ basis, reason }: Readonly<Partial<Grounds>>): Partial<Grounds> => ({
  ...(basis && { basis }),
  ...(reason && { reason }),
})

/** Everything that can happen to an authority, a body or an assessment centre. It counts from the commit's `effectiveAt`. */
export type TrustEvent =
  /** Without `under`: a root wherever a deployment accepts it. With `under`: never a root, another authority registered it. */
  | { type: 'authority-registered'; identity: Identity; under?: string }
  /** `elsewhere`: an external signer, with its own keys and DID. `under`: the authority that registered and oversees it. */
  | {
      type: 'body-registered'
      identity: Identity
      did: string
      sandbox: boolean
      elsewhere?: true
      under?: string
      control?: DomainControl
    }
  | { type: 'centre-registered'; identity: Identity; under?: string }
  /** The successor decides from then on about its grants and about what it oversaw. Certificates, keys and lists stay with the former. */
  | ({ type: 'succeeded'; successor: string } & Grounds)
  /** Replaces the contact of the registration from then on. `null`: it has no contact. */
  | ({ type: 'contact-changed'; contact: string | null } & Partial<Grounds>)
  | { type: 'key-added'; key: SigningKey; proposal?: string }
  /** Signs no more. Its earlier signatures still count. */
  | ({ type: 'key-retired'; kid: string } & Partial<Grounds>)
  /** Signs nothing until it is resumed. */
  | ({ type: 'key-suspended'; kid: string } & Partial<Grounds>)
  | ({ type: 'key-resumed'; kid: string } & Partial<Grounds>)
  /** No signature of this key counts from `effectiveAt` on. That moment may only move earlier. */
  | ({ type: 'key-compromised'; kid: string } & Partial<Grounds>)
  /** A national CA certified the key (RFC 7517 §4.7). It is shown, and no decision uses it. */
  | { type: 'key-certified'; kid: string; x5c: readonly string[] }
  /** Established by law: it has no grantor, and the holder is its own root. */
  | ({ type: 'established'; grant: string; right: Right; law: string } & GrantTerms)
  | ({
      type: 'accredited'
      grant: string
      right: Right
      grantors: readonly [string, ...string[]]
      onBehalfOf?: string
    } & Grounds &
      Awaiting &
      GrantTerms)
  | ({ type: 'accreditation-amended'; grant: string; by: string } & Grounds & Awaiting & GrantTerms)
  | ({ type: 'accreditation-suspended'; grant: string; by: string } & Grounds)
  | ({ type: 'accreditation-lifted'; grant: string; by: string } & Grounds & Awaiting)
  /** This grantor agrees from `effectiveAt` on to a decision that awaits it. */
  | ({ type: 'accreditation-joined'; grant: string; by: string } & Grounds)
  /** Counts from `effectiveAt` on. If that is the day of the grant, the grant never counted (fraud). */
  | ({ type: 'accreditation-withdrawn'; grant: string; by: string } & Grounds)
  /** `limit`: how many of its certificates may go out of force in an hour before a second person is needed. */
  | ({ type: 'brake-set'; limit: number } & Grounds)
  /** An authority accepts the signed list of another registry. */
  | ({ type: 'list-accepted'; registry: string; keys: readonly string[]; basis: string } & ListKind)
  /** Nothing of that list counts until it is accepted again. */
  | { type: 'list-suspended'; registry: string; basis: string }

const known: Record<TrustEvent['type'], true> = {
  'authority-registered': true,
  'body-registered': true,
  'centre-registered': true,
  succeeded: true,
  'contact-changed': true,
  'key-added': true,
  'key-retired': true,
  'key-suspended': true,
  'key-resumed': true,
  'key-compromised': true,
  'key-certified': true,
  established: true,
  accredited: true,
  'accreditation-amended': true,
  'accreditation-suspended': true,
  'accreditation-lifted': true,
  'accreditation-joined': true,
  'accreditation-withdrawn': true,
  'brake-set': true,
  'list-accepted': true,
  'list-suspended': true,
}

/** False if a remote registry's log omitted an event as too long, or for an event that this code does not know. */
export const isFoldable = (events: readonly object[]): boolean =>
  events.every((event) => {
    if ('tooLong' in event || 'version' in event || !('type' in event) || !Object.hasOwn(known, String(event.type)))
      return false
    const { type, scope, grantors, identity, contact } = event as Partial<Record<string, unknown>>
    switch (type as TrustEvent['type']) {
      case 'authority-registered':
      case 'body-registered':
      case 'centre-registered':
        return isNamed(identity)
      case 'contact-changed':
        return contact === null || typeof contact === 'string'
      case 'accredited':
        return isScope(scope) && isTexts(grantors)
      case 'established':
      case 'accreditation-amended':
        return isScope(scope)
      default:
        return true
    }
  })

const isTexts = (value: unknown) => Array.isArray(value) && value.every((text) => typeof text === 'string')
const isNamed = (value: unknown) => {
  const { name, state, demonstration } = (value ?? {}) as Partial<Record<string, unknown>>
  return typeof name === 'string' && typeof state === 'string' && typeof demonstration === 'boolean'
}

export type TrustHistory = readonly Commit<TrustEvent>[]

/** False if a commit is missing or cannot be folded. Then nothing counts as known: the missing commit may be a withdrawal. */
export const isWhole = (history: TrustHistory): boolean =>
  history.every(({ number, events }, place) => number === place && isFoldable(events))
