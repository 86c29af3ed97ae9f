import { beforeAll, expect, test } from 'vitest'
import { asPage } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

/** Nothing in the demonstration was allowed by a law, so no page, feed or answer may say it of one of its bodies. */
const saysByLaw =
  /\bby law\b|A law or an agreement between states itself allows it|ตามกฎหมาย|โดยกฎหมาย|กฎหมายหรือความตกลงระหว่างประเทศอนุญาตโดยตรง/

let registry: SharedRegistry
let addresses: string[]
beforeAll(async () => {
  registry = await sharedRegistry()
  const { size } = (await registry.ask('/changes')).json<{ size: number }>()
  const lists = await Promise.all(
    ['/issuers?limit=100', '/authorities?limit=100', '/centres'].map((path) => registry.ask(path)),
  )
  const listed = lists.flatMap(
    (list) => Object.values(list.json<Record<string, { id: string }[]>>()).find(Array.isArray) ?? [],
  )
  const entities = [
    ...listed.map(({ id }) => (id.includes('centre') ? `/centres/${id}` : `/issuers/${id}`)),
    '/issuers/sandbox',
  ]
  addresses = [
    '/',
    '/issuers',
    '/changes',
    ...Array.from({ length: size }, (_, index) => `/changes/${index}`),
    ...entities,
    ...entities.map((path) => `${path}?as-of=2021-06-01`),
    ...registry.demonstration.certificates.flatMap(({ link }) => (link === undefined ? [] : [new URL(link).pathname])),
  ]
})

const wordsOf = (markup: string) => markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const foundIn = async (path: string, headers: Record<string, string>) =>
  saysByLaw.exec(wordsOf((await registry.ask(path, { headers })).text))?.[0]

test.each(['en', 'th'])(
  'no page of the demonstration says that a law allows one of its bodies (%s)',
  async (language) => {
    const sentences: string[] = []
    for (const path of addresses) {
      const found = await foundIn(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, asPage)
      if (found !== undefined) sentences.push(`${path}: ${found}`)
    }
    expect(sentences).toEqual([])
    expect(addresses.length).toBeGreaterThan(100)
  },
)

test('no feed and no answer for programs says it', async () => {
  const sentences: string[] = []
  for (const path of [...addresses, '/changes.atom', '/issuers/demo-ph-tesda/changes.atom']) {
    const found = await foundIn(path, { accept: path.endsWith('.atom') ? 'application/atom+xml' : 'application/json' })
    if (found !== undefined) sentences.push(`${path}: ${found}`)
  }
  expect(sentences).toEqual([])
})
