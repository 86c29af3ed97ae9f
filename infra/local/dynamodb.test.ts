import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, request as send } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { requestLimits } from '@sijil/aws'
import { nextCommit, streams, untilWon } from '@sijil/registry'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLocalStores, storesOver } from '../../test/support/local-stores.ts'
import { passBack, passOn } from '../../test/support/pass-on.ts'
import { storeInProcess } from '../../test/support/store-in-process.ts'
import { startDynamoDb } from './dynamodb.ts'
import { closeServer, listenOnLoopback } from './loopback.ts'

const tables = { commits: 'commits', boxes: 'boxes' }
const stream = streams.members('tesda')
const at = '2026-03-02T09:00:00.000Z'
const commit = (number: number) => ({ stream, number, events: [], actor: 'a', effectiveAt: at, recordedAt: at })

let folder: string
let closing: (() => unknown)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynamodb-'))
})
afterEach(async () => {
  for (const close of closing.reverse()) await close()
  closing = []
  await rm(folder, { recursive: true })
})

async function open(path?: string) {
  const local = await startDynamoDb({ tables, ...(path !== undefined && { path }) })
  closing.push(() => local.close().catch(() => undefined))
  return { ...local, ...storesAt(local.endpoint) }
}

function storesAt(endpoint: string, attempts = 3, clock = Date.now) {
  const stores = openLocalStores({ endpoint, tables, attempts, clock })
  closing.push(() => stores.client.destroy())
  return stores
}

describe('an acknowledged write', () => {
  test('is still there after the store was closed and opened again', async () => {
    const path = join(folder, 'store')
    const first = await open(path)
    await first.commits.append(commit(0))
    await first.close()
    const second = await open(path)
    expect(await second.commits.read(stream)).toEqual([commit(0)])
  })
})

test('a folder in use cannot be opened a second time', async () => {
  const path = join(folder, 'store')
  await open(path)
  await expect(startDynamoDb({ path, tables })).rejects.toThrow('is another process using it?')
})

test('only its owner may enter the folder', async () => {
  const path = join(folder, 'store')
  await open(path)
  expect((await stat(path)).mode & 0o777).toBe(0o700)
})

test('I35: the store deletes boxes, and refuses to delete a commit', async () => {
  const { client, commits, boxes } = await open()
  const box = {
    find: 'f',
    salt: Uint8Array.of(1),
    nonce: Uint8Array.of(2),
    sealed: Uint8Array.of(3),
    owner: 'o',
    uuid: 'u',
  }
  await boxes.put(box)
  await boxes.delete('f')
  expect(await boxes.find('f')).toBeUndefined()
  await commits.append(commit(0))
  const Key = { pk: `STREAM#${stream}`, sk: 'COMMIT#000000000000' }
  const deleting = client.send(new DeleteCommand({ TableName: tables.commits, Key }))
  await expect(deleting).rejects.toMatchObject({ name: 'AccessDeniedException' })
  expect(await commits.read(stream)).toEqual([commit(0)])
})

test('the store refuses requests of pages in a browser, and requests with a rebound host name', async () => {
  const { endpoint } = await open()
  for (const headers of [{ origin: 'https://attacker.example' }, { host: 'attacker.example' }]) {
    const request = send(endpoint, { method: 'POST', headers })
    request.end()
    const [response] = await once(request, 'response')
    response.resume()
    expect(response.statusCode).toBe(403)
  }
})

