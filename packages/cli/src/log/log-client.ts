import {
  decodeEntries,
  decodeTile,
  followKeys,
  formatVerifierKey,
  type ListedKey,
  type OpenedCheckpoint,
  openCheckpoint,
  parseVerifierKey,
  TILE_WIDTH,
  type TileReader,
  TlogError,
  tilePath,
  type VerifierKey,
} from '@sijil/tlog'
import { ask, type RetryPolicy } from '../client.ts'
import { CommandFailure } from '../failure.ts'
import { answeredWith, fetchBytes } from '../fetch-bytes.ts'
import { isObject, textAt } from '../json.ts'

export const logNames = ['registry', 'certificates', 'catalogue'] as const
export type LogName = (typeof logNames)[number]

/** A bundle has 256 entries of at most 64 KiB. */
const MAX_BYTES = 17 * 1024 * 1024

/** The bytes of a 200 answer. Throws `CommandFailure` for any other answer. */
export async function readBytes(url: string, { timeout }: RetryPolicy): Promise<Uint8Array> {
  const bytes = await fetchBytes(url, { timeout, maxBytes: MAX_BYTES })
  if (bytes === undefined) throw new CommandFailure('unexpected', { title: answeredWith(url, 404) })
  return bytes
}

/** Reads bytes. Answers `undefined` if the registry has none at this path, or cannot read them now. */
export const bytesOf =
  (registry: string, { timeout }: RetryPolicy) =>
  async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return await fetchBytes(registry + path, { timeout, maxBytes: MAX_BYTES })
    } catch (error) {
      if (error instanceof CommandFailure && error.kind === 'unavailable') return undefined
      throw error
    }
  }

export const tilesOf =
  (registry: string, log: LogName, retry: RetryPolicy): TileReader =>
  async (tile) =>
    decodeTile(await readBytes(`${registry}/log/${log}/${tilePath(tile)}`, retry), tile.width)

/** The place of an entry in a log, from 0. `undefined` if no checkpoint covers such an entry. */
export async function findIndex(
  registry: string,
  log: LogName,
  entry: string,
  retry: RetryPolicy,
): Promise<number | undefined> {
  const url = `${registry}/log/${log}/index/${encodeURIComponent(entry)}`
  let place: unknown
  try {
    place = await ask({ method: 'GET', url }, retry)
  } catch (error) {
    if (error instanceof CommandFailure && error.problem.type.endsWith('/not-found')) return undefined
    throw error
  }
  const index = isObject(place) ? place.index : undefined
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0)
    throw new CommandFailure('unexpected', { title: 'The registry did not return the index of the entry' })
  return index
}

/** All entries of a tree of this size, in order. They are not checked against the tree. */
export async function readEntries(
  registry: string,
  log: LogName,
  size: number,
  retry: RetryPolicy,
): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = []
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const path = tilePath({ level: 'entries', index, width })
    entries.push(...decodeEntries(await readBytes(`${registry}/log/${log}/${path}`, retry), width))
  }
  return entries
}

/** The JSON object that the registry answers. An empty object if it refuses, because an audit then reports a difference. */
export async function answerOf(url: string, retry: RetryPolicy): Promise<Record<string, unknown>> {
  const request = { method: 'GET', url, maxLength: MAX_BYTES } as const
  try {
    const answer = await ask(request, retry)
    return isObject(answer) ? answer : {}
  } catch (error) {
    if (error instanceof CommandFailure && error.kind === 'refused') return {}
    throw error
  }
}

/** The keys that a registry lists for its log, oldest first. They are not trusted yet. */
async function readKeys(registry: string, log: LogName, retry: RetryPolicy): Promise<ListedKey[]> {
  const url = `${registry}/log/${log}/keys`
  const answer = await ask({ method: 'GET', url }, retry)
  const keys = isObject(answer) && Array.isArray(answer.keys) ? answer.keys : []
  if (keys.length === 0)
    throw new CommandFailure('unexpected', { title: `The registry lists no key of its log ${log}` })
  return keys.map((value: unknown) => {
    const key = isObject(value) ? textAt(value, 'key') : undefined
    const handover = isObject(value) ? textAt(value, 'handover') : undefined
    if (key === undefined)
      throw new CommandFailure('unexpected', { title: 'The registry lists a key without its value' })
    return {
      key: parseVerifierKey('ed25519', key),
      isCompromised: isObject(value) && value.compromised === true,
      ...(handover !== undefined && { handover }),
    }
  })
}

/**
 * The trusted keys of a log, newest last. They begin with the last known key, and each later key needs a handover from the one
 * before, so that a server cannot introduce its own key. Older known keys stay trusted unless they were compromised. If `known` is
 * empty (the log is seen for the first time), the list of the registry is trusted.
 */
export async function trustedKeys(
  registry: string,
  log: LogName,
  known: readonly VerifierKey<'ed25519'>[],
  retry: RetryPolicy,
): Promise<VerifierKey<'ed25519'>[]> {
  const list = await readKeys(registry, log, retry)
  const compromised = new Set(list.flatMap(({ key, isCompromised }) => (isCompromised ? [formatVerifierKey(key)] : [])))
  const isGood = (key: VerifierKey<'ed25519'>) => !compromised.has(formatVerifierKey(key))
  const last = known.at(-1)
  if (last === undefined) {
    const origin = originOf(registry, log)
    return list.map(({ key }) => key).filter((key) => key.name === origin && isGood(key))
  }
  try {
    return [...known.slice(0, -1).filter(isGood), ...followKeys(last, list)]
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
    throw new LogFault(
      `${error.message} (${log}). If you have a new key from the operator by another channel, name it on the command line`,
      { cause: error },
    )
  }
}

/** The current checkpoint, and the newest key that signed it. */
export async function readCheckpoint(
  registry: string,
  log: LogName,
  known: readonly VerifierKey<'ed25519'>[],
  retry: RetryPolicy,
): Promise<OpenedCheckpoint & { key: string; bytes: Uint8Array }> {
  const keys = await trustedKeys(registry, log, known, retry)
  const bytes = await readBytes(`${registry}/log/${log}/checkpoint`, retry)
  const opened = openCheckpoint(bytes, { origin: originOf(registry, log), keys })
  const newest = opened.note.signedBy.at(-1) as VerifierKey<'ed25519'> // at least one key, in the order of `keys`
  return { ...opened, key: formatVerifierKey(newest), bytes }
}

export const originOf = (registry: string, log: LogName): string => `${new URL(registry).host}/log/${log}`

/** A log contradicts itself (exit code 1). A log that does not answer is a `CommandFailure` instead. */
export class LogFault extends Error {
  override readonly name = 'LogFault'
}

/** Converts an error of `@sijil/tlog` to a fault of the log. Throws any other error again. */
export function asFault(error: unknown): LogFault {
  if (error instanceof LogFault) return error
  if (error instanceof TlogError) return new LogFault(error.message, { cause: error })
  throw error
}
