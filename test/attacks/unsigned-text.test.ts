import { examineCredential, examinePresentation } from '@sijil/credentials/general'
import { describe, expect, test } from 'vitest'
import { aDidKey, CREATED, type DidKey, NOW, noKeys } from '../conformance/did-keys.ts'
import { signed } from '../conformance/hand-signed.ts'
import type { Json } from '../conformance/inputs.ts'
import { V2 } from './strangers.ts'

/** A signature does not cover text that is in no RDF statement. Such text may have been added later, so it must be refused (I3). */
const key = aDidKey()
const V1 = 'https://www.w3.org/2018/credentials/v1'
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'
const SECURITY = 'https://w3id.org/security#'
const faultsOf = async (document: Json) => {
  const { faults, proofs } = await examineCredential(document, { now: NOW, keyFor: noKeys })
  return faults.length > 0 ? faults.map(({ code }) => code) : proofs.map(({ outcome }) => outcome)
}

const credential = (more: Json = {}): Json => ({
  '@context': [V2],
  type: ['VerifiableCredential'],
  issuer: key.did,
  credentialSubject: { id: 'did:example:subject' },
  ...more,
})

describe('text that is in no statement', () => {
  const degree = 'Doctor of Medicine'
  const subject = { id: 'did:example:subject' }
  // biome-ignore format: it reads as a table
  const added: [string, context: object, more: Json, code: string][] = [
    ['@index',                             {},                                                             { credentialSubject: { ...subject, '@index': degree } },   'unknown-member'],
    ['@index as another name',             { degree: '@index' },                                           { credentialSubject: { ...subject, degree } },             'context-not-allowed'],
    ['@index by an id',                    { degree: { '@id': '@index' } },                                { credentialSubject: { ...subject, degree } },             'context-not-allowed'],
    ['@index by another name of it',       { degree: 'index', index: '@index' },                           { credentialSubject: { ...subject, degree } },             'context-not-allowed'],
    ['@index at the top',                  { note: '@index' },                                             { note: degree },                                          'context-not-allowed'],
    ['@index by a vocabulary',             { '@vocab': '@' },                                              { credentialSubject: { ...subject, index: degree } },      'unknown-member'],
    ['@index by a prefix',                 { p: { '@id': '@', '@prefix': true } },                         { credentialSubject: { ...subject, 'p:index': degree } },  'malformed-value'],
    ['@nest',                              {},                                                             { credentialSubject: { ...subject, '@nest': {} } },        'unknown-member'],
    ['@nest as another name',              { [degree]: '@nest' },                                          { credentialSubject: { ...subject, [degree]: {} } },       'context-not-allowed'],
    ['@reverse of nothing',                {},                                                             { credentialSubject: { ...subject, '@reverse': {} } },     'unknown-member'],
    ['@reverse as another name',           { [degree]: '@reverse' },                                       { credentialSubject: { ...subject, [degree]: {} } },       'context-not-allowed'],
    ['@included as another name',          { [degree]: '@included' },                                      { credentialSubject: { ...subject, [degree]: {} } },       'context-not-allowed'],
    ['@graph at the top',                  {},                                                             { '@graph': [{ id: 'urn:x:1' }] },                         'unknown-member'],
    ['@set as another name, which is one', { all: '@set' },                                                { 'https://e.example/p': { all: ['x'] } },               'failed'],
  ]

  test.each(added)('%s', async (_, context, more, code) => {
    const secured = await signed(key, credential())
    expect(await faultsOf(secured)).toEqual(['passed'])
    const forged = {
      ...secured,
      '@context': [V2, ...(Object.keys(context).length ? [context] : [])],
      ...more,
    }
    expect(await faultsOf(forged)).toEqual([code])
  })

  test('the names in a map by index', async () => {
    const context = [V2, { by: { '@id': 'https://e.example/by', '@container': '@index' } }]
    const secured = { ...(await signed(key, credential())), '@context': context }
    expect(await faultsOf({ ...secured, by: { [degree]: 'x' } })).toEqual(['context-not-allowed'])
  })
})

