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
    'is compressed for who sends Accept-Encoding: %s',
    async (accept) => {
      const { status, headers, text, carried } = await ask(long, accept)
      expect(status).toBe(200)
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept, Accept-Encoding' })
      expect(carried).toBeLessThan(MAX_ANSWER_LENGTH)
      expect(text === long).toBe(true)
    },
  )

  test.each([undefined, 'identity', 'gzip;q=0', 'br'])(
    'that would not fit as it is, is refused with words where Accept-Encoding is %s',
    async (accept) => {
      const { status, headers, body } = await ask(long, accept)
      expect(status).toBe(406)
      expect(body).toMatchObject({ detail: expect.stringContaining('gzip') })
      expect(headers).not.toHaveProperty('content-encoding')
    },
  )

  test('that fits is sent as it is to who does not accept gzip, and caches are told that it differs', async () => {
    const fitting = words(2 * MIB)
    const { text, headers } = await ask(fitting)
    expect(text === fitting).toBe(true)
    expect(headers.vary).toBe('Accept, Accept-Encoding')
    expect(headers).not.toHaveProperty('content-encoding')
  })

  test('is counted as the JSON that carries it, where a quotation mark is two characters', async () => {
    expect((await ask(emptyTexts(MIB))).status).toBe(200)
    expect(emptyTexts(1.5 * MIB).length).toBeLessThan(MAX_ANSWER_LENGTH)
    expect((await ask(emptyTexts(1.5 * MIB))).status).toBe(406)
  })

  test('that fits in no way is a failure of ours', async () => {
    expect((await ask(JSON.stringify(randomBytes(6 * MIB).toString('base64')), 'gzip')).status).toBe(500)
  })
})

test('a smaller answer is left to the cache in front', async () => {
  const { text, headers } = await ask(words(MIB / 2), 'gzip')
  expect(text === words(MIB / 2)).toBe(true)
  expect(headers).not.toHaveProperty('content-encoding')
  expect(headers.vary).toBe('Accept')
})
