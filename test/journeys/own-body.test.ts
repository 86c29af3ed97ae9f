import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOwnBodies } from '../../infra/local/own-bodies.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, asPage, officerOf, pathOf, problemOf, verify } from './certificate.ts'

const own = { id: 'my-school', name: 'My School of Masonry', state: 'PH', qualifications: ['ph-masonry-nc2'] }
const builders = [
  { id: 'my-builders', name: 'Builders of Malaysia', state: 'MY', qualifications: ['my-cidb-brick'] },
  { id: 'sg-builders', name: 'Builders of Singapore', state: 'SG', qualifications: ['sg-sec-brick'] },
]
let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry({ bodies: [own, ...builders] })
})
afterAll(() => registry.close())

test('one’s own body in bodies.json issues the qualifications that it names, from the first start on', async () => {
  const issued = await officerOf(registry, own.id).issue(aBricklayer('OWN-1'))
  expect(issued.verifiableCredential).toMatchObject({ issuer: { name: 'My School of Masonry (demonstration)' } })
  expect(await verify(registry, { link: issued.link })).toMatchObject({
    verdict: 'valid',
    issuer: { today: { standing: 'authorised', chain: [{ id: own.id }] } },
  })
})

test('the body can issue nothing else', async () => {
  const request = officerOf(registry, own.id).request(
    { ...aBricklayer('OWN-2'), qualification: 'ph-tile-nc2' },
    'own-2',
  )
  expect(problemOf(await request).status).toBe(403)
})

test.each([
  ['my-builders', 'my-cidb-brick', 'MQF'],
  ['sg-builders', 'sg-sec-brick', 'WSQ'],
])(
  'R-093: what %s issues of %s, which is on no level, is valid, and says so',
  async (body, qualification, framework) => {
    const input = aBricklayer('NO-LEVEL-1', { qualification })
    const { link, verifiableCredential } = await officerOf(registry, body).issue(input)
    expect(JSON.stringify(verifiableCredential)).not.toMatch(/ext:(National|AQRF)Level/)
    const { verdict, problemDetails, levels } = await verify(registry, { link })
    expect([verdict, problemDetails]).toEqual(['valid', []])
    const none = (name: string) => ({ framework: name, basis: expect.stringMatching(/^No /), confirmed: false })
    expect(levels).toEqual([none(framework), none('AQRF')])
    const page = await registry.ask(pathOf({ link }), { headers: asPage })
    expect(page.status).toBe(200)
    expect(page.text).toContain('No framework level')
  },
)

test('the body has a page and a DID document', async () => {
  const [page, did] = await Promise.all([
    registry.ask(`/issuers/${own.id}`, { headers: { accept: 'text/html' } }),
    registry.ask(`/issuers/${own.id}/did.json`),
  ])
  expect(page.text).toContain('My School of Masonry')
  expect(did.json<{ verificationMethod: object[] }>().verificationMethod).toHaveLength(2)
})

// biome-ignore format: it reads as a table
test.each([
  ['no JSON', '{', 'it is no JSON'],
  ['an entry that is none', [null], 'entry 0 is no body'],
  ['the id of another', [own, own], 'entry 1 needs an id of its own: my-school is taken'],
  ['the id of the sandbox', [{ ...own, id: 'sandbox' }], 'entry 0 needs an id of its own: sandbox is taken'],
  ['an id that ends with a hyphen', [{ ...own, id: 'my-' }], 'entry 0 needs an id'],
  ['a name that turns the direction of text', [{ ...own, name: 'My \u202eloohcS' }], 'must not have control characters'],
  ['a name that is too long', [{ ...own, name: 'x'.repeat(190) }], 'must have at most 200 characters'],
  ['a qualification that is none', [{ ...own, qualifications: ['ph-masonry-nc2', 'nope'] }], 'names no qualification of this registry at place 1'],
  ['a state outside the region', [{ ...own, state: 'ZZ' }], 'needs a state, one of BN, KH,'],
])('%s is refused at the start, with the file, the place and the remedy', async (_, bodies, stated) => {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-test-'))
  await writeFile(join(folder, 'bodies.json'), typeof bodies === 'string' ? bodies : JSON.stringify(bodies))
  const { message } = (await readOwnBodies(folder).catch((error: unknown) => error)) as Error
  expect(message).toContain(stated)
  expect(message).toContain(`bodies.json in ${folder}: `)
  expect(message).not.toMatch(/[\u202e]|nope|xxx/)
  await rm(folder, { recursive: true })
})

test.each([
  ['no list', {}],
  ['no id', [{ ...own, id: undefined }]],
  ['an id like those of the demonstration', [{ ...own, id: 'demo-own' }]],
  ['an id that is no path', [{ ...own, id: 'My School' }]],
  ['no name', [{ ...own, name: '' }]],
  ['a state in letters of another size', [{ ...own, state: 'ph' }]],
  ['no qualifications', [{ ...own, qualifications: [] }]],
])('%s is refused at the start, in words', async (_, bodies) => {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-test-'))
  await writeFile(join(folder, 'bodies.json'), JSON.stringify(bodies))
  await expect(readOwnBodies(folder)).rejects.toThrow(/bodies\.json/)
  await rm(folder, { recursive: true })
})
