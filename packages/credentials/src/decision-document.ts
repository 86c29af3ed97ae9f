import type { Instant, Unit } from './certificate.ts'
import {
  type DecidedResult,
  ENDORSEMENT_COMMENT,
  type entitlementKinds,
  genres,
  REGISTRATION_COMMENT,
  type RegistrationActivity,
} from './decision-shape.ts'
import { given } from './open-badge.ts'
import { CONTEXT_URLS } from './profile-shape.ts'
import { DocumentFault } from './read-json.ts'

/** A registration for a time. It says whether there is a supervisor, and never who. */
export interface TemporaryRegistration {
  activity: RegistrationActivity
  scope: string
  place: string
  isSupervised: boolean
  isRenewable: boolean
}

/** What a host authority decided about one certificate. It names no person. */
export interface SingleDecision {
  /** `urn:uuid:…` of the decision. */
  id: string
  host: { id: string; name: string; url: string }
  /** The certificate: its id, and the digest of its signed document (`digestOfSigned`). */
  original: { id: string; digest: string }
  /** As the certificate names it. */
  qualification: { id: string; title: string; edition?: string }
  result: DecidedResult
  /** Those that are recognised. None: the whole qualification, or nothing. */
  units: readonly Unit[]
  measures: readonly string[]
  conditions?: string
  /** `readOn`: a day. */
  entitles: readonly { kind: (typeof entitlementKinds)[number]; text: string; source: string; readOn: string }[]
  basis: string
  reason?: string
  appeal: string
  /** `urn:uuid:…` of the earlier decision whose place it takes. */
  replaces?: string
  /** Only of a decision for a time. */
  registration?: TemporaryRegistration
  validFrom: Instant
  validUntil?: Instant
}

interface DecidedEvidence {
  id: string
  type: 'Evidence'
  genre: (typeof genres)[keyof typeof genres]
  name?: string
  narrative?: string
}

/** The JSON of a single decision, as `decision-shape.ts` defines it. */
export interface UnsecuredDecision {
  '@context': readonly string[]
  id: string
  type: readonly ['VerifiableCredential', 'EndorsementCredential']
  name: string
  issuer: { id: string; type: readonly ['Profile']; name: string; url: string }
  validFrom: Instant
  validUntil?: Instant
  credentialSubject: { id: string; type: readonly ['EndorsementSubject']; endorsementComment: string }
  relatedResource: readonly [{ id: string; digestMultibase: string }]
  evidence: readonly DecidedEvidence[]
}

/** Expresses a decision as an endorsement. It checks nothing: `prepareDecision` does. */
export function documentOf(decision: SingleDecision): UnsecuredDecision {
  const { id, host, original, qualification, conditions, reason, replaces } = decision
  const rows: Omit<DecidedEvidence, 'id' | 'type'>[] = [
    { genre: genres.result, name: decision.result },
    { genre: genres.qualification, name: qualification.title, narrative: qualification.id },
    ...perhaps(genres.edition, qualification.edition),
    ...decision.units.map(({ code, title }) => ({ genre: genres.unit, name: title, narrative: code })),
    ...decision.measures.map((narrative) => ({ genre: genres.measure, narrative })),
    ...perhaps(genres.condition, conditions),
    ...decision.entitles.map(({ kind, text, source, readOn }) => ({
      genre: genres.entitlement,
      name: kind,
      narrative: `${text} (${source}, read ${readOn})`,
    })),
    { genre: genres.basis, narrative: decision.basis },
    ...perhaps(genres.reason, reason),
    { genre: genres.appeal, narrative: decision.appeal },
    ...perhaps(genres.replaces, replaces),
    ...registered(decision.registration),
  ]
  return {
    '@context': CONTEXT_URLS,
    id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Decision of a host authority about one certificate',
    issuer: { id: host.id, type: ['Profile'], name: host.name, url: host.url },
    validFrom: decision.validFrom,
    ...given('validUntil', decision.validUntil),
    credentialSubject: {
      id: original.id,
      type: ['EndorsementSubject'],
      endorsementComment: decision.registration ? REGISTRATION_COMMENT : ENDORSEMENT_COMMENT,
    },
    relatedResource: [{ id: original.id, digestMultibase: original.digest }],
    evidence: rows.map((row, at) => ({ id: `${id}#evidence-${at + 1}`, type: 'Evidence', ...row })),
  }
}

function registered(registration: TemporaryRegistration | undefined): Omit<DecidedEvidence, 'id' | 'type'>[] {
  if (registration === undefined) return []
  const { activity, scope, place, isSupervised, isRenewable } = registration
  return [
    { genre: genres.registration, name: activity, narrative: scope },
    { genre: genres.place, narrative: place },
    { genre: genres.supervision, name: isSupervised ? 'supervised' : 'not-supervised' },
    { genre: genres.renewal, name: isRenewable ? 'renewable' : 'not-renewable' },
  ]
}

