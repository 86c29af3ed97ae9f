import { once } from 'node:events'
import { request as send } from 'node:http'
import { connect } from 'node:net'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from './gateway.ts'
import type { LocalRoute } from './match-route.ts'

const baseUrl = 'https://registry.example'
// biome-ignore format: it reads as a table
const routes: LocalRoute[] = [
  { method: 'GET',  path: '/',                                      function: 'pages',   scope: 'public', readers: 'people' },
  { method: 'POST', path: '/verify',                                function: 'verify',  scope: 'public', readers: 'programs' },
  { method: 'POST', path: '/issuers/{issuer}/credentials',          function: 'issue',   scope: 'credentials:issue', readers: 'programs' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/issue',    function: 'issue',   scope: 'credentials:issue', readers: 'programs' },
  { method: 'GET',  path: '/issuers/{issuer}/credentials/{id}',     function: 'records', scope: 'credentials:read', readers: 'programs' },
  { method: 'GET',  path: '/v/{token}',                             function: 'pages',   scope: 'public', readers: 'people' },
  { method: 'POST', path: '/v/{token}',                             function: 'pages',   scope: 'public', readers: 'people' },
  { method: 'GET',  path: '/status-lists/{id}',                     function: 'lists',   scope: 'public', readers: 'programs' },
]

let gateway: Gateway
let seen: APIGatewayProxyEventV2 | undefined
let result: APIGatewayProxyStructuredResultV2
const reports: { error: unknown; where: { routeKey: string; requestId: string } }[] = []

/** What the functions do in a test; an error in a test is an error of a function. */
let work: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2> = async () => result
const handler = async (event: APIGatewayProxyEventV2) => {
  seen = event
  return await work(event)
}

beforeAll(async () => {
  gateway = await startGateway({
    port: 0,
    baseUrl,
    routes,
    handlers: { pages: handler, verify: handler, issue: handler, records: handler, lists: handler },
    mounts: { '/oidc': (request, response) => response.end(`mounted ${request.url}`) },
    problemPage: ({ status, title }, { language }) => `<p lang="${language}">${status} ${title}</p>`,
    patience: { headers: 300, request: 600, handler: 200 },
    report: (error, where) => reports.push({ error, where }),
  })
})
afterAll(() => gateway.close())

async function ask(
  path: string,
  init: RequestInit = {},
  answer: APIGatewayProxyStructuredResultV2 = { statusCode: 200 },
) {
  seen = undefined
  result = answer
  return await fetch(`${gateway.url}${path}`, init)
}

/** Exactly these bytes, for what no client would send. */
async function askRaw(text: string): Promise<string> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
  socket.write(text)
  let answer = ''
  socket.on('data', (part) => {
    answer += part
  })
  await once(socket, 'close')
  return answer
}

