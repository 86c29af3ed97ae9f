import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentHash, parseProfile } from '@sijil/credentials'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../functions/routes.ts'
import { type LocalRegistry, startRegistry } from '../../infra/local/registry.ts'
import { freePort } from '../support/free-port.ts'
import { clientOf } from '../support/local-registry.ts'
import { until } from '../support/until.ts'
import { aBricklayer, officerOf, TESDA } from './certificate.ts'

/** A first start, which makes the demonstration while the registry already answers. */
let registry: LocalRegistry
let folder: string
/** The registry's statements about itself, from its first answer until it was ready. */
const statuses: number[] = []
/** The answer of each route at the moment at which the registry was ready. */
let answers: [route: string, status: number][]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-start-'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  let isReady = false
  const starting = startRegistry({ port, folder }).finally(() => {
    isReady = true
  })
  const asking = until(async () => {
    const status = await statusOf(`${origin}/.well-known/openid-federation`).catch(() => undefined)
    if (status !== undefined) statuses.push(status)
    return isReady
  })
  registry = await starting
  answers = await Promise.all(
    routes.map(async ({ method, path }): Promise<[string, number]> => {
      return [`${method} ${path}`, await statusOf(`${origin}${addressOf(path)}`, method)]
    }),
  )
  await asking
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true, force: true })
})

async function statusOf(url: string, method = 'GET'): Promise<number> {
  const response = await fetch(url, { method, redirect: 'manual' })
  await response.arrayBuffer()
  return response.status
}

const ids: Record<string, string> = { issuer: TESDA, log: 'registry', state: 'PH' }
const addressOf = (path: string) => path.replaceAll(/\{(\w+)\+?\}/g, (_, name: string) => ids[name] ?? 'x')

test('a new registry can name itself from its first answer on', () => {
  expect(statuses.length).toBeGreaterThan(0)
  expect(new Set(statuses)).toEqual(new Set([200]))
})

test('every route answers once the registry says that it is ready', () => {
  expect(answers).toHaveLength(routes.length)
  const statusAt = new Map(answers)
  for (const route of [
    'GET /.well-known/openid-federation',
    'GET /issuers/{issuer}/.well-known/openid-federation',
    'GET /federation/historical-keys',
    'GET /log/{log}/checkpoint',
    'GET /trust-bundle',
    'GET /issuers/{issuer}/did.json',
  ])
    expect([route, statusAt.get(route)]).toEqual([route, 200])
  // 501 stands for a route that the registry does not offer.
  expect(answers.filter(([, status]) => status >= 500 && status !== 501)).toEqual([])
})

test('it writes its logs by itself', async () => {
  const client = clientOf(registry)
  const { verifiableCredential } = await officerOf(client, TESDA).issue(aBricklayer('START-1'))
  const hash = documentHash(parseProfile(verifiableCredential))
  await until(async () => (await client.ask(`/log/certificates/index/${hash}`)).status === 200)
})
