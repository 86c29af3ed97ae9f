import { DocumentFault } from '@sijil/credentials'
import { type Doc, without } from './edit.ts'
import { aStranger, base58, type ProofChanges, type Stranger, signAsStranger } from './forge.ts'

export const V2 = 'https://www.w3.org/ns/credentials/v2'
export const CREDENTIALS = 'https://www.w3.org/2018/credentials#'
export const ISSUER = `${CREDENTIALS}issuer`
export const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'

/** A credential that anyone with their own key can make. */
export const claim = (issuer: unknown, more: Doc = {}): Doc => ({
  '@context': [V2],
  id: 'urn:uuid:6b1f0a52-0f5e-4c7e-9d0f-2f4d6f0a9c11',
  type: ['VerifiableCredential'],
  issuer,
  credentialSubject: { id: 'did:example:subject' },
  ...more,
})

/** Signs the document if possible. A document that cannot be read as JSON-LD gets a proof of the right form. */
export async function sealed(
  document: Doc,
  stranger: Stranger = aStranger(),
  changes: ProofChanges = {},
): Promise<Doc> {
  try {
    return await signAsStranger(document, stranger, changes)
  } catch (fault) {
    if (!(fault instanceof DocumentFault || fault instanceof TypeError)) throw fault
    const proof = {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      created: '2026-01-01T00:00:00Z',
      verificationMethod: stranger.method,
      proofPurpose: 'assertionMethod',
      proofValue: base58(new Uint8Array(64).fill(5)),
      ...changes,
    }
    return { ...without(document, 'proof'), proof }
  }
}
