import { readStatementKeys, replaceStatementKey, requireStatementKey, STATEMENT_SECONDS } from '@sijil/registry'
import { changeContact } from '@sijil/registry/decisions'
import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet } from 'jose'
import { describe, expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, GRANT, noon, SECOND } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { openFederation } from './federation.ts'

const DAY = STATEMENT_SECONDS * 1_000

async function opened() {
  const world = await aWorld()
  const { store, keys, baseUrl } = world
  let now = noon
  await requireStatementKey({ store, keys, now })
  const federation = openFederation({ ...world.verifying(noon), signer: keys, clock: () => now })
  const anchorKeys = async () => decodeJwt<{ jwks: JSONWebKeySet }>((await federation.anchorConfiguration()).text).jwks
  const type = `${baseUrl}/trust-marks/${BODY}.${GRANT}`
  const entity = `${baseUrl}/issuers/${BODY}`
  return {
    ...world,
    decisions: decisionsIn(world),
    federation,
    anchorKeys,
    type,
    entity,
    aMark: async () => (await federation.mark(type, entity)).text,
    statusOf: async (mark: string) => decodeJwt((await federation.markStatus(mark)).text).status,
    setNow: (moment: Date) => {
      now = moment
    },
    replace: (before: 'superseded' | 'compromised') => replaceStatementKey(before, { store, keys, now }),
  }
}

/** `mark` with changed claims and its old signature. */
function tampered(mark: string, change: object): string {
  const [head, , tail] = mark.split('.')
  return `${head}.${Buffer.from(JSON.stringify({ ...decodeJwt(mark), ...change })).toString('base64url')}.${tail}`
}

test('a statement has the contact of today, and not one of a day to come', async () => {
  const { federation, entity, decisions } = await opened()
  for (const [contact, effectiveAt] of [
    ['desk@tesda.example', noon.toISOString()],
    ['later@tesda.example', after(DAY).toISOString()],
  ] as const)
    await changeContact({ id: BODY, contact, effectiveAt, actor: 'registrar' }, decisions.at(noon))
  const { metadata } = decodeJwt<{ metadata: object }>((await federation.subordinateStatement(entity)).text)
  expect(metadata).toMatchObject({ federation_entity: { contacts: ['desk@tesda.example'] } })
})

