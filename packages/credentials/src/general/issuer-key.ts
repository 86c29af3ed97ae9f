import type { ProofOutcome } from './verify-proofs.ts'

export type IssuerKey =
  | { outcome: 'passed'; reason?: undefined }
  | { outcome: 'failed'; reason: 'issuer-mismatch' }
  | { outcome: 'not_performed'; reason: 'key-not-at-hand' | 'depends-on-another-check' }

/**
 * Decides whether a proof is by `id`. One proof is enough, because a chain may begin with proofs of others. The owner is known even if the
 * key is not: a verification method is in the document of its controller (Data Integrity §2.2).
 */
export function bindingOf(id: string, proofs: readonly ProofOutcome[]): IssuerKey {
  const own = proofs.filter(({ controller, verificationMethod }) => {
    const [document] = verificationMethod.split('#')
    return document === id && (controller === undefined || controller === id)
  })
  if (own.length === 0) return { outcome: 'failed', reason: 'issuer-mismatch' }
  if (own.some(({ outcome }) => outcome === 'passed')) return { outcome: 'passed' }
  const isUnknown = own.some(({ outcome }) => outcome === 'not_performed')
  return { outcome: 'not_performed', reason: isUnknown ? 'key-not-at-hand' : 'depends-on-another-check' }
}