describe('an event', () => {
  test('has the form of payload 2.0', async () => {
    await ask('/issuers/tesda/credentials?dry=1&tag=a&tag=b', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Thing': 'a', 'User-Agent': 'test', Cookie: 'a=1; b=2' },
      body: '{"name":"ช่าง"}',
    })
    expect(seen).toMatchObject({
      version: '2.0',
      routeKey: 'POST /issuers/{issuer}/credentials',
      rawPath: '/issuers/tesda/credentials',
      rawQueryString: 'dry=1&tag=a&tag=b',
      queryStringParameters: { dry: '1', tag: 'a,b' },
      pathParameters: { issuer: 'tesda' },
      headers: { 'content-type': 'application/json', 'x-thing': 'a' },
      cookies: ['a=1', 'b=2'],
      body: '{"name":"ช่าง"}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/issuers/tesda/credentials', sourceIp: '127.0.0.1', userAgent: 'test' },
        requestId: expect.stringMatching(/^[\w-]{36}$/),
      },
    })
    expect(seen?.headers).not.toHaveProperty('cookie')
  })

  test('has no body, parameters or query where there is none', async () => {
    await ask('/')
    expect(seen).toMatchObject({ routeKey: '$default', rawPath: '/', isBase64Encoded: false })
    for (const absent of ['body', 'pathParameters', 'queryStringParameters', 'cookies'])
      expect(seen).not.toHaveProperty(absent)
  })

  test('joins a header that was sent twice', async () => {
    await askRaw('GET / HTTP/1.1\r\nHost: a\r\nX-Thing: 1\r\nX-Thing: 2\r\nConnection: close\r\n\r\n')
    expect(seen?.headers['x-thing']).toMatch(/^1, ?2$/)
  })

  test.each([
    ['a form with a file', 'multipart/form-data; boundary=x'],
    ['an image', 'image/png'],
  ])('carries %s byte for byte', async (_, type) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, place) => place)
    await ask('/verify', { method: 'POST', headers: { 'content-type': type }, body: bytes })
    expect(seen?.isBase64Encoded).toBe(true)
    expect(Buffer.from(seen?.body ?? '', 'base64')).toEqual(Buffer.from(bytes))
  })

  test('carries JSON that is no UTF-8 byte for byte, so that the function can refuse it', async () => {
    const bytes = Uint8Array.of(0x22, 0xff, 0x22)
    await ask('/verify', { method: 'POST', headers: { 'content-type': 'application/json' }, body: bytes })
    expect(seen).toMatchObject({ isBase64Encoded: true, body: Buffer.from(bytes).toString('base64') })
  })

  test('carries a compressed body as it came', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    await ask('/verify', { method: 'POST', headers, body: Uint8Array.of(0x1f, 0x8b, 8) })
    expect(seen).toMatchObject({ isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } })
    expect(Buffer.from(seen?.body ?? '', 'base64')).toEqual(Buffer.of(0x1f, 0x8b, 8))
  })
})

describe('a path', () => {
  test('that is spelled out wins over a parameter', async () => {
    await ask('/issuers/tesda/credentials/issue', { method: 'POST' })
    expect(seen?.routeKey).toBe('POST /issuers/{issuer}/credentials/issue')
    await ask('/issuers/tesda/credentials/issue')
    expect(seen).toMatchObject({ routeKey: 'ANY /issuers/{issuer}/credentials/{id}', pathParameters: { id: 'issue' } })
  })

  test('is decoded once, parameter by parameter', async () => {
    await ask('/v/a%2Fb%252Fc%20d')
    expect(seen).toMatchObject({ rawPath: '/v/a%2Fb%252Fc%20d', pathParameters: { token: 'a/b%2Fc d' } })
  })

  test.each(['/nothing', '/verify/', '//verify', '/v/', '/v/a/b', '/V/a', '/__proto__', '/constructor'])(
    'that leads nowhere goes to the pages, as in AWS: %s',
    async (path) => {
      const response = await ask(path, {}, { statusCode: 404 })
      expect(response.status).toBe(404)
      expect(seen).toMatchObject({ routeKey: '$default', rawPath: path })
      expect(seen).not.toHaveProperty('pathParameters')
    },
  )

  test.each(['/v/%E0%A4%A', '/v/%ff', '/v/%'])('that is not well formed is a 404 problem: %s', async (path) => {
    const response = await ask(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ type: `${baseUrl}/problems/not-found`, status: 404 })
    expect(seen).toBeUndefined()
  })

  test('with a method that no row has goes to a function, as in AWS: it says what is offered', async () => {
    const response = await ask('/v/abc', { method: 'DELETE' }, { statusCode: 405, headers: { allow: 'GET' } })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
    expect(seen).toMatchObject({
      routeKey: 'ANY /v/{token}',
      pathParameters: { token: 'abc' },
      requestContext: { http: { method: 'DELETE' }, routeKey: 'ANY /v/{token}' },
    })
    await ask('/verify')
    expect(seen?.routeKey).toBe('$default')
  })

  test('that is not well formed is a page for a browser, in its language', async () => {
    const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'th-TH,th;q=0.9' }
    const nothing = await ask('/v/%', { headers: browser })
    expect([nothing.status, nothing.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(nothing.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await nothing.text()).toBe('<p lang="th">404 No such thing here</p>')
    expect(await (await ask('/v/%?lang=en', { headers: browser })).text()).toContain('lang="en"')
  })

  test('is asked by HEAD as ANY, and claims no length that GET would not have', async () => {
    const response = await ask('/v/a', { method: 'HEAD' }, { statusCode: 200, headers: { etag: '"a"' } })
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([200, '"a"', ''])
    expect(response.headers.has('content-length')).toBe(false)
    expect(seen).toMatchObject({ routeKey: 'ANY /v/{token}', requestContext: { http: { method: 'HEAD' } } })
  })

  test('below a mount is answered there', async () => {
    expect(await (await ask('/oidc/token?a=1')).text()).toBe('mounted /token?a=1')
    expect(await (await ask('/oidc')).text()).toBe('mounted /')
    await ask('/oidcx')
    expect(seen?.routeKey).toBe('$default')
  })
})

