import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { Certificate } from './certificate.ts'
import { multikeyFromSpki } from './multikey.ts'
import { prepareCredential } from './prepare.ts'
import { created, verificationMethod } from './sample-certificate.ts'
import { sealCredential } from './seal.ts'

/** RFC 8032, test 1: a published key. */
const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
})

export const publicKey = multikeyFromSpki(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }))
export const signed = (bytes: Uint8Array): Uint8Array => sign(null, bytes, privateKey)

export function sealed(certificate: Certificate): string {
  const prepared = prepareCredential(certificate, { created, verificationMethod })
  return sealCredential(prepared, signed(prepared.bytes))
}
