import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { until } from '../support/until.ts'
import { day, officerOf, problemOf, uuidOf } from './certificate.ts'
import { atTheDesk, plain } from './desk-officers.ts'
import { aThaiBricklayer, DSD, officersOf } from './trust.ts'

/** A body's own system that is told what happens to its certificates, over HTTP, with a receiver on this machine. */

const [ONE, TWO] = ['demo-ph-pqfncc-officer-1', 'demo-ph-pqfncc-officer-2']
const HOME = `/desk/issuers/${DSD}/webhooks`
const MINUTE = 60_000
const kinds = ['certificate.issued', 'certificate.status_changed', 'batch.finished']

interface Got {
  path: string
  headers: IncomingHttpHeaders
  body: string
}
interface Logged {
  id: string
  kind: string
  subject: string
  state: string
  attempts: number
  last?: { answer: string }
}

let registry: OpenRegistry
let receiver: ReturnType<typeof createServer>
let url = ''
let answer = (response: ServerResponse): void => void response.writeHead(204).end()
const got: Got[] = []
/** What the receiver says if it is asked whether it wants events. Undefined: nothing. */
let allowed: string | undefined
beforeAll(async () => {
  registry = await openRegistry()
  const officers = await officersOf(registry)
  for (const subject of [ONE, TWO])
    await officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles: ['propose', 'approve'] })
  receiver = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...(allowed && { 'webhook-allowed-origin': allowed }) }).end()
      return
    }
    got.push({ path: request.url ?? '', headers: request.headers, body })
    answer(response)
  })
  await once(receiver.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await registry.close()
})

const asOfficer = async (path: string, body: object, subject = ONE) =>
  registry.ask(`/issuers/${DSD}/${path}`, {
    token: await registry.token(subject, 'registry:propose registry:approve'),
    body,
  })
async function decided(body: object): Promise<void> {
  const proposed = await asOfficer('webhooks', body)
  expect([proposed.status, proposed.text]).toEqual([202, expect.any(String)])
  const { id, hash } = proposed.json<{ id: string; hash: string }>()
  const approved = await asOfficer(`qualifications/proposals/${id}/approve`, { hash }, TWO)
  expect([approved.status, approved.text]).toEqual([200, expect.any(String)])
}
const log = async () =>
  (await officerOf(registry, DSD).get('/webhooks/events')).json<{ pausedAt?: string; deliveries: Logged[] }>()
const newest = async () => (await log()).deliveries[0]
/** Some time passes, in which the function runs. */
async function later(milliseconds: number): Promise<void> {
  registry.pass(milliseconds)
  registry.showAll()
  await registry.deliver()
}

test('N013: an address inside is refused by the API, with the reason and without an echo', async () => {
  for (const inside of [
    'https://169.254.169.254/',
    'https://10.0.0.1/',
    'https://[::1]/',
    'http://10.0.0.1/',
    registry.baseUrl,
  ]) {
    const refused = await asOfficer('webhooks', { endpoint: { url: inside, kinds } })
    expect(problemOf(refused)).toMatchObject({
      status: 422,
      type: expect.stringMatching(/validation-failed$/),
      errors: [{ pointer: '/endpoint/url', reason: 'not-a-receiver' }],
    })
    expect(refused.text).not.toContain('10.0.0.1')
  }
})

