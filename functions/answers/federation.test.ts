import { readStatementKeys, replaceStatementKey, requireStatementKey, STATEMENT_SECONDS } from '@sijil/registry'
import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet } from 'jose'
import { describe, expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, GRANT, noon, SECOND } from '../../test/support/registry-world.ts'
import { decisionsIn } from '../../test/support/trust-world.ts'
import { federationAnswers } from './federation.ts'

const DAY = STATEMENT_SECONDS * 1_000

async function opened() {
  const world = await aWorld()
  const { store, keys, baseUrl } = world
  let now = noon
  await requireStatementKey({ store, keys, now })
  const answers = federationAnswers({ ...world.verifying(noon), signer: keys, clock: () => now })
  const asked = {
    headers: new Map(),
    text: '',
    cookies: [],
    caller: undefined,
    requestId: 'r',
    language: 'en',
    wants: 'json',
  } as const
  const get = async (path: keyof typeof answers, query: Record<string, string> = {}, input?: unknown) => {
    const { status, body } = await answers[path].answer({ ...asked, params: { issuer: BODY }, query, input })
    return { status, body, text: String(body) }
  }
  const anchorKeys = async () =>
    (decodeJwt((await get('GET /.well-known/openid-federation')).text) as { jwks: JSONWebKeySet }).jwks
  const type = `${baseUrl}/trust-marks/${BODY}.${GRANT}`
  return {
    ...world,
    decisions: decisionsIn(world),
    get,
    anchorKeys,
    type,
    entity: `${baseUrl}/issuers/${BODY}`,
    aMark: async () =>
      (await get('GET /federation/trust-mark', { trust_mark_type: type, sub: `${baseUrl}/issuers/${BODY}` })).text,
    statusOf: async (mark: string) =>
      decodeJwt((await get('POST /federation/trust-mark-status', {}, { trust_mark: mark })).text).status,
    setNow: (moment: Date) => {
      now = moment
    },
    replace: (before: 'superseded' | 'compromised') => replaceStatementKey(before, { store, keys, now }),
  }
}

/** With the claims of `mark` changed and its signature kept. */
function tampered(mark: string, change: object): string {
  const [head, , tail] = mark.split('.')
  return `${head}.${Buffer.from(JSON.stringify({ ...decodeJwt(mark), ...change })).toString('base64url')}.${tail}`
}

