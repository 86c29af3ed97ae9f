import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examineCredential } from './examine-credential.ts'
import type { JsonObject } from './json.ts'
import { credential, did, secure, verificationMethod } from './sample-key.ts'

const now = new Date('2024-06-01T00:00:00Z')
const examine = (value: unknown, keyFor = () => undefined) => examineCredential(value, { now, keyFor })
const faultsOf = async (value: unknown) => (await examine(value)).faults.map(({ code }) => code)

const CREDENTIALS = 'https://www.w3.org/2018/credentials#'
const entry = {
  id: 'urn:example:entry',
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: 'https://example.org/lists/1',
}
const fact = { type: 'BitstringStatusListEntry', purpose: 'revocation', list: 'https://example.org/lists/1', index: 7 }

const renamed = (document: JsonObject, name: string, to: string): JsonObject =>
  Object.fromEntries(Object.entries(document).map(([key, value]) => [key === name ? to : key, value]))
const withContext = (document: JsonObject, more: object): JsonObject => ({
  ...document,
  '@context': [...(document['@context'] as unknown[]), more],
})

test('the facts are those that were signed', async () => {
  const secured = await secure(
    credential({ validFrom: '2024-01-01T00:00:00Z', validUntil: '2025-01-01T08:00:00+08:00', credentialStatus: entry }),
  )
  expect(await examine(secured)).toEqual({
    faults: [],
    id: 'urn:example:credential',
    types: [`${CREDENTIALS}VerifiableCredential`, 'https://www.w3.org/ns/credentials/status#BitstringStatusListEntry'],
    issuer: did,
    subjects: ['did:example:subject'],
    validFrom: '2024-01-01T00:00:00Z',
    validUntil: '2025-01-01T08:00:00+08:00',
    period: 'in-force',
    status: [fact],
    proofs: [{ verificationMethod, controller: did, outcome: 'passed' }],
    issuerKey: { outcome: 'passed' },
    verificationMethods: [verificationMethod],
  })
})

