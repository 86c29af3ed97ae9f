import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { MAX_ANSWER_LENGTH } from './compress.ts'
import { route } from './route.ts'
import { anApi } from './test-exchange.ts'

const MIB = 1024 * 1024
const ask = (text: string, accept?: string) =>
  anApi({ 'GET /issuers': route({ answer: () => ({ status: 200, body: text, type: 'application/json' }) }) }).send(
    'GET /issuers',
    { headers: accept === undefined ? {} : { 'accept-encoding': accept } },
  )
const words = (length: number) => JSON.stringify('a body, '.repeat(length / 8))
const emptyTexts = (count: number) => JSON.stringify(Array.from({ length: count }, () => ''))

describe('a large answer', () => {
  const long = words(8 * MIB)

  test.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, gzip;q=0.2'])(
    'is compressed for a client that sends Accept-Encoding: %s',
    async (accept) => {
      const { status, headers, text, carried } = await ask(long, accept)
      expect(status).toBe(200)
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept, Accept-Encoding' })
      expect(carried).toBeLessThan(MAX_ANSWER_LENGTH)
      expect(text === long).toBe(true)
    },
  )

  test.each([undefined, 'identity', 'gzip;q=0', 'br'])(
    'that is too long without compression gets a 406 if Accept-Encoding is %s',
    async (accept) => {
      const { status, headers, body } = await ask(long, accept)
      expect(status).toBe(406)
      expect(body).toMatchObject({ detail: expect.stringContaining('gzip') })
      expect(headers).not.toHaveProperty('content-encoding')
    },
  )

  test('that fits is sent uncompressed to a client without gzip, with Vary for caches', async () => {
    const fitting = words(2 * MIB)
    const { text, headers } = await ask(fitting)
    expect(text === fitting).toBe(true)
    expect(headers.vary).toBe('Accept, Accept-Encoding')
    expect(headers).not.toHaveProperty('content-encoding')
  })

  test('is measured as the JSON that carries it, in which a quotation mark has two characters', async () => {
    expect((await ask(emptyTexts(MIB))).status).toBe(200)
    expect(emptyTexts(1.5 * MIB).length).toBeLessThan(MAX_ANSWER_LENGTH)
    expect((await ask(emptyTexts(1.5 * MIB))).status).toBe(406)
  })

  test('that is too long even with compression becomes a 500', async () => {
    expect((await ask(JSON.stringify(randomBytes(6 * MIB).toString('base64')), 'gzip')).status).toBe(500)
  })
})

test('a smaller answer is not compressed, because CloudFront does it', async () => {
  const { text, headers } = await ask(words(MIB / 2), 'gzip')
  expect(text === words(MIB / 2)).toBe(true)
  expect(headers).not.toHaveProperty('content-encoding')
  expect(headers.vary).toBe('Accept')
})
