import {
  decodeEntries,
  decodeTile,
  type OpenedCheckpoint,
  openCheckpoint,
  parseVerifierKey,
  TILE_WIDTH,
  type TileReader,
  TlogError,
  tilePath,
} from '@sijil/tlog'
import { type Manner, silence } from '../client.ts'
import { CommandFailure } from '../failure.ts'
import type { SeenLog } from './seen.ts'

export const logNames = ['registry', 'certificates'] as const
export type LogName = (typeof logNames)[number]

/** A bundle has 256 entries of at most 64 KiB. */
const LONGEST = 17 * 1024 * 1024

/** Bytes of a 200, and nothing else. */
export async function readBytes(url: string, { timeout }: Manner): Promise<Uint8Array> {
  const response = await askFor(url, timeout)
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
  return new Uint8Array(Buffer.concat(parts))
}

async function askFor(url: string, timeout: number): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeout) })
  } catch (cause) {
    throw new CommandFailure('unavailable', silence(new URL(url).origin, cause), { cause })
  }
}

export const tilesOf =
  (registry: string, log: LogName, manner: Manner): TileReader =>
  async (tile) =>
    decodeTile(await readBytes(`${registry}/log/${log}/${tilePath(tile)}`, manner), tile.width)

/** Every entry under a checkpoint, in order. */
export async function readEntries(registry: string, log: LogName, size: number, manner: Manner): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = []
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const path = tilePath({ level: 'entries', index, width })
    entries.push(...decodeEntries(await readBytes(`${registry}/log/${log}/${path}`, manner), width))
  }
  return entries
}

/** The checkpoint as it is now, signed by the key that was seen first: whoever answers cannot bring another. */
export async function readCheckpoint(
  registry: string,
  log: LogName,
  seen: SeenLog | undefined,
  manner: Manner,
): Promise<OpenedCheckpoint & { key: string; bytes: Uint8Array }> {
  const key = seen?.key ?? (await readKeys(registry, log, manner)).at(-1) ?? ''
  const bytes = await readBytes(`${registry}/log/${log}/checkpoint`, manner)
  const origin = `${new URL(registry).host}/log/${log}`
  return { ...openCheckpoint(bytes, { origin, keys: [parseVerifierKey('ed25519', key)] }), key, bytes }
}

/** As the registry says them itself, newest last. */
export async function readKeys(registry: string, log: LogName, manner: Manner): Promise<string[]> {
  const bytes = await readBytes(`${registry}/log/${log}/key`, manner)
  return Buffer.from(bytes).toString('utf8').trim().split('\n')
}

/** What a log does wrong is an answer, and its exit code is 1; that it does not answer is none. */
export class LogFault extends Error {
  override readonly name = 'LogFault'
}

/** The codes of `@sijil/tlog` that accuse the log. */
export function asFault(error: unknown): LogFault {
  if (error instanceof LogFault) return error
  if (error instanceof TlogError) return new LogFault(error.message, { cause: error })
  throw error
}
