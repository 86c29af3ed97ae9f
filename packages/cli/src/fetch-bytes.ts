import { silence } from './client.ts'
import { CommandFailure } from './failure.ts'

interface Reading {
  /** Milliseconds for request and answer. */
  timeout: number
  /** The longest answer to read, in bytes. */
  maxBytes: number
  headers?: Record<string, string>
}

/**
 * Returns the bytes of a 200 answer, and `undefined` for a 404. Throws `CommandFailure` for any other status, for a redirect (I40),
 * and for an answer that is too long.
 */
export async function fetchBytes(url: string, { timeout, maxBytes, headers = {} }: Reading) {
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeout) })
    if (response.status === 404) return undefined
    if (response.status !== 200)
      throw new CommandFailure(response.status >= 500 || response.status === 429 ? 'unavailable' : 'unexpected', {
        title: answeredWith(url, response.status),
      })
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of response.body ?? []) {
      length += part.length
      if (length > maxBytes) throw new CommandFailure('unexpected', { title: 'The answer is longer than the limit' })
      parts.push(part)
    }
    return new Uint8Array(Buffer.concat(parts))
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure('unavailable', silence(new URL(url).origin, error), { cause: error })
  }
}

export const answeredWith = (url: string, what: number | string) => `${new URL(url).pathname} was answered with ${what}`
