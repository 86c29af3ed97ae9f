import { beforeAll, describe, expect, test } from 'vitest'
import type { LocalHandler } from '../../infra/local/gateway.ts'
import { heavyRequests } from './heavy.ts'
import type { Heavy } from './heavy-parts.ts'
import { useStand } from './stand.ts'

/** The largest processor time of a request, in milliseconds. Real time would depend on other programs. */
const MOST_MS = 50
const REPETITIONS = 6

const { stand, prove } = useStand()
let heavy: Record<string, Heavy>
let handlers: Record<'verify' | 'paper', LocalHandler>

beforeAll(async () => {
  heavy = await heavyRequests(stand())
  const [verify, paper] = await Promise.all([import('../../functions/verify.ts'), import('../../functions/paper.ts')])
  handlers = { verify: verify.handler as LocalHandler, paper: paper.handler as LocalHandler }
})

const requestContext = {
  accountId: '',
  apiId: '',
  domainName: '',
  domainPrefix: '',
  http: { method: 'POST', path: '', protocol: 'HTTP/1.1', sourceIp: '', userAgent: '' },
  requestId: 'heavy',
  routeKey: '',
  stage: '',
  time: '',
  timeEpoch: 0,
}
const context = { getRemainingTimeInMillis: () => 20_000 } as Parameters<LocalHandler>[1]

async function send({
  path,
  body,
  type = 'application/json',
}: Heavy): Promise<{ status: number; milliseconds: number }> {
  const handler = path === '/check' ? handlers.paper : handlers.verify
  const isForm = type.startsWith('multipart')
  const event = {
    version: '2.0',
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': type, accept: 'application/json' },
    body: isForm ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: isForm,
    requestContext: { ...requestContext, http: { ...requestContext.http, path } },
  }
  const before = process.cpuUsage()
  const { statusCode = 0 } = await handler(event, context)
  const { user, system } = process.cpuUsage(before)
  return { status: statusCode, milliseconds: (user + system) / 1_000 }
}

describe('any 64 KiB are answered in under 50 ms of processor time (I10)', () => {
  test('each input is within the limit of 64 KiB', () => {
    for (const [name, { body }] of Object.entries(heavy))
      expect(Buffer.byteLength(body), name).toBeLessThanOrEqual(65_536)
    expect(Object.keys(heavy).length).toBeGreaterThan(30)
  })

  test('each input is answered in time', { timeout: 60_000 }, async () => {
    const least: Record<string, number> = {}
    for (const [name, request] of Object.entries(heavy)) {
      let best = Number.POSITIVE_INFINITY
      for (let at = 0; at < REPETITIONS; at++) {
        const { status, milliseconds } = await send(request)
        expect([200, 400, 404, 413, 415, 422], name).toContain(status)
        best = Math.min(best, milliseconds)
      }
      least[name] = best
    }
    const slow = Object.entries(least).filter(([, milliseconds]) => milliseconds > MOST_MS)
    expect(Object.fromEntries(slow)).toEqual({})
  })
})

prove()