describe('an answer', () => {
  test('carries status, headers, cookies and text', async () => {
    const response = await ask(
      '/',
      {},
      {
        statusCode: 201,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'x-number': 5 },
        cookies: ['a=1; Path=/', 'b=2'],
        body: 'ប្រទេស',
      },
    )
    expect(response.status).toBe(201)
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2'])
    expect(response.headers.get('x-number')).toBe('5')
    expect(await response.text()).toBe('ប្រទេស')
  })

  test('carries bytes', async () => {
    const bytes = Buffer.of(0, 255, 128)
    const response = await ask('/', {}, { statusCode: 200, body: bytes.toString('base64'), isBase64Encoded: true })
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
  })

  test('without a body may be a 204 or a 304', async () => {
    for (const statusCode of [204, 304]) {
      const response = await ask('/', {}, { statusCode })
      expect(response.status).toBe(statusCode)
      expect(response.headers.has('content-length')).toBe(false)
    }
  })
})

describe('another origin', () => {
  const preflight = { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } }

  test('may call what is public, with nothing of the caller; what it may ask before is said by a function', async () => {
    expect((await ask('/verify', { method: 'POST' })).headers.get('access-control-allow-origin')).toBe('*')
    const response = await ask('/v/abc', preflight, { statusCode: 204, headers: { 'access-control-max-age': '600' } })
    expect([response.status, response.headers.get('access-control-max-age')]).toEqual([204, '600'])
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  })

  test('may not call what needs a scope', async () => {
    const answer = await ask('/issuers/tesda/credentials', { method: 'POST' })
    expect(answer.headers.has('access-control-allow-origin')).toBe(false)
  })

  test('OPTIONS of a path that is not there is for the pages to refuse', async () => {
    await ask('/nothing', preflight)
    expect(seen).toMatchObject({ routeKey: '$default', requestContext: { http: { method: 'OPTIONS' } } })
  })
})