test('a status or an end under another name is found, because renaming needs no key (V001, V003, V011)', async () => {
  const secured = await secure(credential({ credentialStatus: entry, validUntil: '2024-02-01T00:00:00Z' }))
  const alias = { ...{ cs: { '@id': `${CREDENTIALS}credentialStatus`, '@type': '@id' } }, cred: CREDENTIALS }
  const end = { until: { '@id': `${CREDENTIALS}validUntil`, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' } }
  const spellings = [
    renamed(secured, 'credentialStatus', `${CREDENTIALS}credentialStatus`),
    renamed(withContext(secured, alias), 'credentialStatus', 'cs'),
    renamed(withContext(secured, alias), 'credentialStatus', 'cred:credentialStatus'),
    renamed(withContext(secured, end), 'validUntil', 'until'),
  ]
  for (const spelling of spellings) {
    const { proofs, status, period } = await examine(spelling)
    expect(proofs).toMatchObject([{ outcome: 'passed' }])
    expect(status).toEqual([fact])
    expect(period).toBe('expired')
  }
})

test('a status at a second mention of the credential is found', async () => {
  const secured = await secure(credential({ credentialStatus: entry }))
  const { credentialStatus, ...rest } = secured
  const hidden = {
    ...rest,
    credentialSubject: { id: 'did:example:subject' },
    [`${CREDENTIALS}evidence`]: { id: secured.id, [`${CREDENTIALS}credentialStatus`]: credentialStatus },
  }
  // One statement more than was signed.
  expect((await examine(hidden)).status).toEqual([fact])
  const { proof: _, ...signable }: JsonObject = hidden
  const examined = await examine(await secure(signable))
  expect(examined.status).toEqual([fact])
  expect(examined.proofs).toMatchObject([{ outcome: 'passed' }])
})

test('all status entries are reported, of every type', async () => {
  const other = { ...entry, id: 'urn:example:other', statusPurpose: 'suspension' }
  const unknown = { type: 'https://example.org/AStatus' }
  const { status } = await examine(await secure(credential({ credentialStatus: [other, unknown, entry] })))
  expect(status).toHaveLength(3)
  expect(status).toEqual(
    expect.arrayContaining([fact, { ...fact, purpose: 'suspension' }, { type: 'https://example.org/AStatus' }]),
  )
})

test.each<[string, JsonObject]>([
  ['a second issuer under its IRI', { [`${CREDENTIALS}issuer`]: { id: 'did:web:body.example' } }],
  [
    'a second issuer in a second mention',
    { extra: { id: 'urn:example:credential', [`${CREDENTIALS}issuer`]: { id: 'did:web:body.example' } } },
  ],
  [
    'a second end',
    {
      validUntil: '2024-02-01T00:00:00Z',
      [`${CREDENTIALS}validUntil`]: {
        '@value': '2025-01-01T00:00:00Z',
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
      },
    },
  ],
  ['an end that is a string', { [`${CREDENTIALS}validUntil`]: '2025-01-01T00:00:00Z' }],
  [
    'an end before the start',
    {
      validFrom: '2025-01-01T00:00:00Z',
      [`${CREDENTIALS}validUntil`]: {
        '@value': '2024-01-01T00:00:00Z',
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
      },
    },
  ],
  [
    'a second credential',
    { extra: { id: 'urn:example:other', type: 'VerifiableCredential', issuer: 'did:web:body.example' } },
  ],
  ['a second credential under its IRI', { extra: { type: `${CREDENTIALS}VerifiableCredential` } }],
  ['a status that is a text', { [`${CREDENTIALS}credentialStatus`]: 'none' }],
  ['a status without type under its IRI', { [`${CREDENTIALS}credentialStatus`]: { id: 'urn:example:entry' } }],
  ['a status entry with two indexes', { credentialStatus: [entry, { ...entry, statusListIndex: '8' }] }],
  ['a status entry whose index is no canonical number', { credentialStatus: { ...entry, statusListIndex: '07' } }],
  ['a bad status entry in another place', { extra: { ...entry, statusListIndex: true } }],
  ['null (V015)', { validUntil: null }],
  ['an empty array', { extra: [] }],
  ['@type beside type', { '@type': ['VerifiableCredential'] }],
  ['a number that is not exact', { extra: 2 ** 60 }],
  ['an identifier that N-Quads would have to escape', { extra: { id: 'urn:a{b}' } }],
])('refused: %s', async (_, more) => {
  expect(await faultsOf({ ...(await secure(credential())), ...more })).toEqual(['malformed-value'])
})

test('a proof inside the document does not prove the document', async () => {
  const secured = await secure(credential())
  expect(await faultsOf({ ...secured, 'https://w3id.org/security#proof': secured.proof })).toEqual(['proof-malformed'])
})

test.each<[string, object]>([
  ['@base, even unused', { '@base': 'https://example.org/' }],
  ['@import', { '@import': 'https://www.w3.org/ns/credentials/v2' }],
  ['@propagate', { '@propagate': false }],
  ['@direction', { '@direction': 'rtl' }],
  ['a scoped context by URL', { t: { '@id': 'urn:t', '@context': 'https://www.w3.org/ns/credentials/v2' } }],
  ['a null scoped context', { t: { '@id': 'urn:t', '@context': null } }],
  ['a term named __proto__', JSON.parse('{"__proto__": "urn:t"}')],
  [
    'contexts in contexts in contexts',
    { a: { '@context': { b: { '@context': { c: { '@context': { d: { '@context': {} } } } } } } } },
  ],
  ['another meaning for issuer', { '@protected': true, issuer: 'https://example.org/issuer' }],
  ['another meaning for VerifiableCredential', { VerifiableCredential: 'https://example.org/V' }],
])('a context that is not allowed: %s (V006, I4)', async (_, more) => {
  expect(await faultsOf(withContext(await secure(credential()), more))).toEqual(['context-not-allowed'])
})

test('a context inside the document, or inside its proof, is refused (V008)', async () => {
  const secured = await secure(credential())
  const context = { level: 'https://example.org/level' }
  expect(await faultsOf({ ...secured, credentialSubject: { '@context': context, level: 4 } })).toEqual([
    'context-not-allowed',
  ])
  expect(await faultsOf({ ...secured, proof: { ...(secured.proof as object), '@context': context } })).toEqual([
    'context-not-allowed',
  ])
})

test('members that JSON-LD would drop, or hide as JSON, are refused (V013)', async () => {
  const secured = await secure(credential())
  const strict = { ...secured, '@context': ['https://www.w3.org/ns/credentials/v2'] }
  expect((await examine({ ...strict, extra: 'x' })).faults).toMatchObject([
    { code: 'unknown-member', type: 'https://w3id.org/security#DATA_LOSS_DETECTION_ERROR' },
  ])
  const asJson = { cs: { '@id': `${CREDENTIALS}credentialStatus`, '@type': '@json' } }
  expect(await faultsOf(withContext({ ...secured, cs: entry }, asJson))).toEqual(['malformed-value'])
})

test('a prefix cannot turn the written issuer or key into another one', async () => {
  const prefix = {
    body: { '@id': 'did:web:body.example', '@prefix': true },
    did: { '@id': 'urn:other:', '@prefix': true },
  }
  const secured = await secure(credential())
  const aliased = withContext({ ...secured, issuer: 'body::issuers:one' }, { body: prefix.body })
  expect((await examine(aliased)).faults).toMatchObject([{ code: 'context-not-allowed', pointer: '/issuer' }])
  const proof = { ...(secured.proof as object), verificationMethod: 'body:#k' }
  expect(await faultsOf(withContext({ ...secured, proof }, { body: prefix.body }))).toEqual(['proof-malformed'])
  expect(await faultsOf(withContext(secured, { did: prefix.did }))).not.toEqual([])
})

test('with two claims whose terms are exchanged, no claim is returned, so none can be misread (V005)', async () => {
  const secured = await secure(credential({ credentialSubject: { id: 'did:example:subject', level: 2, maxLevel: 4 } }))
  const vocabulary = 'https://www.w3.org/ns/credentials/examples#'
  const swapped = withContext(
    { ...secured, credentialSubject: { id: 'did:example:subject', level: 4, maxLevel: 2 } },
    { level: `${vocabulary}maxLevel`, maxLevel: `${vocabulary}level` },
  )
  const examined = await examine(swapped)
  expect(examined.proofs).toMatchObject([{ outcome: 'passed' }])
  expect(JSON.stringify(examined)).not.toMatch(/level/i)
})

test('other forms of the same graph are the same credential (V016)', async () => {
  const secured = await secure(credential())
  const examined = await examine({ ...secured, credentialSubject: [secured.credentialSubject] })
  expect(examined.proofs).toMatchObject([{ outcome: 'passed' }])
  expect(examined.subjects).toEqual(['did:example:subject'])
})

test('no mutation of a signed credential changes a fact and keeps the signature valid (V018, I3)', async () => {
  const secured = await secure(
    credential({
      validFrom: '2024-01-01T00:00:00Z',
      validUntil: '2025-01-01T00:00:00Z',
      credentialStatus: entry,
      name: 'A',
    }),
  )
  const { faults: _, ...good } = await examine(secured)
  const changes = [
    () => undefined,
    () => null,
    (v: unknown) => [v],
    (v: unknown) => [v, v],
    () => 7,
    () => ({}),
    (v: unknown) => `${v} `,
    (v: unknown) => ({ '@value': v }),
    (v: unknown) => ({ '@id': v }),
    (v: unknown) => String(v).toUpperCase(),
  ]
  for (const name of Object.keys(secured).filter((key) => key !== 'proof')) {
    for (const change of changes) {
      const { faults, ...facts } = await examine({ ...secured, [name]: change(secured[name]) })
      if (faults.length === 0 && facts.proofs.every(({ outcome }) => outcome === 'passed')) expect(facts).toEqual(good)
    }
  }
})

test('any JSON is examined without an exception (I10)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.json({ maxDepth: 4 }),
      fc.constantFrom(...Object.keys(credential()), 'proof'),
      async (text, name) => {
        const value: unknown = JSON.parse(text)
        expect((await examine(value)).faults).toHaveLength(1)
        expect(Array.isArray((await examine({ ...(await secure(credential())), [name]: value })).faults)).toBe(true)
      },
    ),
    { numRuns: 150 },
  )
})

test('names of members of every object do no harm', async () => {
  const secured = await secure(credential())
  for (const name of ['hasOwnProperty', 'constructor', 'toString', 'valueOf', 'prototype', '__defineGetter__']) {
    expect(Array.isArray(await faultsOf({ ...secured, [name]: 'x' }))).toBe(true)
    expect(Array.isArray(await faultsOf(withContext(secured, { [name]: 'https://example.org/x' })))).toBe(true)
    expect(Array.isArray(await faultsOf({ ...secured, credentialSubject: { id: `urn:${name}`, type: name } }))).toBe(
      true,
    )
  }
  const text = JSON.stringify(secured).replace('"credentialSubject"', '"__proto__":{"admin":true},"credentialSubject"')
  expect(await faultsOf(JSON.parse(text))).toEqual(['malformed-json'])
  expect(await faultsOf({ ...secured, name: '\ud800' })).toEqual(['malformed-json'])
})
