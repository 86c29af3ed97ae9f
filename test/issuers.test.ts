import { createHandler, createLog } from '@sijil/http'
import { type CommitReader, nextCommit, streams, type TrustEvent, trustOf } from '@sijil/registry'
import { beforeAll, describe, expect, test } from 'vitest'
import { issuersAnswers } from '../functions/answers/pages/issuers.ts'
import { routes } from '../functions/routes.ts'
import { contextOf as lambdaContextOf } from '../infra/local/gateway-event.ts'
import { MemoryStore } from './support/memory-store.ts'
import { identity, noon } from './support/registry-world.ts'

const ENTITIES = 10_000
const baseUrl = 'https://registry.example'

/** One centre and one sandbox in ten; every other body is Thai; the last of all has a name of its own. */
function registration(n: number): TrustEvent {
  const own = identity({
    name: n === ENTITIES - 1 ? 'The Very Last Institute' : `Institute ${n}`,
    state: n % 2 === 0 ? 'PH' : 'TH',
    ...(n === 7 && { localName: { text: 'สถาบันเจ็ด', language: 'th' } }),
  })
  if (n % 10 === 0) return { type: 'centre-registered', identity: own }
  return {
    type: 'body-registered',
    identity: own,
    did: `did:web:registry.example:issuers:i-${n}`,
    sandbox: n % 10 === 1,
  }
}

