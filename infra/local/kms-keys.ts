import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { signWithDigest } from './ecdsa-digest.ts'

/** An error with the name that KMS sends. */
export class KmsError extends Error {
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

interface Spec {
  usage: 'SIGN_VERIFY' | 'ENCRYPT_DECRYPT'
  make: () => string
  algorithm?: string
  digest?: 'sha256' | 'sha384'
}

const pem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString()
const curve = (namedCurve: string) => () => pem(generateKeyPairSync('ec', { namedCurve }).privateKey)

// biome-ignore format: it reads as a table
/** The key specs of KMS that this emulator supports. */
export const specs: Record<string, Spec> = {
  ECC_NIST_EDWARDS25519: { usage: 'SIGN_VERIFY', make: () => pem(generateKeyPairSync('ed25519').privateKey), algorithm: 'ED25519_SHA_512' },
  ECC_NIST_P256:         { usage: 'SIGN_VERIFY', make: curve('P-256'), algorithm: 'ECDSA_SHA_256', digest: 'sha256' },
  ECC_NIST_P384:         { usage: 'SIGN_VERIFY', make: curve('P-384'), algorithm: 'ECDSA_SHA_384', digest: 'sha384' },
  SYMMETRIC_DEFAULT:     { usage: 'ENCRYPT_DECRYPT', make: () => randomBytes(32).toString('base64') },
}

export function publicKeyOf(material: string): string {
  return createPublicKey(createPrivateKey(material)).export({ format: 'der', type: 'spki' }).toString('base64')
}

const RAW_LIMIT = 4096

/** Enforces the rules of KMS, so that a call that works here also works there. */
export function signWith(
  { spec, material }: { spec: string; material: string },
  { SigningAlgorithm, MessageType = 'RAW', Message }: Record<string, unknown>,
): string {
  const { algorithm, digest } = specs[spec] ?? {}
  if (algorithm === undefined) throw new KmsError('InvalidKeyUsageException', 'this key does not sign')
  if (SigningAlgorithm !== algorithm) throw new KmsError('InvalidKeyUsageException', `${spec} signs ${algorithm} only`)
  const message = Buffer.from(String(Message), 'base64')
  const key = createPrivateKey(material)
  if (MessageType === 'DIGEST') return signDigest(key, digest, message).toString('base64')
  if (MessageType !== 'RAW')
    throw new KmsError('UnsupportedOperationException', 'this emulator signs raw messages and digests only')
  if (message.length < 1 || message.length > RAW_LIMIT) {
    throw new KmsError('ValidationException', `a raw message has 1 to ${RAW_LIMIT} bytes`)
  }
  return sign(digest ?? null, message, key).toString('base64')
}

const digestLengths = { sha256: 32, sha384: 48 } as const

function signDigest(key: KeyObject, digest: Spec['digest'], message: Buffer): Buffer {
  if (digest === undefined) throw new KmsError('ValidationException', 'Ed25519 signs the message itself, not a digest')
  if (message.length !== digestLengths[digest])
    throw new KmsError('ValidationException', `a digest of ${digest} has ${digestLengths[digest]} bytes`)
  return signWithDigest(key, message)
}

/** AES-256-GCM with the context as additional data, so that a ciphertext can be decrypted only with the same context. */
export function encryptWith(material: string, context: unknown, plaintext: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(material, 'base64'), nonce).setAAD(contextBytes(context))
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

export function decryptWith(material: string, context: unknown, sealed: Buffer): Buffer {
  try {
    const key = Buffer.from(material, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(contextBytes(context)).setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
  } catch (error) {
    throw new KmsError(
      'InvalidCiphertextException',
      'the ciphertext was made with another key or context, or was changed',
      { cause: error },
    )
  }
}

/** The order of the pairs does not matter. */
const contextBytes = (context: unknown) => Buffer.from(JSON.stringify(Object.entries(context ?? {}).sort()))
