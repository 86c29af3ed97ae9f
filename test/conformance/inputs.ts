/**
 * Requests that the suites of W3C and the VC API send to issuers and verifiers of VCDM 2.0 and 1.1 with Data Integrity. Each names the
 * sentence of the specification that it tests. This file holds inputs only: some tests give them to our functions, others send them to
 * the server over HTTP.
 */
export type Json = Record<string, unknown>

export interface IssueInput {
  about: string
  credential: Json
}

const V2 = 'https://www.w3.org/ns/credentials/v2'
const V1 = 'https://www.w3.org/2018/credentials/v1'
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2'
const v2 = (...more: unknown[]) => ({ '@context': [V2, ...more] })
const terms = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, `https://example.org/terms#${name}`]))
const subject = { id: 'did:example:subject' }

/** The smallest valid credential. */
export const aCredential = (issuer: string, more: Json = {}): Json => ({
  ...v2(),
  type: ['VerifiableCredential'],
  issuer,
  credentialSubject: { ...subject },
  ...more,
})

/** The smallest valid credential of VCDM 1.1. */
export const anOldCredential = (issuer: string, more: Json = {}): Json => ({
  '@context': [V1],
  type: ['VerifiableCredential'],
  issuer,
  issuanceDate: '2024-01-01T00:00:00Z',
  credentialSubject: { ...subject },
  ...more,
})