test('N013: what is issued, suspended and finished arrives once the system says that it wants it, with ids only and a signature that the library verifies', async () => {
  await decided({ endpoint: { url, kinds } })
  const made = await asOfficer('webhooks/secret', {})
  expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store'])
  const { secret } = made.json<{ secret: string }>()
  const clerk = officerOf(registry, DSD)
  const issued = await clerk.issue(aThaiBricklayer('HOOK-1'))
  expect((await clerk.change(issued, 'suspend', { reason: 'under-investigation' })).status).toBe(200)
  const rows = `qualification,name,number,awardedOn\nth-brick-1,ANA EXAMPLE,HOOK-2,${day(5)}`
  const sent = await registry.ask(`/issuers/${DSD}/batches`, {
    body: rows,
    token: await clerk.token,
    headers: { 'content-type': 'text/csv', 'idempotency-key': 'hook-batch' },
  })
  const { id: batch } = sent.json<{ id: string }>()
  const { hash } = (await clerk.post(`/batches/${batch}/close`, {})).json<{ hash: string }>()
  expect((await clerk.post(`/batches/${batch}/start`, { hash })).status).toBe(200)
  await until(async () => (await clerk.get(`/batches/${batch}`)).json().state === 'finished')

  // Nothing arrives at a system that does not say that it wants these events.
  await later(MINUTE)
  await until(async () => {
    const { deliveries } = await log()
    return deliveries.length === 4 && deliveries.every(({ last }) => last?.answer === 'not-wanted')
  })
  expect(got).toEqual([])
  allowed = new URL(registry.baseUrl).host
  await later(MINUTE)
  await until(() => got.length >= 4)
  const seen = got.map(({ headers, body }) => new Webhook(secret).verify(body, headers as Record<string, string>))
  const ofRow = (await clerk.get(`/batches/${batch}/results`)).json<{ rows: { certificate: string }[] }>().rows[0]
  expect(seen).toHaveLength(4)
  for (const [type, named] of [
    ['certificate.issued', { certificate: issued.id }],
    ['certificate.status_changed', { certificate: issued.id }],
    ['certificate.issued', { certificate: ofRow?.certificate }],
    ['batch.finished', { batch }],
  ])
    expect(seen).toContainEqual({ type, timestamp: expect.any(String), data: { issuer: DSD, ...(named as object) } })
  expect(JSON.stringify(got)).not.toMatch(/SOMCHAI|ANA EXAMPLE|HOOK-|\/v\//)
  await until(async () => (await log()).deliveries.every(({ state }) => state === 'delivered'))
  const { deliveries } = await log()
  expect(deliveries.map(({ id }) => id).sort()).toEqual(got.map(({ headers }) => headers['webhook-id']).sort())
  expect(deliveries.find(({ kind }) => kind === 'batch.finished')).toMatchObject({
    subject: batch,
    attempts: 2,
    last: { answer: '2xx' },
  })
  // The same again, minutes later, tells nobody anything twice.
  await later(3 * MINUTE)
  expect(got).toHaveLength(4)
})

test('F34: after a 500 the same id comes again, and once more when an officer asks for it', async () => {
  answer = (response) => void response.writeHead(500).end('a stack trace')
  const issued = await officerOf(registry, DSD).issue(aThaiBricklayer('HOOK-3'))
  await later(MINUTE)
  await until(async () => (await newest())?.last?.answer === '5xx')
  expect(await newest()).toMatchObject({ state: 'waiting', subject: uuidOf(issued), attempts: 1 })
  expect(JSON.stringify(await log())).not.toContain('stack')
  answer = (response) => void response.writeHead(200).end()
  await later(MINUTE + 1_000)
  await until(async () => (await newest())?.state === 'delivered')
  const { id = '', attempts } = (await newest()) ?? {}
  expect(attempts).toBe(2)

  const asked = await asOfficer(`webhooks/${id}/replay`, {})
  expect([asked.status, asked.json()]).toEqual([202, { asked: true }])
  await later(MINUTE)
  await until(() => got.filter(({ headers }) => headers['webhook-id'] === id).length === 3)
  expect(problemOf(await asOfficer('webhooks/certificate_none_1/replay', {})).status).toBe(404)
  const trail = (await officerOf(registry, DSD).get('/trail')).json<{ entries: { act: string; record?: string }[] }>()
  expect(trail.entries).toContainEqual(expect.objectContaining({ act: 'webhook-replayed', record: id, actor: ONE }))
  expect(trail.entries).toContainEqual(expect.objectContaining({ act: 'webhook-secret-made', actor: ONE }))
})

test('a redirect is not followed, and a receiver that stalls keeps nobody from issuing', async () => {
  answer = (response) => void response.writeHead(302, { location: `${url}/inside` }).end()
  await officerOf(registry, DSD).issue(aThaiBricklayer('HOOK-4'))
  await later(MINUTE)
  await until(async () => (await newest())?.last?.answer === '3xx')
  expect(got.some(({ path }) => path === '/hook/inside')).toBe(false)

  answer = () => {}
  const before = got.length
  await officerOf(registry, DSD).issue(aThaiBricklayer('HOOK-5'))
  await later(30_000)
  await until(() => got.length > before)
  // While the receiver holds its connection, a certificate is issued as always.
  await officerOf(registry, DSD).issue(aThaiBricklayer('HOOK-6'))
  expect((await log()).deliveries.some(({ last }) => last?.answer === 'too-slow')).toBe(false)
  await until(async () => (await log()).deliveries.some(({ last }) => last?.answer === 'too-slow'))
})

test('an endpoint that fails for days rests; its officers see that at the desk, repair it, and have all sent again', async () => {
  answer = (response) => void response.writeHead(503).end()
  const desk = atTheDesk(registry)
  // Each step is longer than any pause.
  for (let step = 0; (await log()).pausedAt === undefined; step++) {
    expect(step).toBeLessThan(14)
    const attempts = async () => (await log()).deliveries.reduce((sum, each) => sum + each.attempts, 0)
    const before = await attempts()
    const waiting = (await log()).deliveries.filter(({ state }) => state === 'waiting').length
    await later(24 * 60 * MINUTE + MINUTE)
    await until(async () => (await log()).pausedAt !== undefined || (await attempts()) >= before + waiting)
  }
  const first = await desk.open(`/desk/issuers/${DSD}`, TWO)
  expect(first.text).toContain('data-webhooks')
  const page = await desk.open(HOME, ONE)
  expect(plain(page.text)).toContain('Nothing is sent since')
  expect(page.text).not.toContain('whsec_')
  const rested = got.length
  await later(60 * MINUTE)
  expect(got).toHaveLength(rested)

  answer = (response) => void response.writeHead(204).end()
  const pressed = await desk.ask('POST', `${HOME}/failed/replay`, await desk.as(ONE))
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, `${HOME}?asked=yes`])
  await later(MINUTE)
  await until(async () => !(await log()).deliveries.some(({ state }) => state === 'failed'))
  expect((await log()).pausedAt).toBeUndefined()
  // One that was on its way keeps the time of its next attempt.
  await later(25 * 60 * MINUTE)
  await until(async () => (await log()).deliveries.every(({ state }) => state === 'delivered'))
})

