import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { problemOf, TESDA } from './certificate.ts'
import { DSD, ONEC, officersOf } from './trust.ts'

let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

/** A body that an authority accredited. */
const JPK = 'demo-my-jpk'
const MALAYSIAN = 'my-sp-elec-l2'

const ago = (milliseconds: number) => new Date(registry.now().getTime() - milliseconds).toISOString()
const MINUTE = 60_000
const accreditations = (query: string, issuer = TESDA) => registry.ask(`/issuers/${issuer}/accreditations${query}`)

describe('GET /issuers/{issuer}/accreditations', () => {
  test('answers for now with each accreditation, and for a qualification link by link; caches keep nothing', async () => {
    const answer = await accreditations('?qualification=ph-masonry-nc2')
    expect(answer.json()).toMatchObject({
      issuer: TESDA,
      settled: false,
      standing: 'authorised',
      sentence: expect.stringContaining('was allowed to certify Masonry NC II in this demonstration'),
      chain: [{ id: TESDA, role: 'body', standing: 'authorised' }],
      accreditations: [
        { id: `${TESDA}.main`, right: 'issue', state: 'force' },
        { id: `${TESDA}.centres`, right: 'accredit', state: 'force' },
      ],
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('I33: two settled moments give the same bytes even after a new decision, and may be cached for ever', async () => {
    const query = `?effective=2025-06-01&recorded=${ago(6 * MINUTE)}&qualification=th-brick-1`
    const before = await accreditations(query, DSD)
    expect(before.json()).toMatchObject({
      settled: true,
      standing: 'authorised',
      effective: '2025-06-01T23:59:59.999Z',
    })
    expect(before.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const officers = await officersOf(registry)
    await officers.decide(`${officers.base}/accreditations/${DSD}.main/withdraw`, {
      basis: 'fraud',
      effectiveFrom: '2020-01-01',
    })
    expect(
      await registry.later(async () =>
        (await accreditations('?effective=2025-06-01&qualification=th-brick-1', DSD)).json(),
      ),
    ).toMatchObject({ settled: false, standing: 'withdrawn' })
    expect((await accreditations(query, DSD)).text).toBe(before.text)
  })

  test('an answer for a moment less than five minutes ago is unsettled', async () => {
    const answer = await accreditations(`?effective=2025-06-01&recorded=${ago(4 * MINUTE)}`)
    expect(answer.json()).toMatchObject({ settled: false })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('before its record the body was unknown, and before its grant took effect it was not allowed', async () => {
    expect(problemOf(await accreditations('?recorded=2019-12-31')).status).toBe(404)
    expect((await accreditations('?effective=2019-12-31&qualification=ph-masonry-nc2')).json()).toMatchObject({
      standing: 'not-for-this',
      failing: { id: TESDA },
    })
  })

  test('R010: a moment that is malformed or lies ahead is refused, and the problem names its parameter', async () => {
    for (const [member, text] of [
      ['effective', 'yesterday'],
      ['effective', '2026-13-01'],
      ['recorded', '2099-01-01'],
      ['recorded', '2099-01-01T00:00:00Z'],
      ['recorded', '1'],
      ['recorded', ''],
    ]) {
      const answer = await accreditations(`?${member}=${text}`)
      expect(problemOf(answer), text).toMatchObject({ status: 422, errors: [{ pointer: `/${member}` }] })
    }
  })

  test('asks about the right that fits the entity, as the page does, or about the right in the request', async () => {
    const [centre, masonry] = ['demo-ph-centre-taguig', 'qualification=ph-masonry-nc2']
    const answerOf = async (issuer: string, query: string) => {
      const { right, standing, sentence } = (await accreditations(`?${query}`, issuer)).json<Record<string, unknown>>()
      return { right, standing, sentence }
    }
    expect(await answerOf(centre, masonry)).toEqual({
      right: 'assess',
      standing: 'authorised',
      sentence: expect.stringContaining('was allowed to assess for Masonry NC II'),
    })
    expect(await answerOf(centre, `${masonry}&right=issue`)).toMatchObject({ right: 'issue', standing: 'not-for-this' })
    expect(await answerOf(TESDA, masonry)).toMatchObject({ right: 'issue', standing: 'authorised' })
    expect(await answerOf(TESDA, `${masonry}&right=accredit`)).toMatchObject({ standing: 'authorised' })
    expect(await answerOf(TESDA, `${masonry}&right=assess`)).toMatchObject({ standing: 'not-for-this' })
    expect(await answerOf(ONEC, 'qualification=th-brick-1')).toEqual({
      right: 'accredit',
      standing: 'authorised',
      sentence: expect.stringMatching(/was allowed to accredit for .+ in this demonstration\.$/),
    })
    for (const [query, issuer] of [
      [masonry, ONEC],
      ['qualification=no-such-thing', ONEC],
      ['effective=1990-01-01&qualification=th-brick-1', ONEC],
      ['qualification=th-brick-1&right=issue', ONEC],
    ] as const)
      expect([query, await answerOf(issuer, query)]).toEqual([
        query,
        expect.objectContaining({ standing: 'not-for-this' }),
      ])
    const refused = problemOf(await accreditations(`?${masonry}&right=certify`))
    expect(refused).toMatchObject({ status: 422, errors: [{ pointer: '/right' }] })
  })

  test('names the policy of its judgement, if it makes one', async () => {
    const judged = (await accreditations('?qualification=ph-masonry-nc2')).json<{ policy?: object }>()
    const { policy } = (
      await registry.ask('/verify', { body: { verifiableCredential: await registry.document('in-force') } })
    ).json<{ policy: object }>()
    expect(policy).toMatchObject({ demonstration: true })
    expect(judged.policy).toEqual(policy)
    expect((await accreditations('')).json()).not.toHaveProperty('policy')
  })

  test('of an unknown entity is 404', async () => {
    expect(problemOf(await accreditations('', 'nobody-at-all')).status).toBe(404)
  })
})

describe('TRQP 2.0', () => {
  const question = (change: object = {}) => ({
    entity_id: `did:web:${new URL(registry.baseUrl).host.replace(':', '%3A')}:issuers:${TESDA}`,
    authority_id: registry.baseUrl,
    action: 'issue',
    resource: 'ph-masonry-nc2',
    ...change,
  })
  const ask = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    registry.ask(path, { body, headers })
  const Z = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

  test('authorization: the answer repeats the question, with the moment that was used', async () => {
    const asked = question()
    const answer = await ask('/authorization', asked, { 'x-request-id': 'trqp-1' })
    expect(answer.json()).toEqual({
      ...asked,
      authorized: true,
      time_evaluated: expect.stringMatching(Z),
      message: expect.stringContaining('Masonry NC II'),
    })
    expect(answer.headers.get('x-request-id')).toBe('trqp-1')
    expect(Math.abs(registry.now().getTime() - Date.parse(String(answer.json().time_evaluated)))).toBeLessThan(10_000)
  })

  test('for another time the answer is as of that time', async () => {
    const at = (time: string) => ask('/authorization', question({ context: { time } }))
    expect((await at('2025-06-01T00:00:00Z')).json()).toMatchObject({
      authorized: true,
      time_requested: '2025-06-01T00:00:00Z',
      time_evaluated: '2025-06-01T00:00:00.000Z',
    })
    expect((await at('2019-06-01T00:00:00Z')).json()).toMatchObject({ authorized: false })
  })

  test.each([
    ['another resource', { resource: 'ph-rn' }],
    ['an unknown resource', { resource: 'urn:nothing' }],
    ['a resource of another host', { resource: 'https://evil.example/qualifications/ph-masonry-nc2' }],
    ['a resource of another scheme', { resource: 'urn:foo/ph-masonry-nc2' }],
    ['what is no qualification here', { resource: '/status-lists/ph-masonry-nc2' }],
    ['another action', { action: 'accredit-everybody' }],
    ['an unknown entity', { entity_id: 'did:web:unknown.example' }],
    ['an authority that is not in the chain', { authority_id: 'demo-th-onec' }],
    ['the sandbox', { entity_id: 'sandbox' }],
  ])('%s is never authorised', async (_, change) => {
    const answer = await ask('/authorization', question(change))
    expect([answer.status, answer.json().authorized]).toEqual([200, false])
    // The words of the answer must not contradict it.
    expect(answer.json().message).not.toMatch(/(?:is|was) allowed to/)
  })

  test.each(['did:web:unknown.example', 'https://unknown.example', 'nobody-at-all', 'urn:nothing'])(
    'an authority that this registry does not serve is a 404 that says which registry to ask: %s',
    async (authority_id) => {
      for (const path of ['/authorization', '/recognition']) {
        const answer = await ask(path, question({ authority_id }))
        expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
        const problem = problemOf(answer)
        expect(problem).toMatchObject({
          type: `${registry.baseUrl}/problems/authority-not-served`,
          status: 404,
          errors: [{ pointer: '/authority_id' }],
        })
        for (const list of ['authorities', 'issuers', 'lists'])
          expect(answer.text).toContain(`${registry.baseUrl}/${list}`)
        expect(answer.text).toMatch(/Ask the registry of that authority/)
        // The answer must not repeat the typed id.
        expect(answer.text).not.toContain(authority_id)
      }
    },
  )

  test('an authority that is registered here gets an answer, also if it decided nothing about the question', async () => {
    const own = ['demo-th-onec', JPK, TESDA, `${registry.baseUrl}/issuers/${TESDA}`, `${registry.baseUrl}/`]
    for (const authority_id of own) {
      for (const change of [{}, { entity_id: 'did:web:unknown.example' }, { action: 'conquer' }, { resource: 'urn:x' }])
        for (const path of ['/authorization', '/recognition'])
          expect((await ask(path, question({ authority_id, ...change }))).status, authority_id).toBe(200)
    }
  })

  test('a root accredits by its own mandate, for the qualifications of its state and since it was registered', async () => {
    const asked = async (change: object) =>
      (await ask('/authorization', question({ entity_id: ONEC, action: 'accredit', ...change }))).json().authorized
    expect(await asked({ resource: 'th-brick-1' })).toBe(true)
    expect(await asked({ resource: 'ph-masonry-nc2' })).toBe(false)
    expect(await asked({ resource: 'th-brick-1', action: 'issue' })).toBe(false)
    expect(await asked({ resource: 'th-brick-1', context: { time: '1990-01-01T00:00:00Z' } })).toBe(false)
  })

  test('a body is its own authority only if the law itself allowed it', async () => {
    const asked = async (id: string, resource: string) =>
      (await ask('/authorization', question({ entity_id: id, authority_id: id, resource }))).json().authorized
    expect(await asked(TESDA, 'ph-masonry-nc2')).toBe(true)
    const granted = { entity_id: JPK, resource: MALAYSIAN }
    expect((await ask('/authorization', question(granted))).json().authorized).toBe(true)
    expect(await asked(JPK, MALAYSIAN)).toBe(false)
  })

  test('a question may use page addresses or bare ids, name an authority of the chain, and have unknown members', async () => {
    for (const change of [
      { entity_id: TESDA, authority_id: TESDA },
      { entity_id: `${registry.baseUrl}/issuers/${TESDA}` },
      { resource: `${registry.baseUrl}/qualifications/ph-masonry-nc2` },
      { more: [1], context: { more: true } },
    ])
      expect((await ask('/authorization', question(change))).json()).toMatchObject({ authorized: true })
  })

  test('recognition: the roots that this registry accepts, and no other entity', async () => {
    const recognised = async (entity_id: string) =>
      (await ask('/recognition', question({ entity_id, action: 'recognize', resource: 'trust' }))).json().recognized
    // An authority, and a body that the law made its own root.
    for (const root of [ONEC, TESDA]) expect(await recognised(root)).toBe(true)
    for (const other of [JPK, 'nobody', 'did:web:unknown.example', 'sandbox'])
      expect(await recognised(other)).toBe(false)
  })

  test('recognition for one right and qualification: a root of its state, or a body that the law allowed', async () => {
    const recognised = async (entity_id: string, action: string, resource: string) =>
      (await ask('/recognition', question({ entity_id, action, resource }))).json()
    expect(await recognised(ONEC, 'accredit', 'th-brick-1')).toMatchObject({ recognized: true })
    expect(await recognised(TESDA, 'issue', 'ph-masonry-nc2')).toMatchObject({ recognized: true })
    for (const [id, action, resource] of [
      [ONEC, 'accredit', 'ph-masonry-nc2'],
      [TESDA, 'issue', 'ph-rn'],
      [TESDA, 'assess', 'ph-masonry-nc2'],
      [ONEC, 'conquer', 'trust'],
      [ONEC, 'recognize', 'the-moon'],
      [ONEC, 'recognize', 'https://evil.example/qualifications/th-brick-1'],
    ] as const)
      expect(await recognised(id, action, resource), `${id} ${action} ${resource}`).toMatchObject({
        recognized: false,
        message: expect.stringMatching(/\b(?:not|no)\b/),
      })
  })

  const wrong: [string, (path: string) => unknown][] = [
    ...['entity_id', 'authority_id', 'action', 'resource'].flatMap((member): [string, () => unknown][] => [
      [`no ${member}`, () => question({ [member]: undefined })],
      [`an empty ${member}`, () => question({ [member]: '' })],
      [`a number for ${member}`, () => question({ [member]: 1 })],
      [`null for ${member}`, () => question({ [member]: null })],
    ]),
    ['an identifier with spaces', () => question({ entity_id: 'a b' })],
    ['a context that is text', () => question({ context: 'now' })],
    ['a context that is an array', () => question({ context: [] })],
    ['a time that is none', () => question({ context: { time: 'yesterday' } })],
    ['a time without a zone', () => question({ context: { time: '2025-06-01T00:00:00' } })],
    ['a time to come', () => question({ context: { time: '2099-01-01T00:00:00Z' } })],
    ['an array', () => [question()]],
    ['broken JSON', () => '{"entity_id":'],
    ['an empty body', () => ''],
    ['text', () => '"x"'],
  ]
  test.each(wrong)('%s is a 400 with problem details, at both addresses', async (_, make) => {
    for (const path of ['/authorization', '/recognition']) {
      const answer = await ask(path, make(path))
      expect(problemOf(answer)).toMatchObject({ status: 400, type: expect.any(String), title: expect.any(String) })
      expect(answer.status).toBe(400)
    }
  })

  test('GET is refused with 405', async () => {
    for (const path of ['/authorization', '/recognition']) {
      const answer = await registry.ask(path, { headers: { 'x-request-id': 'trqp-2' } })
      expect(problemOf(answer).status).toBe(405)
      expect(answer.headers.get('x-request-id')).toBe('trqp-2')
      expect(answer.headers.get('allow')).toContain('POST')
    }
  })

  test('an address that does not exist keeps the id of the request, too', async () => {
    const answer = await registry.ask('/recognitions', { headers: { 'x-request-id': 'trqp-4' } })
    expect([problemOf(answer).status, answer.headers.get('x-request-id')]).toEqual([404, 'trqp-4'])
    const odd = await registry.ask('/recognitions', { headers: { 'x-request-id': 'a b' } })
    expect(odd.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
  })

  test('metadata describes this registry, with no more members than the profile', async () => {
    const answer = await registry.ask('/metadata', { headers: { 'x-request-id': 'trqp-3' } })
    expect(Object.keys(answer.json()).sort()).toEqual(['description', 'id', 'name'])
    expect(answer.headers.get('x-request-id')).toBe('trqp-3')
  })

  test.each([
    '/lookups/assuranceLevels',
    '/lookups/authorizations',
    '/lookups/didMethods',
    '/entities',
    '/entities/x',
    '/ecosystems/x',
    '/entities?action=issue&resource=x',
  ])('%s is not offered, and the answer says so', async (path) => {
    expect(problemOf(await registry.ask(path))).toMatchObject({
      status: 501,
      type: `${registry.baseUrl}/problems/not-implemented`,
    })
  })

  test('an action without a resource is a 400', async () => {
    expect(problemOf(await registry.ask('/entities?action=issue')).status).toBe(400)
  })
})
