import { createHandler, createLog } from '@sijil/http'
import { type CommitReader, nextCommit, streams } from '@sijil/registry'
import { catalogueOf } from '@sijil/registry/catalogue'
import { type TrustEvent, trustOf } from '@sijil/registry/trust'
import { storeOnly } from '@sijil/registry/verification'
import { explorerAnswers } from '../../functions/answers/pages/explorer.ts'
import { routes } from '../../functions/routes.ts'
import { contextOf as lambdaContextOf } from '../../infra/local/gateway-event.ts'
import { baselineDeps } from './baseline.ts'
import { listCatalogue } from './list-catalogue.ts'
import { MemoryStore } from './memory-store.ts'
import { identity, noon } from './registry-world.ts'

export const ENTITIES = 10_000
const baseUrl = 'https://registry.example'

/** Of ten entities, one is a centre and one a sandbox. Every second body is Thai. The last one has its own name. */
function registration(n: number): TrustEvent {
  const own = identity({
    name: n === ENTITIES - 1 ? 'The Very Last Institute' : `Institute ${n}`,
    state: n % 2 === 0 ? 'PH' : 'TH',
    ...(n === 7 && { localName: { text: 'สถาบันเจ็ด', language: 'th' } }),
    ...(n === 8 && { localName: { text: 'Sở Lao động', language: 'vi' } }),
  })
  if (n % 10 === 0) return { type: 'centre-registered', identity: own }
  return {
    type: 'body-registered',
    identity: own,
    did: `did:web:registry.example:issuers:i-${n}`,
    sandbox: n % 10 === 1,
  }
}

/** A registry that counts the reads of its store, with `GET /issuers` over it. */
export async function aRegistry(entities: number, store = new MemoryStore()) {
  for (let n = 0; n < entities; n++) {
    const events = [registration(n)]
    const now = new Date(noon.getTime() + n)
    await store.append(nextCommit(streams.trust(`i-${n}`), [], { events, actor: 'registrar', now, index: 'ENTITIES' }))
  }
  // A function remembers them, and this counts the reads for issuers.
  const qualifications = await listCatalogue(store)
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
      'GET /issuers': explorerAnswers({
        ...storeOnly,
        reader,
        boxes: store,
        trust: trustOf(reader),
        catalogue: catalogueOf(reader),
        qualifications: async () => qualifications,
        ...baselineDeps,
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
