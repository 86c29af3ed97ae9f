import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { foldNumber } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { loadSkeleton } from '../likeness/skeleton.ts'
import type { Box, SecretReader } from '../ports.ts'
import { type CommitReader, streams } from '../stream.ts'

/** An issuer's 256-bit secret in clear, in memory only. All values below are derived from it, so a copy of the tables reveals none of them. */
export type IssuerSecret = Uint8Array & { readonly issuerSecret: true }

export async function issuerSecret(
  issuer: string,
  { reader, secrets }: { reader: CommitReader; secrets: SecretReader },
): Promise<IssuerSecret> {
  const [commit] = await reader.read<{ type: 'secret-created'; ciphertext: string }>(streams.secret(issuer))
  const [created] = commit?.events ?? []
  if (created === undefined) throw new RegistryError('internal', 'this issuer has no secret')
  const plain = await secrets.decrypt(issuer, Buffer.from(created.ciphertext, 'base64'))
  return Object.assign(plain.slice(), { issuerSecret: true as const })
}

/** HKDF-SHA-256 (RFC 5869). A NUL separates the label from each value. */
const derive = (secret: Uint8Array, length: number, label: string, ...about: string[]): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), `sijil ${[label, ...about].join('\0')}`, length))

function uuidFrom(bytes: Buffer): string {
  // Version 4 and the RFC 9562 variant. The other 122 bits cannot be predicted without the secret.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** With the label and the attempt this fills the 1,024 bytes that Node accepts as the info of HKDF. */
const KEY_BYTES = 1_000

/** Hashes a long key, because a key may be a whole document. A short key is used as it is, so that earlier ids stay the same. */
const shortKey = (key: string): string =>
  Buffer.byteLength(key) <= KEY_BYTES ? key : `sha-256 ${createHash('sha256').update(key).digest('base64url')}`

/** The id of a certificate for one attempt of one request. The same request again finds what the first one began. */
export const certificateUuid = (secret: IssuerSecret, key: string, attempt: number): string =>
  uuidFrom(derive(secret, 16, 'certificate', shortKey(key), String(attempt)))

export const subjectUuid = (secret: IssuerSecret, uuid: string): string => uuidFrom(derive(secret, 16, 'subject', uuid))

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The token that opens one certificate: 26 characters of Crockford's base 32, 130 bits. */
export function linkToken(secret: IssuerSecret, uuid: string, generation: number): string {
  const bits = derive(secret, 26, 'link', uuid, String(generation))
  return Array.from(bits, (byte) => CROCKFORD[byte & 31]).join('')
}

const tag = (secret: IssuerSecret, label: string, text: string): string =>
  createHmac('sha256', derive(secret, 32, label))
    .update(text)
    .digest('base64url')

/** Shows only whether two requests were the same. */
export const requestTag = (secret: IssuerSecret, text: string): string => tag(secret, 'request tags', text)

/** The same tag for every spelling of a number. */
export const numberTag = (secret: IssuerSecret, number: string): string =>
  tag(secret, 'number tags', foldNumber(number))

/**
 * The tag of a number's skeleton, or undefined if the number equals its skeleton. It is in the same space as tags of numbers, so that a
 * number that equals its skeleton conflicts with numbers that look like it.
 */
export async function lookTag(secret: IssuerSecret, number: string): Promise<string | undefined> {
  const folded = foldNumber(number)
  const look = (await loadSkeleton())(folded)
  return look === folded ? undefined : tag(secret, 'number tags', look)
}

/** The k-th status entry to try. Neighbouring entries reveal nothing about each other. */
export const statusCandidate = (secret: IssuerSecret, uuid: string, pair: string, k: number, entries: number): number =>
  derive(secret, 8, 'status entry', uuid, pair, String(k)).readUInt32BE(0) % entries

/** Accept only whole tags: a shorter one is easier to forge, and Node would accept it. */
const wholeTag = { authTagLength: 16 }

/** Encrypts a number for the list of the body's officers. Each certificate has its own nonce, and only one number. */
export function sealNumber(secret: IssuerSecret, uuid: string, number: string): string {
  const cipher = createCipheriv('aes-256-gcm', derive(secret, 32, 'number'), derive(secret, 12, 'number nonce', uuid))
  cipher.setAAD(Buffer.from(uuid))
  return Buffer.concat([cipher.update(number, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

export function openNumber(secret: IssuerSecret, uuid: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const key = derive(secret, 32, 'number')
  const cipher = createDecipheriv('aes-256-gcm', key, derive(secret, 12, 'number nonce', uuid), wholeTag)
  cipher.setAAD(Buffer.from(uuid))
  cipher.setAuthTag(bytes.subarray(-16))
  return cipher.update(bytes.subarray(0, -16), undefined, 'utf8') + cipher.final('utf8')
}

/** The id of a batch. The same upload again finds the batch that the first one made. */
export const batchUuid = (secret: IssuerSecret, key: string): string =>
  uuidFrom(derive(secret, 16, 'batch', shortKey(key)))

/** The limit of an unpacked upload. */
const UPLOAD_BYTES = 64 * 1024 * 1024

/** Encrypts a part of a batch. It opens only as this part of this batch of this body. `about` names all three. */
export function sealUpload(
  secret: IssuerSecret,
  about: string,
  bytes: Uint8Array,
  random: (bytes: number) => Uint8Array,
): Uint8Array {
  const nonce = random(12)
  const cipher = createCipheriv('aes-256-gcm', derive(secret, 32, 'upload', about), nonce)
  return Buffer.concat([nonce, cipher.update(deflateRawSync(bytes)), cipher.final(), cipher.getAuthTag()])
}

/** Returns the bytes, or `undefined` if they were not sealed as this part. */
export function openUpload(secret: IssuerSecret, about: string, sealed: Uint8Array): Uint8Array | undefined {
  try {
    const bytes = Buffer.from(sealed)
    const decipher = createDecipheriv(
      'aes-256-gcm',
      derive(secret, 32, 'upload', about),
      bytes.subarray(0, 12),
      wholeTag,
    )
    decipher.setAuthTag(bytes.subarray(-16))
    const packed = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    return inflateRawSync(packed, { maxOutputLength: UPLOAD_BYTES })
  } catch {
    return undefined
  }
}

const tokenKey = (token: string, label: string, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(token), salt, `sijil box ${label}`, 32))

/** The address of the box of a link. It reveals nothing about the token. */
export const boxAddress = (token: string): string => tokenKey(token, 'find', new Uint8Array()).toString('base64url')

/** The address of one of the places for decisions beside the box of a link. Without the token, nobody knows that the two belong together. */
export const placeAddress = (token: string, place: number): string =>
  tokenKey(token, `decision ${place}`, new Uint8Array()).toString('base64url')

/** A box of a later link is also bound to its generation, so that nobody can pass off a box of an ended link as one of the present. */
const boundTo = (uuid: string, hash: string, generation = 0): Buffer =>
  Buffer.from(`urn:uuid:${uuid} ${hash}${generation === 0 ? '' : ` ${generation}`}`)

/** The limit of a decompressed box: that of a document (64 KiB). */
const DOCUMENT_BYTES = 65_536

export function sealBox(
  token: string,
  {
    owner,
    uuid,
    hash,
    text,
    generation = 0,
  }: { owner: string; uuid: string; hash: string; text: string; generation?: number },
  random: (bytes: number) => Uint8Array,
  { find = boxAddress(token), bytes }: { find?: string; bytes?: number } = {},
): Box {
  const salt = random(32)
  const nonce = random(12)
  const cipher = createCipheriv('aes-256-gcm', tokenKey(token, 'seal', salt), nonce)
  cipher.setAAD(boundTo(uuid, hash, generation))
  const sealed = Buffer.concat([cipher.update(packed(text, bytes)), cipher.final(), cipher.getAuthTag()])
  return { find, salt, nonce, sealed, owner, uuid, ...(generation > 0 && { generation }) }
}

/** With `bytes`, always as many: what follows the end of the packed text is ignored when it is unpacked. */
function packed(text: string, bytes: number | undefined): Buffer {
  const short = deflateRawSync(text)
  if (bytes === undefined) return short
  if (short.length > bytes)
    throw new RegistryError('validation-failed', 'the texts of the decision are too long together: shorten them', {
      faults: [{ pointer: '/reason', detail: 'must be shorter, or another text must be', reason: 'too-long' }],
      reason: 'too-long',
    })
  return Buffer.concat([short, Buffer.alloc(bytes - short.length)])
}

/** The signed document, or `undefined` if the box does not belong to this token and record. */
export function openBox(token: string, box: Box, hash: string): string | undefined {
  try {
    const sealed = Buffer.from(box.sealed)
    const cipher = createDecipheriv('aes-256-gcm', tokenKey(token, 'seal', box.salt), box.nonce, wholeTag)
    cipher.setAAD(boundTo(box.uuid, hash, box.generation))
    cipher.setAuthTag(sealed.subarray(-16))
    const packed = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
    return inflateRawSync(packed, { maxOutputLength: DOCUMENT_BYTES }).toString('utf8')
  } catch {
    return undefined
  }
}