export function acceptedByIssuers(issuer: string): IssueInput[] {
  const cases: [about: string, more: Json][] = [
    ['one subject', {}],
    ['several subjects', { credentialSubject: [subject, { id: 'did:example:other' }] }],
    ['a subject without id', { ...v2(terms('alumniOf')), credentialSubject: { alumniOf: 'The School of Examples' } }],
    ['an id that is a URL', { id: 'https://example.org/credentials/1' }],
    ['an id that is a urn', { id: 'urn:uuid:cb0b9b0c-0b6b-4b0f-9d3b-3f9bd4c2e8a1' }],
    [
      'types that are URLs, in any order',
      { type: ['https://example.org/terms#A', 'VerifiableCredential', 'urn:example:B'] },
    ],
    [
      'a type of an inline context',
      { ...v2(terms('ATestCredential')), type: ['VerifiableCredential', 'ATestCredential'] },
    ],
    [
      'types and terms of the examples context',
      { ...v2(EXAMPLES), type: ['VerifiableCredential', 'Any'], credentialSubject: { ...subject, any: 1 } },
    ],
    [
      'an inline context in a context, protected',
      { ...v2({ '@context': { '@protected': true, ...terms('Nested') } }), type: ['VerifiableCredential', 'Nested'] },
    ],
    ['an issuer object', { issuer: { id: issuer, name: 'Example', description: 'An issuer' } }],
    ['a name', { name: 'A name', description: 'A description' }],
    ['a name with a language', { name: { '@value': 'A name', '@language': 'en' } }],
    [
      'a name with a language and a direction',
      { description: { '@value': 'نص', '@language': 'ar', '@direction': 'rtl' } },
    ],
    [
      'names in several languages',
      {
        name: [
          { '@value': 'A name', '@language': 'en' },
          { '@value': 'Sijil', '@language': 'ms' },
        ],
      },
    ],
    [
      "an issuer's name in several languages",
      {
        issuer: {
          id: issuer,
          name: [
            { '@value': 'A', '@language': 'en', '@direction': 'ltr' },
            { '@value': 'B', '@language': 'ms' },
          ],
        },
      },
    ],
    ['milliseconds and Z', { validFrom: '2024-01-01T00:00:00.123Z' }],
    ['an offset', { validFrom: '2024-01-01T00:00:00-06:00', validUntil: '2099-01-01T00:00:00+08:00' }],
    ['an end in the past', { validFrom: '2020-01-01T00:00:00Z', validUntil: '2021-01-01T00:00:00Z' }],
    [
      'a status of an unknown type',
      { ...v2(terms('AStatus')), credentialStatus: { id: 'did:example:status', type: 'AStatus' } },
    ],
    ['a status without id', { ...v2(terms('AStatus')), credentialStatus: { type: 'AStatus' } }],
    ['several statuses', { ...v2(terms('AStatus')), credentialStatus: [{ type: 'AStatus' }, { type: 'AStatus' }] }],
    ['a schema', { credentialSchema: { id: 'did:example:schema', type: 'https://example.org/terms#ASchema' } }],
    [
      'several schemas',
      {
        credentialSchema: [
          { id: 'did:example:a', type: 'JsonSchema' },
          { id: 'did:example:b', type: 'JsonSchema' },
        ],
      },
    ],
    [
      'a refresh service',
      { ...v2(terms('ARefresh')), refreshService: { id: 'did:example:refresh', type: 'ARefresh' } },
    ],
    ['several terms of use', { ...v2(terms('APolicy')), termsOfUse: [{ type: 'APolicy' }, { type: 'APolicy' }] }],
    [
      'terms of use with id',
      { ...v2(terms('APolicy')), termsOfUse: { id: 'https://example.org/policies/1', type: 'APolicy' } },
    ],
    [
      'several pieces of evidence',
      { ...v2(terms('AnEvidence')), evidence: [{ type: 'AnEvidence' }, { id: 'urn:example:e', type: 'AnEvidence' }] },
    ],
    [
      'a related resource',
      {
        relatedResource: {
          id: 'https://example.org/image.png',
          digestMultibase: 'uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw',
        },
      },
    ],
    [
      'related resources with a media type',
      {
        relatedResource: [
          {
            id: V2,
            digestSRI: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
            mediaType: 'application/ld+json',
          },
          { id: 'https://example.org/b', digestSRI: 'sha256-MIwhzJyufmsjiGS1qP0waCmFb0gKa5ZGBI0ZZtfQo9Ls=' },
        ],
      },
    ],
  ]
  const old: [about: string, more: Json][] = [
    ['VCDM 1.1', {}],
    ['VCDM 1.1 with an end', { expirationDate: '2099-01-01T00:00:00Z' }],
    [
      'VCDM 1.1 with an inline context',
      {
        '@context': [V1, terms('ATestCredential', 'alumniOf')],
        type: ['VerifiableCredential', 'ATestCredential'],
        credentialSubject: { ...subject, alumniOf: 'x' },
      },
    ],
  ]
  return [
    ...cases.map(([about, more]) => ({ about, credential: aCredential(issuer, more) })),
    ...old.map(([about, more]) => ({ about, credential: anOldCredential(issuer, more) })),
  ]
}

const without = (credential: Json, name: string): Json =>
  Object.fromEntries(Object.entries(credential).filter(([key]) => key !== name))

