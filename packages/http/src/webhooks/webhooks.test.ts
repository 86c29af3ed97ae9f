import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener, request } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, test } from 'vitest'
import { receiverCheck } from './check-receiver.ts'
import { eventSender } from './event-sender.ts'
import { guardedLookup, type Resolve } from './guarded-lookup.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'
import { receiverRules } from './receiver-rules.ts'
import { signedHeaders } from './sign-event.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const baseUrl = 'https://registry.example'
const now = new Date()
const event = { id: 'certificate_x_1', body: '{"type":"certificate.issued"}', secrets: [SECRET], now }
const v4 = (address: string) => [{ address, family: 4 }]

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A receiver on this machine, and everything that reached it. */
async function receiver(answer: RequestListener) {
  const got: { url: string; headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    got.push({ url: request.url ?? '', headers: request.headers, body })
    answer(request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}
const local = { rule: 'public-and-loopback', baseUrl } as const

describe('I40, N013: addresses', () => {
  const bytes = fc.uint8Array({ minLength: 4, maxLength: 4 })
  // biome-ignore format: it reads as a table
  const privateBlocks: readonly [number[], number][] = [
    [[0], 8], [[10], 8], [[100, 64], 10], [[127], 8], [[169, 254], 16], [[172, 16], 12], [[192, 168], 16], [[198, 18], 15], [[224], 4], [[240], 4],
  ]
  /** Any address of a block: the bits after its prefix are free. */
  const inside = ([network, prefix]: readonly [number[], number]) =>
    bytes.map((free) =>
      [...free].map((byte, at) => {
        const fixed = Math.max(0, Math.min(8, prefix - 8 * at))
        const mask = (0xff << (8 - fixed)) & 0xff
        return ((network[at] ?? 0) & mask) | (byte & ~mask & 0xff)
      }),
    )
  const anyPrivate = fc.oneof(...privateBlocks.map(inside))

  test('no address of a private, loopback, link-local, shared, multicast or reserved block is public, in any writing', () => {
    fc.assert(
      fc.property(anyPrivate, (four) => {
        const dotted = four.join('.')
        const hex = (at: number) => (((four[at] ?? 0) << 8) | (four[at + 1] ?? 0)).toString(16)
        const pair = `${hex(0)}:${hex(2)}`
        for (const address of [
          dotted,
          `::ffff:${dotted}`,
          `::ffff:${pair}`,
          `::${dotted}`,
          `64:ff9b::${pair}`,
          `2002:${pair}::1`,
        ])
          expect([address, isPublicAddress(address)]).toEqual([address, false])
      }),
    )
  })

  test('of IPv6, only what is given out to networks is public', () => {
    const word = fc.integer({ min: 0, max: 0xffff })
    fc.assert(
      fc.property(fc.array(word, { minLength: 8, maxLength: 8 }), (words) => {
        const address = words.map((one) => one.toString(16)).join(':')
        const [first = 0] = words
        if (first < 0x2000 || first > 0x3fff) expect(isPublicAddress(address)).toBe(false)
      }),
    )
    for (const address of [
      '::',
      '::1',
      'fe80::1',
      'fd00:ec2::254',
      'fc00::1',
      'ff02::1',
      '2001:db8::1',
      '2001::1',
      '100::1',
      'fec0::1',
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false])
    for (const address of [
      '2606:4700:4700::1111',
      '2001:4860:4860::8888',
      '93.184.215.14',
      '1.1.1.1',
      '172.32.0.1',
      '100.128.0.1',
      '192.169.0.1',
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, true])
  })

  test('no other text is an address, and only this machine is loopback', () => {
    fc.assert(fc.property(fc.string(), (text) => !isPublicAddress(text) || /^[\d.]+$|:/.test(text)))
    for (const text of ['', 'localhost', '0x7f.1', '127.1', '1.1.1.1 ', '2130706433'])
      expect(isPublicAddress(text)).toBe(false)
    expect(['127.0.0.1', '127.9.9.9', '::1'].every(isLoopbackAddress)).toBe(true)
    expect(['128.0.0.1', '10.0.0.1', '::2', 'localhost'].some(isLoopbackAddress)).toBe(false)
  })
})

describe('N013: an endpoint that a body names', () => {
  const check = (url: string, addresses = v4('93.184.215.14')) =>
    receiverCheck({ rule: 'public', baseUrl, resolve: async () => addresses }).refusal(url)

  test('is an https address of a host on the Internet', async () => {
    expect(await check('https://hooks.body.example/sijil?v=1')).toBeUndefined()
    expect(await check('https://hooks.body.example:443/')).toBeUndefined()
  })

  test.each([
    'http://hooks.body.example/',
    'https://hooks.body.example:22/',
    'https://user:pass@hooks.body.example/',
    'https://user@hooks.body.example/',
    'https://169.254.169.254/latest/meta-data',
    'https://93.184.215.14/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://localhost/',
    'https://localhost./',
    'https://hooks.body.example./',
    'https://intranet/',
    'https://registry.example/issuers/x/batches',
    'https://api.registry.example/',
    'https://hooks.body.example/#part',
    'ftp://hooks.body.example/',
    'file:///etc/passwd',
    'hooks.body.example',
    `https://hooks.body.example/${'x'.repeat(500)}`,
    '',
  ])('is not %s', async (url) => {
    expect(await check(url)).toEqual(expect.stringMatching(/^must /))
    // Whatever was recorded, nothing is sent there.
    const sender = eventSender({
      rule: 'public',
      baseUrl,
      resolve: async () => v4('93.184.215.14'),
      mostMilliseconds: 1,
    })
    if (url.length < 500) expect(await sender.post({ ...event, url })).toBe('not-a-public-address')
  })

  test('is no IP address, however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(0xffffffff), fc.constantFrom(10, 16, 8), async (number, radix) => {
        const prefix = { 10: '', 16: '0x', 8: '0' }[radix as 8 | 10 | 16]
        const parts = [24, 16, 8, 0].map((bits) => `${prefix}${((number >>> bits) & 0xff).toString(radix)}`)
        for (const host of [`${prefix}${number.toString(radix)}`, parts.join('.'), `${parts.join('.')}.`])
          expect(await check(`https://${host}/`)).toEqual(expect.stringMatching(/^must be a/))
      }),
      { numRuns: 50 },
    )
  })

  test('is not a name with any address that is not public, or one that cannot be found', async () => {
    for (const address of ['10.0.0.1', '127.0.0.1', '169.254.169.254', '100.64.0.1'])
      expect(await check('https://hooks.body.example/', [...v4('93.184.215.14'), ...v4(address)])).toContain(
        'not public',
      )
    expect(await check('https://hooks.body.example/', [{ address: '::ffff:127.0.0.1', family: 6 }])).toContain(
      'not public',
    )
    expect(await check('https://hooks.body.example/', [])).toContain('not public')
    const unknown = receiverCheck({
      rule: 'public',
      baseUrl,
      resolve: async () => Promise.reject(new Error('ENOTFOUND')),
    })
    expect(await unknown.refusal('https://nowhere.example/')).toContain('found')
  })
})