describe('when the store does not answer as it should', () => {
  /** A proxy in front of the real store that loses the first answers to PutItem. */
  async function losing(endpoint: string, answers: number) {
    let left = answers
    const proxy = createServer((request, response) => {
      const onward = send(endpoint, {
        method: request.method,
        headers: { ...request.headers, host: new URL(endpoint).host },
      })
      request.pipe(onward)
      onward.on('response', (answer) => {
        if (request.headers['x-amz-target']?.includes('PutItem') && left-- > 0) {
          answer.resume().on('end', () => request.socket.destroy())
        } else {
          response.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(response)
        }
      })
    })
    closing.push(() => closeServer(proxy))
    return storesAt(await listenOnLoopback(proxy))
  }

  test('F2: after a lost answer, the retry recognizes its own write', async () => {
    const { endpoint, commits } = await open()
    const unlucky = await losing(endpoint, 1)
    await unlucky.commits.append(commit(0))
    expect(await commits.read(stream)).toEqual([commit(0)])
  })

  test('F4: after a lost answer, a conflict is still a conflict', async () => {
    const { endpoint, commits } = await open()
    await commits.append(commit(0))
    const unlucky = await losing(endpoint, 1)
    await expect(unlucky.commits.append(commit(0))).rejects.toMatchObject({ code: 'write-conflict' })
  })

  test('F3: after a lost answer, a claim still belongs to its holder', async () => {
    const { endpoint } = await open()
    const unlucky = await losing(endpoint, 1)
    expect(await unlucky.commits.claim('tesda/1', 7, 'certificate-a')).toBe('certificate-a')
  })

  test('F2: after three lost answers the caller gets an outage, not a success', async () => {
    const { endpoint } = await open()
    const unlucky = await losing(endpoint, 3)
    await expect(unlucky.commits.append(commit(0))).rejects.toMatchObject({ code: 'dependency-unavailable' })
  })

  test('F5: an answer that begins and then stalls is an outage, and is not waited for without end', async () => {
    const stalling = createServer((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '1000' })
      response.write('{"Items":[')
    })
    closing.push(() => closeServer(stalling))
    // The limits of production, all of them shorter.
    const limits = { ...requestLimits }
    for (const name of ['connectionTimeout', 'requestTimeout', 'socketTimeout'] as const) limits[name] /= 25
    const stores = openLocalStores({ endpoint: await listenOnLoopback(stalling), tables, attempts: 1, limits })
    closing.push(() => stores.client.destroy())
    await expect(stores.commits.read(stream)).rejects.toMatchObject({ code: 'dependency-unavailable' })
  })

  test('F5: a store that is unreachable or throttled is an outage for reads and writes', async () => {
    const throttled = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
        response.end(
          JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'slow' }),
        )
      })
    })
    const endpoint = await listenOnLoopback(throttled)
    for (const stores of [storesAt(endpoint, 1), storesAt('http://127.0.0.1:9', 1)]) {
      const outage = { name: 'RegistryError', code: 'dependency-unavailable', cause: expect.any(Error) }
      await expect(stores.commits.read(stream)).rejects.toMatchObject(outage)
      await expect(stores.commits.append(commit(0))).rejects.toMatchObject(outage)
      await expect(stores.commits.claim('p', 1, 'h')).rejects.toMatchObject(outage)
      await expect(stores.commits.list('ENTITIES', { limit: 1, newestFirst: true })).rejects.toMatchObject(outage)
      await expect(stores.boxes.find('f')).rejects.toMatchObject(outage)
    }
    await closeServer(throttled)
  })

  test('a missing table is our own fault, not an outage', async () => {
    const { endpoint } = await open()
    const { commits } = openLocalStores({ endpoint, tables: { commits: 'absent', boxes: 'absent' } })
    await expect(commits.read(stream)).rejects.toMatchObject({ code: 'internal' })
  })
})

test('F4: a hundred writers of one stream all succeed, each once, and few are refused often', async () => {
  // They share a process with the store, so a hundred connections would only measure the machine.
  const { commits } = storesOver(storeInProcess(await open()), tables)
  let refused = 0
  const write = async (writer: number) => {
    const history = await commits.read(stream)
    const next = nextCommit(stream, history, { events: [{ writer }], actor: 'a', now: new Date(at) })
    await commits.append(next).catch((error) => {
      refused += 1
      throw error
    })
  }
  // The budget of attempts is meant for requests. In this test a slow machine may need more.
  const patience = {
    random: randomBytes,
    clock: () => new Date(at),
    pause: async (ms: number) => void (await sleep(ms)),
  }
  const hundred = Array.from({ length: 100 }, (_, writer) => writer)
  await Promise.all(hundred.map((writer) => untilWon(() => write(writer), patience)))
  const written = (await commits.read<{ writer: number }>(stream)).flatMap(({ events }) => events)
  expect(written.map(({ writer }) => writer).toSorted((a, b) => a - b)).toEqual(hundred)
  // Without pauses each winner would refuse all others: 4,950 refusals.
  expect(refused).toBeLessThan(2_500)
}, 60_000)

