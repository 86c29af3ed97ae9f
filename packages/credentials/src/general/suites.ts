import type { KeyObject } from 'node:crypto'
import { verifyEcdsa, verifyEd25519 } from '../crypto.ts'
import type { KeyAlgorithm } from '../multikey.ts'
import type { Digest } from './canonicalize.ts'

interface Signing {
  /** The hash of documents, proof options, blank nodes and the signature. */
  digest: Digest
  signatureLength: number
  verify(bytes: Uint8Array, key: KeyObject, signature: Uint8Array): boolean
}

const ecdsa = (digest: Digest, signatureLength: number): Signing => ({
  digest,
  signatureLength,
  verify: (bytes, key, signature) => verifyEcdsa(digest, bytes, key, signature),
})

/** All differences between cryptosuites and their keys. No other file depends on which one it is. */
const suites = {
  'eddsa-rdfc-2022': { Ed25519: { digest: 'sha256', signatureLength: 64, verify: verifyEd25519 } },
  'ecdsa-rdfc-2019': { 'P-256': ecdsa('sha256', 64), 'P-384': ecdsa('sha384', 96) },
} as const satisfies Record<string, Partial<Record<KeyAlgorithm, Signing>>>

export type Cryptosuite = keyof typeof suites

export const isCryptosuite = (name: unknown): name is Cryptosuite =>
  typeof name === 'string' && Object.hasOwn(suites, name)

export function signingOf(cryptosuite: Cryptosuite, algorithm: KeyAlgorithm): Signing | undefined {
  const signings: Partial<Record<KeyAlgorithm, Signing>> = suites[cryptosuite]
  return signings[algorithm]
}

export const signatureLengths = (cryptosuite: Cryptosuite): number[] =>
  Object.values(suites[cryptosuite]).map((signing: Signing) => signing.signatureLength)