describe('an attempt', () => {
  test('is signed as Standard Webhooks say, with each secret, so that a receiver verifies it with either', async () => {
    const { got, url } = await receiver((_, response) => response.writeHead(204).end())
    const other = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
    expect(await eventSender(local).post({ ...event, url, secrets: [SECRET, other] })).toBe('2xx')
    const [{ headers, body } = { headers: {}, body: '' }] = got
    for (const secret of [SECRET, other])
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
        type: 'certificate.issued',
      })
    expect(() =>
      new Webhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`).verify(body, headers as Record<string, string>),
    ).toThrow()
    expect(headers['content-type']).toBe('application/json')
    expect(Object.keys(headers).sort()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
      'webhook-id',
      'webhook-request-origin',
      'webhook-signature',
      'webhook-timestamp',
    ])
  })

  test('the signature is the one of the library, for any id, body and secret', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 24, maxLength: 64 }),
        fc.stringMatching(/^[a-z0-9_-]{1,40}$/),
        fc.json(),
        (key, id, body) => {
          const secret = `whsec_${Buffer.from(key).toString('base64')}`
          expect(signedHeaders({ id, body, secrets: [secret], now })['webhook-signature']).toBe(
            new Webhook(secret).sign(id, now, body),
          )
        },
      ),
    )
  })

  test.each([
    [204, 'registry.example', true],
    [200, 'Registry.Example', true],
    [200, '*', true],
    [200, undefined, false],
    [200, 'other.example', false],
    [200, 'registry.example, other.example', false],
    [302, '*', false],
    [405, '*', false],
  ])(
    'N013: the answer %i with the allowed origin %s to the question before it is consent: %s',
    async (status, allowed, expected) => {
      const { got, url } = await receiver((_, response) =>
        response.writeHead(status, { location: '/', ...(allowed && { 'webhook-allowed-origin': allowed }) }).end(),
      )
      expect(await eventSender(local).isWantedAt(url)).toBe(expected)
      expect(got).toMatchObject([{ body: '', headers: { 'webhook-request-origin': 'registry.example' } }])
      expect(Object.keys(got[0]?.headers ?? {})).not.toContain('webhook-signature')
    },
  )

  test('N013: the question goes only where an event may go, and ends as soon', async () => {
    const { got, url } = await receiver(() => {})
    expect(await eventSender({ rule: 'public', baseUrl }).isWantedAt(url)).toBe(false)
    expect(got).toEqual([])
    expect(await eventSender({ ...local, mostMilliseconds: 60 }).isWantedAt(url)).toBe(false)
  })

  test.each([
    [200, '2xx'],
    [302, '3xx'],
    [404, '4xx'],
    [500, '5xx'],
    [999, 'no-connection'],
  ])('with the answer %i counts as %s, and no redirect is followed', async (status, expected) => {
    const inside = await receiver((_, response) => response.end())
    const { got, url } = await receiver((_, response) =>
      response.writeHead(status, { location: inside.url }).end('text'),
    )
    expect(await eventSender(local).post({ ...event, url })).toBe(expected)
    expect([got.length, inside.got.length]).toEqual([1, 0])
  })

  test('ends by itself if the receiver stalls, sends a byte now and then, sends a long head, or hangs up', async () => {
    const quick = eventSender({ ...local, mostMilliseconds: 120 })
    const silent = await receiver(() => {})
    const begun = performance.now()
    expect(await quick.post({ ...event, url: silent.url })).toBe('too-slow')
    expect(performance.now() - begun).toBeLessThan(2_000)

    const drips = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write('x'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    await once(drips.listen(0, '127.0.0.1'), 'listening')
    closing.push(() => drips.close())
    expect(await quick.post({ ...event, url: `http://127.0.0.1:${(drips.address() as AddressInfo).port}/` })).toBe(
      'too-slow',
    )

    const long = await receiver((_, response) => response.writeHead(200, { long: 'x'.repeat(20_000) }).end())
    expect(await eventSender(local).post({ ...event, url: long.url })).toBe('no-connection')
    const gone = await receiver((request) => request.socket.destroy())
    expect(await eventSender(local).post({ ...event, url: gone.url })).toBe('no-connection')
  })

  test('reads no body: an endless answer is left at its head', async () => {
    let isLeft = () => {}
    const left = new Promise<void>((resolve) => {
      isLeft = resolve
    })
    const { url } = await receiver((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(1_000)), 5)
      response.on('close', () => {
        clearInterval(timer)
        isLeft()
      })
    })
    expect(await eventSender(local).post({ ...event, url })).toBe('2xx')
    await left
  })

  test('I40, N013: goes to the address that was checked: a name that changes after its check leads nowhere inside', async () => {
    const inside = await receiver((_, response) => response.end())
    let asked = 0
    const rebinding = async () => (asked++ === 0 ? v4('93.184.215.14') : v4('127.0.0.1'))
    expect(
      await receiverCheck({ rule: 'public', baseUrl, resolve: rebinding }).refusal('https://hooks.body.example/'),
    ).toBeUndefined()
    const sender = eventSender({ rule: 'public', baseUrl, resolve: rebinding })
    expect(await sender.post({ ...event, url: 'https://hooks.body.example/' })).toBe('not-a-public-address')
    expect(asked).toBe(2)
    expect(inside.got).toEqual([])
  })

  test('connects to what the guard resolved, by each of the ways in which the platform asks', async () => {
    const { got, url } = await receiver((_, response) => response.end())
    const reach = (resolve: Resolve, how: { family?: number; autoSelectFamily?: boolean } = {}) =>
      new Promise<string>((resolved) => {
        const lookup = guardedLookup({ rule: receiverRules['public-and-loopback'], resolve })
        const at = { host: 'hooks.body.example', port: new URL(url).port, agent: false, lookup, ...how }
        request(at, (answer) => resolved(String(answer.resume().statusCode)))
          .on('error', (error) => resolved(error.name))
          .end()
      })
    for (const how of [{}, { family: 4 }, { autoSelectFamily: false }])
      expect(await reach(async () => v4('127.0.0.1'), how)).toBe('200')
    expect(got).toHaveLength(3)
    expect(await reach(async () => [...v4('127.0.0.1'), ...v4('10.0.0.1')])).toBe('ForbiddenAddress')
    expect(await reach(async () => v4('127.0.0.1'), { family: 6 })).toBe('ForbiddenAddress')
    expect(await reach(async () => [])).toBe('ForbiddenAddress')
    expect(await reach(async () => Promise.reject(new Error('ENOTFOUND')))).toBe('Error')
  })

  test('I40: of a deployment for the Internet never goes to this machine, whatever is recorded', async () => {
    const { got, url } = await receiver((_, response) => response.end())
    expect(await eventSender({ rule: 'public', baseUrl }).post({ ...event, url })).toBe('not-a-public-address')
    expect(got).toEqual([])
  })
})
