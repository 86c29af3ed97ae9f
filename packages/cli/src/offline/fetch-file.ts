import { type Manner, silence } from '../client.ts'
import { CommandFailure } from '../failure.ts'

/** Everybody who is listed in a registry of many thousands; nothing is longer. */
const LONGEST = 256 * 1024 * 1024

/** The JSON at an address; nothing where there is none (404). */
export async function fetchFile(url: string, { timeout }: Pick<Manner, 'timeout'>): Promise<unknown> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    if (response.status === 404) return undefined
    if (response.status !== 200)
      throw new CommandFailure(response.status >= 500 || response.status === 429 ? 'unavailable' : 'unexpected', {
        title: `${new URL(url).pathname} was answered with ${response.status}`,
      })
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of response.body ?? []) {
      length += part.length
      if (length > LONGEST) throw new CommandFailure('unexpected', { title: 'The answer is longer than it may be' })
      parts.push(part)
    }
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    if (error instanceof SyntaxError)
      throw new CommandFailure('unexpected', {
        title: `${new URL(url).pathname} was answered with something that is no JSON`,
      })
    throw new CommandFailure('unavailable', silence(new URL(url).origin, error), { cause: error })
  }
}
