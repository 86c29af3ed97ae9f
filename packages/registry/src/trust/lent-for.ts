import { didForIssuer, showsPossession } from '@sijil/credentials'
import type { SigningKey } from '../ports.ts'

/** Did this key agree to sign for this issuer of ours, for this purpose? Its name says the purpose, and it signed its name. */
export function isLentFor(
  { kid, publicKeyMultibase, lent }: Pick<SigningKey, 'kid' | 'publicKeyMultibase' | 'lent'>,
  { issuer, purpose, registry }: { issuer: string; purpose: string; registry: string },
): boolean {
  if (lent === undefined || !kid.startsWith(`${purpose}-`)) return false
  return showsPossession({ registry, did: didForIssuer(registry, issuer), kid, publicKeyMultibase }, lent.possession)
}
