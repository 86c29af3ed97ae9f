import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { multikeyFromSpki } from '../multikey.ts'
import type { JsonObject } from './json.ts'
import { prepareSandboxDocument, sealSandboxDocument } from './prepare-foreign.ts'

/** For tests: the first key of RFC 8032 under its own `did:key`. */
const PKCS8 = '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
const privateKey: KeyObject = createPrivateKey({ key: Buffer.from(PKCS8, 'hex'), format: 'der', type: 'pkcs8' })
const multikey = multikeyFromSpki(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }))

export const did = `did:key:${multikey}`
export const verificationMethod = `${did}#${multikey}`

export const options = {
  issuer: did,
  cryptosuite: 'eddsa-rdfc-2022',
  algorithm: 'Ed25519',
  created: '2024-01-01T00:00:00Z',
  verificationMethod,
} as const

export const credential = (more: JsonObject = {}): JsonObject => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
  id: 'urn:example:credential',
  type: ['VerifiableCredential'],
  issuer: did,
  credentialSubject: { id: 'did:example:subject' },
  ...more,
})

export const signBytes = (bytes: Uint8Array): Uint8Array => sign(null, bytes, privateKey)

export async function secure(document: JsonObject): Promise<JsonObject> {
  const prepared = await prepareSandboxDocument(document, options)
  return sealSandboxDocument(prepared, signBytes(prepared.bytes))
}
