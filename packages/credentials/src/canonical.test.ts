import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../../test/support/whole.ts'
import { canonicalForm, canonicalHash, canonicalStatusList } from './canonical.ts'
import { formOf, forms } from './certificate-form.ts'
import { compileProfile, contextDocuments } from './compile-profile.ts'
import { sha256 } from './crypto.ts'
import { generateLines } from './generate-lines.ts'
import { toOpenBadge } from './open-badge.ts'
import { parseUnsecured } from './profile.ts'
import { canonicalProofOptions } from './proof-options.ts'
import { DocumentFault } from './read-json.ts'
import {
  aCertificate,
  anyCertificate,
  anyCertificateOf,
  anyOwnAssessment,
  created,
  schemaUrl,
  verificationMethod,
} from './sample-certificate.ts'
import { encodeList } from './status-list.ts'
import { prepareStatusList } from './status-list-credential.ts'

/** Goal 8 of the performance page: 2,000 random and 2,000 mutated documents in `npm run check`, more on demand. */
const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? runs(150, 2000))
/** One in thirty mutated documents is accepted and compared. */
const MUTATED = 3 * RUNS

const jsonld: { canonize(document: object, options: object): Promise<string> } = createRequire(import.meta.url)(
  'jsonld',
)
const documentLoader = async (url: string) => {
  const document = contextDocuments.get(url)
  if (document === undefined) throw new Error(`not pinned: ${url}`)
  return { contextUrl: null, documentUrl: url, document, tag: 'static' }
}
const reference = (document: object) =>
  jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    documentLoader,
    safe: true,
    base: null,
  })

test('the code that writes canonical lines is generated from the contexts', async () => {
  const file = new URL('./lines.generated.ts', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(generateLines(await compileProfile()))
})

test('the contexts are the pinned ones', async () => {
  expect(Object.values((await compileProfile()).contexts)).toEqual([
    'bf6fd611e6773d58f649459a45dbbb81f94e8cfd058a756644cd5a4a882c4050',
    // 1EdTech's context 3.0.3.
    'e407ae98563c7b4708be4c8198a7f254bc09c131afc68e73d5f90eb0a34c6f7f',
  ])
})

test.each(forms)(
  'the certificate of the documentation, in form %i, has the canonical form that jsonld.js gives it',
  async (form) => {
    const document = parseUnsecured(toOpenBadge(aCertificate({ schema: schemaUrl(form) })))
    expect(canonicalForm(document)).toBe(await reference(document))
  },
)

/** RDF is a set. jsonld.js would repeat a duplicate statement, and other implementations would not. */
const isASet = (form: string): boolean => new Set(form.split('\n')).size === form.split('\n').length

test('every certificate has the canonical form that jsonld.js gives it', { timeout: 60_000 + RUNS * 60 }, async () => {
  const drawn = { 1: 0, 2: 0, withoutEdition: 0 }
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 9, arbitrary: anyCertificate }, anyOwnAssessment), async (certificate) => {
      drawn[formOf(certificate.schema)]++
      if (certificate.qualification.edition === undefined) drawn.withoutEdition++
      const document = parseUnsecured(toOpenBadge(certificate))
      const form = canonicalForm(document)
      expect(form).toBe(await reference(document))
      expect(canonicalHash(document)).toEqual(sha256(form))
      expect(isASet(form)).toBe(true)
    }),
    { numRuns: RUNS },
  )
  // Both forms were compared, in a share that exercises the lines of each.
  for (const [what, count] of Object.entries(drawn)) expect(count, what).toBeGreaterThan(RUNS / 20)
})

