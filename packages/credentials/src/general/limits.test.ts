import { expect, test } from 'vitest'
import { pinnedContexts } from './contexts.ts'
import { examineCredential } from './examine-credential.ts'
import { examinePresentation } from './examine-presentation.ts'
import type { JsonObject } from './json.ts'
import { credential, secure } from './sample-key.ts'

const now = new Date('2024-06-01T00:00:00Z')
const keyFor = () => undefined

const V2 = 'https://www.w3.org/ns/credentials/v2'
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2'
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const count = (length: number) => [...Array(length).keys()]
const of = <T>(length: number, make: (index: number) => [string, T]) => Object.fromEntries(count(length).map(make))
const term = (name: string) => `https://example.org/${name}`
const scoped = (name: string, context: object) => ({ '@id': term(name), '@context': context })
const about = (subject: unknown, ...contexts: unknown[]) =>
  credential({ '@context': [V2, ...(contexts.length > 0 ? contexts : [EXAMPLES])], credentialSubject: subject })
const links = { n: { '@id': term('n'), '@type': '@id' }, x: term('x') }
const openBadgeTypes = Object.entries(pinnedContexts.get(OPEN_BADGES) ?? {}).flatMap(([name, definition]) =>
  typeof definition === 'object' && '@context' in definition ? [name] : [],
)
const nested = (depth: number): object => (depth === 0 ? { a: 1 } : { x: nested(depth - 1) })
const nestedArrays = (depth: number): unknown => (depth === 0 ? 1 : [nestedArrays(depth - 1)])

/** Up to 64 KiB each. Some are refused at once, others are the slowest that are still read. */
const worst: [string, JsonObject][] = [
  ['20,000 empty objects', about(count(20_000).map(() => ({})))],
  ['as many empty objects as are read', about({ x: count(96).map(() => ({})) })],
  ['many small objects', about({ x: count(96).map((i) => ({ v: i, w: `${i}` })) })],
  ['five wide arrays of numbers', about(of(4, (k) => [`a${k}`, count(200).map((i) => i + 0.5)]))],
  ['5,900 numbers in one array', about({ a: count(5_900) })],
  ['many members', about(of(980, (i) => [`a${i}`, 'v']))],
  ['deep', about(nested(1_800))],
  ['a deep context', about({ id: 'urn:s' }, JSON.parse(`${'{"x":'.repeat(10_000)}1${'}'.repeat(10_000)}`))],
  ['deep arrays', about({ a: nestedArrays(5_000) })],
  ['as deep as is read', about(nested(12))],
  [
    'a ring of 1,500 blank nodes',
    about({ x: count(1_500).map((i) => ({ '@id': `_:b${i}`, n: { '@id': `_:b${(i + 1) % 1_500}` } })) }),
  ],
  [
    'a ring of blank nodes',
    about({ x: count(95).map((i) => ({ '@id': `_:c${i}`, n: [`_:c${(i + 1) % 95}`, `_:c${(i + 5) % 95}`] })) }, links),
  ],
  [
    'a clique of blank nodes',
    about({ x: count(40).map((i) => ({ '@id': `_:c${i}`, n: count(19).map((j) => `_:c${j}`) })) }, links),
  ],
  [
    'many cliques of blank nodes',
    about({ x: count(90).map((i) => ({ '@id': `_:c${i}`, n: count(9).map((j) => `_:c${i - (i % 9) + j}`) })) }, links),
  ],
  ['one long string', about({ a: 'x'.repeat(60_000) })],
  ['a string of escapes', about({ a: '\n"\\'.repeat(10_000) })],
  ['long names', about(of(60, (i) => [`k${i}${'_'.repeat(1_000)}`, 'v']))],
  [
    'a big inline context',
    about(
      { id: 'urn:s' },
      of(95, (i) => [`t${i}`, term('y'.repeat(50) + i)]),
    ),
  ],
  [
    'a huge inline context',
    about(
      { id: 'urn:s' },
      of(1_000, (i) => [`t${i}`, term(`${i}`)]),
    ),
  ],
  ['many inline contexts', about({ id: 'urn:s' }, ...count(7).map((k) => of(14, (i) => [`t${k}_${i}`, term(`${i}`)])))],
  [
    'a big type-scoped context on each node',
    about(
      { x: count(95).map(() => ({ type: 'T', a: { a: 1 } })) },
      {
        x: term('x'),
        a: term('a'),
        T: scoped(
          'T',
          of(90, (i) => [`t${i}`, term(`${i}`)]),
        ),
      },
    ),
  ],
  [
    'types in every combination',
    about(
      {
        x: count(90).map((i) => ({ type: [...count(10).filter((j) => ((i * 37) >> j) & 1), 11].map((j) => `T${j}`) })),
      },
      OPEN_BADGES,
      { x: term('x'), ...of(12, (i) => [`T${i}`, scoped(`T${i}`, { [`q${i}`]: term('q') })]) },
    ),
  ],
  [
    'property-scoped contexts in a chain',
    about(
      of(14, (i) => [`p${i}`, of(14, (j) => [`p${j}`, 'x'])]),
      OPEN_BADGES,
      of(14, (i) => [`p${i}`, scoped(`p${i}`, { [`q${i}`]: term('q') })]),
    ),
  ],
  [
    'many scoped contexts',
    about(
      { id: 'urn:s' },
      OPEN_BADGES,
      of(48, (k) => [`c${k}`, scoped(`c${k}`, { [`a${k}`]: term('a') })]),
    ),
  ],
  [
    'pinned types in every combination',
    about(
      {
        x: count(90).map((i) => ({
          type: [0, 7].map((j) => openBadgeTypes[(i * (j + 1) + j) % openBadgeTypes.length]),
        })),
      },
      OPEN_BADGES,
      { x: term('x') },
    ),
  ],
  ['a pinned context after an inline one', about({ id: 'urn:s' }, { z: term('z') }, OPEN_BADGES)],
  [
    'every pinned context after inline ones',
    about(
      { id: 'urn:s' },
      { z: term('z') },
      'https://w3id.org/security/data-integrity/v2',
      { y: term('y') },
      'https://www.w3.org/ns/did/v1',
      { w: term('w') },
      'https://w3id.org/security/multikey/v1',
    ),
  ],
]

