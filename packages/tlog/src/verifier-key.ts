import { concat, decodeBase64, encodeBase64, encodeUtf8, toHex } from './bytes.ts'
import { sha256 } from './crypto.ts'
import { TlogError } from './error.ts'

/** The byte that says what a key signs. C2SP signed-note, "Signature types"; both are Ed25519. */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const
export type SignatureType = keyof typeof signatureTypes

/** A key by which notes are checked. Only `createVerifierKey` and `parseVerifierKey` make one. */
export interface VerifierKey<Type extends SignatureType = SignatureType> {
  readonly type: Type
  /** Not empty, without spaces and `+`; best the log's origin or the witness's name as a URL without scheme. */
  readonly name: string
  /** 8 lower-case hexadecimal digits. It finds the key; it does not prove it. */
  readonly id: string
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array
}

/** Key names. C2SP signed-note, "Format". */
export const isKeyName = (name: string): boolean =>
  name.isWellFormed() && /^[^\p{White_Space}+]+$/u.test(name) && !/[\x00-\x1f]/.test(name)

/** The id is SHA-256(name || 0x0A || type || public key)[:4]. Throws `malformed-key` for a name or a key that cannot be. */
export function createVerifierKey<Type extends SignatureType>(
  type: Type,
  name: string,
  publicKey: Uint8Array,
): VerifierKey<Type> {
  if (!isKeyName(name) || publicKey.length !== 32)
    throw new TlogError('malformed-key', 'a name and 32 bytes make a key')
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
  if (bytes?.[0] !== signatureTypes[type]) throw new TlogError('malformed-key', `no verifier key of type ${type}`)
  const key = createVerifierKey(type, name, bytes.subarray(1))
  if (formatVerifierKey(key) !== text) throw new TlogError('malformed-key', 'the id is not that of the key')
  return key
}
