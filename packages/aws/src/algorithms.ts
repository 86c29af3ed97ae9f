import type { KeySpec, SigningAlgorithmSpec } from '@aws-sdk/client-kms'
import { type KeyAlgorithm, RegistryError } from '@sijil/registry'
import { p1363FromDer } from './p1363.ts'

interface KmsAlgorithm {
  keySpec: KeySpec
  signing: SigningAlgorithmSpec
  /** Only for ECDSA: the hash function whose value is signed. */
  digest?: 'sha256' | 'sha384'
  /** Converts a signature from the form of KMS to the form of proofs and JOSE. */
  signature: (fromKms: Uint8Array) => Uint8Array
}

/** Everything that differs between algorithms, so that no other file of this package needs to compare them. */
export const algorithms = {
  Ed25519: {
    keySpec: 'ECC_NIST_EDWARDS25519',
    signing: 'ED25519_SHA_512',
    digest: undefined,
    signature(fromKms) {
      if (fromKms.length !== 64) throw new RegistryError('internal', 'KMS did not return an Ed25519 signature')
      return fromKms
    },
  },
  'P-256': {
    keySpec: 'ECC_NIST_P256',
    signing: 'ECDSA_SHA_256',
    digest: 'sha256',
    signature: (fromKms) => p1363FromDer(fromKms, 32),
  },
  'P-384': {
    keySpec: 'ECC_NIST_P384',
    signing: 'ECDSA_SHA_384',
    digest: 'sha384',
    signature: (fromKms) => p1363FromDer(fromKms, 48),
  },
} as const satisfies Record<KeyAlgorithm, KmsAlgorithm>