describe('what goes wrong', () => {
  test('a function that throws is a bare 500, reported by its route; the next request is answered', async () => {
    work = () => Promise.reject(new Error('secret detail'))
    const response = await ask('/v/token-in-the-path', { headers: { accept: 'application/json' } })
    work = async () => result
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(JSON.parse(text)).toEqual({
      type: `${baseUrl}/problems/internal`,
      title: 'Something went wrong here',
      status: 500,
    })
    expect(reports.at(-1)).toMatchObject({ error: { message: 'secret detail' }, where: { routeKey: 'ANY /v/{token}' } })
    expect(JSON.stringify(reports.at(-1)?.where)).not.toContain('token-in-the-path')
    expect((await ask('/')).status).toBe(200)
  })

  test('is a page at an address for people, and JSON at an address for programs, if Accept leaves it open', async () => {
    work = () => Promise.reject(new Error('secret detail'))
    const typeOf = async (path: string) => (await ask(path)).headers.get('content-type')
    expect(await typeOf('/v/abc')).toBe('text/html; charset=utf-8')
    expect(await typeOf('/status-lists/a')).toBe('application/problem+json')
    work = async () => result
  })

  test('a function that answers what no answer can be is a 500', async () => {
    const badHeader = { statusCode: 200, headers: { 'x-first': 'a', 'x-second': 'a\r\nb: c' } }
    for (const answer of [{ statusCode: 1 }, badHeader]) {
      const response = await ask('/', {}, answer)
      expect(response.status).toBe(500)
      expect(response.headers.has('x-first')).toBe(false)
    }
  })

  test('I52: a function that takes too long is a 503', async () => {
    work = () => new Promise(() => {})
    const response = await ask('/', { headers: { accept: 'application/json' } })
    work = async () => result
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ type: `${baseUrl}/problems/dependency-unavailable` })
  })

  test('a slow function does not hold up another', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    work = async ({ rawPath }) => {
      if (rawPath === '/v/slow') await promise
      return { statusCode: 200, body: rawPath }
    }
    const slow = fetch(`${gateway.url}/v/slow`)
    expect(await (await fetch(`${gateway.url}/v/fast`)).text()).toBe('/v/fast')
    resolve()
    expect(await (await slow).text()).toBe('/v/slow')
    work = async () => result
  })

  test('a body that says it is over 5 MiB is refused before it is sent', async () => {
    seen = undefined
    const request = send(`${gateway.url}/verify`, {
      method: 'POST',
      headers: { 'content-length': 5 * 1024 * 1024 + 1 },
    })
    request.flushHeaders()
    const [response] = await once(request, 'response')
    response.resume()
    expect(response.statusCode).toBe(413)
    expect(response.headers.connection).toBe('close')
    request.destroy()
    expect(seen).toBeUndefined()
  })

  test('a body without an end is refused when it reaches 1 MiB', async () => {
    const request = send(`${gateway.url}/verify`, { method: 'POST' })
    request.on('error', () => {})
    const part = Buffer.alloc(64 * 1024)
    let sent = 0
    const feeding = setInterval(() => {
      sent += part.length
      request.write(part)
    }, 1)
    const [response] = await once(request, 'response')
    clearInterval(feeding)
    expect(response.statusCode).toBe(413)
    expect(sent).toBeLessThan(16 * 1024 * 1024)
    request.destroy()
  })

  test('a body of exactly 1 MiB arrives', async () => {
    const body = Buffer.alloc(1024 * 1024, 'a')
    await ask('/verify', { method: 'POST', headers: { 'content-type': 'text/plain' }, body })
    expect(seen?.body).toHaveLength(body.length)
  })

  test('a client that goes away in the middle of its body is no fault of ours', async () => {
    const before = reports.length
    const request = send(`${gateway.url}/verify`, { method: 'POST', headers: { 'content-length': 100 } })
    request.on('error', () => {})
    request.write('half')
    await once(request, 'socket')
    await new Promise((resolve) => setTimeout(resolve, 50))
    request.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(reports).toHaveLength(before)
  })

  test('a client that sends its headers too slowly is let go', async () => {
    expect(await askRaw('GET / HTTP/1.1\r\nHost: a\r\n')).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('a request target that is no path leads nowhere', async () => {
    const tail = 'HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
    for (const target of ['http://attacker.example/', '*', 'v/a']) {
      expect(await askRaw(`GET ${target} ${tail}`)).toMatch(/^HTTP\/1\.1 40[04] /)
    }
  })

  test('a length that is told twice, in two ways, is refused', async () => {
    const text = 'POST /verify HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
    expect(await askRaw(text)).toMatch(/^HTTP\/1\.1 400 /)
  })
})

test('a route whose function is missing does not start', async () => {
  await expect(startGateway({ port: 0, baseUrl, routes, handlers: {} })).rejects.toThrow('no handler for pages')
})
