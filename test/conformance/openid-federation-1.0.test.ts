import { RegistryClient } from '@digitalcredentials/issuer-registry-client'
import {
  calculateJwkThumbprint,
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  type JSONWebKeySet,
  type JWTPayload,
} from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DSD, ONEC, officersOf } from '../journeys/trust.ts'
import { type Answer, type OpenRegistry, openRegistry } from '../support/local-registry.ts'

/** OpenID Federation 1.0, over HTTP. Entity ids are https addresses, and http addresses for a registry on this machine. */
let registry: OpenRegistry
let anchor: string
let body: string
beforeAll(async () => {
  registry = await openRegistry()
  anchor = registry.baseUrl
  body = `${anchor}/issuers/${DSD}`
})
afterAll(() => registry.close())

interface Statement extends JWTPayload {
  jwks: JSONWebKeySet
  metadata: Record<string, Record<string, unknown>>
  authority_hints?: string[]
  trust_marks?: { trust_mark_type: string; trust_mark: string }[]
  trust_chain: string[]
}

const DAY_SECONDS = 24 * 60 * 60
const encoded = (query: Record<string, string>) => `?${new URLSearchParams(query)}`

/** Verifies that an answer is a JWT of that type. The keys are those of the anchor if none are given. */
async function verified(text: string, typ: string, keys?: JSONWebKeySet): Promise<Statement> {
  const trusted = keys ?? (await anchorKeys())
  const { payload, protectedHeader } = await compactVerify(text, createLocalJWKSet(trusted))
  expect(protectedHeader).toMatchObject({ typ, alg: 'ES256' })
  expect(trusted.keys.map(({ kid }) => kid)).toContain(protectedHeader.kid)
  return JSON.parse(new TextDecoder().decode(payload))
}

async function answered(answer: Answer, type: string): Promise<Statement> {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `application/${type}`])
  // Wallets in browsers read the answer too.
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  return verified(answer.text, type)
}

/** The keys that an operator of a verifier gets out of band. */
const anchorKeys = async () => decodeJwt<Statement>((await registry.ask('/.well-known/openid-federation')).text).jwks

const get = async (path: string, query: Record<string, string>, type: string) =>
  answered(await registry.ask(`/federation/${path}${encoded(query)}`), type)

const did = (id: string) => `did:web:${new URL(anchor).host.replace(':', '%3A')}:issuers:${id}`

const listOf = async (type: string) =>
  (await registry.ask(`/federation/list${encoded({ entity_type: type })}`)).json<string[]>()

async function refused(path: string, query: Record<string, string>): Promise<[number, string]> {
  const answer = await registry.ask(`/federation/${path}${encoded(query)}`)
  const { error, error_description: description, ...more } = answer.json()
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect([more, typeof description]).toEqual([{}, 'string'])
  return [answer.status, String(error)]
}

const isAlive = ({ iat = 0, exp = 0 }: JWTPayload) => {
  const now = Date.now() / 1_000
  return iat <= now && iat > now - 120 && exp > now && exp <= iat + DAY_SECONDS
}

describe('§3, §9: entity configurations', () => {
  test('the anchor signs its own statement, with every endpoint and without a superior', async () => {
    const statement = await answered(await registry.ask('/.well-known/openid-federation'), 'entity-statement+jwt')
    expect(statement).toMatchObject({ iss: anchor, sub: anchor })
    expect(isAlive(statement)).toBe(true)
    expect(statement.authority_hints).toBeUndefined()
    expect(statement.metadata.federation_entity).toMatchObject({ organization_name: 'Sijil' })
    for (const name of [
      'fetch',
      'list',
      'resolve',
      'trust_mark',
      'trust_mark_list',
      'trust_mark_status',
      'historical_keys',
    ])
      expect(statement.metadata.federation_entity?.[`federation_${name}_endpoint`]).toBe(
        `${anchor}/federation/${name.replaceAll('_', '-')}`,
      )
    for (const jwk of statement.jwks.keys) {
      expect(jwk).not.toHaveProperty('d')
      expect(jwk.kid).toBe(await calculateJwkThumbprint(jwk))
    }
  })

  test('an entity has its configuration below its identifier, names its authority, and carries its trust marks', async () => {
    const path = new URL(body).pathname
    const statement = await answered(
      await registry.ask(`${path}/.well-known/openid-federation`),
      'entity-statement+jwt',
    )
    expect(statement).toMatchObject({ iss: body, sub: body, authority_hints: [anchor] })
    expect(isAlive(statement)).toBe(true)
    await verified(
      (await registry.ask(`${path}/.well-known/openid-federation`)).text,
      'entity-statement+jwt',
      statement.jwks,
    )
    const types = (statement.trust_marks ?? []).map(({ trust_mark_type: type }) => type)
    expect(types).toContain(`${anchor}/trust-marks/${DSD}.main`)
    const rights = []
    for (const { trust_mark_type: type, trust_mark: mark } of statement.trust_marks ?? []) {
      const claims = await verified(mark, 'trust-mark+jwt')
      expect(claims).toMatchObject({
        iss: anchor,
        sub: body,
        trust_mark_type: type,
        granted_by: [`${anchor}/issuers/${ONEC}`],
      })
      expect(isAlive(claims)).toBe(true)
      rights.push(claims.right)
    }
    expect(rights).toContain('issue')
  })
})

