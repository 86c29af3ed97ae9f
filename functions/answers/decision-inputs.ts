import { revocationReasons, suspensionReasons } from '@sijil/credentials'
import { day, identifier, instant, must, text } from '@sijil/http/pieces'
import { principleThemes } from '@sijil/qualifications'
import { MOST_ROOM } from '@sijil/registry/decisions'
import { mistakeOutcomes, reportOutcomes } from '@sijil/registry/reports'
import { contactLink, MAX_CONTACT_LENGTH, rights, roles } from '@sijil/registry/trust'
import * as z from 'zod'

/** Ids, and for the right to recognise also addresses in registries whose lists are accepted. */
const codes = z.array(z.string().min(1).max(300)).max(500)
export const scope = z
  .strictObject({
    qualifications: z.union([codes, z.strictObject({ framework: z.string().max(105) })]).optional(),
    levels: z
      .strictObject({ from: z.int().min(1).max(10), to: z.int().min(1).max(10) })
      .refine(({ from, to }) => from <= to, { error: 'must not end below where it begins' })
      .optional(),
    fields: z
      .array(z.string().regex(/^[0-9]{2,4}$/, must('not-a-number', 'must be an ISCED-F 2013 code of 2 to 4 digits')))
      .max(100)
      .optional(),
    occupations: z
      .array(z.string().regex(/^[0-9]{1,4}$/, must('not-a-number', 'must be an ISCO-08 code of 1 to 4 digits')))
      .max(100)
      .optional(),
    places: z
      .array(z.string().regex(/^[A-Z]{2}$/, must('not-a-choice', 'must be a state, ISO 3166-1 alpha-2')))
      .max(20)
      .optional(),
    sites: z
      .array(identifier)
      .max(200)
      .optional()
      .meta({ description: 'Registered assessment centres: only certificates that name one of them are covered.' }),
    units: z
      .array(
        z.strictObject({
          qualification: z.string().min(1).max(300),
          codes: z.array(z.string().min(1).max(100)).max(76),
        }),
      )
      .max(500)
      .optional()
      .meta({
        description:
          'Units by their codes: only certificates whose units are all named here, with their qualification, are covered.',
      }),
  })
  .meta({ id: 'Scope', description: 'An absent member does not limit; an empty list grants nothing.' })

/** Pages link to this address. Only a domain name is allowed, because a user in front of it could be mistaken for the domain (S026). */
export const publicAddress = (maxLength: number) =>
  z
    .url({
      protocol: /^https$/,
      hostname: z.regexes.domain,
      ...must('not-an-address', 'must be an address with https and a domain name'),
    })
    .max(maxLength)
    .refine(
      (text) => /^https:\/\/[^/?#@:]+(?:[/?#]|$)/i.test(text),
      must('not-an-address', 'must have no user and no port'),
    )
const evidence = publicAddress(500).meta({
  description: 'Address of a public document; never a document about a person.',
})
const assurance = z.strictObject({
  reviewer: text(200),
  reviewedOn: day,
  findings: text(2_000),
  gaps: z.array(text(500)).max(50),
  checklist: z
    .array(
      z.strictObject({
        theme: z.enum(principleThemes).optional(),
        principle: text(300),
        met: z.enum(['yes', 'no', 'partly']),
        note: text(500).optional(),
        evidence: evidence.optional(),
      }),
    )
    .max(50)
    .optional()
    .meta({
      description: 'Guiding Principles for quality assurance, one by one. A theme without an answer is shown as a gap.',
    }),
  nextReviewOn: day.optional(),
})
const mayChangeStatus = z
  .literal(true)
  .optional()
  .meta({ description: 'The grantors keep the power to suspend and revoke certificates issued under it.' })
const terms = {
  scope,
  until: instant.optional(),
  pilot: z.boolean().optional(),
  mayChangeStatus,
  assurance: assurance.optional(),
}
const reason = text(500)
  .optional()
  .meta({ description: 'The reason for the decision, besides its legal basis; public.' })
export const basis = text(500).meta({ description: 'The law, regulation or decision that it is based on; public.' })
export const decision = {
  basis,
  reason,
  effectiveFrom: day
    .optional()
    .meta({ description: 'The first day on which it counts. Absent, or today: it counts from this moment on.' }),
}

export const accreditInput = z.strictObject({
  /** A body, a centre, or an authority below this one. */
  grantee: identifier,
  right: z.enum(rights).default('issue'),
  jointly: identifier.optional().meta({ description: 'A second grantor, whose grant is also needed.' }),
  onBehalfOf: identifier.optional(),
  ...terms,
  ...decision,
})
const contact = text(MAX_CONTACT_LENGTH)
  .refine(
    (stated) => contactLink(stated) !== undefined,
    must(
      'not-a-contact',
      'must be one email address, a phone number with + and its country code, or an address with https and a domain name',
    ),
  )
  .meta({ description: 'A public address of the office, never of a person: e-mail, telephone or https.' })
/** Certificates name it as the website of the issuer. */
const website = publicAddress(300)
export const localText = z.strictObject({
  text: text(200),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, must('not-a-language', 'must be a language tag (BCP 47)')),
})
export const identity = z
  .strictObject({
    name: text(200),
    localName: localText.optional(),
    furtherNames: z.array(localText).max(10).optional().meta({ description: 'In the other languages of its state.' }),
    acronym: text(40).optional(),
    state: z
      .string()
      .regex(/^(?:[A-Z]{2}|ASEAN)$/, must('not-a-choice', 'must be a state, ISO 3166-1 alpha-2, or ASEAN')),
    website,
    mandate: text(500).default('not stated').meta({ description: 'What it may do, and by which law.' }),
    legalReference: text(300).optional().meta({ description: 'The law or decision that its mandate is based on.' }),
    contact: contact.optional(),
    demonstration: z.boolean().default(false),
  })
  .meta({ id: 'Identity' })
