import { parseVerificationMethod, verifyProof } from '@sijil/credentials'
import { type Entity, keysFor } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import type { TrustReader } from '../trust/reader.ts'
import { failed, notPerformed, passed } from './check.ts'
import type { RecordSource } from './record-source.ts'
import type { ParsedCertificate, SignedCertificate } from './stages.ts'
import type { Check } from './verification.ts'

/** The checks `format` and `proof`, and `issuer-key` if it is already decided. For a signed certificate `checkKeyWindow` decides it. */
export type SignatureAnswer = { checks: readonly Check[]; signed?: SignedCertificate }

/** Did a registered key of the issuer that the document names make the signature? */
export async function verifySignature(
  { profile, certificate }: ParsedCertificate,
  source: RecordSource,
): Promise<SignatureAnswer> {
  const { issuer: stated, proof } = profile
  const { controller, fragment } = parseVerificationMethod(proof.verificationMethod)
  const issuer = await findIssuer(stated.id, fragment, source)
  const format = passed('format', { profile: 'certificate' })
  if (issuer === undefined || controller !== stated.id)
    return { checks: [format, failed('issuer-key', 'issuer-mismatch'), notPerformed('proof', 'key-not-at-hand')] }
  if (issuer.elsewhere && keysFor(issuer, 'certificates').length === 0)
    return {
      checks: [format, notPerformed('issuer-key', 'key-not-at-hand'), notPerformed('proof', 'key-not-at-hand')],
    }
  const key = issuer.keys.find(({ kid }) => kid === fragment)
  // A key has one purpose, so a key for lists signs no certificate (I23). A key of another curve fails the check and does not throw (I10).
  if (key === undefined || key.purpose !== 'certificates' || key.algorithm !== 'Ed25519') {
    const unauthorized = failed('issuer-key', 'key-not-authorized', { key: fragment })
    return { checks: [format, unauthorized, notPerformed('proof', 'key-not-at-hand')] }
  }
  if (!verifyProof(profile, key.publicKeyMultibase)) {
    const known = passed('issuer-key', { key: key.kid, since: key.addedAt })
    return { checks: [format, known, failed('proof', 'signature-mismatch')] }
  }
  const proven = passed('proof', { cryptosuite: 'eddsa-rdfc-2022', created: proof.created })
  const signed = { profile, certificate, issuer, key } as SignedCertificate // the only place that makes one
  return { checks: [format, proven], signed }
}

/** Cached trust may be older than a body's newest key. If the key is missing, trust is read again, so that a valid certificate passes. */
async function findIssuer(did: string, kid: string, source: RecordSource): Promise<Entity | undefined> {
  const id = source.idOf(did)
  if (id === undefined) return undefined
  const read = async (trust: TrustReader) => entityAt(id, await trust(id), source.now.toISOString())
  const entity = await read(source.trust)
  const hasKey = entity === undefined || entity.keys.some((key) => key.kid === kid)
  return hasKey || source.newestTrust === undefined ? entity : read(source.newestTrust)
}