describe('§8.1: fetch', () => {
  test('the anchor’s statement about a body has its keys for the federation, and its certificate keys as metadata', async () => {
    const statement = await get('fetch', { sub: body }, 'entity-statement+jwt')
    expect(statement).toMatchObject({
      iss: anchor,
      sub: body,
      constraints: { max_path_length: 0 },
      source_endpoint: `${anchor}/federation/fetch`,
    })
    expect(isAlive(statement)).toBe(true)
    expect(statement).not.toHaveProperty('trust_marks')
    expect(statement).not.toHaveProperty('authority_hints')
    const { did, keys } = (await registry.ask(`/issuers/${DSD}/keys`)).json<{
      did: string
      keys: { kid: string; purpose: string }[]
    }>()
    const { issuer, jwks } = statement.metadata.certificate_issuer as { issuer: string; jwks: JSONWebKeySet }
    expect(issuer).toBe(did)
    expect(jwks.keys.map(({ kid }) => kid)).toEqual(
      keys.filter(({ purpose }) => purpose === 'certificates').map(({ kid }) => `${did}#${kid}`),
    )
    // I23: no certificate key is also a key of the federation.
    expect(statement.jwks.keys.map(({ crv }) => crv)).toEqual(['P-256'])
  })

  test('authorities and centres are entities as well, without certificate keys', async () => {
    for (const id of [ONEC, 'demo-ph-centre-taguig']) {
      const { metadata } = await get('fetch', { sub: `${anchor}/issuers/${id}` }, 'entity-statement+jwt')
      expect(Object.keys(metadata)).toEqual(['federation_entity'])
    }
  })

  test('the sandbox is no entity, because its signatures prove nothing', async () => {
    expect(await refused('fetch', { sub: `${anchor}/issuers/sandbox` })).toEqual([404, 'not_found'])
  })

  test.each([
    ['no subject', {}, [400, 'invalid_request']],
    ['somebody unknown', { sub: 'https://nobody.example' }, [404, 'not_found']],
    ['somebody unknown of ours', { sub: '{anchor}/issuers/nobody' }, [404, 'not_found']],
    ['an address that is none', { sub: '{anchor}/issuers/../../x' }, [404, 'not_found']],
    ['the anchor itself', { sub: '{anchor}' }, [400, 'invalid_request']],
  ])('%s is refused with an error code of §8.9', async (_, query, expected) => {
    const asked = Object.entries(query).map(([name, value]) => [name, String(value).replace('{anchor}', anchor)])
    expect(await refused('fetch', Object.fromEntries(asked))).toEqual(expected)
  })
})

describe('§8.2, §8.5: lists', () => {
  const list = async (query: Record<string, string> = {}) =>
    (await registry.ask(`/federation/list${encoded(query)}`)).json<string[]>()

  test('the list has everybody with a right now, and each of them can be fetched', async () => {
    const all = await list()
    expect(all).toContain(body)
    expect(all).toContain(`${anchor}/issuers/${ONEC}`)
    expect(all).not.toContain(`${anchor}/issuers/sandbox`)
    for (const sub of all) await get('fetch', { sub }, 'entity-statement+jwt')
  })

  test('the list can be filtered by type, by having a mark, and by one trust mark', async () => {
    expect(await list({ entity_type: 'certificate_issuer' })).not.toContain(`${anchor}/issuers/${ONEC}`)
    expect(await list({ entity_type: 'openid_provider' })).toEqual([])
    expect(await list({ trust_marked: 'true' })).toContain(body)
    expect(await list({ trust_marked: 'false' })).toContain(`${anchor}/issuers/${ONEC}`)
    expect(await list({ trust_marked: 'false' })).not.toContain(body)
    expect(await list({ intermediate: 'true' })).toEqual([])
    const type = `${anchor}/trust-marks/${DSD}.main`
    expect(await list({ trust_mark_type: type })).toEqual([body])
    expect(await refused('list', { trust_marked: 'perhaps' })).toEqual([400, 'invalid_request'])
    const holders = await registry.ask(`/federation/trust-mark-list${encoded({ trust_mark_type: type })}`)
    expect(holders.json()).toEqual([body])
    expect(await refused('trust-mark-list', {})).toEqual([400, 'invalid_request'])
    expect(await refused('trust-mark-list', { trust_mark_type: `${anchor}/trust-marks/${DSD}.other` })).toEqual([
      404,
      'not_found',
    ])
  })
})