const publicKeyMultibase = z
  .string()
  .regex(/^z[1-9A-HJ-NP-Za-km-z]{10,100}$/, must('key-or-proof', 'must be a Multikey'))
const possession = z
  .string()
  .regex(/^[A-Za-z0-9_-]{86}$/, must('key-or-proof', 'must be an Ed25519 signature, base64url'))
const externalKey = z
  .strictObject({
    kid: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, must('key-or-proof', 'must be the fragment of a DID URL')),
    purpose: z.enum(['certificates', 'lists']),
    publicKeyMultibase,
    possession,
  })
  .meta({ id: 'KeyElsewhere', description: 'Pinned here. `possession` proves that the body holds the private key.' })
const succeeds = identifier.optional().meta({
  description:
    'The entity that it will succeed. Only with it may a name look like the name of another entity in the same state.',
})
export const registerInput = z.strictObject({ id: identifier, identity, succeeds })
const control = z
  .strictObject({
    domain: text(253),
    sha256: z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'must be SHA-256, base64url' }),
    readOn: day,
  })
  .optional()
  .meta({
    id: 'DomainControl',
    description:
      'The one-time text that an officer, or their command `sijil domain`, read at the website, and the day. Absent: the domain is shown as stated by the body.',
  })
export const registerBodyInput = z.strictObject({
  id: identifier,
  identity,
  control,
  succeeds,
  elsewhere: z
    .strictObject({ did: text(300), keys: z.array(externalKey).max(10) })
    .optional()
    .meta({ description: 'For a body that signs with its own keys, under its own did:web.' }),
})
const list = {
  registry: z
    .url({ protocol: /^https?$/, ...must('not-an-address', 'must be the address of the other registry') })
    .max(300)
    .meta({ description: 'Without a slash at its end.' }),
  keys: z.array(text(300)).min(1).max(10).meta({
    description: 'Verifier keys of its log (C2SP signed-note). Get them from its operator by another channel.',
  }),
  basis: text(500),
}
const statesOfList = z
  .array(z.string().regex(/^[A-Z]{2}$/, must('not-a-choice', 'must be a state, ISO 3166-1 alpha-2')))
  .min(1)
  .max(20)
  .meta({ description: 'The states for which its roots count. Only states without a root here are allowed.' })
