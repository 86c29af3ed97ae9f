import { beforeAll, expect, test } from 'vitest'
import { type Route, routes } from '../../functions/routes.ts'
import { asPage } from '../journeys/certificate.ts'
import { deskOf } from '../support/desk.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'
import { sampled } from '../support/whole.ts'
import { addressOf } from './readable.ts'

/**
 * Nobody finds a person by name, also not a member of the body that issued the certificate. Each described question is asked with the name
 * of a holder, and with a name that nobody has. Both answers are the same, but for the name itself.
 */

const HOLDER = 'AMINAH BINTI EXAMPLE'
const NOBODY = 'ZQXV WKJQ EXAMPLE'
const BODY = 'demo-xs-stc'
const AUTHORITY = 'demo-xs-sqc'
/** What somebody who looks for a search by name would try. */
const guessed = ['name', 'q', 'holder', 'holder.name', 'person', 'search', 'surname', 'filter']

interface Parameter {
  name: string
  in: string
  schema: { enum?: string[]; type?: string }
}
/** Words of a closed list, pages and limits take no name. */
const takesText = ({ name, in: place, schema }: Parameter) =>
  place === 'query' && schema.enum === undefined && !['lang', 'limit', 'page'].includes(name)

let registry: SharedRegistry
let desk: ReturnType<typeof deskOf>
let described: Record<string, Record<string, { parameters?: Parameter[] }>>
let tokens: Readonly<Record<string, string>>
let cookies: Readonly<Record<string, string>>
beforeAll(async () => {
  registry = await sharedRegistry()
  desk = deskOf({ ...registry, now: () => new Date() })
  described = (await registry.ask('/openapi.json')).json<{ paths: typeof described }>().paths
  const [body, officer, member] = await Promise.all([
    registry.token(BODY, 'credentials:read credentials:issue'),
    registry.token(`${AUTHORITY}-officer-1`, 'registry:propose registry:approve'),
    registry.token(`${BODY}-officer-1`, 'registry:propose registry:approve'),
  ])
  tokens = { body, officer, member }
  cookies = { body: await desk.cookie(`${BODY}-officer-1`), authority: await desk.cookie(`${AUTHORITY}-officer-1`) }
})

/** The request of somebody who may ask: anybody, a program of the body, or its officers. */
function asker({ scope, path, readers }: Route) {
  const ofBody = path.includes('{issuer}')
  const headers: Record<string, string> = readers === 'people' ? asPage : {}
  if (scope === 'public') return { headers }
  if (scope === 'session') return { headers: { ...headers, cookie: cookies[ofBody ? 'body' : 'authority'] ?? '' } }
  const who = scope.startsWith('registry:') ? (ofBody ? 'member' : 'officer') : ofBody ? 'body' : 'officer'
  return { headers, token: tokens[who] ?? '' }
}

/** The answer without the name that was asked, and without what no two answers share. */
async function answerTo(path: string, name: string, request: Parameters<SharedRegistry['ask']>[1]) {
  const { status, text } = await registry.ask(path, request)
  const encoded = encodeURIComponent(name)
  return {
    status,
    text: [name, encoded, encoded.replaceAll('%20', '+')]
      .reduce((rest, form) => rest.replaceAll(form, '*'), text)
      .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '*')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d\d:\d\d(?::\d\d)?/g, '*'),
  }
}

/** The route with the name in its path, in each parameter by itself, and in all that somebody would try. */
function addressesWith(route: Route, name: string): string[] {
  const named = route.path
    .replace('{issuer}', BODY)
    .replace('{authority}', AUTHORITY)
    .replaceAll(/\{[^}]+\}/g, encodeURIComponent(name))
  const [path = '', query = ''] = (
    route.scope === 'public' && !/^\/desk/.test(route.path) ? addressOf(route, registry) : named
  ).split('?')
  const parameters = described[route.path.replace('+}', '}')]?.get?.parameters ?? []
  return [
    named,
    ...[...parameters.filter(takesText).map((each) => [each.name]), guessed].map((names) => {
      const asked = new URLSearchParams(query)
      for (const each of names) asked.set(each, name)
      return `${path}?${asked}`
    }),
  ]
}

/** Behind the callback of the sign-in nothing is asked, and it refuses everybody who did not begin there. */
const questions = sampled(
  (routes as readonly Route[]).filter(({ method, path }) => method === 'GET' && path !== '/desk/callback'),
  { kept: 0, step: 3 },
)

test.each(questions.map((route): [string, Route] => [route.path, route]))(
  'D-05: %s finds nobody by name',
  async (_, route) => {
    const [ofHolder, ofNobody] = [addressesWith(route, HOLDER), addressesWith(route, NOBODY)]
    for (const [at, path] of ofHolder.entries()) {
      const { status, text } = await answerTo(path, HOLDER, asker(route))
      expect([path, status, text]).toEqual([
        path,
        ...Object.values(await answerTo(ofNobody[at] ?? '', NOBODY, asker(route))),
      ])
      // Who asked may ask.
      expect([path, status]).not.toEqual([path, expect.toBeOneOf([401, 403])])
    }
  },
)

test('D-05: neither does the form in which a member of the body enters a number', async () => {
  const path = `/desk/issuers/${BODY}/certificates`
  const search = async (number: string) => {
    const formToken = await desk.formToken(cookies.body ?? '')
    return desk.ask('POST', path, { headers: { cookie: cookies.body ?? '' }, formToken, fields: { number } })
  }
  const [byName, byNumber] = [await search(HOLDER), await search('STC-DEMO-000128')]
  const none = 'No certificate of this body has this number.'
  expect([byName.text.includes(none), byNumber.text.includes(none)]).toEqual([true, false])
})
