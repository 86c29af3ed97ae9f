import { createPageToken, type ListQuestion } from '@sijil/http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { described } from '../../functions/answers/description.ts'
import { parameters } from '../../functions/answers/parameters.ts'
import { type Route, routes } from '../../functions/routes.ts'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, officerOf, TESDA, uuidOf } from './certificate.ts'
import { idIn } from './right-bodies.ts'
import { officersOf } from './trust.ts'

const AUTHORITY = 'demo-ph-pqfncc'
const UNIT = 'CON711301'
const OFFICER = 'demo-ph-pqfncc-officer-1'
let registry: OpenRegistry
let uuid: string
let cookie: string
beforeAll(async () => {
  registry = await openRegistry()
  uuid = uuidOf(await officerOf(registry, TESDA).issue(aBricklayer('MALFORMED-1')))
  // Also an officer of the body, for the pages of its desk.
  const { decide, base } = await officersOf(registry, AUTHORITY)
  await decide(`${base}/members`, { owner: TESDA, subject: OFFICER, roles: ['propose', 'read'] })
  cookie = await deskOf(registry).cookie(OFFICER)
})
afterAll(() => registry.close())

/** Asks an existing address with a token that may use the route. */
async function ask(route: Route, { query = '', body }: { query?: string; body?: string }) {
  const places: Record<string, string> = {
    // The caller of those routes is an officer of an authority.
    issuer: /^\/issuers\/\{issuer\}\/(?:qualifications\/)?proposals$/.test(route.path) ? AUTHORITY : TESDA,
    authority: AUTHORITY,
    id: idIn(route.path, uuid),
    log: 'registry',
  }
  const path = route.path.replace(/\{(\w+)\+?\}/g, (_, name: string) => places[name] ?? 'x')
  const client = route.scope.startsWith('registry:') ? OFFICER : TESDA
  const isByToken = route.scope !== 'public' && route.scope !== 'session'
  return registry.ask(`${path}${query}`, {
    method: route.method,
    headers: { 'idempotency-key': 'malformed', ...(route.scope === 'session' && { cookie }) },
    ...(isByToken && { token: await registry.token(client, String(route.scope.split('|')[0])) }),
    ...(body !== undefined && { body }),
  })
}
const named = (rows: readonly Route[]) => rows.map((row): [string, Route] => [`${row.method} ${row.path}`, row])
const table = routes as readonly Route[]

describe('a JSON body that is no object gets a 400 on every route', () => {
  const succeeding = table.filter(({ method, path }) =>
    ['json', 'list'].includes(described[`${method} ${path}`]?.body ?? ''),
  )

  test('more than 30 routes take JSON', () => expect(succeeding.length).toBeGreaterThan(30))

  test.each(named(succeeding))('%s', async (_, route) => {
    for (const body of ['null', '[]', '"x"', '1', 'true', '[{}]']) {
      const answer = await ask(route, { body })
      expect([body, answer.status], answer.text).toEqual([body, 400])
      expect(answer.text).toContain('object')
    }
  })

  test('a body nested 5,000 deep is refused as too complex', async () => {
    const bundles = succeeding.find(({ path }) => path.endsWith('/lists/bundles')) as Route
    const answer = await ask(bundles, { body: `{"bundle":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)},"note":""}` })
    expect(answer.status).toBe(422)
    expect(answer.json().type).toBe(`${registry.baseUrl}/problems/document-too-complex`)
  })
})

describe('a page token that was invented, edited or cut gets a 400 on every list', () => {
  const paged = table.filter(({ method, path }) => 'page' in (parameters[`${method} ${path}`] ?? {}))
  const invented = [
    'x',
    `${Buffer.from('2026-03-02T09:00:00.000Z#tesda/trust#000000000001').toString('base64url')}.${'A'.repeat(22)}`,
    `${'A'.repeat(5_000)}.${'A'.repeat(22)}`,
    '%00',
    '__proto__',
    '',
  ]

  test('there are twenty lists with pages', () => expect(paged.map(({ path }) => path)).toHaveLength(20))

  /** The list and filters that each token is bound to. They are in the public source, so anybody can compute the digest. */
  const questions: Record<string, ListQuestion> = {
    '/issuers/{issuer}/credentials': { index: `CERTIFICATES#${TESDA}` },
    '/issuers/{issuer}/batches': { index: `BATCHES#${TESDA}` },
    '/authorities/{authority}/proposals': { index: `PROPOSALS#${AUTHORITY}` },
    '/issuers/{issuer}/proposals': { index: `WAITING#${AUTHORITY}` },
    '/issuers/{issuer}/qualifications/proposals': { index: `PROPOSALS#${AUTHORITY}` },
    '/desk/authorities/{authority}/reports': { index: `REPORTS#${AUTHORITY}` },
    '/desk/issuers/{issuer}/reports': { index: `REPORTS#${TESDA}` },
    '/desk/issuers/{issuer}/certificates': { index: `CERTIFICATES#${TESDA}` },
    '/desk/issuers/{issuer}/waiting': { index: `WAITING#${TESDA}` },
    '/desk/authorities/{authority}/waiting': { index: `WAITING#${AUTHORITY}` },
    '/desk/authorities/{authority}/grantees': { index: 'ENTITIES', filters: { desk: AUTHORITY } },
    '/issuers': { index: 'ENTITIES' },
    '/qualifications': { index: 'CATALOGUE' },
    '/units': { index: 'CATALOGUE', filters: { code: UNIT } },
    '/authorities': { index: 'ENTITIES', filters: { kind: 'authority' } },
  }
  const positions = ['x', '-1~', 'NaN~x', '0~x', '1e3~', `99999999999~`, '0~~', '\u0000', 'x'.repeat(1_000)]
  const made = ({ path }: Route) => {
    const question = questions[path] ?? { index: '' }
    return positions.map((position) => createPageToken(position, question))
  }

  test.each(named(paged))('%s', async (_, route) => {
    const needed = route.path === '/units' ? `code=${UNIT}&` : ''
    expect((await ask(route, { query: `?${needed}` })).status).toBe(200)
    for (const token of [...invented, ...made(route)]) {
      const answer = await ask(route, { query: `?${needed}page=${token}` })
      expect([token, answer.status], answer.text).toEqual([token, 400])
    }
  })
})
