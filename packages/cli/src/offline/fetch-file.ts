import type { Manner } from '../client.ts'
import { CommandFailure } from '../failure.ts'
import { answeredWith, fetchBytes } from '../fetch-bytes.ts'

/** Everybody who is listed in a registry of many thousands; nothing is longer. */
const MAX_LENGTH = 256 * 1024 * 1024

/** The JSON at an address; nothing where there is none (404). */
export async function fetchFile(url: string, { timeout }: Pick<Manner, 'timeout'>): Promise<unknown> {
  const bytes = await fetchBytes(url, { timeout, maxLength: MAX_LENGTH, headers: { accept: 'application/json' } })
  if (bytes === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new CommandFailure('unexpected', { title: answeredWith(url, 'something that is no JSON') })
  }
}
