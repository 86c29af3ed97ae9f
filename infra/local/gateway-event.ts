import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'

/** Like API Gateway, text bodies are passed as text, and all others in base64. */
const TEXT = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml)|application\/x-www-form-urlencoded|application\/jwt)/i

/** The event that API Gateway makes of a request (HTTP API, payload format 2.0). */
export function eventOf(
  request: IncomingMessage,
  {
    routeKey,
    pathParameters,
    rawPath,
    rawQueryString,
    body,
    now,
  }: {
    routeKey: string
    pathParameters: Record<string, string>
    rawPath: string
    rawQueryString: string
    body: Buffer
    now: Date
  },
): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = joined(request.headers)
  const isText = TEXT.test(headers['content-type'] ?? 'text/plain') && isUtf8(body)
  const query = queryOf(rawQueryString)
  const hasParameters = Object.keys(pathParameters).length > 0
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    headers,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    ...(query && { queryStringParameters: query }),
    ...(hasParameters && { pathParameters }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
  }
}

const isUtf8 = (body: Buffer) => Buffer.from(body.toString('utf8')).equals(body)

/** Header names are in lower case, as Node has them. Repeated headers are joined by a comma. */
function joined(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
  )
  return Object.fromEntries(entries)
}

function queryOf(rawQueryString: string): Record<string, string> | undefined {
  if (rawQueryString === '') return undefined
  const query = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = query.get(name)
    query.set(name, before === undefined ? value : `${before},${value}`)
  }
  return Object.fromEntries(query)
}

/** A Lambda context with the members that the middleware reads. */
export function contextOf(functionName: string, requestId: string, deadline: Date): Context {
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: 'local',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '1024',
    logGroupName: 'local',
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline.getTime() - Date.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}

/** Writes the structured answer of a function. The answer to HEAD has no `content-length`, because its body would differ from GET's. */
export function writeAnswer(
  response: ServerResponse,
  { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded }: APIGatewayProxyStructuredResultV2,
  extra: Record<string, string>,
): void {
  const content = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  for (const [name, value] of Object.entries({ ...extra, ...headers })) response.setHeader(name, String(value))
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  if (statusCode !== 204 && statusCode !== 304 && response.req.method !== 'HEAD')
    response.setHeader('content-length', content.length)
  response.writeHead(statusCode)
  response.end(content)
}
