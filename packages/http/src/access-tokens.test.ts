import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { accessTokens, remoteKeys } from './access-tokens.ts'
import { route } from './route.ts'
import { anApi, aToken, baseUrl, noon, provider } from './test-exchange.ts'

const issue = 'POST /issuers/{issuer}/credentials'
const seconds = noon.getTime() / 1000
const api = anApi({ [issue]: route({ answer: ({ caller, params }) => ({ status: 200, body: { caller, params } }) }) })
const ask = (authorization?: string, { send } = api) =>
  send(issue, { params: { issuer: 'body-a' }, headers: authorization === undefined ? {} : { authorization } })

test('A011: a valid token gives a subject and its scopes, and nothing else', async () => {
  const claims = { roles: ['admin'], 'custom:roles': 'officer', email: 'officer-2@example.org' }
  const token = await aToken({ scope: 'credentials:issue credentials:read', issuer: 'body-b', ...claims })
  expect(await ask(`Bearer ${token}`)).toMatchObject({
    status: 200,
    body: {
      caller: { subject: 'officer-1', scopes: ['credentials:issue', 'credentials:read'] },
      params: { issuer: 'body-a' },
    },
  })
  expect(JSON.stringify((await ask(`Bearer ${token}`)).body)).not.toMatch(/admin|officer-2|custom|body-b/)
})

test.each(['EdDSA', 'RS256', 'PS256'])('a provider may sign with %s', async (alg) => {
  const { publicKey, privateKey } = await generateKeyPair(alg)
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg }] })
  const token = await aToken({}, { header: { alg }, key: privateKey })
  expect(
    (await ask(`Bearer ${token}`, anApi({}, { tokens: accessTokens({ issuer: provider, keys, clients: [] }) }))).status,
  ).toBe(200)
})

describe('I001, A011: a request is refused with a remedy, without saying which check failed (I39)', async () => {
  const stranger = await generateKeyPair('ES256')
  const good = await aToken()
  const [missing, notBearer] = ['No access token was sent.', 'does not hold one Bearer token']
  const [expired, notAccepted] = ['has expired: ask for a new one', 'is not accepted']
  test.each([
    ['no token', missing, undefined],
    ['an empty one', notBearer, 'Bearer '],
    ['another scheme', notBearer, `Basic ${good}`],
    ['two tokens', notBearer, `Bearer ${good},Bearer ${good}`],
    ['a malformed token', notAccepted, 'Bearer abc.def.ghi'],
    ['an expired token', expired, `Bearer ${await aToken({ iat: seconds - 700, exp: seconds - 100 })}`],
    ['a token from tomorrow', notAccepted, `Bearer ${await aToken({ iat: seconds + 86_400, exp: seconds + 87_000 })}`],
    ['a token that is not yet valid', notAccepted, `Bearer ${await aToken({ nbf: seconds + 60 })}`],
    ['a token of eleven minutes', notAccepted, `Bearer ${await aToken({ exp: seconds + 660 })}`],
    ['a token without an expiry', notAccepted, `Bearer ${await aToken({ exp: undefined })}`],
    ['a token without a time of issue', notAccepted, `Bearer ${await aToken({ iat: undefined })}`],
    ['a token without a subject', notAccepted, `Bearer ${await aToken({ sub: undefined })}`],
    ['a token whose subject is not a text', notAccepted, `Bearer ${await aToken({ sub: JSON.parse('7') })}`],
    ['a token whose subject is the registry itself', notAccepted, `Bearer ${await aToken({ sub: 'system:sweeper' })}`],
    ['a token for another audience', notAccepted, `Bearer ${await aToken({ aud: 'https://other.example' })}`],
    ['a token of another issuer', notAccepted, `Bearer ${await aToken({ iss: 'https://other.example' })}`],
    ['an ID token', notAccepted, `Bearer ${await aToken({}, { header: { typ: 'JWT' } })}`],
    ['a token signed by a stranger', notAccepted, `Bearer ${await aToken({}, { key: stranger.privateKey })}`],
    [
      'an expired token signed by a stranger',
      notAccepted,
      `Bearer ${await aToken({ iat: seconds - 700, exp: seconds - 100 }, { key: stranger.privateKey })}`,
    ],
    [
      'an expired token for another audience',
      notAccepted,
      `Bearer ${await aToken({ iat: seconds - 700, exp: seconds - 100, aud: 'https://other.example' })}`,
    ],
    ['a token signed by an unknown key', notAccepted, `Bearer ${await aToken({}, { header: { kid: 'k2' } })}`],
    [
      'a token signed with a shared secret',
      notAccepted,
      `Bearer ${await aToken({}, { header: { alg: 'HS256' }, key: new Uint8Array(32) })}`,
    ],
    ['a token without a signature', notAccepted, `Bearer ${unsigned(good)}`],
    ['a token that is bound to a key', notAccepted, `Bearer ${await aToken({ cnf: { jkt: 'x' } })}`],
  ])('%s', async (_, given, authorization) => {
    const { status, headers, body } = await ask(authorization)
    expect(status).toBe(401)
    const hadToken = given === expired || given === notAccepted
    expect(headers['www-authenticate']).toBe(hadToken ? 'Bearer error="invalid_token"' : 'Bearer')
    const { detail, ...rest } = body as { detail: string }
    expect(rest).toEqual({ type: `${baseUrl}/problems/unauthorized`, title: 'An access token is needed', status: 401 })
    expect(detail).toContain(given)
  })
})

