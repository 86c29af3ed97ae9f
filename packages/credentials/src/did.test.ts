import { expect, test } from 'vitest'
import { didForIssuer, isDid, issuerOfDid, parseVerificationMethod } from './did.ts'
import { namedDids } from './named-dids.ts'

test.each([
  ['http://localhost:4700', 'sandbox', 'did:web:localhost%3A4700:issuers:sandbox'],
  ['https://registry.example', 'demo-ph-board', 'did:web:registry.example:issuers:demo-ph-board'],
  ['https://registry.example/base/', 'a', 'did:web:registry.example:base:issuers:a'],
])('at %s the issuer %s is %s', (baseUrl, issuer, did) => {
  expect(didForIssuer(baseUrl, issuer)).toBe(did)
  expect(issuerOfDid(did, baseUrl)).toBe(issuer)
})

test.each([
  'did:web:localhost%3A4701:issuers:sandbox',
  'did:web:localhost:4700:issuers:sandbox',
  'did:web:localhost%3a4700:issuers:sandbox',
  'did:web:localhost%3A4700:issuers:sandbox:more',
  'did:web:localhost%3A4700:issuers:Sandbox',
  'did:web:localhost%3A4700:issuers:',
  'did:web:localhost%3A4700:issuers:sandbox#k',
  'did:web:evil.example:localhost%3A4700:issuers:sandbox',
  '',
])('%s is no issuer of this registry', (did) => {
  expect(issuerOfDid(did, 'http://localhost:4700')).toBeUndefined()
})

test('an issuer id that is not a DID segment is refused', () => {
  for (const id of ['', 'a b', 'a#b', 'a/b', 'a?b'])
    expect(() => didForIssuer('https://a.example', id)).toThrow(TypeError)
})

test('a verification method names its controller', () => {
  expect(parseVerificationMethod('did:web:a.example:issuers:x#certificates-1')).toEqual({
    controller: 'did:web:a.example:issuers:x',
    fragment: 'certificates-1',
  })
  for (const text of [
    'did:web:a.example',
    'did:web:a.example#',
    'did:web:a.example#a#b',
    'https://a.example#k',
    5,
    null,
  ]) {
    expect(() => parseVerificationMethod(text)).toThrow(TypeError)
  }
  expect(isDid('did:web:a.example#k')).toBe(false)
})

test('a DID is found in any place and under any member name', () => {
  const ours = 'did:web:localhost%3A4700:issuers:sandbox'
  const documents = [
    { issuer: ours },
    { 'https://www.w3.org/2018/credentials#issuer': [{ '@id': ours }] },
    { proof: [{ verificationMethod: `${ours}#k` }] },
    { '@context': [{ x: { '@id': ours } }] },
    { [ours]: 1 },
    { issuer: 'DID:web:localhost%3a4700:issuers:sandbox' },
    { nested: [[[{ a: `see ${ours}/path` }]]] },
  ]
  for (const document of documents) expect(namedDids(document)).toContain(ours)
  for (const value of [null, undefined, 5, 'x', [], { a: 'didnt' }]) expect(namedDids(value).size).toBe(0)
})
