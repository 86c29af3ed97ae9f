import { beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../functions/routes.ts'
import { asPage } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'
import { addressOf, isAnswered, readable } from './readable.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

test('more than 40 routes are read, and the tables have a value for every parameter of an address', () => {
  expect(readable.length).toBeGreaterThan(40)
  for (const route of readable) expect(addressOf(route, registry)).not.toMatch(/[{}]/)
})

describe('R-092: everybody can read without a login', () => {
  test.each(readable.map((route): [string, Route] => [route.path, route]))('%s', async (_, route) => {
    const address = addressOf(route, registry)
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
