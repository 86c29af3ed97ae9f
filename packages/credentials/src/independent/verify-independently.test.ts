import { generateKeyPairSync, sign } from 'node:crypto'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../../../test/support/whole.ts'
import { pinnedContexts } from '../general/contexts.ts'
import { prepareSandboxDocument, sealSandboxDocument } from '../general/prepare-foreign.ts'
import { multikeyFromSpki } from '../multikey.ts'
import { aCertificate, verificationMethod } from '../sample-certificate.ts'
import { publicKey, sealed } from '../sample-keys.ts'
import { verifyIndependently } from './verify-independently.ts'

const now = new Date('2026-06-01T00:00:00Z')
const did = aCertificate().issuer.id

const didDocumentOf = (id: string, method: string, publicKeyMultibase: string) => ({
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
  id,
  verificationMethod: [{ id: method, type: 'Multikey', controller: id, publicKeyMultibase }],
  assertionMethod: [method],
})
const didDocument = didDocumentOf(did, verificationMethod, publicKey)
const certificate = (): Record<string, unknown> => JSON.parse(sealed(aCertificate()))

test('a certificate verifies with the DID document of its issuer', async () => {
  expect(await verifyIndependently(certificate(), { didDocument, now })).toEqual({ verified: true })
})

test('a document that a P-256 key signed with ecdsa-rdfc-2019 verifies as well', async () => {
  const { privateKey, publicKey: spki } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = 'did:web:registry.example:issuers:demo'
  const method = `${issuer}#certificates-1`
  const prepared = await prepareSandboxDocument(
    {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer,
      credentialSubject: { id: 'urn:example:subject' },
    },
    {
      issuer,
      cryptosuite: 'ecdsa-rdfc-2019',
      algorithm: 'P-256',
      created: '2026-03-02T00:00:00Z',
      verificationMethod: method,
    },
  )
  const signature = sign('sha256', prepared.bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  const document = sealSandboxDocument(prepared, signature)
  const known = didDocumentOf(issuer, method, multikeyFromSpki(spki.export({ format: 'der', type: 'spki' })))
  expect(await verifyIndependently(document, { didDocument: known, now })).toEqual({ verified: true })
  expect(await verifyIndependently({ ...document, name: 'changed' }, { didDocument: known, now })).toMatchObject({
    verified: false,
  })
})

test.each<[string, object, { didDocument?: typeof didDocument; now?: Date }]>([
  ['changed after signing', { ...certificate(), id: 'urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11' }, {}],
  ['without a proof', { ...certificate(), proof: undefined }, {}],
  ['with a member that no context defines', { ...certificate(), sparkle: 'yes' }, {}],
  ['with a context that is not at hand', { ...certificate(), '@context': ['https://example.org/context'] }, {}],
  ['that has ended', certificate(), { now: new Date('2031-03-03T00:00:00Z') }],
  ['that begins later', certificate(), { now: new Date('2026-03-01T00:00:00Z') }],
  ['whose issuer has no such key', certificate(), { didDocument: { ...didDocument, verificationMethod: [] } }],
  ['whose key may assert nothing', certificate(), { didDocument: { ...didDocument, assertionMethod: [] } }],
  [
    'whose issuer has another key under that name',
    certificate(),
    { didDocument: didDocumentOf(did, verificationMethod, 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2') },
  ],
  ['whose key belongs to another DID', certificate(), { didDocument: { ...didDocument, id: `${did}-2` } }],
  ['that is none', {}, {}],
])('a certificate is refused, and nothing is thrown: %s', async (_, document, more) => {
  const verdict = await verifyIndependently(document, { didDocument, now, ...more })
  expect(verdict).toEqual({ verified: false, kinds: expect.arrayContaining([expect.any(String)]) })
})

test('a refusal repeats no value of the document', async () => {
  const verdict = await verifyIndependently({ ...certificate(), validFrom: 'MARIA SANTOS' }, { didDocument, now })
  expect(verdict).toMatchObject({ verified: false })
  expect(JSON.stringify(verdict)).not.toContain('MARIA')
})

test('an unreadable document is refused', async () => {
  const unreadable = Object.defineProperty(certificate(), 'type', {
    enumerable: true,
    get() {
      throw new RangeError('out of memory')
    },
  })
  expect(await verifyIndependently(unreadable, { didDocument, now })).toEqual({
    verified: false,
    kinds: ['RangeError'],
  })
})

test('neither the document nor the DID document is changed', async () => {
  const document = certificate()
  const before = structuredClone([document, didDocument])
  await verifyIndependently(document, { didDocument, now })
  expect([document, didDocument]).toEqual(before)
})

/** The library as shipped, without our cache of processed contexts. */
async function verifiesAsShipped(credential: object): Promise<boolean> {
  const known = new Map<string, object>([
    ...[...pinnedContexts].map(([url, context]): [string, object] => [url, { '@context': context }]),
    [did, didDocument],
    [verificationMethod, { '@context': 'https://w3id.org/security/multikey/v1', ...didDocument.verificationMethod[0] }],
  ])
  const documentLoader = async (url: string) => ({ contextUrl: null, documentUrl: url, document: known.get(url) ?? {} })
  const suite = new DataIntegrityProof({ cryptosuite })
  const checkStatus = async () => ({ verified: true })
  const { verified } = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus, now })
  return verified
}

const changes: readonly ((document: Record<string, unknown>) => Record<string, unknown>)[] = [
  (document) => document,
  (document) => ({ ...document, name: `${document.name}.` }),
  (document) => ({ ...document, sparkle: 'yes' }),
  ({ credentialStatus: _, ...document }) => document,
]
const anyUnits = fc
  .uniqueArray(fc.stringMatching(/^[A-Z]{3}[0-9]{3}$/), { maxLength: 12 })
  .map((codes) => codes.map((code) => ({ code, title: `Lay bricks by ${code}` })))
const anyNames = fc.constantFrom('RODEL DELA CRUZ', 'LÊ THỊ HÒA', 'Šárka O’Neill')

test('the cache of contexts changes no verdict: random certificates, as signed and with one member changed', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...changes),
    fc.record({ units: anyUnits, levels: fc.subarray(aCertificate().levels), name: anyNames }),
    async (change, { units, levels, name }) => {
      const whole = aCertificate()
      const document = change(JSON.parse(sealed({ ...whole, units, levels, holder: { ...whole.holder, name } })))
      const { verified } = await verifyIndependently(document, { didDocument, now })
      expect(verified).toBe(await verifiesAsShipped(structuredClone(document)))
      expect(verified).toBe(change === changes[0])
    },
  )
  await fc.assert(property, { numRuns: runs(20, 300) })
})
