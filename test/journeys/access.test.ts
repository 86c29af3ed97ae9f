import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Route, routes, type Scope } from '../../functions/routes.ts'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, DSD, officerOf, problemOf, TESDA, uuidOf } from './certificate.ts'
import { idIn, rightBodies } from './right-bodies.ts'

let registry: OpenRegistry
let uuid: string
beforeAll(async () => {
  registry = await openRegistry()
  uuid = uuidOf(await officerOf(registry, TESDA).issue(aBricklayer('ACCESS-1')))
})
afterAll(() => registry.close())

const scoped = (routes as readonly Route[]).filter(
  ({ scope }) => scope !== 'public' && scope !== 'session' && scope !== 'order',
)
/** Each of these scopes alone opens the route. */
const scopesOf = ({ scope }: Route): readonly string[] => scope.split('|')
const firstOf = (route: Route) => String(scopesOf(route)[0])
const scopes: Scope[] = ['credentials:issue', 'credentials:status', 'credentials:read', 'credentials:results']
const officerScopes: Scope[] = ['registry:propose', 'registry:approve']
const OFFICER = 'demo-th-onec-officer-1'
/** A caller who may use this route: a program of a body, or an officer of an authority. */
const callerOf = ({ scope }: Route) =>
  scope.startsWith('registry:') ? { client: OFFICER, scopes: officerScopes } : { client: TESDA, scopes }
/** A caller from another body, or an officer who asks in the name of an authority of which they are no member. */
const strangerTo = (route: Route) =>
  route.scope.startsWith('registry:') ? { client: OFFICER, scopes: officerScopes } : { client: DSD, scopes }
const named = scoped.map((route): [string, Route] => [`${route.method} ${route.path}`, route])

const request = (
  route: Route,
  {
    issuer = TESDA,
    authority = 'demo-my-mqa',
    id = idIn(route.path, uuid),
    ...how
  }: { issuer?: string; authority?: string; id?: string; token?: string; headers?: Record<string, string> } = {},
) =>
  registry.ask(addressOf(route, { issuer, authority, id }), {
    method: route.method,
    ...(route.method === 'POST' && {
      body: { ...rightBodies[route.path], ...(route.path.includes('/keys') && { authority }) },
    }),
    ...how,
    headers: {
      'idempotency-key': 'access-2',
      ...(/\/(?:batches|credentials\/(?:revoke|suspend|reinstate))$/.test(route.path) && {
        'content-type': 'text/csv',
      }),
      ...how.headers,
    },
  })

function addressOf({ path }: Route, { issuer = TESDA, authority = 'demo-my-mqa', id = idIn(path, uuid) }) {
  const query = path === '/registers' ? `?issuer=${issuer}&number=NOT-THERE` : ''
  return path.replace('{issuer}', issuer).replace('{authority}', authority).replace('{id}', id).concat(query)
}

test('every scoped route with a request body has a sample body here', () => {
  expect(scoped.filter(({ method, path }) => method === 'POST' && rightBodies[path] === undefined)).toEqual([])
  expect(scoped.length).toBeGreaterThan(7)
})

