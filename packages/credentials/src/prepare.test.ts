import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { canonicalForm } from './canonical.ts'
import type { Certificate } from './certificate.ts'
import { contextDocuments } from './compile-profile.ts'
import { prepareCredential } from './prepare.ts'
import { parseProfile } from './profile.ts'
import { DocumentFault, readJson } from './read-json.ts'
import { aCertificate, created, verificationMethod } from './sample-certificate.ts'
import { publicKey, sealed, signed } from './sample-keys.ts'
import { sealCredential } from './seal.ts'
import { documentHash, verifyProof, verifyText } from './verify-proof.ts'

const options = { created, verificationMethod }

test('a prepared and sealed document has the recorded hash and verifies', () => {
  const prepared = prepareCredential(aCertificate(), options)
  const text = sealCredential(prepared, signed(prepared.bytes))
  const document = parseProfile(readJson(text))
  expect(document).toEqual({ ...prepared.document, proof: document.proof })
  expect(documentHash(document)).toBe(prepared.hash)
  expect(canonicalForm(document)).toBe(canonicalForm(prepared.document))
  expect(verifyProof(document, publicKey)).toBe(true)
  expect(verifyText(text, (method) => (method === verificationMethod ? publicKey : undefined))).toBe(true)
  expect(verifyText(text, () => undefined)).toBe(false)
})

test('the hash depends on the certificate, not on its signature', () => {
  const other = { created: '2026-04-01T00:00:00Z', verificationMethod: `${aCertificate().issuer.id}#certificates-2` }
  expect(prepareCredential(aCertificate(), other).hash).toBe(prepareCredential(aCertificate(), options).hash)
  expect(prepareCredential(aCertificate(), other).bytes).not.toEqual(prepareCredential(aCertificate(), options).bytes)
})

// biome-ignore format: it reads as a table
test.each<[string, string, string]>([
  ['a name', 'Maria Santos', 'Maria Santoz'],
  ['a day', '2026-02-20', '2026-02-21'],
  ['the index of its status, in both places', '94567', '94568'],
  ['V111 a name in NFD', 'Espa\u00f1ol', 'Espan\u0303ol'],
  ['when it was signed', `"created":"${created}"`, '"created":"2026-03-02T00:00:01Z"'],
])('no longer verifies after a change of %s', (_, from, to) => {
  const text = sealed(aCertificate({ signatory: { name: 'Espa\u00f1ol', position: 'x' } }))
  const changed = text.replaceAll(from, to)
  expect(changed).not.toBe(text)
  expect(verifyText(text, () => publicKey)).toBe(true)
  expect(verifyText(changed, () => publicKey)).toBe(false)
})

test.each<[string, Partial<Certificate>, string]>([
  [
    'a name in NFD',
    { holder: { ...aCertificate().holder, name: 'Nũn\u0303o' } },
    '/credentialSubject/identifier/0/identityHash',
  ],
  [
    'a name that turns the direction',
    { holder: { ...aCertificate().holder, name: 'Ma\u202eria' } },
    '/credentialSubject/identifier/0/identityHash',
  ],
  [
    'a name of 201 characters',
    { holder: { ...aCertificate().holder, name: 'x'.repeat(201) } },
    '/credentialSubject/identifier/0/identityHash',
  ],
  ['a hidden character in a number', { certificateNumber: 'NC2\u200b-1' }, '/credentialSubject/licenseNumber'],
  ['a day that is none', { assessedOn: '2026-02-30' }, '/credentialSubject/activityEndDate'],
  ['one status', { status: aCertificate().status.slice(1) }, '/credentialStatus/0'],
  [
    'a fifth of an index',
    { status: aCertificate().status.map((entry) => ({ ...entry, index: 0.2 })) },
    '/credentialStatus/0/statusListIndex',
  ],
])('nothing is prepared from %s', (_, changes, pointer) => {
  const attempt = () => prepareCredential(aCertificate(changes), options)
  expect(attempt).toThrow(DocumentFault)
  expect(attempt).toThrow(expect.objectContaining({ pointer }))
})

test('a key of another issuer is refused', () => {
  const attempt = () => prepareCredential(aCertificate(), { created, verificationMethod: 'did:web:evil.example#k' })
  expect(attempt).toThrow(DocumentFault)
})

interface VerifyResult {
  verified: boolean
  error?: { errors?: unknown[] }
}

test('@digitalbazaar/vc verifies a sealed certificate', async () => {
  const require = createRequire(import.meta.url)
  const { DataIntegrityProof } = require('@digitalbazaar/data-integrity')
  const { cryptosuite } = require('@digitalbazaar/eddsa-rdfc-2022-cryptosuite')
  const vc: { verifyCredential(options: object): Promise<VerifyResult> } = require('@digitalbazaar/vc')
  const controller = aCertificate().issuer.id
  const method = { id: verificationMethod, type: 'Multikey', controller, publicKeyMultibase: publicKey }
  const contexts = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1']
  const documents = new Map<string, object>([
    ...contextDocuments,
    [verificationMethod, { '@context': contexts[1], ...method }],
    [
      controller,
      { '@context': contexts, id: controller, verificationMethod: [method], assertionMethod: [verificationMethod] },
    ],
    [contexts[0] ?? '', require('did-context').contexts.get(contexts[0])],
    [contexts[1] ?? '', require('@digitalbazaar/multikey-context').contexts.get(contexts[1])],
  ])
  const documentLoader = async (url: string) => {
    const document = documents.get(url)
    if (document === undefined) throw new Error(`not at hand: ${url}`)
    return { contextUrl: null, documentUrl: url, document }
  }
  const verify = (text: string) =>
    vc.verifyCredential({
      credential: JSON.parse(text),
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader,
      now: '2026-06-01T00:00:00Z',
      checkStatus: async () => ({ verified: true }),
    })
  const text = sealed(aCertificate())
  const result = await verify(text)
  expect(result.error?.errors).toBeUndefined()
  expect(result.verified).toBe(true)
  expect((await verify(text.replace('Maria Santos', 'Maria Santoz'))).verified).toBe(false)
})