const PROOF = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  proofPurpose: 'assertionMethod',
  created: '2024-01-01T00:00:00Z',
}

/** Milliseconds of processor time, the best of several runs, because other processes share the machine. */
async function costOf(work: () => Promise<unknown>): Promise<number> {
  const costs: number[] = []
  for (let attempt = 0; attempt < 4; attempt++) {
    const start = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(start)
    costs.push((user + system) / 1_000)
  }
  return Math.min(...costs)
}

test.each(worst)('%s takes under 50 ms (I10, V103, V106)', async (_, document) => {
  const { proof } = await secure(credential())
  expect(await costOf(() => examineCredential({ ...document, proof }, { now, keyFor }))).toBeLessThan(50)
})

test.each(worst)('%s, with a chain of four proofs, takes under 50 ms', async (_, document) => {
  const { proof } = await secure(credential())
  const { proofValue, verificationMethod } = proof as JsonObject
  const chain = count(4).map((i) => ({
    ...PROOF,
    id: `urn:p${i}`,
    verificationMethod,
    proofValue,
    ...(i > 0 && { previousProof: `urn:p${i - 1}` }),
  }))
  expect(await costOf(() => examineCredential({ ...document, proof: chain }, { now, keyFor }))).toBeLessThan(50)
})

test.each(worst)('%s, in a presentation, takes under 50 ms', async (_, document) => {
  const { proof } = await secure(credential())
  const presentation = {
    '@context': [V2],
    type: ['VerifiablePresentation'],
    verifiableCredential: [document],
    proof: { ...(proof as JsonObject), proofPurpose: 'authentication' },
  }
  expect(await costOf(() => examinePresentation(presentation, { now, keyFor }))).toBeLessThan(50)
})

test.each<[string, JsonObject]>([
  ['101 objects', about({ x: count(98).map(() => ({ a: 1 })) })],
  ['201 values in an array', about({ x: count(201) })],
  ['17 levels', about(nested(16))],
  ['more than 1,000 values', about(of(6, (k) => [`a${k}`, count(190)]))],
  [
    'blank nodes that are too alike',
    about({ x: count(9).map((i) => ({ '@id': `_:c${i}`, n: count(9).map((j) => `_:c${j}`) })) }, links),
  ],
])('too complex: %s', async (_, document) => {
  const { proof } = await secure(credential())
  expect((await examineCredential({ ...document, proof }, { now, keyFor })).faults).toMatchObject([
    { code: 'document-too-complex' },
  ])
})
