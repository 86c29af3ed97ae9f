import { expect, test } from 'vitest'
import { examineCredential } from './examine-credential.ts'
import { prepareSandboxDocument, sealSandboxDocument } from './prepare-foreign.ts'
import { credential, did, options, secure, signBytes } from './sample-key.ts'

const V2 = 'https://www.w3.org/ns/credentials/v2'
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const STATUS = 'https://www.w3.org/ns/credentials/status#'
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

test.each<[string, object]>([
  ['an Open Badge', { '@context': [V2, OPEN_BADGES], type: ['VerifiableCredential', 'OpenBadgeCredential'] }],
  ['under its other name', { '@context': [V2, OPEN_BADGES], type: ['VerifiableCredential', 'AchievementCredential'] }],
  ['by its IRI', { type: ['VerifiableCredential', `${OB}OpenBadgeCredential`] }],
  [
    'by an alias',
    { '@context': [V2, { Harmless: `${OB}OpenBadgeCredential` }], type: ['VerifiableCredential', 'Harmless'] },
  ],
  ['by a prefix', { '@context': [V2, { ob: OB }], type: ['VerifiableCredential', 'ob:OpenBadgeCredential'] }],
  ['by a vocabulary', { '@context': [V2, { '@vocab': OB }], type: ['VerifiableCredential', 'OpenBadgeCredential'] }],
  ['by an alias of @type', { '@context': [V2, { kind: '@type' }], kind: `${OB}OpenBadgeCredential` }],
  ['by rdf:type', { [RDF_TYPE]: { id: `${OB}OpenBadgeCredential` } }],
  ['inside', { '@context': [V2, { x: 'https://example.org/x' }], x: { type: `${OB}OpenBadgeCredential` } }],
  [
    'inside of a named graph',
    {
      '@context': [V2, { g: { '@id': 'https://example.org/g', '@container': '@graph' } }],
      g: { type: `${OB}OpenBadgeCredential` },
    },
  ],
  ['a status list credential', { type: ['VerifiableCredential', 'BitstringStatusListCredential'] }],
  [
    'a status list',
    {
      credentialSubject: {
        id: 'urn:l',
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: 'uH4sIAAA',
      },
    },
  ],
  ['a status list by its IRI', { credentialSubject: { id: 'urn:l', type: `${STATUS}BitstringStatusList` } }],
  [
    'an old status list',
    { type: ['VerifiableCredential', 'https://w3id.org/vc/status-list#StatusList2021Credential'] },
  ],
])('a signer for anybody never signs certificates or status lists: %s (I23)', async (_, more) => {
  await expect(prepareSandboxDocument(credential({ ...more }), options)).rejects.toMatchObject({
    code: 'malformed-value',
  })
})

test('the caller’s document is not changed, and every member is kept', async () => {
  const given = credential({
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    issuanceDate: '2024-01-01T00:00:00Z',
    issuer: { id: did },
  })
  const before = structuredClone(given)
  const secured = await secure(given)
  expect(given).toEqual(before)
  expect(secured).toMatchObject({
    ...given,
    '@context': [...(given['@context'] as string[]), 'https://w3id.org/security/data-integrity/v2'],
  })
})

test('a status entry is added to the existing ones', async () => {
  const statusEntry = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: 'https://example.org/lists/1',
  }
  const other = { type: 'https://example.org/AStatus' }
  const statusOf = async (credentialStatus?: unknown) =>
    (
      await prepareSandboxDocument(credential(credentialStatus === undefined ? {} : { credentialStatus }), {
        ...options,
        statusEntry,
      })
    ).document.credentialStatus
  expect(await statusOf()).toEqual(statusEntry)
  expect(await statusOf(other)).toEqual([other, statusEntry])
  expect(await statusOf([other, other])).toEqual([other, other, statusEntry])
})

test('a document of another issuer, with a proof, or for a key of another suite is not signed', async () => {
  await expect(prepareSandboxDocument(credential({ issuer: 'did:web:body.example' }), options)).rejects.toMatchObject({
    pointer: '/issuer',
  })
  await expect(prepareSandboxDocument(await secure(credential()), options)).rejects.toMatchObject({ pointer: '/proof' })
  await expect(prepareSandboxDocument(credential(), { ...options, algorithm: 'P-256' })).rejects.toMatchObject({
    code: 'suite-not-allowed',
  })
})

test('a signature of the wrong length is not sealed', async () => {
  const prepared = await prepareSandboxDocument(credential(), options)
  expect(() => sealSandboxDocument(prepared, signBytes(prepared.bytes).subarray(1))).toThrow(TypeError)
})

test('a prefix cannot change the issuer between preparing and signing', async () => {
  const aliased = credential({ '@context': [V2, { did: { '@id': 'did:web:body.example:', '@prefix': true } }] })
  await expect(prepareSandboxDocument(aliased, options)).rejects.toMatchObject({ name: 'DocumentFault' })
  const { faults } = await examineCredential(await secure(credential()), {
    now: new Date('2024-06-01T00:00:00Z'),
    keyFor: () => undefined,
  })
  expect(faults).toEqual([])
})
