import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { encodeMultikey } from '@sijil/credentials'
import { canonicalizeReference } from '@sijil/credentials/general'
import { nextCommit, streams } from '@sijil/registry'
import { entityAt, keysFor, trustOf } from '@sijil/registry/trust'
import { clock } from '../../functions/clock.ts'
import { type Doc, without } from './edit.ts'
import type { Stand } from './stand.ts'

/** Signs documents with the key of an issuer or of a stranger, without the rules of issuing. */
export interface ProofChanges {
  created?: string
  proofPurpose?: string
  verificationMethod?: string
  cryptosuite?: string
  [more: string]: unknown
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest()

const hashOf = async (document: Doc) => sha256(await canonicalizeReference(without(document, 'proof')))

/** The hash of the options and then of the document, as in eddsa-rdfc-2022, computed by the reference implementation. */
async function bytesOf(document: Doc, options: object): Promise<Buffer> {
  const context = document['@context']
  return Buffer.concat([
    sha256(await canonicalizeReference({ '@context': context, ...options })),
    await hashOf(document),
  ])
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
export function base58(bytes: Uint8Array): string {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
  let text = ''
  for (; number > 0n; number /= 58n) text = `${alphabet[Number(number % 58n)]}${text}`
  for (const byte of bytes) {
    if (byte !== 0) break
    text = `1${text}`
  }
  return `z${text}`
}

async function proven(document: Doc, options: Doc, signer: (bytes: Buffer) => Promise<Uint8Array>): Promise<Doc> {
  const proofValue = base58(await signer(await bytesOf(document, options)))
  return { ...without(document, 'proof'), proof: { ...options, proofValue } }
}

const optionsOf = (verificationMethod: string, changes: ProofChanges): Doc => ({
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: `${clock().toISOString().slice(0, 19)}Z`,
  verificationMethod,
  proofPurpose: 'assertionMethod',
  ...changes,
})

/** Signs any document with the body's own certificate key in KMS. */
export async function signAsBody(
  document: Doc,
  body: string,
  stand: Stand,
  { kid, ...changes }: ProofChanges & { kid?: string } = {},
): Promise<Doc> {
  const { store, signer } = stand.parts
  const entity = entityAt(body, await trustOf(store)(body), clock().toISOString())
  const keys = entity === undefined ? [] : keysFor(entity, 'certificates')
  const key = kid === undefined ? keys[0] : keys.find((one) => one.kid === kid)
  if (key === undefined) throw new Error(`no key of ${body}`)
  const options = optionsOf(`${stand.didOf(body)}#${key.kid}`, changes)
  return proven(document, options, (bytes) => signer.sign(key, body, 'certificates', bytes))
}

export interface Stranger {
  did: string
  method: string
  privateKey: KeyObject
}

export function aStranger(): Stranger {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const multikey = encodeMultikey({ algorithm: 'Ed25519', bytes })
  return { did: `did:key:${multikey}`, method: `did:key:${multikey}#${multikey}`, privateKey }
}

export const signAsStranger = (document: Doc, { method, privateKey }: Stranger, changes: ProofChanges = {}) =>
  proven(document, optionsOf(method, changes), async (bytes) => sign(null, bytes, privateKey))

/** A certificate like `model` with another id, before any change. */
export function copyOf(model: Doc): Doc {
  const id = String(model.id)
  return JSON.parse(JSON.stringify(without(model, 'proof')).replaceAll(id, `urn:uuid:${randomUUID()}`))
}

/**
 * Issues as an attacker who controls the issuing of the body: recorded like `model`, then signed with the key of the body. Only the
 * change itself can make it invalid.
 */
export async function signRecorded(
  document: Doc,
  { body, model, released = true, ...changes }: { body: string; model: Doc; released?: boolean } & ProofChanges,
  stand: Stand,
): Promise<Doc> {
  const { store } = stand.parts
  const uuidOf = (one: Doc) => String(one.id).slice('urn:uuid:'.length)
  const [first] = await store.read<object>(streams.certificate(body, uuidOf(model)))
  if (first === undefined) throw new Error('the model was never recorded')
  const stream = streams.certificate(body, uuidOf(document))
  const reserved = { ...first.events[0], hash: (await hashOf(document)).toString('base64url') }
  const commits = [reserved, ...(released ? [{ type: 'issued', generation: 0 }] : [])]
  for (const event of commits) {
    const history = await store.read<object>(stream)
    await store.append(nextCommit(stream, history, { events: [event], actor: 'insider', now: clock() }))
  }
  return signAsBody(document, body, stand, changes)
}