test('what is stated is signed once a content and minute, and a change of content at once', async () => {
  const { get, keys, entity, type, decisions, setNow } = await opened()
  const fetched = async () => (await get('GET /federation/fetch', { sub: entity })).text
  const mark = async () => (await get('GET /federation/trust-mark', { trust_mark_type: type, sub: entity })).text
  const first = [await fetched(), await mark()]
  const signed = keys.signatures.length
  setNow(after(59_999))
  expect(await Promise.all([fetched(), mark(), fetched(), mark()])).toEqual([...first, ...first])
  expect(keys.signatures).toHaveLength(signed)
  expect(decodeJwt(first[0] ?? '')).toMatchObject({ iat: noon.getTime() / 1_000 })
  setNow(after(60 * SECOND))
  expect(decodeJwt(await fetched()).iat).toBe(noon.getTime() / 1_000 + 60)
  expect(keys.signatures).toHaveLength(signed + 1)
  await decisions.amend(
    BODY,
    AUTHORITY,
    { scope: { qualifications: ['ph-masonry-nc2'], places: ['PH'] } },
    after(70 * SECOND),
  )
  // Within the same minute.
  const before = await mark()
  setNow(after(80 * SECOND))
  expect(decodeJwt(before)).toMatchObject({ scope: { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2'] } })
  expect(decodeJwt(await mark())).toMatchObject({ scope: { qualifications: ['ph-masonry-nc2'] } })
})

test('a mark that ended within the last minute is expired, although statements count in minutes', async () => {
  const { aMark, statusOf, setNow } = await opened()
  const mark = await aMark()
  setNow(after(DAY - 1))
  expect(await statusOf(mark)).toBe('active')
  setNow(after(DAY + 30 * SECOND))
  expect(await statusOf(mark)).toBe('expired')
})

describe('the status of a trust mark', () => {
  test('active, then revoked at once when the grant is suspended, and active again when that is lifted', async () => {
    const { aMark, statusOf, decisions, setNow } = await opened()
    const mark = await aMark()
    expect(await statusOf(mark)).toBe('active')
    await decisions.suspend(BODY, AUTHORITY, {}, after(SECOND))
    setNow(after(2 * SECOND))
    expect(await statusOf(mark)).toBe('revoked')
    await decisions.lift(BODY, AUTHORITY, {}, after(3 * SECOND))
    setNow(after(4 * SECOND))
    expect(await statusOf(mark)).toBe('active')
  })

  test('expired after a day', async () => {
    const { aMark, statusOf, setNow } = await opened()
    const mark = await aMark()
    setNow(after(DAY - SECOND))
    expect(await statusOf(mark)).toBe('active')
    setNow(after(DAY))
    expect(await statusOf(mark)).toBe('expired')
  })

  test('a mark whose claims were changed is invalid, and so is another statement of ours', async () => {
    const { aMark, statusOf, get, baseUrl, entity, type } = await opened()
    const mark = await aMark()
    expect(await statusOf(tampered(mark, { exp: 4_000_000_000 }))).toBe('invalid')
    expect(await statusOf(tampered(mark, { scope: {} }))).toBe('invalid')
    const none = Buffer.from(JSON.stringify({ typ: 'trust-mark+jwt', alg: 'none' })).toString('base64url')
    expect(await statusOf(`${none}.${mark.split('.')[1]}.AA`)).toBe('invalid')
    const { text } = await get('GET /federation/fetch', { sub: entity })
    expect((await get('POST /federation/trust-mark-status', {}, { trust_mark: text })).status).toBe(404)
    for (const change of [{ iss: 'https://other.example' }, { trust_mark_type: `${baseUrl}/other` }])
      expect((await get('POST /federation/trust-mark-status', {}, { trust_mark: tampered(mark, change) })).status).toBe(
        404,
      )
    expect((await get('POST /federation/trust-mark-status', {}, { trust_mark: 'x' })).status).toBe(400)
    expect(type).toContain(BODY)
  })
})

describe('the keys of the registry', () => {
  test('superseded, the old key is shown for a day as long as its statements live, and then as history', async () => {
    const { anchorKeys, get, replace, setNow, aMark, statusOf } = await opened()
    const mark = await aMark()
    const [old] = (await anchorKeys()).keys
    setNow(after(SECOND))
    await replace('superseded')
    expect((await anchorKeys()).keys.map(({ kid }) => kid)).toContain(old?.kid)
    expect((await anchorKeys()).keys).toHaveLength(2)
    expect(await statusOf(mark)).toBe('active')
    const history = decodeJwt((await get('GET /federation/historical-keys')).text)
    const end = noon.getTime() / 1_000 + 1 + STATEMENT_SECONDS
    expect(history.keys).toEqual([{ ...old, iat: noon.getTime() / 1_000, exp: end }])
    setNow(after(DAY + 2 * SECOND))
    expect((await anchorKeys()).keys.map(({ kid }) => kid)).not.toContain(old?.kid)
  })

  test('I34: compromised, it is gone at once, what it signed is invalid, and the history says so', async () => {
    const { anchorKeys, get, replace, setNow, aMark, statusOf, store } = await opened()
    const mark = await aMark()
    setNow(after(SECOND))
    await replace('compromised')
    expect((await anchorKeys()).keys).toHaveLength(1)
    expect(await statusOf(mark)).toBe('invalid')
    const { text } = await get('GET /federation/historical-keys')
    const at = noon.getTime() / 1_000 + 1
    expect(decodeJwt(text).keys).toEqual([
      expect.objectContaining({ exp: at, revoked: { revoked_at: at, reason: 'compromised' } }),
    ])
    await compactVerify(text, createLocalJWKSet(await anchorKeys()))
    expect(await readStatementKeys(store)).toHaveLength(2)
  })

  test('before there is a key nothing is stated, and it is an outage', async () => {
    const { verifying, keys } = await aWorld()
    const answers = federationAnswers({ ...verifying(noon), signer: keys, clock: () => noon })
    const asked = {
      headers: new Map(),
      text: '',
      cookies: [],
      caller: undefined,
      requestId: 'r',
      language: 'en',
      wants: 'json',
    } as const
    const configuration = answers['GET /.well-known/openid-federation'].answer({
      ...asked,
      params: {},
      query: {},
      input: undefined,
    })
    await expect(configuration).rejects.toMatchObject({ code: 'dependency-unavailable' })
  })
})

test('a body that holds nothing in force is no entity at all, until it does again', async () => {
  const { get, entity, decisions, setNow, baseUrl } = await opened()
  const ask = async () =>
    Promise.all([
      get('GET /federation/fetch', { sub: entity }),
      get('GET /fetch', { sub: `did:web:registry.example:issuers:${BODY}` }),
      get('GET /issuers/{issuer}/.well-known/openid-federation'),
      get('GET /federation/resolve', { sub: entity, trust_anchor: baseUrl }),
    ])
  expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  await decisions.suspend(BODY, AUTHORITY, {}, after(SECOND))
  setNow(after(2 * SECOND))
  for (const { status, body } of await ask())
    expect([status, body]).toEqual([404, expect.objectContaining({ error: 'not_found' })])
  expect((await get('GET /federation/list')).body).toEqual([`${baseUrl}/issuers/${AUTHORITY}`])
  await decisions.lift(BODY, AUTHORITY, {}, after(3 * SECOND))
  // The list of everybody is ten seconds old at most.
  setNow(after(13 * SECOND))
  expect((await get('GET /federation/list')).body).toContain(entity)
})

test('a statement names its key and its type, and a mark runs out with its grant', async () => {
  const { get, entity, decisions, type, anchorKeys, aMark } = await opened()
  const until = after(3_600_000).toISOString()
  await decisions.amend(BODY, AUTHORITY, {
    scope: { qualifications: ['ph-masonry-nc2'] },
    until,
    effectiveAt: noon.toISOString(),
  })
  const mark = await aMark()
  expect(decodeJwt(mark)).toMatchObject({
    exp: noon.getTime() / 1_000 + 3_600,
    trust_mark_type: type,
    granted_until: until,
  })
  const { text } = await get('GET /federation/fetch', { sub: entity })
  const [{ kid } = {}] = (await anchorKeys()).keys
  expect(decodeProtectedHeader(text)).toEqual({ typ: 'entity-statement+jwt', alg: 'ES256', kid })
})
