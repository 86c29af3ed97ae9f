import { formTokenFor } from '@sijil/http'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parameters } from '../../functions/answers/parameters.ts'
import { type Route, routes } from '../../functions/routes.ts'
import { anyCharacter } from '../support/any-character.ts'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { runs } from '../support/whole.ts'
import { aBricklayer, NOBODYS, officerOf, TESDA, uuidOf } from './certificate.ts'
import { idIn, rightBodies } from './right-bodies.ts'

/** Set REQUESTS_PER_ROUTE to ask more. */
const RUNS = Number(process.env.REQUESTS_PER_ROUTE ?? runs(8, 25))
const OFFICER = 'demo-ph-pqfncc-officer-1'
const AUTHORITY = 'demo-ph-pqfncc'
/** Every request contains this name. A refusal must not repeat it. */
const PERSON = 'MARIA ECHO EXAMPLE'

let registry: OpenRegistry
let cookie: string
let formToken: string
let issued: { id: string; link: string }
beforeAll(async () => {
  registry = await openRegistry()
  issued = await officerOf(registry, TESDA).issue(aBricklayer('ANY-1'))
  const desk = deskOf(registry)
  cookie = await desk.cookie(OFFICER)
  formToken = await desk.formToken(cookie)
})
afterAll(() => registry.close())

// biome-ignore format: it reads as a table
const hostile: unknown[] = [
  null, true, 0, -1, 1.5, 1e308, '', ' ', 'x', PERSON, '\u0000', '\u202e', '\ud800', '../..', '%', '{}', '__proto__', '9999-99-99', '2026-02-30', '2026-01-01T00:00:00Z', NOBODYS, TESDA,
  'x'.repeat(5000), [], [null], [[]], {}, { id: null }, { '@value': 'x' }, { name: PERSON }, 'https://a.example', 'did:web:a.example', 'did:key:z6Mk', 'urn:uuid:', 'u', 'z', 'eyJhbGciOiJub25lIn0.e30.',
]
const texts = fc.oneof(
  fc.constantFrom(
    ...hostile.filter(
      (value): value is string => typeof value === 'string' && value.isWellFormed() && value !== PERSON,
    ),
  ),
  fc.string({ unit: anyCharacter, maxLength: 12 }).filter((text) => text.isWellFormed()),
)
const anyBody = (right: object) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 3 })
        .map((changes) => changed(right, changes)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...hostile).map((value) => JSON.stringify(value)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '{',
        '{"a":1,"a":2}',
        '\ufeff{}',
        `${'['.repeat(40)}${']'.repeat(40)}`,
        `{"${PERSON}":1}`,
        '1'.repeat(400),
      ),
    },
    { weight: 1, arbitrary: fc.json() },
  )

/** A correct body in which members are removed, added or given another value. */
function changed(right: object, changes: readonly [number, number, number][]): string {
  const body = structuredClone(right) as Record<string, unknown>
  for (const [where, what, how] of changes) {
    const places: { at: Record<string, unknown>; name: string }[] = [{ at: body, name: `more${where}` }]
    const visit = (at: Record<string, unknown>) => {
      for (const [name, value] of Object.entries(at)) {
        places.push({ at, name })
        if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>)
      }
    }
    visit(body)
    const { at, name } = places[where % places.length] as (typeof places)[number]
    if (how % 4 === 0) delete at[name]
    else
      Object.defineProperty(at, name, {
        value: structuredClone(hostile[what % hostile.length]),
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return JSON.stringify(body)
}

const rightBodyOf = ({ path }: Route): object => {
  if (path === '/verify') return { link: issued.link, options: { omit: [] } }
  if (path.endsWith('/verify'))
    return { verifiableCredential: { type: ['VerifiableCredential'], credentialSubject: { name: PERSON } } }
  if (path === '/issuers/{issuer}/credentials') return aBricklayer('ANY-2', { holder: { name: PERSON } })
  if (path === '/authorization' || path === '/recognition')
    return {
      entity_id: `${registry.baseUrl}/issuers/${TESDA}`,
      authority_id: registry.baseUrl,
      action: 'issue',
      resource: 'ph-masonry-nc2',
    }
  return { ...rightBodies[path], ...(path.includes('/keys') && { authority: AUTHORITY }) }
}

/** The value of one part of the address. Most values exist. */
function partOf(route: Route, name: string): fc.Arbitrary<string> {
  const right: Record<string, string> = {
    issuer: TESDA,
    authority: AUTHORITY,
    grantee: TESDA,
    id: idIn(route.path, uuidOf(issued)),
    token: issued.link.split('/').at(-1) ?? '',
    log: 'registry',
    state: 'PH',
    index: '0',
    list: 'issuers',
    centre: 'demo-ph-centre',
    file: 'sijil.css',
  }
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(right[name] ?? 'x') },
    { weight: 1, arbitrary: texts.map((text) => encodeURIComponent(text) || 'x') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '%00',
        '%E0%A4%A',
        '..%2f..',
        '%2e%2e',
        'a'.repeat(600),
        'constructor',
        '-1',
        '9'.repeat(30),
      ),
    },
  )
}

