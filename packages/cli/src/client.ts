import { setTimeout as sleep } from 'node:timers/promises'
import { CommandFailure, type FailureKind, type Problem, parseProblem } from './failure.ts'
import { isObject, textAt } from './json.ts'

interface Request {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** The longest answer to read, in characters. Default: `MAX_LENGTH`. Only a whole register needs more. */
  maxLength?: number
}

export interface RetryPolicy {
  /** Milliseconds for one attempt, answer included. */
  timeout: number
  /** The largest number of attempts. */
  attempts: number
  /** The longest wait before another attempt, in seconds. */
  maxWait: number
  notice: (text: string) => void
}

/** API Gateway ends a request after 29 s. A longer timeout lets the caller read its error. */
export const defaultRetry = { timeout: 30_000, attempts: 5, maxWait: 30 }

/** Characters. A page of a list has no reason to be longer. */
const MAX_LENGTH = 1024 * 1024

export interface Answered {
  status: number
  body: unknown
  headers: Headers
}

/** Returns the JSON of a 2xx answer. Throws `CommandFailure` for anything else. */
export const ask = async (request: Request, retry: RetryPolicy): Promise<unknown> =>
  (await askWhole(request, retry)).body

/** Like `ask`, but also returns status and headers. Waits and repeats the request if the answer tells it to retry. */
export async function askWhole(
  request: Request,
  { timeout, attempts, maxWait, notice }: RetryPolicy,
): Promise<Answered> {
  for (let attempt = 1; ; attempt += 1) {
    const { response, body } = await askOnce(request, timeout)
    if (response.ok && body !== undefined) return { status: response.status, body, headers: response.headers }
    const wait = secondsToWait(response, body, attempt)
    if (wait === undefined) throw failureOf(response, body, request)
    if (wait > maxWait || attempt >= attempts) throw failureOf(response, body, request, 'unavailable')
    notice(
      `${new URL(request.url).origin} asks to retry (${response.status}): next attempt in ${wait} s, ${attempts - attempt} left`,
    )
    await sleep(wait * 1000)
  }
}

async function askOnce({ url, maxLength = MAX_LENGTH, headers, ...init }: Request, timeout: number) {
  try {
    const response = await fetch(url, {
      ...(init as RequestInit),
      // Every answer is read as JSON. Without this, an address that has a page answers with it.
      headers: { accept: 'application/json', ...headers },
      // A redirect would send the token and the certificate to an address that the user did not name (I40).
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    return { response, body: parseJson(await readText(response, maxLength)) }
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure('unavailable', silence(new URL(url).origin, error), { cause: error })
  }
}

async function readText(response: Response, maxLength: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > maxLength)
      throw new CommandFailure('unexpected', { title: 'The answer is longer than any valid answer' })
  }
  return text + decoder.decode()
}

/** `null` for an empty text, `undefined` for a text that is not JSON. */
function parseJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The seconds of Retry-After, which is a number or a date (RFC 9110 §10.2.3). `undefined` if the answer does not ask to retry. */
function secondsToWait(response: Response, body: unknown, attempt: number): number | undefined {
  if (![409, 429, 503].includes(response.status)) return undefined
  const retryAfter = response.headers.get('retry-after')
  if (retryAfter !== null && /^\d{1,6}$/.test(retryAfter)) return Number(retryAfter)
  const date = retryAfter === null ? Number.NaN : Date.parse(retryAfter)
  if (!Number.isNaN(date)) return Math.max(0, Math.ceil((date - Date.now()) / 1000))
  // Another request is issuing the same certificate. It will be ready soon.
  return parseProblem(body)?.type.endsWith('/in-progress') ? attempt : undefined
}

function failureOf(
  response: Response,
  body: unknown,
  request: Request,
  kind: FailureKind = kindOf(response.status),
): CommandFailure {
  const { origin } = new URL(request.url)
  const problem = parseProblem(body) ??
    parseOAuthError(origin, body) ?? {
      title: `${origin} answered ${response.status}`,
      detail: response.status < 400 ? 'This is not an answer of a Sijil registry.' : 'It gave no reason.',
    }
  return new CommandFailure(kind, problem)
}

function kindOf(status: number): FailureKind {
  if ([429, 502, 503, 504].includes(status)) return 'unavailable'
  return status >= 400 && status < 500 ? 'refused' : 'unexpected'
}

/** Reads an error of a token endpoint. RFC 6749 §5.2. */
function parseOAuthError(origin: string, body: unknown): Omit<Problem, 'type'> | undefined {
  const error = isObject(body) ? textAt(body, 'error') : undefined
  if (!isObject(body) || error === undefined) return undefined
  const detail = textAt(body, 'error_description')
  return { title: `${origin} gives no token: ${error}`, ...(detail !== undefined && { detail }), error }
}

export function silence(origin: string, error: unknown): { title: string; detail: string } {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return {
      title: `The registry at ${origin} did not answer in time`,
      detail: 'Try again. A repeated request has no second effect.',
    }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined
  const code = cause !== undefined && 'code' in cause ? String(cause.code) : ''
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET')
    return { title: `${origin} closed the connection`, detail: 'Try again. A repeated request has no second effect.' }
  return {
    title: `No registry answers at ${origin}. Start one with \`npm start\`, or set SIJIL_URL`,
    detail: code === '' ? 'The connection failed.' : `The connection failed: ${code}.`,
  }
}
