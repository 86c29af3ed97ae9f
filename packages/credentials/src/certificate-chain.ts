import { keyOfChain, readX509 } from './crypto.ts'
import { multikeyFromSpki } from './multikey.ts'

/** A national CA, a policy CA and two between them: nothing longer is a chain of ours. */
const MAX_LENGTH = 5
const MAX_DER_LENGTH = 8_192

/**
 * Does this chain (RFC 7517 §4.7: base64 of DER, the key's own certificate first, each signed by the next) belong to the key? Whether
 * its root is to be trusted is the reader's question: a chain is shown, and nothing rests on it.
 */
export function belongsToKey(x5c: readonly string[], publicKeyMultibase: string): boolean {
  if (x5c.length === 0 || x5c.length > MAX_LENGTH) return false
  const ders = x5c.map((text) => Buffer.from(text, 'base64'))
  if (ders.some((der, place) => der.length > MAX_DER_LENGTH || der.toString('base64') !== x5c[place])) return false
  const spki = keyOfChain(ders)
  try {
    return spki !== undefined && multikeyFromSpki(spki) === publicKeyMultibase
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** A certificate of a chain as it is shown. `certificate`: base64 of DER. Nobody here says that what it says is so. */
export function shownCertificate(certificate: string): { subject: string; until: string; fingerprint: string } {
  const { subject, until, fingerprint } = readX509(Buffer.from(certificate, 'base64'))
  return { subject: subject.replaceAll('\n', ', '), until: until.toISOString(), fingerprint }
}
