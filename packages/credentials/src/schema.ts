import type { Form } from './certificate-form.ts'
import { CONTEXT_URLS, certificateShapes } from './profile-shape.ts'
import type { Kind, Shape, Slot } from './shape-words.ts'
import { textRules, VERIFICATION_METHOD } from './values.ts'

/** A JSON Schema. It has all rules that JSON Schema can express. The validator checks the others, such as ids that must agree. */
type Schema = { [keyword: string]: unknown }

const only = (value: unknown): Schema => (Array.isArray(value) ? fixedList(value) : { const: value })
const fixedList = (items: readonly unknown[]): Schema => ({ const: [...items] })

function kindSchema(kind: Kind): Schema {
  switch (kind.is) {
    case 'constant':
      return only(kind.value)
    case 'one-of':
      return { enum: [...kind.values] }
    case 'own':
      return { type: 'string', pattern: `#${kind.name.replace('{n}', '[1-9][0-9]*')}$` }
    case 'node':
      return shapeSchema(kind.shape)
    case 'nodes':
      return listSchema(kind.slots)
    default: {
      const { pattern, maxLength } = textRules[kind.is]
      return { type: 'string', minLength: 1, maxLength, ...(pattern && { pattern: pattern.source }) }
    }
  }
}

function shapeSchema(shape: Shape): Schema {
  const members = Object.entries(shape.members)
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(([name, member]) => [name, kindSchema(member)])),
    required: members.filter(([, member]) => !member.optional).map(([name]) => name),
    additionalProperties: false,
  }
}

function listSchema(slots: readonly Slot[]): Schema {
  const schemas = slots.map(({ shape }) => shapeSchema(shape))
  const total = (count: (slot: Slot) => number) => slots.reduce((sum, slot) => sum + count(slot), 0)
  return {
    type: 'array',
    items: schemas.length === 1 ? schemas[0] : { anyOf: schemas },
    minItems: Math.max(
      1,
      total((slot) => slot.min),
    ),
    maxItems: total((slot) => slot.max),
  }
}

const PROOF = {
  type: 'object',
  properties: {
    type: { const: 'DataIntegrityProof' },
    cryptosuite: { const: 'eddsa-rdfc-2022' },
    created: kindSchema({ is: 'instant' }),
    verificationMethod: { type: 'string', maxLength: 1024, pattern: VERIFICATION_METHOD.source },
    proofPurpose: { const: 'assertionMethod' },
    proofValue: { type: 'string', pattern: '^z[1-9A-HJ-NP-Za-km-z]{64,88}$' },
  },
  required: ['type', 'cryptosuite', 'created', 'verificationMethod', 'proofPurpose', 'proofValue'],
  additionalProperties: false,
}

function certificateSchema(form: Form, head: { $schema: string; title: string }) {
  const certificate = shapeSchema(certificateShapes[form])
  return {
    ...head,
    ...certificate,
    properties: { '@context': fixedList(CONTEXT_URLS), ...(certificate.properties as Schema), proof: PROOF },
    required: ['@context', ...(certificate.required as string[])],
  }
}

/**
 * The documents to which `credentialSchema` of a certificate refers. A credential conforms with or without its proof. The keywords have
 * the same meaning in both drafts. The second form names the older draft, because more verifiers support it.
 */
export const certificateSchemas = {
  1: certificateSchema(1, {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Sijil certificate: a closed profile of Open Badges 3.0',
  }),
  2: certificateSchema(2, {
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    title: 'Sijil certificate, second form: a closed profile of Open Badges 3.0',
  }),
} as const satisfies Record<Form, Schema>
