import { formOf, schemaOf } from './certificate-form.ts'
import { isObjectOrList } from './json-object.ts'
import { requireAgreement } from './profile-agreement.ts'
import type { ProfileDocument, UnsecuredDocument } from './profile-document.ts'
import { CONTEXT_URLS, certificateShapes } from './profile-shape.ts'
import { requireProof } from './proof-options.ts'
import { DocumentFault } from './read-json.ts'
import { requireShape } from './shape-check.ts'

/**
 * Checks the closed profile, before any cryptography: exact context, exact types, no other member, and no value that the signature does not
 * cover. The document's `credentialSchema` chooses the form, and the signature covers it. So the result has the same meaning for every
 * reader. Throws `DocumentFault`.
 */
export function parseProfile(value: unknown): ProfileDocument {
  requireCertificateType(value)
  requireShape(value, certificateShapes[formOf(schemaOf(value))], CONTEXT_URLS, 'proof')
  // Every member was checked above, and the rest is checked before the return. Only this place makes the type.
  const document = value as ProfileDocument
  requireAgreement(document)
  requireProof(document.proof)
  return document
}

/** The same for a document without a proof. */
export function parseUnsecured(value: unknown): UnsecuredDocument {
  requireShape(value, certificateShapes[formOf(schemaOf(value))], CONTEXT_URLS)
  const document = value as UnsecuredDocument
  requireAgreement(document)
  return document
}

/** A credential of another kind gets its own code: it is not a malformed certificate. */
function requireCertificateType(value: unknown): void {
  const type = isObjectOrList(value) && 'type' in value ? value.type : undefined
  if (Array.isArray(type) && !type.includes('OpenBadgeCredential') && type.every((item) => typeof item === 'string')) {
    throw new DocumentFault('not-a-certificate', '/type', 'its type is not a certificate')
  }
}
