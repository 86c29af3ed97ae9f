import { qualificationKinds } from './certificate.ts'
import type { Form } from './certificate-form.ts'
import {
  constant,
  id,
  instant,
  type Kind,
  language,
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
 * The closed profile of Open Badges 3.0 in both of its forms. The validator (`profile.ts`), the canonical form (`canonical.ts`) and the
 * JSON Schemas (`schema.ts`) are made from this table.
 */

/** The limit that keeps every document, with its proof, within 256 objects: three for each unit and 27 others. */
const MAX_UNITS = 76

// biome-ignore format: it reads as a table
const organisation: Shape = { name: 'Organisation', members: {
  id, type: constant(['Profile']), name: text,
} }
// biome-ignore format: it reads as a table
/** A reference to an organisation that is described in another place. With two descriptions, names could be exchanged under one signature. */
const mention: Shape = { name: 'Mention', mayMention: true, members: { id, type: constant(['Profile']) } }
/** The assessment centre. It is only a reference if it is the issuer itself. */
const centre: Shape = { name: 'Centre', mayMention: true, members: { ...organisation.members, name: optional(text) } }
// biome-ignore format: it reads as a table
const issuer: Shape = { name: 'Issuer', members: {
  id: { is: 'did' }, type: constant(['Profile']), name: text, url, parentOrg: optional(node(organisation)),
} }

const identity = (identityType: string, identityHash: Kind): Shape => ({
  name: `Identity ${identityType}`,
  discriminator: 'identityType',
  members: {
    type: constant('IdentityObject'),
    hashed: constant(false),
    identityType: constant(identityType),
    identityHash,
  },
})

const alignment = (name: string, targetType: Kind, framework: Kind, rest: Record<string, Member>): Shape => ({
  name,
  discriminator: 'targetType',
  members: {
    id: own('alignment-{n}'),
    type: constant(['Alignment']),
    targetType,
    targetFramework: framework,
    targetCode: text,
    targetName: text,
    targetUrl: url,
    ...rest,
  },
})
const level = alignment('Level', oneOf('ext:NationalLevel', 'ext:AQRFLevel'), text, { targetDescription: text })
const occupation = alignment('Occupation', constant('ext:Occupation'), constant('ISCO-08'), {})
const fieldOfEducation = alignment('Field of education', constant('ext:FieldOfEducation'), constant('ISCED-F 2013'), {})

// biome-ignore format: it reads as a table
const unitCode: Shape = { name: 'Unit code', members: {
  id: own('unit-{n}-code'), type: constant(['Alignment']), targetCode: text, targetName: text, targetUrl: url,
} }
// biome-ignore format: it reads as a table
const unit: Shape = { name: 'Unit', members: {
  id: own('unit-{n}'), type: constant(['ResultDescription']), name: text, resultType: constant('Status'), alignment: nodes(one(unitCode)),
} }
// biome-ignore format: it reads as a table
const result: Shape = { name: 'Result', members: {
  id: own('result-{n}'), type: constant(['Result']), resultDescription: own('unit-{n}'), status: constant('Completed'),
} }

// biome-ignore format: it reads as a table
const localTitle: Shape = { name: 'Local title', discriminator: 'id', members: {
  id: own('local-title'), type: constant(['Related']), name: text, inLanguage: language,
} }
// biome-ignore format: it reads as a table
const whole: Shape = { name: 'Whole', members: { id, type: constant(['Related']), name: text } }

/** By whether the edition is known, then by whether the scope has limits. */
const criteriaNarratives = {
  edition: {
    unlimited: 'Assessed against this edition of the qualification. Limits of scope: none.',
    limited: 'Assessed against this edition of the qualification. Limits of scope: see specialization.',
  },
  noEdition: {
    unlimited: 'Assessed against the qualification. Its edition is not known. Limits of scope: none.',
    limited: 'Assessed against the qualification. Its edition is not known. Limits of scope: see specialization.',
  },
} as const

/** The narrative that agrees with the rest of the achievement. */
export const narrativeOf = (achievement: { version?: unknown; specialization?: unknown }): string =>
  criteriaNarratives[achievement.version === undefined ? 'noEdition' : 'edition'][
    achievement.specialization === undefined ? 'unlimited' : 'limited'
  ]

/** The differences between the two forms. Reasons: docs/decisions/054-a-second-form-of-the-certificate.md. */
const differences = {
  1: {
    version: text,
    narratives: Object.values(criteriaNarratives.edition),
    activityEndDate: optional({ is: 'day' }),
    evidenceType: constant(['Evidence']),
    schema: id,
  },
  2: {
    version: optional(text),
    narratives: Object.values(criteriaNarratives).flatMap((limits) => Object.values(limits)),
    activityEndDate: optional({ is: 'midnight' }),
    evidenceType: constant('Evidence'),
    schema: { is: 'schema-2' },
  },
} as const satisfies Record<Form, Record<string, unknown>>

// biome-ignore format: it reads as a table
const criteria = (form: Form): Shape => ({ name: 'Criteria', members: {
  id: own('criteria'), narrative: oneOf(...differences[form].narratives),
} })
// biome-ignore format: it reads as a table
const achievement = (form: Form): Shape => ({ name: 'Achievement', members: {
  id, type: constant(['Achievement']), achievementType: oneOf(...qualificationKinds), name: text, description: text,
  criteria: node(criteria(form)), humanCode: optional(text), version: differences[form].version, inLanguage: language, fieldOfStudy: text,
  specialization: optional(text), creator: node(mention), related: optional(nodes(perhaps(localTitle), perhaps(whole))),
  alignment: optional(numbered(some(level, 4), perhaps(occupation), perhaps(fieldOfEducation))),
  resultDescription: optional(numbered(some(unit, MAX_UNITS))),
} })
// biome-ignore format: it reads as a table
const subject = (form: Form): Shape => ({ name: 'Subject', members: {
  id: uuid, type: constant(['AchievementSubject']), licenseNumber: text,
  identifier: nodes(one(identity('name', text)), perhaps(identity('ext:nativeName', text)),
    perhaps(identity('ext:birthDate', { is: 'day' })), perhaps(identity('ext:registerNumber', text))),
  activityEndDate: differences[form].activityEndDate, source: optional(node(centre)), achievement: node(achievement(form)),
  result: optional(numbered(some(result, MAX_UNITS))),
} })

const evidence = (form: Form, genre: string, members: Record<string, Member>): Shape => ({
  name: `Evidence ${genre}`,
  discriminator: 'genre',
  members: { id: own(genre.toLowerCase()), type: differences[form].evidenceType, genre: constant(genre), ...members },
})

// biome-ignore format: it reads as a table
const statusEntry = (statusPurpose: string): Shape => ({ name: `Status ${statusPurpose}`, discriminator: 'statusPurpose', members: {
  id: url, type: constant('BitstringStatusListEntry'), statusPurpose: constant(statusPurpose),
  statusListIndex: { is: 'index' }, statusListCredential: id,
} })
const schema = (form: Form): Shape => ({
  name: 'Schema',
  members: { id: differences[form].schema, type: constant('JsonSchema') },
})

export const CREDENTIALS_V2_URL = 'https://www.w3.org/ns/credentials/v2'
export const OPEN_BADGES_URL = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
/** `@context` of every certificate, exactly. */
export const CONTEXT_URLS: readonly string[] = [CREDENTIALS_V2_URL, OPEN_BADGES_URL]

// biome-ignore format: it reads as a table
const certificate = (form: Form): Shape => ({ name: 'Certificate', members: {
  id: uuid, type: constant(['VerifiableCredential', 'OpenBadgeCredential']), name: text, issuer: node(issuer),
  validFrom: instant, validUntil: optional(instant), awardedDate: optional({ is: 'midnight' }),
  credentialSubject: node(subject(form)),
  evidence: optional(nodes(perhaps(evidence(form, 'Assessment', { name: optional(text), narrative: optional(text) })),
    perhaps(evidence(form, 'Assessor', { name: text })), perhaps(evidence(form, 'Signatory', { name: text, narrative: text })))),
  credentialStatus: nodes(one(statusEntry('revocation')), one(statusEntry('suspension'))),
  credentialSchema: nodes(one(schema(form))),
} })
export const certificateShapes = { 1: certificate(1), 2: certificate(2) } as const satisfies Record<Form, Shape>

// biome-ignore format: it reads as a table
const list: Shape = { name: 'List', members: {
  id: own('list'), type: constant('BitstringStatusList'), statusPurpose: oneOf('revocation', 'suspension'), encodedList: { is: 'encoded' },
} }
// biome-ignore format: it reads as a table
/** `issuer` is a string, because verifiers compare it with the certificate's issuer. */
export const statusListShape: Shape = { name: 'Status list', members: {
  id, type: constant(['VerifiableCredential', 'BitstringStatusListCredential']), issuer: { is: 'did' },
  validFrom: instant, validUntil: instant, credentialSubject: node(list),
} }
