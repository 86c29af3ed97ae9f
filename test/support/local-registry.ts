import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RetryStrategy } from '@sijil/aws'
import type { Demonstration } from '../../infra/local/demonstration/seed.ts'
import { type OwnBody, ownBodiesFile } from '../../infra/local/own-bodies.ts'
import { type LocalRegistry, startRegistry, tables } from '../../infra/local/registry.ts'
import { copyDemonstration } from './demonstrations.ts'
import { requireDescribed } from './described.ts'
import { freePort } from './free-port.ts'
import { indexLag, laggingEndpoint } from './lagging-endpoint.ts'
import { isOverMoto, startMoto } from './moto.ts'
import { sharedFolder } from './shared-registry.ts'
import { storeInProcess } from './store-in-process.ts'
import { isWhole } from './whole.ts'

/** Milliseconds, just above the time for which a registry remembers trust, lists of other registries, and centres. */
const REMEMBERED_MS = 10_001

/** The whole local stack on a free port with its demonstration, and a client for it. One for each test file. */
export interface OpenRegistry extends LocalRegistry {
  /** The current time of the registry. */
  now(): Date
  /** Moves the clock of the registry ahead, without waiting. */
  pass(milliseconds: number): void
  /** Lets the indexes show everything that was written. Does nothing unless they lag (`npm run check:lag`). */
  showAll(): void
  /** Calls `ask` after the log was written and the memories expired, as they would a minute later. */
  later<T>(ask: () => Promise<T> | T): Promise<T>
  /** An access token of a client of the local identity. */
  token(client: string, scope: string): Promise<string>
  /** The path of the document of a case. */
  fileOf(name: string): string
  /** The signed document of a case of the demonstration, parsed. */
  document(name: string): Promise<Record<string, unknown>>
  /** Sends a request. A body that is not a string is sent as JSON. */
  ask(
    path: string,
    request?: { method?: string; body?: unknown; token?: string; headers?: Record<string, string> },
  ): Promise<Answer>
}

/** The part that works from another process than that of the registry. */
export type RegistryClient = Pick<OpenRegistry, 'baseUrl' | 'ask' | 'token'>

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON. Throws if it is not JSON. */
  json<T = Record<string, unknown>>(): T
}

export async function openRegistry({
  bodies,
  witnesses,
  onTheWay,
  onTheWayToFiles,
  storeRetries,
  overHttp = false,
}: {
  bodies?: readonly OwnBody[]
  witnesses?: string
  onTheWay?: (endpoint: string) => Promise<string>
  onTheWayToFiles?: (endpoint: string) => Promise<string>
  storeRetries?: RetryStrategy
  /** Reaches the store as on AWS, over HTTP and the SDK. By itself a registry of a test has a shorter way (docs/decisions/124). */
  overHttp?: boolean
} = {}): Promise<OpenRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-test-'))
  let ahead = 0
  const clock = () => Date.now() + ahead
  const pass = (milliseconds: number) => {
    ahead += milliseconds
  }
  // It gets what the store in the folder has. From then on that one stays as it is.
  const moto = isOverMoto ? await startMoto({ tables, clock }) : undefined
  // A test with a proxy of its own has no other, so no lag either.
  const lagging = indexLag > 0 && onTheWay === undefined ? laggingEndpoint({ lag: indexLag, clock }) : undefined
  const passing = onTheWay ?? lagging?.before ?? ((endpoint: string) => endpoint)
  const isDirect = !overHttp && !isWhole && moto === undefined && lagging === undefined && onTheWay === undefined
  if (bodies !== undefined) await writeFile(join(folder, ownBodiesFile), JSON.stringify(bodies))
  const registry = await startRegistry({
    port: (await copyDemonstration(folder)) ?? (await freePort()),
    folder,
    ...(witnesses && { witnesses }),
    async onTheWay(endpoint) {
      await moto?.fill(endpoint)
      return passing(moto?.endpoint ?? endpoint)
    },
    ...(onTheWay && { onTheWay }),
    ...(onTheWayToFiles && { onTheWayToFiles }),
    ...(storeRetries && { storeRetries }),
    ...(isDirect && { storeClient: storeInProcess }),
    ...(moto !== undefined && onTheWay === undefined && { storeClient: () => moto.client }),
    clock,
    // A test calls `sequence` or `later`, so that it does not depend on when a timer fires.
    writesLogs: false,
  })
  const client = clientOf(registry)
  const showAll = () => pass(lagging?.untilShown() ?? 0)
  return {
    ...registry,
    ...client,
    ...casesOf(registry),
    ask(path, request = {}) {
      // If indexes lag, a reader looks some seconds later. A request that writes does not wait for them.
      if (request.body === undefined && (request.method ?? 'GET') === 'GET') showAll()
      return client.ask(path, request)
    },
    now: () => new Date(clock()),
    pass,
    showAll,
    async sequence() {
      showAll()
      await registry.sequence()
    },
    async later(ask) {
      showAll()
      await registry.sequence()
      pass(REMEMBERED_MS)
      return ask()
    },
    async close() {
      await registry.close()
      await lagging?.close()
      await moto?.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function casesOf({ folder, demonstration }: Pick<LocalRegistry, 'folder' | 'demonstration'>) {
  const fileOf = (name: string): string => {
    const found = demonstration.certificates.find((certificate) => certificate.case === name)
    if (found === undefined) throw new Error(`no case ${name}`)
    return join(folder, found.file)
  }
  return { fileOf, document: async (name: string) => JSON.parse(await readFile(fileOf(name), 'utf8')) }
}

/** A registry that several test files read. Tests must not change it. */
export type SharedRegistry = Omit<
  OpenRegistry,
  'now' | 'pass' | 'showAll' | 'later' | 'sequence' | 'erase' | 'sweep' | 'deliver' | 'close'
>

/** The registry that `shared-registry.ts` started before the first file of test/reading. */
export async function sharedRegistry(): Promise<SharedRegistry> {
  const folder = await sharedFolder()
  const demonstration: Demonstration = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'))
  const registry = { baseUrl: demonstration.baseUrl, folder, demonstration }
  return { ...registry, ...clientOf(registry), ...casesOf(registry) }
}

/** A client of the registry at `baseUrl` with its files in `folder`, which may run in another process. */
export function clientOf({ baseUrl, folder }: Pick<LocalRegistry, 'baseUrl' | 'folder'>): RegistryClient {
  const ask: OpenRegistry['ask'] = async (path, { method, body, token, headers = {} } = {}) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        // Like a client of the API: JSON by name, and anything else where there is no JSON.
        accept: 'application/json, */*;q=0.5',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    requireDescribed({ method: method ?? (body === undefined ? 'GET' : 'POST'), path, response, text })
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
  }
  return {
    baseUrl,
    ask,
    async token(client, scope) {
      const { tokenEndpoint, clients } = JSON.parse(await readFile(join(folder, 'identity.json'), 'utf8'))
      const response = await fetch(tokenEndpoint, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${client}:${clients[client]}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource: baseUrl }),
      })
      const { access_token: token } = (await response.json()) as { access_token?: string }
      if (token === undefined) throw new Error(`no token for ${client}`)
      return token
    },
  }
}
