import { beforeAll, describe, expect, test } from 'vitest'
import { type Route, routes } from '../../functions/routes.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'
import { addressOf, readable } from './readable.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

/** As a chat application, a link preview or `curl` asks: for anything. Other programs send an empty Accept. */
const leavingItOpen = ['*/*', '']
/** As clients of the API ask. `axios` sends the last one. */
const naming = ['application/json', 'application/did+json', 'application/vc', 'application/json, text/plain, */*']

const typeOf = async (path: string, accept: string, request: { method?: string; body?: unknown } = {}) => {
  const { status, headers } = await registry.ask(path, { ...request, headers: { accept } })
  return [status, headers.get('content-type')?.split(';')[0]]
}
const rowsFor = (readers: Route['readers']) =>
  readable
    // `/check` redirects, and the assets are only styles, scripts and pictures. The demonstration has no agreed set.
    .filter(
      (route) =>
        route.readers === readers && !/^\/(?:check|assets|skill-sets|lookups|entities|ecosystems)/.test(route.path),
    )
    .map((route): [string, Route] => [route.path, route])

describe('an address that people open', () => {
  test.each(rowsFor('people'))('%s is a page, unless JSON is asked for by name', async (_, route) => {
    const address = addressOf(route, registry)
    for (const accept of leavingItOpen) expect(await typeOf(address, accept)).toEqual([200, 'text/html'])
    for (const accept of naming) expect(await typeOf(address, accept)).toEqual([200, 'application/json'])
  })

  test.each(['/v/4KX79QMB2TZ08WNRC5VHGJ1DSA', '/issuers/nobody', '/qualifications/none', '/problems/none'])(
    'and so is its problem: %s',
    async (path) => {
      for (const accept of leavingItOpen) expect(await typeOf(path, accept)).toEqual([404, 'text/html'])
      for (const accept of naming) expect(await typeOf(path, accept)).toEqual([404, 'application/problem+json'])
    },
  )

  test('tells caches that its form follows Accept', async () => {
    for (const accept of [...leavingItOpen, ...naming])
      expect((await registry.ask('/issuers', { headers: { accept } })).headers.get('vary')).toMatch(/^Accept\b/)
  })
})

describe('an address that programs ask', () => {
  test.each(rowsFor('programs'))('%s is no page for a client that accepts anything', async (_, route) => {
    for (const accept of leavingItOpen)
      expect((await typeOf(addressOf(route, registry), accept))[1]).not.toBe('text/html')
  })

  test('answers a problem as JSON', async () => {
    for (const path of ['/issuers/nobody/did.json', '/schemas/none', '/log/none/keys', '/federation/fetch'])
      expect((await typeOf(path, '*/*'))[1]).toMatch(/^application\/(?:problem\+)?json$/)
    expect(await typeOf('/verify', '*/*', { body: {} })).toEqual([422, 'application/problem+json'])
    expect((await typeOf('/authorization', '*/*', { body: {} }))[1]).toMatch(/json$/)
  })
})

test('the forms of pages answer pages, and every other POST answers JSON', () => {
  const pageForms = (routes as readonly Route[]).filter(
    ({ method, readers }) => method === 'POST' && readers === 'people',
  )
  expect(pageForms.map(({ path }) => path).filter((path) => !path.startsWith('/desk/'))).toEqual([
    '/check',
    '/v/{token}',
    '/v/{token}/paper',
    '/comparisons/{id}/{version}/held',
    '/skill-sets/{id}/{version}/held',
    '/report-fake',
    '/report-mistake/{kind}/{id}',
  ])
})
