import { beforeAll, describe, expect, test } from 'vitest'
import { type Route, routes } from '../../functions/routes.ts'
import { asPage, pathOf, TESDA } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

/** The sign-in of the desk is public as well, but nothing behind it can be read without signing in. */
const isOfDesk = ({ path }: Route) => path.startsWith('/desk')
const readable = (routes as readonly Route[]).filter(
  (route) => route.method === 'GET' && route.scope === 'public' && !isOfDesk(route),
)

// biome-ignore format: it reads as a table
/** A value for each parameter of an address that is the same for every route. */
const named: Readonly<Record<string, string>> = {
  '{issuer}': TESDA, '{log}': 'registry', '{path+}': '0/000.p/1', '{key+}': `${TESDA}/trust/0`, '{index}': '0',
  '{centre}': 'demo-ph-centre-taguig', '{state}': 'PH', '{file}': 'none', '{list}': 'assuranceLevels',
}
// biome-ignore format: it reads as a table
/** An address for each route that needs a query, or a value of its own. */
const asked: Readonly<Record<string, string>> = {
  '/status-lists/{id}': `/status-lists/${TESDA}-1-revocation`,
  '/qualifications/{id}': '/qualifications/ph-masonry-nc2',
  '/frameworks/{id}': '/frameworks/PQF',
  '/schemas/{id}': '/schemas/certificate',
  '/problems/{id}': '/problems/not-found',
  '/entities/{id}': `/entities/${TESDA}`,
  '/ecosystems/{id}': '/ecosystems/none',
  '/states/compare': '/states/compare?one=PH&other=MY',
}
/** TRQP's optional parts are not offered, and questions to the federation belong to another test. */
const isAnswered = ({ path }: Route) => !/^\/(?:lookups|entities|ecosystems|fetch|federation|assets)/.test(path)

const addressOf = ({ path }: Route): string =>
  path === '/v/{token}'
    ? pathOf({ link: registry.demonstration.certificates.find(({ link }) => link)?.link ?? '' })
    : (asked[path] ?? path.replace(/\{[^}]+\}/g, (name) => named[name] ?? name))

test('more than 40 routes are read, and the tables have a value for every parameter of an address', () => {
  expect(readable.length).toBeGreaterThan(40)
  for (const route of readable) expect(addressOf(route)).not.toMatch(/[{}]/)
})

describe('R-092: everybody can read without a login', () => {
  test.each(readable.map((route): [string, Route] => [route.path, route]))('%s', async (_, route) => {
    const address = addressOf(route)
    for (const headers of [asPage, { accept: 'application/json' }]) {
      // A cookie or a token of another site changes nothing.
      for (const more of [undefined, { cookie: 'session=x' }]) {
        const { status, headers: given } = await registry.ask(address, { headers: { ...headers, ...more } })
        expect([401, 403]).not.toContain(status)
        if (isAnswered(route)) expect([route.path, [200, 303].includes(status)]).toEqual([route.path, true])
        expect(given.get('set-cookie')).toBeNull()
        expect(given.get('www-authenticate')).toBeNull()
        expect(given.get('location') ?? '').not.toMatch(/sign-in|desk/)
      }
    }
  })
})
