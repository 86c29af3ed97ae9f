import { setTimeout as sleep } from 'node:timers/promises'
import { CommandFailure, type FailureKind, type Problem, parseProblem } from './failure.ts'
import { isObject, textAt } from './json.ts'

interface Request {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: string
  /** Characters that are read of the answer, where a whole register is asked for. */
  maxLength?: number
}

export interface Manner {
  /** Milliseconds for one attempt, answer included. */
  timeout: number
  /** How often it asks at most. */
  attempts: number
  /** Seconds that it waits at most before it asks again. */
  patience: number
  notice: (text: string) => void
}

/** API Gateway ends a request after 29 s: whoever waits that long learns why. */
export const manner = { timeout: 30_000, attempts: 5, patience: 30 }

/** Answers, and nothing longer: a page of a list has no reason to be larger. */
const MAX_LENGTH = 1024 * 1024

export interface Answered {
  status: number
  body: unknown
  headers: Headers
}

/** Returns the JSON of a 2xx, and throws `CommandFailure` for all else. */
export const ask = async (request: Request, manner: Manner): Promise<unknown> => (await askWhole(request, manner)).body

/** Asks; waits and asks again where it is told to come back. */
export async function askWhole(request: Request, { timeout, attempts, patience, notice }: Manner): Promise<Answered> {
  for (let attempt = 1; ; attempt += 1) {
    const { response, body } = await askOnce(request, timeout)
    if (response.ok && body !== undefined) return { status: response.status, body, headers: response.headers }
    const wait = secondsToWait(response, body, attempt)
    if (wait === undefined) throw failureOf(response, body, request)
    if (wait > patience || attempt >= attempts) throw failureOf(response, body, request, 'unavailable')
    notice(
      `${new URL(request.url).origin} asks to come back (${response.status}): again in ${wait} s, ${attempts - attempt} more to go`,
    )
    await sleep(wait * 1000)
  }
}

async function askOnce({ url, maxLength = MAX_LENGTH, ...init }: Request, timeout: number) {
  try {
    const response = await fetch(url, {
      ...init,
      // A redirect would carry token and certificate to a place that nobody named (I40).
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
      throw new CommandFailure('unexpected', { title: 'The answer is longer than any answer should be' })
  }
  return text + decoder.decode()
}

/** `null` for nothing at all, `undefined` for what is not JSON. */
function parseJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Seconds, where it is told to come back: RFC 9110 §10.2.3, as a number or a date. */
function secondsToWait(response: Response, body: unknown, attempt: number): number | undefined {
  if (![409, 429, 503].includes(response.status)) return undefined
  const given = response.headers.get('retry-after')
  if (given !== null && /^\d{1,6}$/.test(given)) return Number(given)
  const date = given === null ? Number.NaN : Date.parse(given)
  if (!Number.isNaN(date)) return Math.max(0, Math.ceil((date - Date.now()) / 1000))
  // The same certificate is being issued right now: it is soon there.
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
      detail: response.status < 400 ? 'That is no answer of a Sijil registry.' : 'It did not say why.',
    }
  return new CommandFailure(kind, problem)
}

function kindOf(status: number): FailureKind {
  if ([429, 502, 503, 504].includes(status)) return 'unavailable'
  return status >= 400 && status < 500 ? 'refused' : 'unexpected'
}

/** RFC 6749 §5.2: the token endpoint speaks so. */
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
      detail: 'Try again: a repeated request changes nothing twice.',
    }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined
  const code = cause !== undefined && 'code' in cause ? String(cause.code) : ''
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET')
    return { title: `${origin} hung up`, detail: 'Try again: a repeated request changes nothing twice.' }
  return {
    title: `no registry answers at ${origin}: start one with \`npm start\`, or set SIJIL_URL`,
    detail: code === '' ? 'The connection failed.' : `The connection failed: ${code}.`,
  }
}
