import { didForIssuer, showsPossession } from '@sijil/credentials'
import type { SigningKey } from '../ports.ts'

/** True if a key lent from another account agreed to sign for this issuer and purpose. Its `kid` states the purpose, and it signed it. */
export function isLentFor(
  { kid, publicKeyMultibase, lent }: Pick<SigningKey, 'kid' | 'publicKeyMultibase' | 'lent'>,
  { issuer, purpose, registry }: { issuer: string; purpose: string; registry: string },
): boolean {
  if (lent === undefined || !kid.startsWith(`${purpose}-`)) return false
  return showsPossession({ registry, did: didForIssuer(registry, issuer), kid, publicKeyMultibase }, lent.possession)
}
