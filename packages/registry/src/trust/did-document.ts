import type { Entity } from './entity.ts'

export interface DidDocument {
  '@context': readonly string[]
  id: string
  verificationMethod: readonly { id: string; type: 'Multikey'; controller: string; publicKeyMultibase: string }[]
  assertionMethod: readonly string[]
}

/** @see https://www.w3.org/TR/cid-1.0/#verification-methods */
export function didDocument({ keys }: Pick<Entity, 'keys'>, did: string): DidDocument {
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: keys.map(({ kid, publicKeyMultibase }) => ({
      id: `${did}#${kid}`,
      type: 'Multikey',
      controller: did,
      publicKeyMultibase,
    })),
    // A retired key stays, because its signatures stay valid. A compromised key must verify nothing (I34).
    assertionMethod: keys
      .filter(({ compromisedFrom }) => compromisedFrom === undefined)
      .map(({ kid }) => `${did}#${kid}`),
  }
}
