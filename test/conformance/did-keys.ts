import { generateKeyPairSync, sign } from 'node:crypto'
import { multikeyFromSpki } from '@sijil/credentials'
import { type Cryptosuite, prepareSandboxDocument, sealSandboxDocument } from '@sijil/credentials/general'
import type { Json } from './inputs.ts'

/** A key pair under its own `did:key`, with which a stranger signs. */
export interface DidKey {
  did: string
  verificationMethod: string
  multikey: string
  algorithm: 'Ed25519' | 'P-256' | 'P-384'
  cryptosuite: Cryptosuite
  sign(bytes: Uint8Array): Uint8Array
}

const curves = { 'P-256': ['prime256v1', 'sha256'], 'P-384': ['secp384r1', 'sha384'] } as const

export function aDidKey(algorithm: DidKey['algorithm'] = 'Ed25519'): DidKey {
  const [curve, digest] = algorithm === 'Ed25519' ? [undefined, null] : curves[algorithm]
  const { publicKey, privateKey } =
    curve === undefined ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: curve })
  const multikey = multikeyFromSpki(publicKey.export({ type: 'spki', format: 'der' }))
  return {
    did: `did:key:${multikey}`,
    verificationMethod: `did:key:${multikey}#${multikey}`,
    multikey,
    algorithm,
    cryptosuite: algorithm === 'Ed25519' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019',
    sign: (bytes) => sign(digest, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  }
}

export const CREATED = '2024-01-01T00:00:00Z'
export const NOW = new Date('2024-06-01T00:00:00Z')
export const noKeys = () => undefined

export async function issueWith(key: DidKey, credential: Json): Promise<Json> {
  const { algorithm, cryptosuite, verificationMethod, did: issuer } = key
  const prepared = await prepareSandboxDocument(credential, {
    issuer,
    algorithm,
    cryptosuite,
    verificationMethod,
    created: CREATED,
  })
  return sealSandboxDocument(prepared, key.sign(prepared.bytes))
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Encodes as multibase `z`, digit by digit. */
export function base58(bytes: Uint8Array): string {
  let digits = ''
  for (let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`); rest > 0n; rest /= 58n) {
    digits = ALPHABET[Number(rest % 58n)] + digits
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return `z${'1'.repeat(zeros)}${digits}`
}
