import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { ask } from './client.ts'
import { CommandFailure } from './failure.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function served(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://localhost:${address.port}/`
}

const patient = { timeout: 60_000, attempts: 3, maxWait: 1, notice: () => {} }
const hasty = { ...patient, timeout: 100 }
const failureOf = async (url: string, retry = patient): Promise<CommandFailure> => {
  const failure = await ask({ method: 'GET', url }, retry).catch((error: unknown) => error)
  if (failure instanceof CommandFailure) return failure
  throw new Error('it did not fail')
}

describe('ask', () => {
  test('ends when nobody answers in time', async () => {
    const failure = await failureOf(await served(() => {}), hasty)
    expect(failure.kind).toBe('unavailable')
    expect(failure.message).toContain('did not answer in time')
  })

  test('ends when an answer begins in time and does not end', async () => {
    const failure = await failureOf(await served((_, response) => void response.write('{')), hasty)
    expect(failure.kind).toBe('unavailable')
  })

  test('ends when an answer is endless', async () => {
    const url = await served((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536))) {}
        response.once('drain', more)
      }
      more()
    })
    expect((await failureOf(url)).message).toContain('longer than any valid answer')
  })

  test('fails with a message when the server closes the connection', async () => {
    const failure = await failureOf(await served((request) => void request.socket.destroy()))
    expect(failure.kind).toBe('unavailable')
    expect(failure.message).toContain('closed the connection')
  })

  test('does not wait longer than `maxWait`', async () => {
    let asked = 0
    const url = await served((_, response) => {
      asked += 1
      response.writeHead(503, { 'retry-after': '3600' }).end('{"title":"Not now"}')
    })
    expect((await failureOf(url)).kind).toBe('unavailable')
    expect(asked).toBe(1)
  })

  test('accepts a date in Retry-After, also one in the past', async () => {
    let asked = 0
    const url = await served((_, response) => {
      asked += 1
      if (asked === 1) response.writeHead(429, { 'retry-after': 'Tue, 24 Nov 2020 08:00:00 GMT' }).end()
      else response.end('{"asked":2}')
    })
    expect(await ask({ method: 'GET', url }, patient)).toEqual({ asked: 2 })
  })

  test('repeats a request for a certificate that is being issued, even without Retry-After', async () => {
    const notices: string[] = []
    let asked = 0
    const url = await served((_, response) => {
      asked += 1
      if (asked > 1) response.writeHead(201).end('{"asked":2}')
      else
        response.writeHead(409).end('{"type":"https://registry.example/problems/in-progress","title":"Still working"}')
    })
    expect(await ask({ method: 'GET', url }, { ...patient, notice: (text) => notices.push(text) })).toEqual({
      asked: 2,
    })
    expect(notices).toHaveLength(1)
  })

  test('is unavailable, not refused, if the last attempt is still in progress', async () => {
    const url = await served(
      (_, response) => void response.writeHead(409, { 'retry-after': '0' }).end('{"title":"Still working"}'),
    )
    expect((await failureOf(url)).kind).toBe('unavailable')
  })

  test('does not repeat a request if the answer does not ask to retry', async () => {
    let asked = 0
    const url = await served((_, response) => {
      asked += 1
      response.writeHead(503).end()
    })
    expect((await failureOf(url)).kind).toBe('unavailable')
    expect(asked).toBe(1)
  })
})
