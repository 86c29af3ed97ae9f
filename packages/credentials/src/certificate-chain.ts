import { keyOfChain, readX509 } from './crypto.ts'
import { multikeyFromSpki } from './multikey.ts'

/** The most certificates in a chain: a national CA, a policy CA, two between them and the key's own. */
const MAX_LENGTH = 5
const MAX_DER_LENGTH = 8_192

/**
 * True if this chain belongs to the key. RFC 7517 §4.7: base64 of DER, the key's own certificate first, each signed by the next. Readers
 * must decide for themselves whether they trust its root: the registry only shows a chain, and no decision uses it.
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

/** The parts of a chain's certificate (base64 of DER) that are shown. The registry does not confirm what they say. */
export function shownCertificate(certificate: string): { subject: string; until: string; fingerprint: string } {
  const { subject, until, fingerprint } = readX509(Buffer.from(certificate, 'base64'))
  return { subject: subject.replaceAll('\n', ', '), until: until.toISOString(), fingerprint }
}
