import fc from 'fast-check'
import jsonld from 'jsonld'
import { expect, test } from 'vitest'
import { canonicalizeQuads, canonicalizeReference } from './canonicalize.ts'
import { CREDENTIALS_V1, CREDENTIALS_V2, pinnedContexts } from './contexts.ts'

const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2'

/** The original jsonld.js, with its own context processing and caches. */
async function asShipped(document: object): Promise<string> {
  const quads = await jsonld.toRDF(structuredClone(document), {
    documentLoader: async (url) => {
      const context = pinnedContexts.get(url)
      if (context === undefined) throw new Error('nothing is fetched')
      return { contextUrl: null, documentUrl: url, document: structuredClone({ '@context': context }) }
    },
    base: null,
    safe: true,
    rdfDirection: 'i18n-datatype',
    produceGeneralizedRdf: false,
  })
  return canonicalizeQuads(quads)
}

const orRefused = (canonical: Promise<string>) => canonical.catch(() => 'refused')

const scoped = (name: string, context: object) => ({ '@id': `https://example.org/${name}`, '@context': context })
const inline = [
  { a: 'https://example.org/a', T: scoped('T', { a: 'https://example.org/a-of-T', b: 'https://example.org/b' }) },
  {
    '@vocab': 'https://example.org/vocab#',
    p: { ...scoped('p', { a: 'https://example.org/a-of-p' }), '@type': '@id' },
  },
  {
    '@context': {
      '@protected': true,
      T: scoped('T', { b: { '@id': 'https://example.org/b', '@container': '@list' } }),
    },
  },
  { '@language': 'en', q: scoped('q', { T: scoped('T-of-q', { a: null }) }), ex: 'https://example.org/' },
  {
    U: scoped('U', { '@protected': true, c: 'https://example.org/c' }),
    V: scoped('V', { c: 'https://example.org/c-of-V' }),
  },
]
const context = fc.tuple(
  fc.constantFrom(CREDENTIALS_V2, CREDENTIALS_V2, CREDENTIALS_V1),
  fc.uniqueArray(fc.constantFrom(OPEN_BADGES, EXAMPLES, 'https://w3id.org/security/data-integrity/v2', ...inline), {
    maxLength: 3,
  }),
)
const types = fc.array(
  fc.constantFrom(
    'VerifiableCredential',
    'BitstringStatusListEntry',
    'DataIntegrityProof',
    'JsonSchema',
    'Achievement',
    'AchievementSubject',
    'Profile',
    'T',
    'U',
    'V',
    'ex:W',
    'https://example.org/X',
  ),
  { minLength: 1, maxLength: 2 },
)
const keys = [
  'a',
  'b',
  'c',
  'p',
  'q',
  'name',
  'description',
  'issuer',
  'credentialSubject',
  'credentialStatus',
  'achievement',
  'result',
  'statusPurpose',
  'ex:k',
  'https://example.org/r',
  'validFrom',
]
const { node } = fc.letrec<{ node: object; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'x',
      'did:example:1',
      'ex:1',
      '2024-01-01T00:00:00Z',
      1,
      1.5,
      true,
      { '@value': 'v', '@language': 'ms' },
      ['y', 'z'],
    ),
    tie('node'),
    fc.array(tie('node'), { minLength: 1, maxLength: 2 }),
  ),
  node: fc
    .tuple(
      fc.option(fc.constantFrom('did:example:1', 'urn:example:2', 'ex:3')),
      fc.option(types, { freq: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 3 }),
    )
    .map(([id, type, rest]) => ({ ...(id !== null && { id }), ...(type !== null && { type }), ...rest })),
}))
const documents = fc.tuple(context, types, node).map(([[base, more], type, rest]) => ({
  '@context': [base, ...more],
  ...rest,
  type: ['VerifiableCredential', ...type],
}))

test('the cache of processed contexts changes no result and no refusal of jsonld.js', {
  timeout: 60_000,
}, async () => {
  let read = 0
  await fc.assert(
    fc.asyncProperty(documents, async (document) => {
      const ours = await orRefused(canonicalizeReference(document))
      if (ours !== 'refused') read += 1
      expect(ours).toBe(await orRefused(asShipped(document)))
    }),
    { numRuns: 400 },
  )
  // Some documents must be accepted. Otherwise nothing was compared.
  expect(read).toBeGreaterThan(20)
})

test('each credential in a presentation starts without a context, as in jsonld.js', async () => {
  const enclosed = fc.sample(documents, 80)
  let read = 0
  for (const credential of enclosed) {
    const presentation = {
      '@context': [CREDENTIALS_V2],
      type: ['VerifiablePresentation'],
      verifiableCredential: [credential, { ...credential, id: 'urn:example:second' }],
    }
    const ours = await orRefused(canonicalizeReference(presentation))
    if (ours !== 'refused') read += 1
    expect(ours).toBe(await orRefused(asShipped(presentation)))
  }
  expect(read).toBeGreaterThan(3)
})

test('documents that are read at the same time do not affect each other', async () => {
  const many = fc.sample(documents, 60)
  const together = await Promise.all(many.map((document) => orRefused(canonicalizeReference(document))))
  for (const [index, document] of many.entries()) expect(together[index]).toBe(await orRefused(asShipped(document)))
})

test('a term of one document is unknown in the next', async () => {
  const document = (more: object[]) => ({
    '@context': [CREDENTIALS_V2, ...more],
    type: ['VerifiableCredential'],
    credentialSubject: { leaked: 'x' },
  })
  const defined = { leaked: 'https://example.org/leaked' }
  await canonicalizeReference(document([defined]))
  await expect(canonicalizeReference(document([]))).rejects.toMatchObject({ code: 'unknown-member' })
  await expect(canonicalizeReference(document([{ other: 'https://example.org/other' }]))).rejects.toMatchObject({
    code: 'unknown-member',
  })
})

test('after strangers fill the cache with combinations of types and it is emptied, results are still right', async () => {
  const open = Object.entries(pinnedContexts.get(OPEN_BADGES) ?? {}).flatMap(([name, term]) =>
    typeof term === 'object' && '@context' in term ? [name] : [],
  )
  const combined = (first: string, second: string) => ({
    '@context': [CREDENTIALS_V2, OPEN_BADGES],
    id: 'urn:example:1',
    type: ['VerifiableCredential', first, second],
  })
  const before = await canonicalizeReference(combined('AchievementSubject', 'ex:A'.replace('ex:', 'urn:')))
  for (const first of open)
    for (const second of open.slice(0, 12)) await orRefused(canonicalizeReference(combined(first, second)))
  expect(await canonicalizeReference(combined('AchievementSubject', 'urn:A'))).toBe(before)
})

test('a value that would be hashed as a set, or twice, is refused', async () => {
  const document = {
    '@context': [
      CREDENTIALS_V2,
      { n: { '@id': 'https://example.org/n', '@type': 'http://www.w3.org/2001/XMLSchema#integer' } },
    ],
    type: ['VerifiableCredential'],
    credentialSubject: { id: 'did:example:1', n: [40, '40'] },
  }
  await expect(canonicalizeReference(document)).rejects.toMatchObject({ code: 'malformed-value' })
})
