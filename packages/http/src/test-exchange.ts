import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { type CryptoKey, createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { accessTokens } from './access-tokens.ts'
import { createHandler, type HandlerParts } from './handler.ts'
import { createLog } from './log.ts'
import type { Event } from './render.ts'
import { route } from './route.ts'
import type { Answers, RouteRow } from './rows.ts'

/** Shared by the tests of this package: a small API, events as API Gateway sends them, and tokens as a provider signs them. */

export const noon = new Date('2026-11-24T12:00:00Z')
export const baseUrl = 'https://registry.example'
export const provider = 'https://login.example'

// biome-ignore format: it reads as a table
export const rows = [
  { method: 'POST', path: '/verify',                            scope: 'public',            readers: 'programs', caching: 'never',  summary: 'Verify' },
  { method: 'POST', path: '/check',                             scope: 'public',            readers: 'people',   caching: 'never',  summary: 'Check from a form' },
  { method: 'GET',  path: '/v/{token}',                         scope: 'public',            readers: 'people',   caching: 'never',  summary: 'Verdict' },
  { method: 'GET',  path: '/issuers',                           scope: 'public',            readers: 'people',   caching: 'minute', summary: 'Issuers' },
  { method: 'GET',  path: '/assets/{file}',                     scope: 'public',            readers: 'programs', caching: 'year',   summary: 'Assets' },
  { method: 'POST', path: '/issuers/{issuer}/credentials',      scope: 'credentials:issue', readers: 'programs', caching: 'never',  summary: 'Issue' },
  { method: 'GET',  path: '/issuers/{issuer}/credentials',      scope: 'credentials:read',  readers: 'programs', caching: 'never',  summary: 'List' },
] as const satisfies readonly RouteRow[]
type Rows = typeof rows

const answered = route({ answer: () => ({ status: 200, body: { answered: true } }) })
export const everyAnswer: Answers<Rows> = {
  'POST /verify': answered,
  'POST /check': answered,
  'GET /v/{token}': answered,
  'GET /issuers': answered,
  'GET /assets/{file}': answered,
  'POST /issuers/{issuer}/credentials': answered,
  'GET /issuers/{issuer}/credentials': answered,
}

const { publicKey, privateKey } = await generateKeyPair('ES256')
const providersKeys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] })

/** A valid token, except for the claims, the header and the key that a test replaces. */
export function aToken(
  claims: JWTPayload = {},
  { header = {}, key = privateKey }: { header?: Record<string, string>; key?: CryptoKey | Uint8Array } = {},
): Promise<string> {
  const iat = noon.getTime() / 1000
  const good = { iss: provider, aud: baseUrl, sub: 'officer-1', scope: 'credentials:issue', iat, exp: iat + 600 }
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt', ...header })
    .sign(key)
}

export interface Sent {
  /** Default: the method of the route key. */
  method?: string
  path?: string
  params?: Record<string, string>
  query?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

export function anEvent(routeKey: string, sent: Sent = {}): Event {
  const { method = routeKey.split(' ')[0] ?? 'GET', path = '/', params, query = '', headers = {}, body } = sent
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers,
    ...(params && { pathParameters: params }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : Buffer.from(body).toString('base64') }),
    isBase64Encoded: body instanceof Uint8Array,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'registry.example',
      domainPrefix: 'registry',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: `request-${randomUUID()}`,
      routeKey,
      stage: '$default',
      time: '24/Nov/2026:12:00:00 +0000',
      timeEpoch: noon.getTime(),
    },
  }
}

export interface Received {
  status: number
  headers: Record<string, string>
  text: string
  /** Length of the body in the payload to API Gateway, in characters. */
  carried: number
  body: unknown
}

/** An API in which a test replaces some answers. `lines` is its log. */
export function anApi(answers: Partial<Answers<Rows>> = {}, parts: Partial<HandlerParts<Rows>> = {}) {
  const lines: string[] = []
  const handler = createHandler({
    rows,
    answers: { ...everyAnswer, ...answers },
    baseUrl,
    tokens: accessTokens({ issuer: provider, keys: providersKeys, clients: [] }),
    log: createLog({ sink: (line) => lines.push(line), now: () => noon }),
    languages: ['en', 'ms', 'id', 'th'],
    now: () => noon,
    ...parts,
  })
  const context = { ...lambdaContext, getRemainingTimeInMillis: () => 10_000 }
  const send = async (routeKey: string, sent: Sent = {}, remaining = context): Promise<Received> => {
    const { statusCode, headers, body = '', isBase64Encoded } = await handler(anEvent(routeKey, sent), remaining)
    const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
    const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
    const isJson = headers['content-type']?.includes('json') ?? false
    return {
      status: statusCode,
      headers,
      text,
      carried: body.length,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    }
  }
  return { send, lines }
}

export const lambdaContext = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:ap-southeast-1:123456789012:function:test',
  memoryLimitInMB: '512',
  awsRequestId: 'lambda-request',
  logGroupName: 'test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 10_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
}

export const json = { 'content-type': 'application/json' }