describe("a proof's options under another context", () => {
  /** VCDM 1.1 does not define the proof, so another context can redefine its members. */
  const meaning = (options: Record<string, unknown>) => [
    V1,
    {
      DataIntegrityProof: {
        '@id': `${SECURITY}DataIntegrityProof`,
        '@context': {
          id: '@id',
          type: '@type',
          created: { '@id': 'http://purl.org/dc/terms/created', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
          authentication: { '@id': `${SECURITY}authenticationMethod` },
          assertionMethod: { '@id': `${SECURITY}assertionMethod` },
          proofPurpose: { '@id': `${SECURITY}proofPurpose`, '@type': '@vocab' },
          cryptosuite: { '@id': `${SECURITY}cryptosuite`, '@type': `${SECURITY}cryptosuiteString` },
          verificationMethod: { '@id': `${SECURITY}verificationMethod`, '@type': '@id' },
          ...options,
        },
      },
    },
  ]
  const first = [V1, DATA_INTEGRITY]
  const asText = (name: string) => `${SECURITY}${name}`
  /** Repeats a member of the proof by another name. The graph stays as it was signed. */
  const saysNothing = { '@id': `${SECURITY}proofPurpose`, '@type': '@vocab' }
  const presented = (holder: DidKey, proof: Json) =>
    signed(
      holder,
      { '@context': first, type: ['VerifiablePresentation'], holder: holder.did },
      { proof: { proofPurpose: 'authentication', ...proof } },
    )
  const outcomeFor = async (presentation: Json, expected: { challenge?: string; domain?: string }) => {
    const { faults, proofs } = await examinePresentation(presentation, { now: NOW, keyFor: noKeys, ...expected })
    return faults[0]?.code ?? proofs[0]?.reason ?? proofs[0]?.outcome
  }

  test('O001, O003: a presentation that was made for one verifier does not pass as made for another', async () => {
    const honest = await presented(key, { challenge: 'of A', domain: 'a.example' })
    expect(await outcomeFor(honest, { challenge: 'of A', domain: 'a.example' })).toBe('passed')
    expect(await outcomeFor(honest, { challenge: 'of B' })).toBe('challenge-mismatch')
    const { challenge, domain, ...proof } = honest.proof as Json
    const replayed = {
      ...honest,
      '@context': meaning({
        'of-B': asText('authenticationMethod'),
        challenge: saysNothing,
        nonce: asText('challenge'),
        domain: asText('domain'),
      }),
      proof: { ...proof, challenge: 'of-B', nonce: challenge, domain },
    }
    expect(await outcomeFor(replayed, { challenge: 'of-B' })).toBe('proof-malformed')
    const relayed = {
      ...honest,
      '@context': meaning({
        'b.example': asText('authenticationMethod'),
        domain: saysNothing,
        nonce: asText('domain'),
        challenge: asText('challenge'),
      }),
      proof: { ...proof, challenge, nonce: domain, domain: 'b.example' },
    }
    expect(await outcomeFor(relayed, { challenge: 'of A', domain: 'b.example' })).toBe('proof-malformed')
  })

  test('the domains of a proof are a set, which must equal the requested set', async () => {
    const both = await presented(key, { domain: ['a.example', 'b.example'] })
    expect(await outcomeFor(both, {})).toBe('passed')
    expect(await outcomeFor(both, { domain: 'a.example' })).toBe('domain-mismatch')
    expect(await outcomeFor(await presented(key, {}), { domain: 'a.example' })).toBe('domain-mismatch')
  })

  test('the end of a proof cannot be hidden', async () => {
    const old = {
      '@context': first,
      type: ['VerifiableCredential'],
      issuer: key.did,
      issuanceDate: CREATED,
      credentialSubject: { id: 'did:example:subject' },
    }
    const secured = await signed(key, old, { proof: { expires: '2024-02-01T00:00:00Z' } })
    expect(await faultsOf(secured)).toEqual(['failed'])
    const { expires, ...proof } = secured.proof as Json
    const expiration = { '@id': `${SECURITY}expiration`, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' }
    const hidden = { ...secured, '@context': meaning({ nonce: expiration }), proof: { ...proof, nonce: expires } }
    expect(await faultsOf(hidden)).toEqual(['proof-malformed'])
  })
})

test('a verification method has one fragment (RFC 3986 §3.5)', async () => {
  const secured = await signed(key, credential(), { proof: { verificationMethod: `${key.verificationMethod}#x` } })
  expect(await faultsOf(secured)).toEqual(['proof-malformed'])
})

describe('a digest of a related resource', () => {
  const RELATED = 'https://www.w3.org/2018/credentials#relatedResource'
  const good = 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU'
  const wrong = `sha384-${'A'.repeat(64)}`
  const related = (digestSRI: string, id = V2) => [{ id, digestSRI }]

  // biome-ignore format: it reads as a table
  test.each<[string, Json, string]>([
    ['the right one',                      { relatedResource: related(good) },                                        'passed'],
    ['the right one beside another',       { relatedResource: related(`sha512-${'A'.repeat(86)}== ${good}?ct=json`) }, 'passed'],
    ['a wrong one',                        { relatedResource: related(wrong) },                                       'malformed-value'],
    ['a wrong one under its IRI',          { [RELATED]: related(wrong) },                                             'malformed-value'],
    ['none under its IRI',                 { [RELATED]: [{ id: V2 }] },                                   'malformed-value'],
    ['a text that is not a digest',        { relatedResource: related('thisisnotadigest', 'https://e.example/r') },   'malformed-value'],
    ['one that cannot be compared here',   { relatedResource: related(wrong, 'https://e.example/r') },                'passed'],
  ])('%s', async (_, more, fault) => {
    expect(await faultsOf(await signed(key, credential(more)))).toEqual([fault])
  })
})

test('VCDM 1.1 with both names for an end of its period: the narrower period counts', async () => {
  const old = (more: Json) =>
    signed(key, {
      '@context': [V1, DATA_INTEGRITY],
      type: ['VerifiableCredential'],
      issuer: key.did,
      credentialSubject: { id: 'did:example:subject' },
      issuanceDate: '2024-01-01T00:00:00Z',
      validFrom: '2024-01-02T00:00:00Z',
      ...more,
    })
  const examined = await examineCredential(
    await old({ expirationDate: '2025-01-01T00:00:00Z', validUntil: '2024-12-01T00:00:00Z' }),
    { now: NOW, keyFor: noKeys },
  )
  expect(examined).toMatchObject({
    faults: [],
    validFrom: '2024-01-02T00:00:00Z',
    validUntil: '2024-12-01T00:00:00Z',
    period: 'in-force',
  })
  expect(await faultsOf(await old({ validUntil: '2024-01-01T12:00:00Z' }))).toEqual(['malformed-value'])
})
