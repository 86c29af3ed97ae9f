import { randomBytes } from 'node:crypto'
import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type SignIn, signInWith } from './sign-in.ts'
import { openProvider, type TestProvider } from './test-provider.ts'

const secret = randomBytes(32).toString('base64url')
const redirectUri = 'https://registry.example/desk/callback'
let provider: TestProvider
let signIn: SignIn

const configured = (issuer: string) =>
  signInWith({
    issuer,
    clientId: 'sijil-desk',
    clientSecret: async () => 'secret',
    redirectUri,
    acrValues: ['phr', 'phrh'],
    secret: async () => secret,
  })

beforeAll(async () => {
  provider = await openProvider()
  signIn = configured(provider.issuer)
})
beforeEach(() => {
  for (const name of Object.keys(provider.next)) delete provider.next[name as keyof TestProvider['next']]
})
afterAll(() => provider.close())

const pairOf = (line: string) => line.split(';')[0] as string
const now = () => new Date()
const page = '/desk/authorities/demo-th-onec/proposals/p1'

async function started(returnTo: string | undefined = page) {
  const { location, cookie } = await signIn.start({ returnTo, language: 'th' }, now())
  return { location, cookies: [pairOf(cookie)] }
}
const failed = { code: 'sign-in-failed', message: '' }

test('a sign-in leads to the provider with state, nonce and PKCE, and asks for a fresh sign-in', async () => {
  const { location } = await started()
  const { origin, pathname, searchParams } = new URL(location)
  expect(`${origin}${pathname}`).toBe(`${provider.issuer}/authorize`)
  expect(Object.fromEntries(searchParams)).toEqual({
    acr_values: 'phr phrh',
    client_id: 'sijil-desk',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    prompt: 'login',
    max_age: '600',
    ui_locales: 'th',
  })
  expect(searchParams.get('state')).not.toBe(new URL((await started()).location).searchParams.get('state'))
})

test('a finished sign-in gives the subject of the ID token, the moment of the sign-in, and the page that the person left', async () => {
  const { location, cookies } = await started()
  const { person, returnTo, cookie } = await signIn.finish({ cookies, query: provider.signIn(location) }, now())
  expect(person.subject).toBe('officer-1')
  expect(Math.abs(Date.now() - person.signedInAt.getTime())).toBeLessThan(5_000)
  expect(returnTo).toBe(page)
  expect(cookie).toContain('Max-Age=0')
  const sent = provider.asked.at(-1)
  expect(sent?.get('code_verifier')).toMatch(/^[\w-]{43}$/)
  expect(sent?.get('redirect_uri')).toBe(redirectUri)
})

test('a finished sign-in gives how the person signed in, if the ID token states it', async () => {
  const person = async () => {
    const { location, cookies } = await started()
    return (await signIn.finish({ cookies, query: provider.signIn(location) }, now())).person
  }
  expect(Object.keys(await person())).toEqual(['subject', 'signedInAt'])
  provider.next.claims = { acr: 'phr', amr: ['hwk', 'user'] }
  expect(await person()).toMatchObject({ acr: 'phr', amr: ['hwk', 'user'] })
})

test('a sign-in never returns to a place other than a page of the desk', async () => {
  const { location, cookies } = await started('https://evil.example/')
  const { returnTo } = await signIn.finish({ cookies, query: provider.signIn(location) }, now())
  expect(returnTo).toBe('/desk')
})

describe('a sign-in fails without a reason', () => {
  test('with the state of another sign-in, or none', async () => {
    const [one, two] = [await started(), await started()]
    const query = provider.signIn(one.location)
    await expect(signIn.finish({ cookies: two.cookies, query }, now())).rejects.toMatchObject(failed)
    await expect(
      signIn.finish({ cookies: one.cookies, query: { code: query.code ?? '' } }, now()),
    ).rejects.toMatchObject(failed)
  })

  test('with a code that was used before', async () => {
    const { location, cookies } = await started()
    const query = provider.signIn(location)
    await signIn.finish({ cookies, query }, now())
    await expect(signIn.finish({ cookies, query }, now())).rejects.toMatchObject(failed)
  })

  test('without the cookie of its start, with a forged one, or after ten minutes', async () => {
    const { location, cookies } = await started()
    const query = provider.signIn(location)
    const asked = provider.asked.length
    for (const other of [[], ['__Host-sijil-sign-in=x'], cookies.map((cookie) => `${cookie}x`)])
      await expect(signIn.finish({ cookies: other, query }, now())).rejects.toMatchObject(failed)
    const later = new Date(Date.now() + 600_000)
    await expect(signIn.finish({ cookies, query }, later)).rejects.toMatchObject(failed)
    expect(provider.asked.length).toBe(asked)
  })

  test('if the person cancelled it', async () => {
    const { location, cookies } = await started()
    const { state = '' } = provider.signIn(location)
    await expect(signIn.finish({ cookies, query: { error: 'access_denied', state } }, now())).rejects.toMatchObject(
      failed,
    )
  })

  const seconds = () => Math.floor(Date.now() / 1_000)
  test.each<[string, () => Record<string, unknown>]>([
    ['for another nonce', () => ({ nonce: 'another' })],
    ['for another client', () => ({ aud: 'another-client' })],
    ['of another issuer', () => ({ iss: 'https://evil.example' })],
    ['that has expired', () => ({ exp: seconds() - 60 })],
    ['of a sign-in of eleven minutes ago', () => ({ auth_time: seconds() - 660 })],
    ['of a sign-in one hour in the future', () => ({ auth_time: seconds() + 3_600 })],
    ['without the moment of the sign-in', () => ({ auth_time: undefined })],
    ['without a subject', () => ({ sub: undefined })],
    ['of a subject that the registry reserves for itself', () => ({ sub: 'system:sweep' })],
    ['of a subject with a line break', () => ({ sub: 'a\nb' })],
  ])('with an ID token %s', async (_, claims) => {
    provider.next.claims = claims()
    const { location, cookies } = await started()
    await expect(signIn.finish({ cookies, query: provider.signIn(location) }, now())).rejects.toMatchObject(failed)
  })

  test('with an ID token signed by another key', async () => {
    provider.next.key = (await generateKeyPair('ES256')).privateKey
    const { location, cookies } = await started()
    await expect(signIn.finish({ cookies, query: provider.signIn(location) }, now())).rejects.toMatchObject(failed)
  })
})

describe('an outage of the provider is answered as an outage, never as a failed sign-in', () => {
  const unavailable = { code: 'dependency-unavailable' }
  test.each<[string, NonNullable<TestProvider['next']['answer']>]>([
    ['an error', { status: 500, body: '{}' }],
    ['an error that the person did not cause', { status: 400, body: '{"error":"invalid_client"}' }],
    ['a redirect', { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } }],
    ['a page', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['more than 64 KiB', { status: 200, body: JSON.stringify({ access_token: 'a'.repeat(70_000) }) }],
  ])('%s', async (_, answer) => {
    provider.next.answer = answer
    const { location, cookies } = await started()
    await expect(signIn.finish({ cookies, query: provider.signIn(location) }, now())).rejects.toMatchObject(unavailable)
  })

  test('no provider at the address', async () => {
    await expect(
      configured('http://127.0.0.1:9').start({ returnTo: page, language: 'en' }, now()),
    ).rejects.toMatchObject(unavailable)
  })

  test('another provider at the address, with another issuer', async () => {
    const other = configured(provider.issuer.replace('127.0.0.1', 'localhost'))
    await expect(other.start({ returnTo: page, language: 'en' }, now())).rejects.toMatchObject(unavailable)
  })
})
