import { isScope, type PrincipleTheme, type Scope } from '@sijil/qualifications'
import type { SigningKey } from '../ports.ts'
import type { Commit } from '../stream.ts'

export interface LocalText {
  text: string
  /** BCP 47. */
  language: string
}

export interface Identity {
  /** As it stands in certificates; in demonstration data it says so. */
  name: string
  /** In the language of its certificates, or the first of its state; it stands beside the legal name in each chain. */
  localName?: LocalText
  /** In the other languages of its state. */
  furtherNames?: readonly LocalText[]
  acronym?: string
  /** ISO 3166-1 alpha-2, or `ASEAN` for what speaks for all. */
  state: string
  website: string
  /** What it may do and by which law; "not stated" where unknown. */
  mandate: string
  /** The law or decision that gives it its mandate; absent: not stated. */
  legalReference?: string
  /** Where to complain, or to ask for a correction: a public address of the office, never of a person. */
  contact?: string
  /** Never accepted in production. */
  demonstration: boolean
}

/** That a body controls its web domain, as the command of the officer who proposed its registration read it there. */
export interface DomainControl {
  domain: string
  /** SHA-256 of the one-time text, base64url. */
  sha256: string
  /** `YYYY-MM-DD`. */
  readOn: string
}

/** Whatever it is called besides its legal name, the first first. */
export const localNamesOf = ({ localName, furtherNames = [] }: Identity): readonly LocalText[] =>
  localName === undefined ? furtherNames : [localName, ...furtherNames]

/** What one of two grantors decided counts once the other has joined it. */
export interface Awaiting {
  awaits?: readonly string[]
}

/** What a grant allows: to issue certificates, to assess for them, or to grant either of the two to others. */
export const rights = ['issue', 'assess', 'accredit'] as const
export type Right = (typeof rights)[number]

/** What a reviewer found (Guiding Principles for quality assurance). Gaps are shown, not hidden. */
export interface Assurance {
  reviewer: string
  /** `YYYY-MM-DD`. */
  reviewedOn: string
  findings: string
  gaps: string[]
  /** Principle by principle. Themes that none of them answers are gaps as well. */
  checklist?: {
    theme?: PrincipleTheme
    principle: string
    met: 'yes' | 'no' | 'partly'
    note?: string
    /** Where it can be read up: an address with https. */
    evidence?: string
  }[]
  nextReviewOn?: string
}

/** What a grant says, and an amendment may say anew. */
export interface GrantTerms {
  scope: Scope
  /** Last moment, RFC 3339 UTC; absent: no end. */
  until?: string
  /** A pilot: every verdict that rests on it says so. */
  pilot?: boolean
  /** The grantors kept the power to suspend and revoke certificates that are issued under it. */
  mayChangeStatus?: true
  assurance?: Assurance
}

/** What an accepted list is good for. */
export type ListKind =
  /** It vouches, for states that have no root here (ISO 3166-1 alpha-2). */
  | { kind?: undefined; states: readonly string[] }
  /** It endorses: what it says is shown beside our own answer, and grants nothing. */
  | { kind: 'regional-endorsement'; states?: undefined }

/** Why something was decided. Both are public. */
export interface Grounds {
  /** The law, regulation or decision that it rests on. */
  basis: string
  /** What moved whoever decided, where that is told apart. */
  reason?: string
}

export const groundsOf = ({ basis, reason }: Readonly<Grounds>): Grounds => ({ basis, ...(reason && { reason }) })

/** As far as they were said: a key is taken out of use at once, and the law is looked up later. */
export const statedGrounds = ({ basis, reason }: Readonly<Partial<Grounds>>): Partial<Grounds> => ({
  ...(basis && { basis }),
  ...(reason && { reason }),
})

/** What can happen to an authority, a body or an assessment centre. The day that it counts from is the commit's `effectiveAt`. */
export type TrustEvent =
  /** A root where a deployment accepts it as one; never one where another registered it under itself. */
  | { type: 'authority-registered'; identity: Identity; under?: string }
  /** `elsewhere`: it signs with keys that it keeps itself, under a DID of its own. `under`: who registered it, and oversees it. */
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
  /** Another decides from then on about what it granted and oversaw. What it issued, its keys and its lists stay its own. */
  | ({ type: 'succeeded'; successor: string } & Grounds)
  | { type: 'key-added'; key: SigningKey; proposal?: string }
  /** Signs no more; what it signed still counts. */
  | ({ type: 'key-retired'; kid: string } & Partial<Grounds>)
  /** Signs nothing until it is resumed. */
  | ({ type: 'key-suspended'; kid: string } & Partial<Grounds>)
  | ({ type: 'key-resumed'; kid: string } & Partial<Grounds>)
  /** `effectiveAt` is the moment from which nothing that it signed is believed; it may only move earlier. */
  | ({ type: 'key-compromised'; kid: string } & Partial<Grounds>)
  /** A national CA certified it (RFC 7517 §4.7): shown, and nothing rests on it. */
  | { type: 'key-certified'; kid: string; x5c: readonly string[] }
  /** Established by law: its own root, with no grantor and no end. */
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
  /** What awaited this grantor counts from `effectiveAt` on, as far as it is concerned. */
  | ({ type: 'accreditation-joined'; grant: string; by: string } & Grounds)
  /** From `effectiveAt` on; from the beginning (fraud) where that day is the day of the grant. */
  | ({ type: 'accreditation-withdrawn'; grant: string; by: string } & Grounds)
  /** So many certificates may be taken out of force in its name in an hour before a second person is needed. */
  | ({ type: 'brake-set'; limit: number } & Grounds)
  /** Of an authority: it accepts the signed list of another registry. */
  | ({ type: 'list-accepted'; registry: string; keys: readonly string[]; basis: string } & ListKind)
  /** Nothing that rests on it counts until it is accepted again. */
  | { type: 'list-suspended'; registry: string; basis: string }

const known: Record<TrustEvent['type'], true> = {
  'authority-registered': true,
  'body-registered': true,
  'centre-registered': true,
  succeeded: true,
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

/** What a log elsewhere tells can be folded here: nothing was too long for it, or is of a kind that this code does not know yet. */
export const isFoldable = (events: readonly object[]): boolean =>
  events.every((event) => {
    if ('tooLong' in event || !('type' in event) || !Object.hasOwn(known, String(event.type))) return false
    const { type, scope, grantors, identity } = event as Partial<Record<string, unknown>>
    switch (type as TrustEvent['type']) {
      case 'authority-registered':
      case 'body-registered':
      case 'centre-registered':
        return isNamed(identity)
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

/** Of whom something is missing, or cannot be folded, nothing is known: a withdrawal could be what is missing. */
export const isWhole = (history: TrustHistory): boolean =>
  history.every(({ number, events }, place) => number === place && isFoldable(events))