function unsigned(token: string): string {
  const [, payload] = token.split('.')
  return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`
}

test('a token without the scope of the route is refused, even if it has other scopes', async () => {
  for (const scope of ['credentials:read', 'credentials:issued', '', undefined]) {
    const { status, headers, body } = await ask(`Bearer ${await aToken({ scope })}`)
    expect([status, body]).toMatchObject([403, { type: `${baseUrl}/problems/insufficient-scope` }])
    expect(headers['www-authenticate']).toContain('insufficient_scope')
  }
})

test('I38: only the header Authorization determines the caller', async () => {
  const headers = { 'x-tenant': 'body-b', 'x-forwarded-user': 'admin', cookie: 'session=1' }
  expect((await api.send(issue, { params: { issuer: 'body-a' }, headers })).status).toBe(401)
})

test('a request without a token is refused before its body is checked', async () => {
  expect((await api.send(issue, { params: { issuer: 'body-a' }, body: 'x'.repeat(70_000) })).status).toBe(401)
})

test('a public route ignores a token', async () => {
  const open = anApi({
    'GET /issuers': route({ answer: ({ caller }) => ({ status: 200, body: { known: caller !== undefined } }) }),
  })
  const authorization = `Bearer ${await aToken()}`
  expect((await open.send('GET /issuers', { headers: { authorization } })).body).toEqual({ known: false })
  expect((await open.send('GET /issuers', { headers: { authorization: 'Bearer x' } })).status).toBe(200)
})

describe('keys that cannot be fetched are answered as an outage (I52)', () => {
  const answering = async (answer: (path: string) => { status: number; body: string } | undefined) => {
    const server = createServer((request, response) => {
      const found = answer(request.url ?? '')
      if (found === undefined) request.socket.destroy()
      else response.writeHead(found.status, { 'content-type': 'application/json' }).end(found.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const keys = remoteKeys(`http://127.0.0.1:${port}/jwks`)
    return anApi({}, { tokens: accessTokens({ issuer: provider, keys, clients: [] }) })
  }

  test.each([
    ['an error', () => ({ status: 500, body: '{}' })],
    ['no key set', () => ({ status: 200, body: '{"error":1}' })],
    ['no JSON', () => ({ status: 200, body: '<html>' })],
    ['nothing', () => undefined],
  ])('the provider answers %s', async (_, answer) => {
    const { status, headers, body } = await ask(`Bearer ${await aToken()}`, await answering(answer))
    expect([status, headers['retry-after']]).toEqual([503, '5'])
    expect(body).toMatchObject({ type: `${baseUrl}/problems/dependency-unavailable` })
  })

  test('but a key that a reachable provider does not have is a fault of the caller', async () => {
    const api = await answering(() => ({ status: 200, body: '{"keys":[]}' }))
    expect((await ask(`Bearer ${await aToken()}`, api)).status).toBe(401)
  })
})
