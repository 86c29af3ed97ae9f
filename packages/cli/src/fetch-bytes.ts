import { silence } from './client.ts'
import { CommandFailure } from './failure.ts'

interface Reading {
  /** Milliseconds, answer included. */
  timeout: number
  /** Bytes. */
  maxLength: number
  headers?: Record<string, string>
}

/** The bytes of a 200; nothing where there is nothing (404). No redirect is followed (I40), and nothing longer is read. */
export async function fetchBytes(url: string, { timeout, maxLength, headers = {} }: Reading) {
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
      if (length > maxLength) throw new CommandFailure('unexpected', { title: 'The answer is longer than it may be' })
      parts.push(part)
    }
    return new Uint8Array(Buffer.concat(parts))
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure('unavailable', silence(new URL(url).origin, error), { cause: error })
  }
}

export const answeredWith = (url: string, what: number | string) => `${new URL(url).pathname} was answered with ${what}`