const anyRequest = (route: Route) => {
  const names = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name as string)
  const asked = Object.keys(parameters[`${route.method} ${route.path}`] ?? {})
  return fc.record({
    parts: fc.tuple(...names.map((name) => partOf(route, name))),
    query: fc.array(fc.tuple(fc.constantFrom(...asked, 'lang', 'page', 'no-such'), texts), { maxLength: 3 }),
    body: anyBody(rightBodyOf(route)),
    type: fc.oneof(
      { weight: 4, arbitrary: fc.constant('application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'text/plain',
          'multipart/form-data',
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded',
          'application/json; charset=latin1',
          'x',
        ),
      },
    ),
    accept: fc.constantFrom('*/*', 'application/json', 'text/html', 'text/html;q=0', 'x', 'text/csv', ''),
    key: fc.constantFrom(undefined, 'any-1', 'any-2', 'x'.repeat(256), ' '),
    signedIn: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
  })
}

/** Orders are forms too. No random one is an order, so each is refused. */
const isOfPerson = ({ scope }: Route) => scope === 'session' || scope === 'order'

async function signInOf(route: Route): Promise<Record<string, string>> {
  if (route.scope === 'public') return {}
  if (isOfPerson(route)) return { cookie, origin: registry.baseUrl, 'sec-fetch-site': 'same-origin' }
  const client = route.scope.startsWith('registry:') ? OFFICER : TESDA
  return { authorization: `Bearer ${await registry.token(client, String(route.scope.split('|')[0]))}` }
}

/** The fields of a form, as a browser sends them. */
const formOf = (body: string, path: string): string => {
  const read: unknown = (() => {
    try {
      return JSON.parse(body)
    } catch {
      return {}
    }
  })()
  const fields = Object.entries(read ?? {}).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return String(new URLSearchParams([['form-token', formTokenFor(formToken, path)], ...fields]))
}

const named = (routes as readonly Route[]).map((route): [string, Route] => [`${route.method} ${route.path}`, route])

test.each(named)(
  'no random request to %s causes a 500, and no refusal repeats a name',
  { timeout: 120_000 },
  async (_, route) => {
    const signIn = await signInOf(route)
    await fc.assert(
      fc.asyncProperty(anyRequest(route), async ({ parts, query, body, type, accept, key, signedIn }) => {
        const rest = [...parts]
        const path = route.path.replace(/\{\w+\+?\}/g, () => rest.shift() ?? '')
        const search = query.length > 0 ? `?${new URLSearchParams(query)}` : ''
        const isForm = isOfPerson(route)
        const answer = await registry.ask(path + search, {
          method: route.method,
          headers: {
            accept,
            ...(key && { 'idempotency-key': key }),
            ...(signedIn && signIn),
            ...(route.method === 'POST' && { 'content-type': isForm ? 'application/x-www-form-urlencoded' : type }),
          },
          ...(route.method === 'POST' && {
            body: isForm ? formOf(body, new URL(path, registry.baseUrl).pathname) : body,
          }),
        })
        // 501 stands for an optional part of TRQP that is not offered here.
        if (answer.status !== 501) expect(answer.status, answer.text).toBeLessThan(500)
        if (answer.status < 400) return
        expect(answer.text).not.toContain(PERSON)
        if (answer.headers.get('content-type')?.includes('problem+json'))
          expect(answer.json()).toMatchObject({
            type: expect.any(String),
            title: expect.any(String),
            status: answer.status,
          })
        else expect(answer.headers.get('content-type')).toMatch(/text\/html|application\/json/)
      }),
      { numRuns: RUNS },
    )
  },
)
