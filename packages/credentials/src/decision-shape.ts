import {
  constant,
  instant,
  type Kind,
  type Member,
  node,
  nodes,
  numbered,
  one,
  oneOf,
  optional,
  own,
  perhaps,
  type Shape,
  some,
  text,
  url,
  uuid,
} from './shape-words.ts'

/**
 * The closed profile of a single decision: an Open Badges 3.0 `EndorsementCredential` about one certificate. It has no context of ours, and
 * no member for a person. The canonical form is generated from this table, as that of a certificate is.
 */

/** What a host authority can decide about one certificate. */
export const decidedResults = ['full', 'part', 'temporary', 'measures', 'refused'] as const
export type DecidedResult = (typeof decidedResults)[number]

/** Kinds of what a decision leads to under published rules of the host state. */
export const entitlementKinds = ['permit', 'wage', 'work'] as const

/** the endorsement itself says what it is not. */
export const ENDORSEMENT_COMMENT =
  'The authority decided what the certificate counts for in its own state. This is no permit and no licence, and it is no statement that the certificate is in force.'

/** A registration is a licence for a time, so it says so, and what it does not go beyond. */
export const REGISTRATION_COMMENT =
  'The authority registered the holder of the certificate for a time, for the stated activity and place only. It ends by itself. It is no statement that the certificate is in force.'

/** What a temporary registration is for. */
export const registrationActivities = [
  'limited-practice',
  'training',
  'expert-visit',
  'humanitarian-mission',
  'education',
] as const
export type RegistrationActivity = (typeof registrationActivities)[number]

/** Who signs an endorsement. */
// biome-ignore format: it reads as a table
export const endorser: Shape = { name: 'Host', members: { id: { is: 'did' }, type: constant(['Profile']), name: text, url } }
// biome-ignore format: it reads as a table
const endorsed: Shape = { name: 'Endorsed', members: {
  id: uuid, type: constant(['EndorsementSubject']), endorsementComment: oneOf(ENDORSEMENT_COMMENT, REGISTRATION_COMMENT),
} }
/** It has the id of the subject. Both are one node of the graph (`canonical.ts`). */
const original: Shape = { name: 'Original', members: { id: uuid, digestMultibase: { is: 'digest' } } }

/** Numbered by the place in the list, because the order of a list is not signed. */
const evidence = (genre: string, members: Record<string, Member>): Shape => ({
  name: `Decided ${genre}`,
  discriminator: 'genre',
  members: { id: own('evidence-{n}'), type: constant('Evidence'), genre: constant(genre), ...members },
})
const named = (name: Kind) => ({ name, narrative: text })

/** The genre of each kind of evidence, in the order of the list. */
export const genres = {
  result: 'Result',
  qualification: 'Qualification',
  edition: 'Edition',
  unit: 'Unit recognised',
  measure: 'Compensatory measure',
  condition: 'Condition',
  entitlement: 'Entitlement',
  basis: 'Legal basis',
  reason: 'Reason',
  appeal: 'Appeal',
  replaces: 'Replaces',
  registration: 'Temporary registration',
  place: 'Place of practice',
  supervision: 'Supervision',
  renewal: 'Renewal',
} as const

// biome-ignore format: it reads as a table
export const decisionShape: Shape = { name: 'Decision', members: {
  id: uuid, type: constant(['VerifiableCredential', 'EndorsementCredential']), name: constant('Decision of a host authority about one certificate'),
  issuer: node(endorser), validFrom: instant, validUntil: optional(instant),
  credentialSubject: node(endorsed), relatedResource: nodes(one(original)),
  evidence: numbered(
    one(evidence(genres.result, { name: oneOf(...decidedResults) })),
    one(evidence(genres.qualification, { name: text, narrative: url })),
    perhaps(evidence(genres.edition, { narrative: text })),
    some(evidence(genres.unit, named(text)), 76),
    some(evidence(genres.measure, { narrative: text }), 20),
    perhaps(evidence(genres.condition, { narrative: text })),
    some(evidence(genres.entitlement, named(oneOf(...entitlementKinds))), 10),
    one(evidence(genres.basis, { narrative: text })),
    perhaps(evidence(genres.reason, { narrative: text })),
    one(evidence(genres.appeal, { narrative: text })),
    perhaps(evidence(genres.replaces, { narrative: uuid })),
    perhaps(evidence(genres.registration, named(oneOf(...registrationActivities)))),
    perhaps(evidence(genres.place, { narrative: text })),
    perhaps(evidence(genres.supervision, { name: oneOf('supervised', 'not-supervised') })),
    perhaps(evidence(genres.renewal, { name: oneOf('renewable', 'not-renewable') })),
  ),
} }