// biome-ignore format: it reads as a table
const hostile: unknown[] = [
  null, true, false, 0, -0, 1.5, '', ' ', 'x', '_:b0', 'relative/x', '@id', 'name:x', 'urn:x:1', 'https://a.example/\u202e', 'a\ud800', '\u{1F9F1}',
  [], [[]], [null], {}, [{}], { id: 'urn:x:1' }, { id: '_:b0' }, { type: 'Profile' }, { type: [] }, { '@value': 'x' }, { '@value': 'x', '@language': 'en' },
  { '@id': 'urn:x:2' }, { '@list': ['x'] }, { '@set': ['x'] }, { '@graph': [] }, { '@context': {} }, ['x', 'x'], '2026-02-29', '2024-02-29', '2026-03-02T00:00:00Z',
  'did:web:registry.example:issuers:a', 'urn:uuid:3f2b8f8a-6f1e-4d8e-9d1a-0e6a0b1c2d10', 'https://registry.example/schemas/certificate', 'https://registry.example/schemas/certificate-2', 'ext:name', '131071', '131072', 'th',
]
// biome-ignore format: it reads as a table
const names = [
  'id', 'type', '@id', '@type', '@context', '@graph', '@included', '@reverse', '@index', '@value', 'name', 'description', 'url', 'image', 'proof', 'salt', 'targetCode', 'targetType', 'narrative',
  'inLanguage', 'version', 'validUntil', 'awardedDate', 'specialization', 'humanCode', '__proto__', 'constructor', 'urn:x:p', 'https://schema.org/name', 'unknown', 'parentOrg', 'source', 'result', 'evidence', 'jsonSchema',
]

function mutate(document: object, choices: number[]): object {
  const places: { at: Record<string, unknown>; name: string }[] = []
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    for (const name of Object.keys(value)) {
      const at = value as Record<string, unknown>
      places.push({ at, name })
      visit(at[name])
    }
  }
  visit(document)
  const [where = 0, what = 0, how = 0, whence = 0] = choices
  const { at, name } = places[where % places.length] as (typeof places)[number]
  const other = places[whence % places.length] as (typeof places)[number]
  const value = how % 3 === 0 ? structuredClone(other.at[other.name]) : structuredClone(hostile[what % hostile.length])
  const target = how % 2 === 0 || Array.isArray(at) ? name : (names[whence % names.length] as string)
  if (how % 7 === 6) delete at[name]
  else Object.defineProperty(at, target, { value, enumerable: true, configurable: true, writable: true })
  return document
}

test.each(forms)(
  'a mutated document of form %i is refused, or has the canonical form that jsonld.js gives it',
  {
    timeout: 60_000 + MUTATED * 60,
  },
  async (form) => {
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(
        anyCertificateOf(form),
        fc.array(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 2 }),
        async (certificate, mutations) => {
          let document: object = JSON.parse(JSON.stringify(toOpenBadge(certificate)))
          for (const choices of mutations) document = mutate(document, choices)
          let lines: string
          let hash: Uint8Array
          try {
            const parsed = parseUnsecured(document)
            lines = canonicalForm(parsed)
            hash = canonicalHash(parsed)
          } catch (error) {
            if (error instanceof DocumentFault) return
            throw error
          }
          accepted++
          expect(lines).toBe(await reference(document))
          expect(hash).toEqual(sha256(lines))
          expect(isASet(lines)).toBe(true)
        },
      ),
      { numRuns: MUTATED },
    )
    // Some mutations must be mild enough to be accepted. Otherwise nothing was compared.
    expect(accepted).toBeGreaterThan(RUNS / 100)
  },
)

test('a status list has the canonical form that jsonld.js gives it', async () => {
  const id = 'https://registry.example/status-lists/demo-r1'
  const { document } = prepareStatusList(
    {
      id,
      issuer: 'did:web:registry.example:issuers:a',
      purpose: 'revocation',
      encodedList: encodeList([0, 7, 94567]),
      validFrom: created,
      validUntil: '2026-03-03T00:00:00Z',
    },
    { created, verificationMethod },
  )
  expect(canonicalStatusList(document)).toBe(await reference(document))
})

test('the options of a proof have the canonical form that jsonld.js gives them', async () => {
  const options = { created, verificationMethod }
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    ...options,
    proofPurpose: 'assertionMethod',
  }
  expect(canonicalProofOptions(options)).toBe(
    await reference({ '@context': 'https://www.w3.org/ns/credentials/v2', ...proof }),
  )
})