export function refusedByIssuers(issuer: string): IssueInput[] {
  const values = (name: string, ...all: unknown[]): [string, Json][] =>
    all.map((value) => [`${name}: ${JSON.stringify(value)}`, { [name]: value }])
  const typed = ['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse', 'evidence'].flatMap(
    (name): [string, Json][] => [
      [`${name} without type`, { [name]: { id: 'did:example:x' } }],
      [`${name}: {}`, { [name]: {} }],
      [`${name} with a number for a type`, { [name]: { id: 'did:example:x', type: 2 } }],
      [
        `${name} with several ids`,
        { ...v2(terms('T')), [name]: { id: ['did:example:x', 'did:example:y'], type: 'T' } },
      ],
      [`${name} with an id that is no URL`, { ...v2(terms('T')), [name]: { id: 'not a url', type: 'T' } }],
    ],
  )
  const cases: [about: string, more: Json][] = [
    ...values(
      '@context',
      4,
      false,
      null,
      { foo: true },
      V2,
      [],
      [V2, 4],
      [V2, 'https ://not-a-url/contexts/v1'],
      [V2, 'https://unknown.example/v1'],
      [EXAMPLES, V2],
      [terms('x'), V2],
    ),
    ...values('type', null, true, 4, [], 'VerifiableCredential', ['Other'], ['https://example.org/terms#A']),
    ['a type that no context maps', { ...v2({ '@vocab': null }), type: ['VerifiableCredential', 'ATestCredential'] }],
    [
      'a type that is mapped to no URL',
      { ...v2({ ATestCredential: 'https ://not-a-url#A' }), type: ['VerifiableCredential', 'ATestCredential'] },
    ],
    ...values(
      'issuer',
      null,
      true,
      4,
      [],
      'not a url',
      'fake-issuer',
      { id: null },
      { id: 'fake-issuer' },
      { name: 'no id' },
      'did:example:somebody-else',
    ),
    ...values(
      'credentialSubject',
      null,
      true,
      4,
      [],
      'did:example:subject',
      {},
      [subject, {}],
      { id: ['did:example:a', 'did:example:b'] },
      { id: 'not a url' },
    ),
    ...values('id', null, ['https://example.org/1', 'https://example.org/2'], 'not a url', 'https ://not-a-url'),
    ...typed,
    ['credentialSchema without id', { credentialSchema: { type: 'JsonSchema' } }],
    ['a name with more than a language', { name: { '@value': 'A', '@language': 'en', other: 'x' } }],
    [
      'a description with a type',
      { description: [{ '@value': 'A', '@type': 'http://www.w3.org/2001/XMLSchema#string' }] },
    ],
    [
      "an issuer's name with an index",
      { issuer: { id: issuer, name: { '@value': 'A', '@language': 'en', '@index': 'x' } } },
    ],
    ...values(
      'validFrom',
      'Mon, 01 Jan 2024 00:00:00 GMT',
      '1/1/2024',
      '2024-01-01',
      '2024-01-01T00:00:00',
      '2024-01-01T24:00:00Z',
      '2024-02-30T00:00:00Z',
      '2024-01-01T00:00:60Z',
    ),
    ...values('validUntil', 'Tuesday', 1, null),
    ['an end before the start', { validFrom: '2024-01-02T00:00:00Z', validUntil: '2024-01-01T00:00:00Z' }],
    ['a context that redefines VerifiableCredential', v2({ VerifiableCredential: 'https://example.org/terms#Other' })],
    [
      'a context that redefines a protected term of an inline context',
      {
        ...v2({ '@protected': true, ...terms('T') }, { T: 'https://example.org/terms#Other' }),
        type: ['VerifiableCredential', 'T'],
      },
    ],
    ['a related resource that is a string', { relatedResource: ['https://example.org/a'] }],
    [
      'a related resource without id',
      { relatedResource: { digestMultibase: 'uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw' } },
    ],
    [
      'a related resource twice',
      {
        relatedResource: [1, 2].map(() => ({
          id: 'https://example.org/a',
          digestMultibase: 'uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw',
        })),
      },
    ],
    ['a related resource without digest', { relatedResource: { id: 'https://example.org/a' } }],
    [
      'a related resource with another digest (SRI)',
      { relatedResource: { id: V2, digestSRI: 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' } },
    ],
    [
      'a related resource with another digest (multibase)',
      { relatedResource: { id: V2, digestMultibase: 'uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw' } },
    ],
    ['a term of the subject that no context defines', { credentialSubject: { ...subject, undefinedTerm: 'x' } }],
    ['a type that no context defines', { type: ['VerifiableCredential', 'UndefinedType'] }],
    [
      'a status entry whose index is no string, under an undefined term',
      {
        undefinedTerm: {
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: true,
          statusListCredential: 'https://example.org/list',
        },
      },
    ],
    [
      'a status entry whose index is no string',
      {
        credentialStatus: {
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: true,
          statusListCredential: 'https://example.org/list',
        },
      },
    ],
  ]
  const credential = aCredential(issuer)
  return [
    ...['@context', 'type', 'issuer', 'credentialSubject'].map((name) => ({
      about: `no ${name}`,
      credential: without(credential, name),
    })),
    ...cases.map(([about, more]) => ({ about, credential: aCredential(issuer, more) })),
    {
      about: 'VCDM 1.1: an undefined term',
      credential: anOldCredential(issuer, { credentialSubject: { ...subject, undefinedTerm: 'x' } }),
    },
    {
      about: 'VCDM 1.1: an undefined type',
      credential: anOldCredential(issuer, { type: ['VerifiableCredential', 'UndefinedType'] }),
    },
    { about: 'VCDM 1.1: no issuanceDate', credential: without(anOldCredential(issuer), 'issuanceDate') },
  ]
}

export interface Change {
  about: string
  change(secured: Json): unknown
}

const proofOf = (secured: Json): Json => secured.proof as Json
const withProof = (change: (proof: Json) => unknown) => (secured: Json) => ({
  ...secured,
  proof: change(proofOf(secured)),
})

/** Each changes a secured credential with one proof so that every verifier must refuse it. */
export const refusedByVerifiers: Change[] = [
  ...['a string', null, [], { type: ['NonconformingDocument'] }].map((value) => ({
    about: `instead of it: ${JSON.stringify(value)}`,
    change: () => value,
  })),
  { about: 'no proof', change: (secured) => without(secured, 'proof') },
  ...[null, [], 'proof', 4, true].map((value) => ({
    about: `proof: ${JSON.stringify(value)}`,
    change: withProof(() => value),
  })),
  ...['type', 'verificationMethod', 'proofPurpose', 'proofValue', 'cryptosuite', 'created'].map((name) => ({
    about: `a proof without ${name}`,
    change: withProof((proof) => without(proof, name)),
  })),
  { about: 'proofValue: null', change: withProof((proof) => ({ ...proof, proofValue: null })) },
  {
    about: 'proofValue without its multibase letter',
    change: withProof((proof) => ({ ...proof, proofValue: String(proof.proofValue).slice(1) })),
  },
  {
    about: 'proofValue cut short',
    change: withProof((proof) => ({ ...proof, proofValue: String(proof.proofValue).slice(0, -1) })),
  },
  { about: 'an unknown proof type', change: withProof((proof) => ({ ...proof, type: 'UnknownProof' })) },
  { about: 'an unknown cryptosuite', change: withProof((proof) => ({ ...proof, cryptosuite: 'unknown-rdfc-2000' })) },
  ...['authentication', 'keyAgreement', 'capabilityInvocation', 'unknown'].map((proofPurpose) => ({
    about: `proofPurpose: ${proofPurpose}`,
    change: withProof((proof) => ({ ...proof, proofPurpose })),
  })),
  {
    about: 'a verification method that does not exist',
    change: withProof((proof) => ({ ...proof, verificationMethod: 'did:key:invalidVm' })),
  },
  { about: 'created changed', change: withProof((proof) => ({ ...proof, created: '2020-01-01T00:00:00Z' })) },
  ...['urn:uuid:5d4b2c60-0000-4000-8000-000000000000', 4, []].map((previousProof) => ({
    about: `previousProof: ${JSON.stringify(previousProof)}`,
    change: withProof((proof) => ({ ...proof, previousProof })),
  })),
  { about: 'no @context', change: (secured) => without(secured, '@context') },
  ...[V2, 4, null, true, {}, [[]], [V2, []], [V2, null], [V2, 4], [V2, true]].map((value) => ({
    about: `@context: ${JSON.stringify(value)}`,
    change: (secured: Json) => ({ ...secured, '@context': value }),
  })),
  {
    about: 'signed under another context',
    change: (secured) => ({
      ...secured,
      '@context': [...(secured['@context'] as unknown[]), { '@vocab': 'https://example.org/other#' }],
      type: ['VerifiableCredential', 'Other'],
    }),
  },
  { about: 'no type', change: (secured) => without(secured, 'type') },
  ...['VerifiableCredential', null, 4, true, {}, ['VerifiableCredential', 4], ['VerifiableCredential', null]].map(
    (type) => ({ about: `type: ${JSON.stringify(type)}`, change: (secured: Json) => ({ ...secured, type }) }),
  ),
  {
    about: 'a relative type that only @base made absolute',
    change: (secured) => ({
      ...secured,
      '@context': [...(secured['@context'] as unknown[]), { '@base': 'https://example.org/' }],
      type: ['VerifiableCredential', 'Relative'],
    }),
  },
  { about: 'no issuer', change: (secured) => without(secured, 'issuer') },
  ...[[], null, 4, true].map((issuer) => ({
    about: `issuer: ${JSON.stringify(issuer)}`,
    change: (secured: Json) => ({ ...secured, issuer }),
  })),
  { about: 'another issuer', change: (secured) => ({ ...secured, issuer: 'did:example:victim' }) },
  { about: 'no credentialSubject', change: (secured) => without(secured, 'credentialSubject') },
  ...['did:example:subject', null, 4, true, []].map((credentialSubject) => ({
    about: `credentialSubject: ${JSON.stringify(credentialSubject)}`,
    change: (secured: Json) => ({ ...secured, credentialSubject }),
  })),
  {
    about: 'an undefined term added',
    change: (secured) => ({ ...secured, credentialSubject: { ...subject, undefinedTerm: 'x' } }),
  },
  {
    about: 'an undefined type added',
    change: (secured) => ({ ...secured, type: ['VerifiableCredential', 'UndefinedType'] }),
  },
  {
    about: 'a subject changed',
    change: (secured) => ({ ...secured, credentialSubject: { id: 'did:example:mallory' } }),
  },
]

export const aPresentation = (more: Json = {}): Json => ({ ...v2(), type: ['VerifiablePresentation'], ...more })

export const acceptedPresentations = (holder: string): { about: string; presentation: Json }[] =>
  (
    [
      ['no credential', {}],
      ['no credential, as an empty array', { verifiableCredential: [] }],
      ['an id that is a urn', { id: 'urn:uuid:0e1d9a4e-5a1c-4f6f-8c59-6a5d60b9a9c1' }],
      [
        'more types through an inline context',
        { ...v2(terms('APresentation')), type: ['VerifiablePresentation', 'APresentation'] },
      ],
      ['a holder', { holder }],
      ['a holder object', { holder: { id: holder } }],
    ] satisfies [string, Json][]
  ).map(([about, more]) => ({ about, presentation: aPresentation(more) }))

export const refusedPresentations: Change[] = [
  { about: 'nothing', change: () => ({}) },
  { about: 'only a type', change: () => ({ type: ['NonconformingDocument'] }) },
  ...['@context', 'type', 'proof'].map((name) => ({
    about: `no ${name}`,
    change: (secured: Json) => without(secured, name),
  })),
  ...[[], [EXAMPLES], [EXAMPLES, V2], [V2, 'https://example.com'], [V2, 'not a url'], [V2, 4]].map((value) => ({
    about: `@context: ${JSON.stringify(value)}`,
    change: (secured: Json) => ({ ...secured, '@context': value }),
  })),
  { about: 'another type', change: (secured) => ({ ...secured, type: ['https://example.org/terms#A'] }) },
  {
    about: 'proofValue changed',
    change: withProof((proof) => ({ ...proof, proofValue: 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh' })),
  },
  {
    about: 'a holder that is no URL',
    change: (secured) => ({ ...secured, holder: { id: 'z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj' } }),
  },
  {
    about: 'an enclosed string',
    change: (secured) => ({ ...secured, verifiableCredential: ['https://example.org/1'] }),
  },
  {
    about: 'an envelope without its data URL',
    change: (secured) => ({
      ...secured,
      verifiableCredential: [{ ...v2(), id: 'https://example.org/1', type: 'EnvelopedVerifiableCredential' }],
    }),
  },
]