/** A registry that counts what is read of it, and `GET /issuers` over it. */
async function aRegistry(entities: number) {
  const store = new MemoryStore()
  for (let n = 0; n < entities; n++) {
    const events = [registration(n)]
    const now = new Date(noon.getTime() + n)
    await store.append(nextCommit(streams.trust(`i-${n}`), [], { events, actor: 'registrar', now, index: 'ENTITIES' }))
  }
  const counted = { streams: 0, pages: 0 }
  const reader: CommitReader = {
    read: (stream) => {
      counted.streams++
      return store.read(stream)
    },
    latest: (stream) => store.latest(stream),
    list: (index, page) => {
      counted.pages++
      return store.list(index, page)
    },
  }
  const clock = () => new Date(noon.getTime() + 60_000)
  const handler = createHandler({
    baseUrl,
    log: createLog({ sink: () => {}, now: clock }),
    languages: ['en'],
    now: clock,
    rows: routes.filter((row) => row.path === '/issuers'),
    answers: {
      'GET /issuers': issuersAnswers({
        reader,
        boxes: store,
        trust: trustOf(reader),
        policy: { demonstration: true },
        baseUrl,
        witnesses: [],
        clock,
        general: () => import('@sijil/credentials/general'),
      })['GET /issuers'],
    },
    tokens: undefined,
  })
  async function send(query: Record<string, string>, accept: string) {
    Object.assign(counted, { streams: 0, pages: 0 })
    const answer = await handler(
      {
        version: '2.0',
        routeKey: 'GET /issuers',
        rawPath: '/issuers',
        rawQueryString: new URLSearchParams(query).toString(),
        headers: { accept },
        isBase64Encoded: false,
        requestContext: {
          accountId: '000000000000',
          apiId: 'test',
          domainName: 'registry.example',
          domainPrefix: 'registry',
          http: { method: 'GET', path: '/issuers', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
          requestId: 'request-1',
          routeKey: 'GET /issuers',
          stage: '$default',
          time: noon.toUTCString(),
          timeEpoch: noon.getTime(),
        },
      },
      lambdaContextOf('pages', 'request-1', new Date(noon.getTime() + 29_000)),
    )
    return { status: answer.statusCode, text: answer.body ?? '', read: { ...counted } }
  }
  return {
    async list(query: Record<string, string> = {}) {
      const { status, text, read } = await send(query, 'application/json')
      const { issuers, next } = JSON.parse(text) as { issuers: { id: string; state: string }[]; next?: string }
      return { status, ids: issuers?.map(({ id }) => id), issuers, next, read }
    },
    page: (query: Record<string, string> = {}) => send(query, 'text/html'),
  }
}

describe('GET /issuers among ten thousand', () => {
  let registry: Awaited<ReturnType<typeof aRegistry>>
  beforeAll(async () => {
    registry = await aRegistry(ENTITIES)
  })

  test('reads one page of the index and the streams of the fifty that it shows', async () => {
    const { ids, next, read } = await registry.list()
    expect(ids).toHaveLength(50)
    expect(next).toBeTypeOf('string')
    expect(read).toEqual({ streams: 50, pages: 1 })
    expect((await registry.list({ limit: '5' })).read).toEqual({ streams: 5, pages: 1 })
  })

  test('page after page has each body once, and neither a centre nor a sandbox', async () => {
    const seen: string[] = []
    let page: string | undefined
    do {
      const { ids, next } = await registry.list({ limit: '100', ...(page && { page }) })
      seen.push(...ids)
      page = next
    } while (page !== undefined)
    const bodies = Array.from({ length: ENTITIES }, (_, n) => n).filter((n) => n % 10 > 1)
    expect(seen.toSorted()).toEqual(bodies.map((n) => `i-${n}`).toSorted())
  })

  test('a text is looked for in the index alone: only who is found is read', async () => {
    const last = await registry.list({ s: 'very LAST' })
    expect(last.ids).toEqual([`i-${ENTITIES - 1}`])
    expect(last.next).toBeUndefined()
    expect(last.read.streams).toBe(1)
    expect(last.read.pages).toBeLessThanOrEqual(50)
    expect((await registry.list({ s: 'สถาบันเจ็ด' })).ids).toEqual(['i-7'])
    expect(await registry.list({ s: 'nobody of that name' })).toMatchObject({ ids: [], read: { streams: 0 } })
  })

  test('a state and a text go on to the next page, in JSON and on the page', async () => {
    const first = await registry.list({ c: 'TH', s: 'institute' })
    const second = await registry.list({ c: 'TH', s: 'institute', page: first.next ?? '' })
    expect(new Set([...first.ids, ...second.ids]).size).toBe(100)
    for (const { state } of [...first.issuers, ...second.issuers]) expect(state).toBe('TH')
    const { text } = await registry.page({ c: 'TH', s: 'institute' })
    expect(text).toContain(`href="/issuers?s=institute&amp;c=TH&amp;page=${first.next}" rel="next"`)
    expect(text).toContain('Bodies on this page: 50')
  })

  test('the token of another question, or none of ours, is refused', async () => {
    const { next = '' } = await registry.list({ c: 'TH' })
    const others: Record<string, string>[] = [
      { c: 'PH', page: next },
      { page: next },
      { c: 'TH', page: 'x' },
      { limit: '101' },
    ]
    for (const query of others) expect((await registry.list(query)).status).toBe(400)
  })
})

test('a registry of few is one page, which says how many there are', async () => {
  const few = await aRegistry(20)
  const { ids, next } = await few.list()
  expect(ids).toHaveLength(16)
  expect(next).toBeUndefined()
  const { text } = await few.page()
  expect(text).toContain('Bodies: 16')
  expect(text).not.toContain('rel="next"')
  expect((await few.page({ s: 'nobody' })).text).toContain('No body matches')
})

test('whoever looks through more than ten thousand is told to go on', async () => {
  const many = await aRegistry(10_200)
  const { ids, next, read } = await many.list({ s: 'Institute 10199' })
  expect(ids).toEqual([])
  expect(read).toEqual({ streams: 0, pages: 50 })
  const { text } = await many.page({ s: 'Institute 10199' })
  expect(text).toContain('No body that matches stands on this page.')
  expect(text).toContain('rel="next"')
  expect((await many.list({ s: 'Institute 10199', page: next ?? '' })).ids).toEqual(['i-10199'])
})