export const acceptListInput = z.union([
  z.strictObject({ ...list, states: statesOfList }),
  z.strictObject({ ...list, kind: z.literal('regional-endorsement') }).meta({ description: 'It grants nothing.' }),
])
export const suspendListInput = z.strictObject({ registry: text(300), basis: text(500) })
export const succeedInput = z.strictObject({ id: identifier, successor: identifier, ...decision })
export const contactInput = z.strictObject({
  id: identifier,
  contact: contact.nullable().meta({
    description: 'The new contact of the office, never of a person: e-mail, telephone or https. `null`: it has none.',
  }),
  ...decision,
  basis: basis.optional(),
})
export const member = {
  subject: text(200).meta({ description: 'The subject that the identity provider gives this person; never a name.' }),
  roles: z.array(z.enum(roles)).min(1).max(roles.length),
}
const owner = identifier.optional().meta({ description: 'A body under this authority; absent: the authority itself.' })
export const memberInput = z.strictObject({ owner, ...member })
export const removeMemberInput = z.strictObject({ owner, subject: member.subject })
export const amendInput = z.strictObject({ ...terms, ...decision })
export const changeInput = z.strictObject(decision)
export const suspendInput = z.strictObject({
  basis: text(500),
  reason,
  all: z.literal(true).optional().meta({
    description: 'Suspends every accreditation that the body has here, and not only this one.',
  }),
})
export const approveInput = z.strictObject({
  hash: z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'must be the hash of the proposal' }),
})
/** The limit of 50 is the number that one request has time for. */
export const releaseInput = z.strictObject({ ids: z.array(z.string().min(1).max(100)).min(1).max(50) })
/** The place of one telling in a report. */
export const openReportInput = z.strictObject({
  telling: z.string().regex(/^\d{1,2}$/, { error: 'must be a place in the report' }),
})
export const closeReportInput = z.strictObject({ outcome: z.enum([...reportOutcomes, ...mistakeOutcomes]) })
export const rejectInput = z.strictObject({ why: text(500).optional() })

const authority = identifier
  .optional()
  .meta({ description: 'The authority that acts. Absent: the issuer itself, if it is its own root.' })
const lentKey = z
  .strictObject({
    keyRef: z
      .string()
      .max(256)
      .regex(
        /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,64}$/,
        must('key-or-proof', 'must be the ARN of a key of KMS, not of an alias'),
      ),
    publicKeyMultibase,
    possession,
  })
  .meta({
    id: 'LentKey',
    description: 'It stays in the AWS account of its body, which allows this registry to sign with it.',
  })
export const addKeyInput = z
  .strictObject({
    authority,
    purpose: z.enum(['certificates', 'lists', 'decisions']).meta({
      description: 'A body signs certificates and lists. An authority signs its decisions about single certificates.',
    }),
    algorithm: z.enum(['Ed25519', 'P-256', 'P-384']).default('Ed25519'),
    elsewhere: externalKey
      .omit({ purpose: true })
      .optional()
      .meta({ description: 'For an external signer: its own key, in place of a key that this registry makes.' }),
    lent: lentKey.optional().meta({
      description: 'For a body that signs here with a key of its own AWS account, in place of a key of this registry.',
    }),
  })
  .refine(({ elsewhere, lent }) => elsewhere === undefined || lent === undefined, {
    path: ['lent'],
    error: 'must be absent where `elsewhere` is given',
  })
  .refine(({ algorithm, lent }) => lent === undefined || algorithm === 'Ed25519', {
    path: ['algorithm'],
    error: 'must be Ed25519 for a lent key',
  })
  .refine(({ purpose, elsewhere, lent }) => purpose !== 'decisions' || (elsewhere ?? lent) === undefined, {
    path: ['purpose'],
    error: 'must be certificates or lists for a key that was made outside this registry',
  })
export const certifyInput = z.strictObject({
  authority,
  x5c: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z0-9+/]+={0,2}$/, must('key-or-proof', 'must be base64 of DER'))
        .max(11_000),
    )
    .min(1)
    .max(5)
    .meta({ description: 'RFC 7517 §4.7: the certificate of the key first, each signed by the next.' }),
})
/** Basis and reason are optional, so that an officer can suspend a key before anything else is known. */
const keyChange = { authority, basis: basis.optional(), reason }
export const keyInput = z.strictObject(keyChange)
export const compromiseInput = z.strictObject({
  ...keyChange,
  compromisedFrom: z.iso.datetime(must('not-a-moment', 'must be a moment in UTC')),
})

export const brakeInput = z.strictObject({
  authority,
  limit: z.int().min(0).max(MOST_ROOM).meta({
    description: 'Certificates in an hour. With 0, each action that takes one out of force waits for a second person.',
  }),
  basis,
  reason,
})

/** An authority cannot give the reason `superseded`. It names a successor, and only the body issues one. */
export const revokeCertificateInput = z.strictObject({ reason: z.enum(revocationReasons).exclude(['superseded']) })
export const suspendCertificateInput = z.strictObject({ reason: z.enum(suspensionReasons) })
export const nothingInput = z.strictObject({})
