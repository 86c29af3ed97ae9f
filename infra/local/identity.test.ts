import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Gateway, startGateway } from './gateway.ts'
import {
  createIdentity,
  type IdentityFile,
  identityFile,
  LOCAL_ACR,
  type LocalClient,
  type LocalSite,
} from './identity.ts'

const clients: LocalClient[] = [
  { id: 'demo-ph-tesda', scopes: ['credentials:issue', 'credentials:read'] },
  { id: 'demo-reader', scopes: ['credentials:read'] },
]
let folder: string
let baseUrl: string
let gateway: Gateway

/** The base URL contains the port, so the test needs a free one first. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function start(port: number, list = clients, site?: LocalSite) {
  baseUrl = `http://localhost:${port}`
  const identity = await createIdentity({ baseUrl, folder, clients: list, ...(site && { site }) })
  gateway = await startGateway({ port, baseUrl, routes: [], handlers: {}, mounts: { '/oidc': identity.listener } })
  return identity
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-'))
})
afterEach(async () => {
  await gateway.close()
  await rm(folder, { recursive: true })
  vi.restoreAllMocks()
})

const secrets = async () => (JSON.parse(await readFile(identityFile(folder), 'utf8')) as IdentityFile).clients

async function ask(id: string, form: Record<string, string>, secret?: string) {
  const { tokenEndpoint } = JSON.parse(await readFile(identityFile(folder), 'utf8')) as IdentityFile
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret ?? (await secrets())[id]}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const tokenOf = async (...asked: Parameters<typeof ask>) => String((await ask(...asked)).body.access_token)

test('I39: a token is a JWT for this registry, valid for ten minutes, with exactly the requested scopes', async () => {
  const { issuer, jwksUrl } = await start(await freePort())
  const { status, body } = await ask('demo-ph-tesda', { scope: 'credentials:issue', resource: baseUrl })
  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'credentials:issue' })
  const token = String(body.access_token)
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwksUrl)), { issuer, audience: baseUrl })
  expect(payload).toMatchObject({ sub: 'demo-ph-tesda', client_id: 'demo-ph-tesda', scope: 'credentials:issue' })
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600)
})

test('a scope that the client does not have, an unknown scope and no scope are refused', async () => {
  await start(await freePort())
  for (const scope of ['nope', 'credentials:read nope', 'credentials:issue', ''])
    expect(await ask('demo-reader', { scope, resource: baseUrl }), scope).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    })
  expect((await ask('demo-reader', { resource: baseUrl })).body).toMatchObject({ error: 'invalid_scope' })
})

test('without a resource the token is for this registry, and another resource is refused', async () => {
  await start(await freePort())
  expect(decodeJwt(await tokenOf('demo-reader', { scope: 'credentials:read' }))).toMatchObject({ aud: baseUrl })
  const refused = await ask('demo-reader', { scope: 'credentials:read', resource: 'https://other.example' })
  expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_target' } })
})

test('a client gets only its own scopes', async () => {
  await start(await freePort())
  const refused = await ask('demo-reader', { scope: 'credentials:issue' })
  expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
})

test('a wrong secret, an unknown client and another grant are refused', async () => {
  await start(await freePort())
  expect(await ask('demo-reader', {}, 'wrong')).toMatchObject({ status: 401 })
  expect(await ask('nobody', {}, 'wrong')).toMatchObject({ status: 401 })
  const grant = { grant_type: 'authorization_code', code: 'x' }
  expect((await ask('demo-reader', grant)).status).toBe(400)
})

test('tokens and secrets survive a restart, and only the owner can read the files', async () => {
  const port = await freePort()
  await start(port)
  const token = await tokenOf('demo-reader', { scope: 'credentials:read' })
  const before = await secrets()
  await gateway.close()
  const { issuer, jwksUrl } = await start(port, clients.slice(0, 1))
  await jwtVerify(token, createRemoteJWKSet(new URL(jwksUrl)), { issuer, audience: baseUrl })
  expect(await secrets()).toEqual({ 'demo-ph-tesda': before['demo-ph-tesda'] })
  for (const name of ['identity.json', 'identity-key.json']) {
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  }
})

test('its addresses come from the base URL, and not from the headers of the request', async () => {
  const { issuer } = await start(await freePort())
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
    headers: {
      'x-forwarded-host': 'attacker.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=attacker.example',
    },
  })
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject({
    issuer,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    grant_types_supported: ['authorization_code', 'client_credentials'],
  })
  expect(text).not.toContain('attacker')
})

test('the public keys contain no private part', async () => {
  const { jwksUrl } = await start(await freePort())
  const { keys } = (await (await fetch(jwksUrl)).json()) as { keys: Record<string, unknown>[] }
  expect(keys).toHaveLength(1)
  expect(keys[0]).not.toHaveProperty('d')
})

test('it prints nothing to the console', async () => {
  const spies = (['log', 'info', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level))
  await start(await freePort())
  await tokenOf('demo-reader', { scope: 'credentials:read' })
  for (const spy of spies) expect(spy).not.toHaveBeenCalled()
})

describe('a person who signs in', () => {
  const persons = [{ id: 'demo-officer-1', authority: 'demo-authority' }]
  const verifier = 'v'.repeat(43)
  const asked = {
    client_id: 'site',
    redirect_uri: 'https://site.example/callback',
    response_type: 'code',
    scope: 'openid',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'login',
    acr_values: LOCAL_ACR,
  }
  const startSite = async () =>
    start(await freePort(), clients, { id: 'site', secret: 'site-secret', redirectUri: asked.redirect_uri, persons })

  /** Follows redirects to this server, with its cookies. */
  async function browse(address: string, form?: Record<string, string>, jar = new Map<string, string>()) {
    let next = address
    let body = form && new URLSearchParams(form)
    for (;;) {
      const response = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body && { method: 'POST', body }),
      })
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] as string).split('=')
        jar.set(name, value)
      }
      body = undefined
      const location = response.headers.get('location')
      const to = location === null ? undefined : new URL(location, next)
      if (to === undefined || to.origin !== baseUrl)
        return { at: next, to, status: response.status, text: await response.text(), jar }
      next = to.href
    }
  }
  const authorize = (change: Record<string, string> = {}) =>
    browse(`${baseUrl}/oidc/auth?${new URLSearchParams({ ...asked, ...change })}`)
  const exchange = (code: string) =>
    fetch(`${baseUrl}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('site:site-secret').toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: asked.redirect_uri,
        code_verifier: verifier,
      }),
    })

  test('chooses a person from a list, and returns with a code that can be used once', async () => {
    const { issuer, jwksUrl } = await startSite()
    const page = await authorize()
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Demonstration sign-in')])
    const { to } = await browse(page.at, { person: 'demo-officer-1' }, page.jar)
    expect(to?.origin).toBe('https://site.example')
    expect(to?.searchParams.get('state')).toBe('the-state')
    const code = to?.searchParams.get('code') ?? ''
    const tokens = (await (await exchange(code)).json()) as Record<string, string>
    const keys = createRemoteJWKSet(new URL(jwksUrl))
    const { payload } = await jwtVerify(String(tokens.id_token), keys, { issuer, audience: 'site' })
    expect(payload).toMatchObject({
      sub: 'demo-officer-1',
      nonce: 'the-nonce',
      auth_time: expect.any(Number),
      acr: '0',
    })
    // The access token beside the ID token is useless here: it is not a JWT and has no audience.
    expect(tokens.access_token).not.toContain('.')
    expect((await exchange(code)).status).toBe(400)
  })

  test('cannot choose a person who is not on the list, and may cancel', async () => {
    await startSite()
    const page = await authorize()
    for (const person of ['demo-ph-tesda', '', 'constructor'])
      expect((await browse(page.at, { person }, page.jar)).status).toBe(400)
    const { to } = await browse(page.at, { person: 'nobody' }, page.jar)
    expect(to?.searchParams.get('error')).toBe('access_denied')
  })

  test.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }],
    ['with PKCE in plain', { code_challenge_method: 'plain' }],
    ['to another address', { redirect_uri: 'https://evil.example/callback' }],
    ['for another client', { client_id: 'demo-reader' }],
    ['for a scope of programs', { scope: 'openid credentials:read' }],
  ])('%s gets no code', async (_, change) => {
    await startSite()
    const { to, text } = await authorize(change)
    expect(to?.searchParams.get('code') ?? null).toBeNull()
    expect(text).not.toContain('demo-officer-1')
    expect(to?.host ?? 'site.example').toBe('site.example')
  })

  test('gets no list without the cookie of a sign-in', async () => {
    await startSite()
    const { at } = await authorize()
    const answer = await browse(at)
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('has ended')])
    expect((await browse(at, { person: 'demo-officer-1' })).status).toBe(400)
  })
})