describe.each(named)('%s', (_, route) => {
  test('I37: a request without a token gets a 401 that says how to ask', async () => {
    const answer = await request(route)
    expect(problemOf(answer)).toMatchObject({ status: 401, type: `${registry.baseUrl}/problems/unauthorized` })
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  test('I39: a token that this registry did not give gets a 401', async () => {
    const token = await registry.token(callerOf(route).client, firstOf(route))
    const [header, claims, signature] = token.split('.') as [string, string, string]
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: DSD, client_id: DSD }),
    ).toString('base64url')
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
    for (const wrong of ['x', `${header}.${claims}`, `${header}.${forged}.${signature}`, `${none}.${claims}.`])
      expect(problemOf(await request(route, { token: wrong })).status).toBe(401)
    for (const authorization of [token, `Basic ${token}`, `Bearer  ${token} x`])
      expect(problemOf(await request(route, { headers: { authorization } })).status).toBe(401)
  })

  test('a token with every other scope gets a 403 that names the missing scope', async () => {
    const others = scopes.filter((scope) => !scopesOf(route).includes(scope))
    const answer = await request(route, { token: await registry.token(TESDA, others.join(' ')) })
    expect(problemOf(answer)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/insufficient-scope` })
    expect(answer.headers.get('www-authenticate')).toContain(firstOf(route))
  })

  test('I36: a member of another body gets the same 404 as for a body that does not exist', async () => {
    const stranger = strangerTo(route)
    const token = await registry.token(stranger.client, stranger.scopes.join(' '))
    const answer = await request(route, { token })
    // Every authority may search a register. No register has this number.
    if (route.path === '/registers') return expect(problemOf(answer).status).toBe(404)
    else expect(problemOf(answer)).toMatchObject({ status: 404, detail: 'no such issuer' })
    const unknown = await request(route, { token, issuer: 'nobody-at-all', authority: 'nobody-at-all' })
    expect([answer.status, answer.text]).toEqual([unknown.status, unknown.text])
  })

  test('a token in the address is ignored', async () => {
    const token = await registry.token(callerOf(route).client, firstOf(route))
    const path = addressOf(route, {})
    const asked = registry.ask(`${path}${path.includes('?') ? '&' : '?'}access_token=${token}`, {
      method: route.method,
      ...(route.method === 'POST' && { body: rightBodies[route.path] }),
    })
    expect((await asked).status).toBe(401)
  })
})

const atTheDesk = (routes as readonly Route[])
  .filter(({ scope }) => scope === 'session')
  .map((route): [string, Route] => [`${route.method} ${route.path}`, route])

describe.each(atTheDesk)('%s', (_, route) => {
  const addressIn = (authority: string) =>
    route.path
      .replace('{authority}', authority)
      .replace('{grantee}', DSD)
      .replace('{body}', DSD)
      .replace('{id}', route.path.includes('/accreditations/') ? `${DSD}.main` : uuid)
  const reason = { basis: 'none', why: 'none' }
  const fields: Record<string, string> = route.path.endsWith('/approve')
    ? { hash: 'x'.repeat(43) }
    : /\/(?:reject|sign-out)$/.test(route.path)
      ? {}
      : route.path.endsWith('/accredit')
        ? { grantee: DSD, ...reason }
        : route.path.endsWith('/open')
          ? { telling: '0' }
          : route.path.endsWith('/close')
            ? { outcome: 'false' }
            : reason

  test('a request without a session gets a 403 with a link to the sign-in, whatever other proof it carries', async () => {
    const desk = deskOf(registry)
    const token = await registry.token(OFFICER, officerScopes.join(' '))
    const cookie = await desk.cookie(OFFICER)
    const strangers: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${token}` },
      { cookie: `${cookie}x` },
      { cookie: cookie.replace('__Host-sijil-desk', 'sijil-desk') },
      { cookie: `__Host-sijil-desk=${token}` },
      { cookie: `${cookie}; ${cookie}` },
    ]
    for (const headers of strangers) {
      const answer = await desk.ask(route.method, addressIn('demo-th-onec'), { headers, fields, formToken: 'none' })
      expect(answer.status).toBe(403)
      expect(answer.text).toContain('href="/desk/sign-in/start?return=')
    }
  })

  if (route.method === 'POST')
    test('a form with a session, but without its own token or from another origin, gets a 403', async () => {
      const desk = deskOf(registry)
      const cookie = await desk.cookie(OFFICER)
      const good = { headers: { cookie }, fields, formToken: await desk.formToken(cookie) }
      const elsewhere = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      const others = [
        { ...good, formToken: '' },
        { ...good, formToken: await desk.formToken(await desk.cookie(OFFICER)) },
        { ...good, headers: elsewhere },
      ]
      for (const sent of others) {
        const answer = await desk.ask('POST', addressIn('demo-th-onec'), sent)
        expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('not sent from its own page')])
      }
    })

  if (route.path.includes('{authority}'))
    test('I36: an officer of another authority gets the page of an authority that does not exist, letter by letter', async () => {
      const desk = deskOf(registry)
      const cookie = await desk.cookie(OFFICER)
      const sent = { headers: { cookie }, fields, formToken: await desk.formToken(cookie) }
      const foreign = await desk.ask(route.method, addressIn('demo-my-mqa'), sent)
      const unknown = await desk.ask(route.method, addressIn('nobody-at-all'), sent)
      expect(foreign.status).toBe(404)
      expect(foreign.text).toBe(unknown.text)
      expect(foreign.text).not.toContain('demo-my-mqa')
    })
})

test.each(named.filter(([name]) => name.includes('/credentials/{id}')))(
  'I36: %s does not find that certificate under the other body either',
  async (_, route) => {
    const answer = await request(route, { token: await registry.token(DSD, scopes.join(' ')), issuer: DSD })
    expect(problemOf(answer)).toMatchObject({ status: 404, detail: 'no such certificate' })
  },
)

test('after all these requests the certificate is unchanged', async () => {
  const detail = await officerOf(registry, TESDA).get(`/credentials/${uuid}`)
  expect(detail.json()).toMatchObject({ state: 'in-force', history: [{ event: 'reserved' }, { event: 'issued' }] })
})

test('I39: a token lasts ten minutes at most and names its registry, its subject and its scopes', async () => {
  const token = await registry.token(TESDA, 'credentials:read')
  const claims = JSON.parse(Buffer.from(String(token.split('.')[1]), 'base64url').toString())
  expect(claims).toMatchObject({ aud: registry.baseUrl, sub: TESDA, scope: 'credentials:read' })
  expect(claims.exp - claims.iat).toBeLessThanOrEqual(600)
})

test('a client gets no token with a scope that it does not have', async () => {
  await expect(registry.token(TESDA, 'registry:approve')).rejects.toThrow('no token')
  await expect(registry.token(OFFICER, 'credentials:issue')).rejects.toThrow('no token')
})