describe('F20, X005: a machine with a wrong clock', () => {
  const TEN_MINUTES = 10 * 60_000

  test.each([
    ['ten minutes ahead', TEN_MINUTES],
    ['ten minutes behind', -TEN_MINUTES],
    ['eight seconds ahead', 8_000],
    ['eight seconds behind', -8_000],
  ])('%s gets no reads, so it decides nothing and judges nothing by a wrong date', async (_, skew) => {
    const { endpoint, commits } = await open()
    await commits.append(commit(0))
    const { commits: wrong, boxes } = storesAt(endpoint, 3, () => Date.now() + skew)
    const refused = { code: 'clock-astray' }
    await expect(wrong.read(stream)).rejects.toMatchObject(refused)
    await expect(wrong.latest(stream)).rejects.toMatchObject(refused)
    await expect(wrong.list('ENTITIES', { limit: 1, newestFirst: true })).rejects.toMatchObject(refused)
    await expect(boxes.find('f')).rejects.toMatchObject(refused)
    // Other machines continue.
    expect(await commits.read(stream)).toEqual([commit(0)])
  })

  test('can read again as soon as its clock is right', async () => {
    const { endpoint } = await open()
    let skew = TEN_MINUTES
    const { commits } = storesAt(endpoint, 3, () => Date.now() + skew)
    await expect(commits.read(stream)).rejects.toMatchObject({ code: 'clock-astray' })
    skew = 0
    expect(await commits.read(stream)).toEqual([])
  })

  /** The address of a store whose answers have these headers as their `Date`. */
  async function storeThatDates(endpoint: string, date: string | string[] | undefined): Promise<string> {
    const dated = createServer((request, response) => {
      const answered = (answer: IncomingMessage) => {
        const { date: _, ...headers } = answer.headers
        response.sendDate = false
        if (date !== undefined) response.setHeader('date', date)
        passBack(answer, response, headers)
      }
      passOn({ request, response, onward: endpoint }, { answered })
    })
    closing.push(() => closeServer(dated))
    return listenOnLoopback(dated)
  }
  const now = () => new Date().toUTCString()
  const longAgo = 'Tue, 03 Mar 2020 10:00:00 GMT'

  test.each([
    ['states no time', undefined],
    ['states words', 'no date'],
    ['states a time in another form', '2026-12-01'],
    ['stated an old time, and a proxy another one', [longAgo, now()]],
  ])('is assumed if the store %s', async (_, date) => {
    const { endpoint, commits } = await open()
    await commits.append(commit(0))
    const { commits: unsure } = storesAt(await storeThatDates(endpoint, date))
    await expect(unsure.read(stream)).rejects.toMatchObject({ code: 'clock-astray' })
  })

  test('is not assumed because a proxy adds a date of its own', async () => {
    const { endpoint, commits } = await open()
    await commits.append(commit(0))
    const { commits: proxied } = storesAt(await storeThatDates(endpoint, [now(), longAgo]))
    expect(await proxied.read(stream)).toEqual([commit(0)])
  })

  test('is not assumed because of a slow answer', async () => {
    const { endpoint } = await open()
    // Each reading of the clock is two seconds later, as with a slow network.
    let looks = 0
    const { commits } = storesAt(endpoint, 3, () => Date.now() - 10_000 + 10_000 * (looks++ % 2) * 2)
    expect(await commits.read(stream)).toEqual([])
  })
})
