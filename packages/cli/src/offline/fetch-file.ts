import type { RetryPolicy } from '../client.ts'
import { CommandFailure } from '../failure.ts'
import { answeredWith, fetchBytes } from '../fetch-bytes.ts'

/** Enough for the trust bundle of a registry with many thousands of entities. */
const MAX_BYTES = 256 * 1024 * 1024

/** The JSON at an address, or `undefined` for a 404. */
export async function fetchFile(url: string, { timeout }: Pick<RetryPolicy, 'timeout'>): Promise<unknown> {
  const bytes = await fetchBytes(url, { timeout, maxBytes: MAX_BYTES, headers: { accept: 'application/json' } })
  if (bytes === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new CommandFailure('unexpected', { title: answeredWith(url, 'a text that is not JSON') })
  }
}
