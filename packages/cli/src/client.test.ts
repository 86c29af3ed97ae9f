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

const quick = { timeout: 100, attempts: 3, patience: 1, notice: () => {} }
const failureOf = async (url: string, manner = quick): Promise<CommandFailure> => {
  const failure = await ask({ method: 'GET', url }, manner).catch((error: unknown) => error)
  if (failure instanceof CommandFailure) return failure
  throw new Error('it did not fail')
}

describe('asking', () => {
  test('ends when nobody answers in time', async () => {
    const failure = await failureOf(await served(() => {}))
    expect(failure.kind).toBe('unavailable')
    expect(failure.message).toContain('did not answer in time')
  })

  test('ends when an answer begins in time and does not end', async () => {
    const failure = await failureOf(await served((_, response) => void response.write('{')))
    expect(failure.kind).toBe('unavailable')
  })

  test('ends when an answer has no end', async () => {
    const url = await served((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536))) {}
        response.once('drain', more)
      }
      more()
    })
    expect((await failureOf(url, { ...quick, timeout: 5_000 })).message).toContain('longer than any answer')
  })

  test('says so when the other side hangs up', async () => {
    const failure = await failureOf(await served((request) => void request.socket.destroy()))
    expect(failure.kind).toBe('unavailable')
    expect(failure.message).toContain('hung up')
  })

  test('does not wait longer than its patience', async () => {
    let asked = 0
    const url = await served((_, response) => {
      asked += 1
      response.writeHead(503, { 'retry-after': '3600' }).end('{"title":"Not now"}')
    })
    expect((await failureOf(url)).kind).toBe('unavailable')
    expect(asked).toBe(1)
  })

  test('understands a date in Retry-After, and one that is past', async () => {
    let asked = 0
    const url = await served((_, response) => {
      asked += 1
      if (asked === 1) response.writeHead(429, { 'retry-after': 'Tue, 24 Nov 2020 08:00:00 GMT' }).end()
      else response.end('{"asked":2}')
    })
    expect(await ask({ method: 'GET', url }, quick)).toEqual({ asked: 2 })
  })

  test('comes back for a certificate that is being issued, though it is not told when', async () => {
    const given: string[] = []
    let asked = 0
    const url = await served((_, response) => {
      asked += 1
      if (asked > 1) response.writeHead(201).end('{"asked":2}')
      else
        response.writeHead(409).end('{"type":"https://registry.example/problems/in-progress","title":"Still working"}')
    })
    expect(await ask({ method: 'GET', url }, { ...quick, notice: (text) => given.push(text) })).toEqual({ asked: 2 })
    expect(given).toHaveLength(1)
  })

  test('what is still not there in the end is a "not now", not a refusal', async () => {
    const url = await served(
      (_, response) => void response.writeHead(409, { 'retry-after': '0' }).end('{"title":"Still working"}'),
    )
    expect((await failureOf(url)).kind).toBe('unavailable')
  })

  test('does not ask again about what nobody asked it to repeat', async () => {
    let asked = 0
    const url = await served((_, response) => {
      asked += 1
      response.writeHead(503).end()
    })
    expect((await failureOf(url)).kind).toBe('unavailable')
    expect(asked).toBe(1)
  })
})