const perhaps = (genre: DecidedEvidence['genre'], narrative: string | undefined) =>
  narrative === undefined ? [] : [{ genre, narrative }]

/** The inverse of `prepareDecision`. It never fails for a checked document. */
export function fromDecision(document: UnsecuredDecision): SingleDecision {
  const { issuer, relatedResource, validFrom, validUntil } = document
  const all = (genre: DecidedEvidence['genre']) => document.evidence.filter((entry) => entry.genre === genre)
  const [result] = all(genres.result)
  const [qualification] = all(genres.qualification)
  const narrative = (genre: DecidedEvidence['genre']) => all(genre)[0]?.narrative
  const [registration] = all(genres.registration)
  return {
    id: document.id,
    host: { id: issuer.id, name: issuer.name, url: issuer.url },
    original: { id: relatedResource[0].id, digest: relatedResource[0].digestMultibase },
    qualification: {
      id: qualification?.narrative ?? '',
      title: qualification?.name ?? '',
      ...given('edition', narrative(genres.edition)),
    },
    result: result?.name as DecidedResult,
    units: all(genres.unit).map(({ name = '', narrative: code = '' }) => ({ code, title: name })),
    measures: all(genres.measure).map(({ narrative: measure = '' }) => measure),
    ...given('conditions', narrative(genres.condition)),
    entitles: all(genres.entitlement).map(entitlementOf),
    basis: narrative(genres.basis) ?? '',
    ...given('reason', narrative(genres.reason)),
    appeal: narrative(genres.appeal) ?? '',
    ...given('replaces', narrative(genres.replaces)),
    ...(registration && {
      registration: {
        activity: registration.name as RegistrationActivity,
        scope: registration.narrative ?? '',
        place: narrative(genres.place) ?? '',
        isSupervised: all(genres.supervision)[0]?.name === 'supervised',
        isRenewable: all(genres.renewal)[0]?.name === 'renewable',
      },
    }),
    validFrom,
    ...given('validUntil', validUntil),
  }
}

/** The text of the entitlement, then its source and the day on which it was read. */
const ENTITLEMENT = /^(.+) \((https?:\/\/\S+), read (\d{4}-\d\d-\d\d)\)$/u

function entitlementOf({ name, narrative = '' }: DecidedEvidence): SingleDecision['entitles'][number] {
  const [, text = '', source = '', readOn = ''] = ENTITLEMENT.exec(narrative) ?? []
  return { kind: name as SingleDecision['entitles'][number]['kind'], text, source, readOn }
}

/** Members that must agree with each other, or with what the result needs. */
export function requireDecisionAgreement({
  id,
  validFrom,
  validUntil,
  credentialSubject,
  relatedResource,
  evidence,
}: UnsecuredDecision) {
  const of = (genre: DecidedEvidence['genre']) => evidence.filter((entry) => entry.genre === genre)
  if (validUntil !== undefined && validUntil < validFrom) refuse('/validUntil', 'ends before it begins')
  if (relatedResource[0].id !== credentialSubject.id) refuse('/relatedResource/0/id', 'not the subject')
  if (credentialSubject.id === id) refuse('/credentialSubject/id', 'a decision is not about itself')
  if (of(genres.replaces).some(({ narrative }) => narrative === id || narrative === credentialSubject.id))
    refuse('/evidence', 'a decision replaces an earlier decision')
  if (!of(genres.entitlement).every(({ narrative = '' }) => ENTITLEMENT.test(narrative)))
    refuse('/evidence', 'an entitlement without source and day')
  const result = evidence[0]?.name
  const rows = [genres.registration, genres.place, genres.supervision, genres.renewal].filter(
    (genre) => of(genre).length > 0,
  )
  const isRegistration = credentialSubject.endorsementComment === REGISTRATION_COMMENT
  if (rows.length !== (isRegistration ? 4 : 0)) refuse('/evidence', 'a registration has all of its members')
  if (isRegistration && result !== 'temporary') refuse('/evidence', 'a registration is for a time')
  const required: Readonly<Record<string, boolean>> = {
    part: of(genres.unit).length > 0,
    measures: of(genres.measure).length > 0,
    temporary: validUntil !== undefined,
    refused: of(genres.reason).length > 0 && of(genres.unit).length === 0,
  }
  if (result !== undefined && required[result] === false) refuse('/evidence', 'lacks what its result needs')
}

function refuse(pointer: string, message: string): never {
  throw new DocumentFault('malformed-value', pointer, message)
}
