import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { described } from '../../functions/answers/description.ts'
import { type Route, routes } from '../../functions/routes.ts'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, officerOf, TESDA, uuidOf } from './certificate.ts'
import { idIn } from './right-bodies.ts'

const AUTHORITY = 'demo-ph-pqfncc'
const OFFICER = 'demo-ph-pqfncc-officer-1'
let registry: OpenRegistry
let uuid: string
let cookie: string
beforeAll(async () => {
  registry = await openRegistry()
  uuid = uuidOf(await officerOf(registry, TESDA).issue(aBricklayer('MALFORMED-1')))
  cookie = await deskOf(registry).cookie(OFFICER)
})
afterAll(() => registry.close())

/** An address that is there, asked by somebody who may. */
async function ask(route: Route, { body }: { body?: string }) {
  const places: Record<string, string> = {
    issuer: TESDA,
    authority: AUTHORITY,
    id: idIn(route.path, uuid),
    log: 'registry',
  }
  const path = route.path.replace(/\{(\w+)\+?\}/g, (_, name: string) => places[name] ?? 'x')
  const client = route.scope.startsWith('registry:') ? OFFICER : TESDA
  const isByToken = route.scope !== 'public' && route.scope !== 'session'
  return registry.ask(path, {
    method: route.method,
    headers: { 'idempotency-key': 'malformed', ...(route.scope === 'session' && { cookie }) },
    ...(isByToken && { token: await registry.token(client, String(route.scope.split('|')[0])) }),
    ...(body !== undefined && { body }),
  })
}
const named = (rows: readonly Route[]) => rows.map((row): [string, Route] => [`${row.method} ${row.path}`, row])
const table = routes as readonly Route[]

describe('a JSON body that is no object is a 400, whatever the route', () => {
  const taking = table.filter(({ method, path }) =>
    ['json', 'list'].includes(described[`${method} ${path}`]?.body ?? ''),
  )

  test('of every route that takes JSON', () => expect(taking.length).toBeGreaterThan(30))

  test.each(named(taking))('%s', async (_, route) => {
    for (const body of ['null', '[]', '"x"', '1', 'true', '[{}]']) {
      const answer = await ask(route, { body })
      expect([body, answer.status], answer.text).toEqual([body, 400])
      expect(answer.text).toContain('object')
    }
  })

  test('nested 5,000 deep, it is refused as too complex', async () => {
    const bundles = taking.find(({ path }) => path.endsWith('/lists/bundles')) as Route
    const answer = await ask(bundles, { body: `{"bundle":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)},"note":""}` })
    expect(answer.status).toBe(422)
    expect(answer.json().type).toBe(`${registry.baseUrl}/problems/document-too-complex`)
  })
})
