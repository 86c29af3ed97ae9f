import { beforeAll, expect, test } from 'vitest'
import { asPage, TESDA } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

const DSD = 'demo-th-dsd'
/** The indexes of the entries in a feed, in its order. */
const entriesOf = (feed: string) =>
  [...feed.matchAll(/<entry><id>[^<]+\/changes\/(\d+)<\/id>/g)].map(([, index]) => Number(index))
const feedAt = async (path: string) => {
  const { status, headers, text } = await registry.ask(path)
  expect([status, headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8'])
  return { text, entries: entriesOf(text), cached: headers.get('cache-control') }
}
const changesOf = async (query: string) =>
  (await registry.ask(`/changes?${query}`)).json<{ changes: { index: number; id: string }[]; next?: number }>()

test('R-021: there is a feed of everything, of one issuer and of one state, cached like the page', async () => {
  const page = await registry.ask('/changes', { headers: asPage })
  const all = await feedAt('/changes.atom')
  const issuer = await feedAt(`/issuers/${DSD}/changes.atom`)
  const state = await feedAt('/changes.atom?state=TH')
  for (const { cached } of [all, issuer, state]) expect(cached).toBe(page.headers.get('cache-control'))

  const { changes } = await changesOf('')
  expect(all.entries).toEqual(changes.map(({ index }) => index))
  expect(issuer.entries).toEqual((await changesOf(`id=${DSD}`)).changes.map(({ index }) => index))
  expect((await feedAt(`/changes.atom?id=${DSD}`)).entries).toEqual(issuer.entries)

  const thai = (await changesOf('state=TH')).changes
  expect(state.entries).toEqual(thai.map(({ index }) => index))
  const ids = new Set(thai.map(({ id }) => id))
  expect([...ids]).toEqual(expect.arrayContaining([DSD, 'demo-th-onec']))
  for (const id of ids) expect((await registry.ask(`/issuers/${id}`)).json()).toMatchObject({ issuer: { state: 'TH' } })
  expect((await changesOf('state=BN')).changes).toEqual([])
})

test('the list goes on page by page, and so does its feed, until each entry was seen once', async () => {
  const seen: number[] = []
  let path: string | undefined = '/changes.atom'
  for (let pages = 0; path !== undefined && pages < 50; pages++) {
    const { text, entries } = await feedAt(path)
    seen.push(...entries)
    const [, next] = /<link rel="next" href="([^"]+)"/.exec(text) ?? []
    path = next === undefined ? undefined : next.slice(registry.baseUrl.length).replaceAll('&amp;', '&')
  }
  const [newest = -1] = seen
  expect(newest).toBeGreaterThan(50)
  expect(seen).toEqual(Array.from({ length: newest + 1 }, (_, at) => newest - at))
  const { text } = await registry.ask('/changes?state=PH', { headers: asPage })
  const [, older = ''] = /href="(\/changes[^"]+before=\d+)" rel="next"/.exec(text) ?? []
  const second = await registry.ask((older || '/changes?before=3').replaceAll('&amp;', '&'), { headers: asPage })
  expect(second.text).toContain('Newest changes')
})

test('a page names its feed for feed readers', async () => {
  for (const [path, feed] of [
    ['/changes', '/changes.atom'],
    ['/changes?state=TH&kind=keys', '/changes.atom?kind=keys&amp;state=TH'],
    [`/issuers/${TESDA}`, `/issuers/${TESDA}/changes.atom`],
    ['/states/PH', '/changes.atom?state=PH'],
  ] as const) {
    const { text } = await registry.ask(path, { headers: asPage })
    const [link] = /<link rel="alternate"[^>]*>/.exec(text) ?? []
    expect(link, path).toContain('type="application/atom+xml"')
    expect(link, path).toContain(`href="${feed}"`)
    // A reader without a feed reader finds it too.
    expect(text.match(new RegExp(`<a [^>]*href="${feed.replace(/[?.]/g, '\\$&')}"`)), path).not.toBeNull()
    expect((await feedAt(feed.replaceAll('&amp;', '&'))).text).toContain('<feed')
  }
})

test('R-021: an accreditation names its right and its qualifications, on the page and in the feed', async () => {
  const { text } = await registry.ask(`/changes?id=${TESDA}&kind=accreditations`, { headers: asPage })
  expect(text).toContain('To issue certificates.')
  expect(text).toContain('href="/qualifications/ph-masonry-nc2"')
  expect((await feedAt(`/issuers/${TESDA}/changes.atom`)).text).toMatch(
    /<summary>To issue certificates\. Qualifications: .*\(ph-masonry-nc2\)/,
  )
})

test('a feed holds no person, and a question that cannot be read is refused', async () => {
  const { text } = await feedAt('/changes.atom')
  expect(text).not.toMatch(/officer-\d|HOLDER|<author><name>(?!Sijil)/)
  for (const [path, status] of [
    ['/issuers/nobody/changes.atom', 404],
    ['/changes.atom?state=thailand', 400],
    ['/changes.atom?kind=nonsense', 400],
  ] as const)
    expect((await registry.ask(path)).status, path).toBe(status)
})

test('no page of this registry claims a witness, because it names none', async () => {
  for (const path of ['/changes', '/changes/3', `/issuers/${TESDA}`]) {
    const { text } = await registry.ask(path, { headers: asPage })
    expect(text, path).not.toMatch(/[Ww]itnesses outside/)
  }
})