test('at the desk an officer proposes, makes a secret that is shown once, and ends it all with a second officer', async () => {
  const desk = atTheDesk(registry)
  const form = async (path: string, fields: Record<string, string> = {}, subject = ONE) =>
    desk.ask('POST', path, { ...(await desk.as(subject)), fields })
  const refused = await form(HOME, { url: 'https://127.0.0.1/', 'kinds.batch.finished': 'yes' })
  expect([refused.status, plain(refused.text)]).toEqual([
    422,
    expect.stringContaining('Events cannot be sent to this address'),
  ])
  expect(refused.text).toContain('value="https://127.0.0.1/"')
  const made = await form(`${HOME}/secret`)
  const [secret] = /whsec_[A-Za-z0-9+/=]+/.exec(made.text) ?? []
  expect([made.status, made.headers.get('cache-control'), secret]).toEqual([200, 'no-store', expect.any(String)])
  expect((await desk.open(HOME, ONE)).text).not.toContain('whsec_')
  // It signs at once, beside the one before.
  await officerOf(registry, DSD).issue(aThaiBricklayer('HOOK-7'))
  const before = got.length
  await later(MINUTE)
  await until(() => got.length > before)
  const { headers, body } = got.at(-1) as Got
  expect(String(headers['webhook-signature']).split(' ')).toHaveLength(2)
  // The library compares with the time of this machine, and the clock of the registry is days ahead.
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000)
  expect(headers['webhook-signature']).toContain(
    new Webhook(secret as string).sign(String(headers['webhook-id']), at, body),
  )

  const proposed = await form(HOME, { none: 'yes' })
  const proposal = String(proposed.headers.get('location'))
  const waiting = await desk.open(proposal, TWO)
  const hash = /data-hash>([^<]+)</.exec(waiting.text)?.[1] ?? ''
  expect((await form(`${proposal}/approve`, { hash }, TWO)).status).toBe(303)
  await officerOf(registry, DSD).issue(aThaiBricklayer('HOOK-8'))
  const ended = got.length
  await later(3 * MINUTE)
  expect(got).toHaveLength(ended)
})
