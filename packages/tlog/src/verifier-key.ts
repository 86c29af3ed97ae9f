import { concat, decodeBase64, encodeBase64, encodeUtf8, toHex } from './bytes.ts'
import { sha256 } from './crypto.ts'
import { TlogError } from './error.ts'

/** The byte that tells what a key signs. Both types use Ed25519. C2SP signed-note, "Signature types". */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const
export type SignatureType = keyof typeof signatureTypes

/** A public key that verifies notes. Only `createVerifierKey` and `parseVerifierKey` make one. */
export interface VerifierKey<Type extends SignatureType = SignatureType> {
  readonly type: Type
  /** Not empty, without spaces and `+`. Best the origin of the log, or the name of the witness as a URL without scheme. */
  readonly name: string
  /** 8 lower-case hexadecimal digits. They help to find the key and do not identify it: two keys may have the same id. */
  readonly id: string
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array
}

/** Whether a key may have this name. C2SP signed-note, "Format". */
export const isKeyName = (name: string): boolean =>
  name.isWellFormed() && /^[^\p{White_Space}+]+$/u.test(name) && !/[\x00-\x1f]/.test(name)

/** The id is SHA-256(name || 0x0A || type || public key)[:4]. Throws `malformed-key` for an impossible name or key. */
export function createVerifierKey<Type extends SignatureType>(
  type: Type,
  name: string,
  publicKey: Uint8Array,
): VerifierKey<Type> {
  if (!isKeyName(name) || publicKey.length !== 32)
    throw new TlogError('malformed-key', 'a key has 32 bytes, and a name without spaces and plus signs')
  const hash = sha256(concat(encodeUtf8(`${name}\n`), Uint8Array.of(signatureTypes[type]), publicKey))
  return { type, name, id: toHex(hash.subarray(0, 4)), publicKey }
}

/** `name+id+base64(type || public key)`. C2SP signed-note, "Verifier keys". */
export const formatVerifierKey = ({ type, name, id, publicKey }: VerifierKey): string =>
  `${name}+${id}+${encodeBase64(concat(Uint8Array.of(signatureTypes[type]), publicKey))}`

/** Reads `name+id+base64` of a key of this type. Throws `malformed-key` for another type, a wrong id or another spelling. */
export function parseVerifierKey<Type extends SignatureType>(type: Type, text: string): VerifierKey<Type> {
  const [, name = '', base64 = ''] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(text) ?? []
  const bytes = decodeBase64(base64)
  if (bytes?.[0] !== signatureTypes[type]) throw new TlogError('malformed-key', `not a verifier key of type ${type}`)
  const key = createVerifierKey(type, name, bytes.subarray(1))
  if (formatVerifierKey(key) !== text) throw new TlogError('malformed-key', 'the id does not match the key')
  return key
}