describe('§8.3, §10: resolve', () => {
  test('the chain verifies link by link, from the entity to the anchor', async () => {
    const response = await get('resolve', { sub: body, trust_anchor: anchor }, 'resolve-response+jwt')
    expect(response).toMatchObject({ iss: anchor, sub: body })
    expect(isAlive(response)).toBe(true)
    const [leaf = '', link = '', top = ''] = response.trust_chain
    expect(response.trust_chain).toHaveLength(3)
    const anchored = await verified(top, 'entity-statement+jwt')
    expect(anchored).toMatchObject({ iss: anchor, sub: anchor })
    const stated = await verified(link, 'entity-statement+jwt', anchored.jwks)
    expect(stated).toMatchObject({ iss: anchor, sub: body })
    const own = await verified(leaf, 'entity-statement+jwt', stated.jwks)
    expect(own).toMatchObject({ iss: body, sub: body, authority_hints: [anchor] })
    expect(response.metadata).toEqual(stated.metadata)
    expect(response.trust_marks).toEqual(own.trust_marks)
    for (const { exp = 0 } of [anchored, stated, own]) expect(response.exp).toBeLessThanOrEqual(exp)
  })

  test('a statement longer than the limit of KMS is signed all the same', async () => {
    const { text } = await registry.ask(`/federation/resolve${encoded({ sub: body, trust_anchor: anchor })}`)
    expect(text.lastIndexOf('.')).toBeGreaterThan(4_096)
    await verified(text, 'resolve-response+jwt')
  })

  test('a request may ask for one entity type, and for the anchor alone', async () => {
    const one = await get(
      'resolve',
      { sub: body, trust_anchor: anchor, entity_type: 'federation_entity' },
      'resolve-response+jwt',
    )
    expect(Object.keys(one.metadata)).toEqual(['federation_entity'])
    const own = await get('resolve', { sub: anchor, trust_anchor: anchor }, 'resolve-response+jwt')
    expect([own.sub, own.trust_chain.length]).toEqual([anchor, 1])
  })

  test('§8.2.1, §8.3.1: several types and anchors all count; a parameter that may appear once is refused if it appears twice, in the form of §8.9', async () => {
    const both = await registry.ask('/federation/list?entity_type=openid_provider&entity_type=certificate_issuer')
    expect(both.json()).toEqual(await listOf('certificate_issuer'))
    const query = `${encoded({ sub: body, trust_anchor: 'https://other.example' })}&${encoded({ trust_anchor: anchor }).slice(1)}`
    const types = '&entity_type=certificate_issuer&entity_type=federation_entity'
    const resolved = await answered(await registry.ask(`/federation/resolve${query}${types}`), 'resolve-response+jwt')
    expect(Object.keys(resolved.metadata).sort()).toEqual(['certificate_issuer', 'federation_entity'])
    const answer = await registry.ask(`/federation/fetch?sub=${body}&sub=${body}`, { headers: { accept: 'text/html' } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/json'])
    expect(answer.json()).toEqual({ error: 'invalid_request', error_description: expect.any(String) })
    const large = await registry.ask('/federation/trust-mark-status', { method: 'POST', body: '{}' })
    expect([large.status, large.json().error]).toEqual([415, 'invalid_request'])
  })

  test('no chain leads to another anchor', async () => {
    expect(await refused('resolve', { sub: body, trust_anchor: 'https://other.example' })).toEqual([
      404,
      'invalid_trust_anchor',
    ])
    expect(await refused('resolve', { sub: body })).toEqual([400, 'invalid_request'])
    expect(await refused('resolve', { sub: 'https://x.example', trust_anchor: anchor })).toEqual([
      404,
      'invalid_subject',
    ])
  })
})

describe('§8.7: historical keys', () => {
  test('the set is signed, and empty as long as the first key signs', async () => {
    const answer = await answered(await registry.ask('/federation/historical-keys'), 'jwk-set+jwt')
    expect(answer).toMatchObject({ iss: anchor, iat: expect.any(Number), keys: [] })
  })
})

describe('the client of the Digital Credentials Consortium', () => {
  /** Runs the client: it asks the configuration of the anchor, then its fetch endpoint with the DID as it is. */
  async function lookUp(did: string) {
    const client = new RegistryClient()
    const ours = { type: 'oidf', name: 'ours', trustAnchorEC: `${anchor}/.well-known/openid-federation` }
    client.use({ registries: [ours] })
    return client.lookupIssuersFor(did)
  }
  test('finds an issuer by its DID, without a second encoding, with its name and website', async () => {
    expect(await lookUp(did(DSD))).toEqual({
      matchingIssuers: [
        {
          issuer: expect.objectContaining({
            federation_entity: expect.objectContaining({
              organization_name: expect.stringContaining('Department of Skill Development'),
              homepage_uri: 'https://th-dsd.example',
            }),
          }),
          registry: expect.objectContaining({
            federation_entity: expect.objectContaining({ federation_fetch_endpoint: `${anchor}/federation/fetch` }),
          }),
        },
      ],
      uncheckedRegistries: [],
    })
    const encodedOnce = await registry.ask(`/fetch${encoded({ sub: did(DSD) })}`)
    expect(await answered(encodedOnce, 'entity-statement+jwt')).toMatchObject({ iss: anchor, sub: did(DSD) })
  })

  test('matches no unknown DID, and reads that as an answer and not as an outage', async () => {
    const unknown = [
      'did:web:nobody.example',
      did(ONEC),
      did('sandbox'),
      'did:key:z6MkpLDL3RoAoMRTwTgo3rs39ZwssfaPKtGdZw7AGRN7CK4W',
    ]
    for (const each of unknown) expect(await lookUp(each)).toEqual({ matchingIssuers: [], uncheckedRegistries: [] })
  })

  test('gets the same answer at the fetch address in its documentation', async () => {
    const answer = await registry.ask(`/fetch${encoded({ sub: body })}`)
    expect(await answered(answer, 'entity-statement+jwt')).toMatchObject({ iss: anchor, sub: body })
  })
})

describe('§7, §8.4, §8.6: trust marks of accreditations in force', () => {
  const type = () => `${anchor}/trust-marks/${DSD}.main`
  const statusOf = async (mark: string, method: 'GET' | 'POST') =>
    answered(
      method === 'GET'
        ? await registry.ask(`/federation/trust-mark-status${encoded({ trust_mark: mark })}`)
        : await registry.ask('/federation/trust-mark-status', {
            body: String(new URLSearchParams({ trust_mark: mark })),
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
          }),
      'trust-mark-status-response+jwt',
    )

  test('I22: a mark is given, is active, and ends with the accreditation that it states', async () => {
    const given = await registry.ask(`/federation/trust-mark${encoded({ trust_mark_type: type(), sub: body })}`)
    const mark = given.text
    expect(await answered(given, 'trust-mark+jwt')).toMatchObject({ iss: anchor, sub: body, trust_mark_type: type() })
    for (const method of ['GET', 'POST'] as const)
      expect(await statusOf(mark, method)).toMatchObject({
        iss: anchor,
        trust_mark: mark,
        status: 'active',
        iat: expect.any(Number),
      })
    expect(await refused('trust-mark', { trust_mark_type: type(), sub: `${anchor}/issuers/${ONEC}` })).toEqual([
      404,
      'not_found',
    ])
    expect(await refused('trust-mark-status', {})).toEqual([400, 'invalid_request'])
    expect(await refused('trust-mark-status', { trust_mark: 'no.jwt' })).toEqual([400, 'invalid_request'])

    const officers = await officersOf(registry)
    const suspended = await officers.first(`${officers.base}/accreditations/${DSD}.main/suspend`, {
      basis: 'inspection 7',
    })
    expect(suspended.status).toBeLessThan(300)
    // The read path may be ten seconds behind.
    expect(await registry.later(async () => (await statusOf(mark, 'POST')).status)).toBe('revoked')
    expect(await refused('trust-mark', { trust_mark_type: type(), sub: body })).toEqual([404, 'not_found'])
    expect((await registry.ask(`/federation/trust-mark-list${encoded({ trust_mark_type: type() })}`)).json()).toEqual(
      [],
    )
    // The list of all entities stays in memory apart from each entity.
    expect(await registry.later(() => listOf('certificate_issuer'))).not.toContain(body)
    expect(await refused('fetch', { sub: did(DSD) })).toEqual([404, 'not_found'])
    // The body keeps its other accreditations, and its metadata no longer has a certificate key.
    const { metadata, trust_marks: left = [] } = await get(
      'resolve',
      { sub: body, trust_anchor: anchor },
      'resolve-response+jwt',
    )
    expect(Object.keys(metadata)).toEqual(['federation_entity'])
    expect(left.map(({ trust_mark_type: each }) => each)).not.toContain(type())
    for (const { trust_mark: each } of left) expect(decodeJwt(each).right).not.toBe('issue')
  }, 40_000)
})