test('the same content is signed once a minute, and changed content is signed at once', async () => {
  const { federation, keys, entity, aMark: mark, decisions, setNow } = await opened()
  const fetched = async () => (await federation.subordinateStatement(entity)).text
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
  // Still in the same minute.
  const before = await mark()
  setNow(after(80 * SECOND))
  expect(decodeJwt(before)).toMatchObject({ scope: { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2'] } })
  expect(decodeJwt(await mark())).toMatchObject({ scope: { qualifications: ['ph-masonry-nc2'] } })
})

test('a mark that ended in the current minute is expired, although statements state only minutes', async () => {
  const { aMark, statusOf, setNow } = await opened()
  const mark = await aMark()
  setNow(after(DAY - 1))
  expect(await statusOf(mark)).toBe('active')
  setNow(after(DAY + 30 * SECOND))
  expect(await statusOf(mark)).toBe('expired')
})

describe('the status of a trust mark', () => {
  test('a mark is active, revoked at once when the grant is suspended, and active again when the suspension is lifted', async () => {
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

  test('a mark expires after a day', async () => {
    const { aMark, statusOf, setNow } = await opened()
    const mark = await aMark()
    setNow(after(DAY - SECOND))
    expect(await statusOf(mark)).toBe('active')
    setNow(after(DAY))
    expect(await statusOf(mark)).toBe('expired')
  })

  test('a mark with changed claims is invalid, and another text than a mark of ours is refused', async () => {
    const { aMark, statusOf, federation, baseUrl, entity, type } = await opened()
    const mark = await aMark()
    expect(await statusOf(tampered(mark, { exp: 4_000_000_000 }))).toBe('invalid')
    expect(await statusOf(tampered(mark, { scope: {} }))).toBe('invalid')
    const none = Buffer.from(JSON.stringify({ typ: 'trust-mark+jwt', alg: 'none' })).toString('base64url')
    expect(await statusOf(`${none}.${mark.split('.')[1]}.AA`)).toBe('invalid')
    const { text } = await federation.subordinateStatement(entity)
    await expect(statusOf(text)).rejects.toMatchObject({ code: 'not_found' })
    for (const change of [{ iss: 'https://other.example' }, { trust_mark_type: `${baseUrl}/other` }])
      await expect(statusOf(tampered(mark, change))).rejects.toMatchObject({ code: 'not_found' })
    await expect(statusOf('x')).rejects.toMatchObject({ code: 'invalid_request' })
    expect(type).toContain(BODY)
  })
})

describe('the keys of the registry', () => {
  test('a superseded key is shown for a day, until its statements expire, and then only in the history', async () => {
    const { anchorKeys, federation, replace, setNow, aMark, statusOf } = await opened()
    const mark = await aMark()
    const [old] = (await anchorKeys()).keys
    setNow(after(SECOND))
    await replace('superseded')
    expect((await anchorKeys()).keys.map(({ kid }) => kid)).toContain(old?.kid)
    expect((await anchorKeys()).keys).toHaveLength(2)
    expect(await statusOf(mark)).toBe('active')
    const history = decodeJwt((await federation.historicalKeys()).text)
    const end = noon.getTime() / 1_000 + 1 + STATEMENT_SECONDS
    expect(history.keys).toEqual([{ ...old, iat: noon.getTime() / 1_000, exp: end }])
    setNow(after(DAY + 2 * SECOND))
    expect((await anchorKeys()).keys.map(({ kid }) => kid)).not.toContain(old?.kid)
  })

  test('I34: a compromised key is removed at once, its statements are invalid, and the history says so', async () => {
    const { anchorKeys, federation, replace, setNow, aMark, statusOf, store } = await opened()
    const mark = await aMark()
    setNow(after(SECOND))
    await replace('compromised')
    expect((await anchorKeys()).keys).toHaveLength(1)
    expect(await statusOf(mark)).toBe('invalid')
    const { text } = await federation.historicalKeys()
    const at = noon.getTime() / 1_000 + 1
    expect(decodeJwt(text).keys).toEqual([
      expect.objectContaining({ exp: at, revoked: { revoked_at: at, reason: 'compromised' } }),
    ])
    await compactVerify(text, createLocalJWKSet(await anchorKeys()))
    expect(await readStatementKeys(store)).toHaveLength(2)
  })

  test('without a key the registry answers nothing and reports an outage', async () => {
    const { verifying, keys } = await aWorld()
    const { anchorConfiguration } = openFederation({ ...verifying(noon), signer: keys, clock: () => noon })
    await expect(anchorConfiguration()).rejects.toMatchObject({ code: 'dependency-unavailable' })
  })
})

test('a body without a right in force does not exist as an entity until a right is in force again', async () => {
  const { federation, entity, decisions, setNow, baseUrl } = await opened()
  const questions = [
    () => federation.subordinateStatement(entity),
    () => federation.subordinateStatement(`did:web:registry.example:issuers:${BODY}`),
    () => federation.entityConfiguration(BODY),
    () => federation.resolve({ sub: entity, trustAnchors: [baseUrl], entityTypes: [] }),
  ]
  for (const ask of questions) expect(decodeJwt((await ask()).text).iat).toBe(noon.getTime() / 1_000)
  await decisions.suspend(BODY, AUTHORITY, {}, after(SECOND))
  setNow(after(2 * SECOND))
  for (const ask of questions) await expect(ask()).rejects.toMatchObject({ code: 'not_found' })
  expect(await federation.list({ entityTypes: [] })).toEqual([`${baseUrl}/issuers/${AUTHORITY}`])
  await decisions.lift(BODY, AUTHORITY, {}, after(3 * SECOND))
  // The list of all entities is at most ten seconds old.
  setNow(after(13 * SECOND))
  expect(await federation.list({ entityTypes: [] })).toContain(entity)
})

test('a statement names its key and its type, and a mark expires with its grant', async () => {
  const { federation, entity, decisions, type, anchorKeys, aMark } = await opened()
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
  const { text } = await federation.subordinateStatement(entity)
  const [{ kid } = {}] = (await anchorKeys()).keys
  expect(decodeProtectedHeader(text)).toEqual({ typ: 'entity-statement+jwt', alg: 'ES256', kid })
})
