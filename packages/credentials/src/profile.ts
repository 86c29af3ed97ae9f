import { formOf, schemaOf } from './certificate-form.ts'
import { isObjectOrList } from './json-object.ts'
import { requireAgreement } from './profile-agreement.ts'
import type { ProfileDocument, UnsecuredDocument } from './profile-document.ts'
import { CONTEXT_URLS, certificateShapes } from './profile-shape.ts'
import { requireProof } from './proof-options.ts'
import { DocumentFault } from './read-json.ts'
import { requireShape } from './shape-check.ts'

/**
 * The closed profile, before any cryptography: exact context, exact types, no member that the profile does not write, no value
 * that the signature does not cover. The document's own `credentialSchema` chooses the form, and the signature covers it. What this
 * returns means one thing only, whoever reads it.
 */
export function parseProfile(value: unknown): ProfileDocument {
  requireCertificateType(value)
  requireShape(value, certificateShapes[formOf(schemaOf(value))], CONTEXT_URLS, 'proof')
  // Every member was checked just now, and the rest is checked before it is returned: the one place that may say so.
  const document = value as ProfileDocument
  requireAgreement(document)
  requireProof(document.proof)
  return document
}

/** The same for a document that is yet to be signed. */
export function parseUnsecured(value: unknown): UnsecuredDocument {
  requireShape(value, certificateShapes[formOf(schemaOf(value))], CONTEXT_URLS)
  const document = value as UnsecuredDocument
  requireAgreement(document)
  return document
}

/** A credential of another kind is not a broken certificate. */
function requireCertificateType(value: unknown): void {
  const type = isObjectOrList(value) && 'type' in value ? value.type : undefined
  if (Array.isArray(type) && !type.includes('OpenBadgeCredential') && type.every((item) => typeof item === 'string')) {
    throw new DocumentFault('not-a-certificate', '/type', 'its type is not a certificate')
  }
}
