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
import { ask, type Manner } from '../client.ts'
import { CommandFailure } from '../failure.ts'
import { answeredWith, fetchBytes } from '../fetch-bytes.ts'
import { isObject, textAt } from '../json.ts'

export const logNames = ['registry', 'certificates'] as const
export type LogName = (typeof logNames)[number]

/** A bundle has 256 entries of at most 64 KiB. */
const MAX_LENGTH = 17 * 1024 * 1024

/** Bytes of a 200, and nothing else. */
export async function readBytes(url: string, { timeout }: Manner): Promise<Uint8Array> {
  const bytes = await fetchBytes(url, { timeout, maxLength: MAX_LENGTH })
  if (bytes === undefined) throw new CommandFailure('unexpected', { title: answeredWith(url, 404) })
  return bytes
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

/** What the registry says; nothing where it refuses, which is an answer as well. */
export async function answerOf(url: string, manner: Manner): Promise<Record<string, unknown>> {
  const request = { method: 'GET', url, headers: { accept: 'application/json' }, maxLength: MAX_LENGTH } as const
  try {
    const answer = await ask(request, manner)
    return isObject(answer) ? answer : {}
  } catch (error) {
    if (error instanceof CommandFailure && error.kind === 'refused') return {}
    throw error
  }
}

/** The keys of a log as it says, oldest first. Nothing in it is believed yet. */
async function readKeys(registry: string, log: LogName, manner: Manner): Promise<ListedKey[]> {
  const url = `${registry}/log/${log}/keys`
  const answer = await ask({ method: 'GET', url, headers: { accept: 'application/json' } }, manner)
  const keys = isObject(answer) && Array.isArray(answer.keys) ? answer.keys : []
  if (keys.length === 0)
    throw new CommandFailure('unexpected', { title: `The registry names no key of its log ${log}` })
  return keys.map((value: unknown) => {
    const key = isObject(value) ? textAt(value, 'key') : undefined
    const handover = isObject(value) ? textAt(value, 'handover') : undefined
    if (key === undefined)
      throw new CommandFailure('unexpected', { title: 'The registry names a key without saying it' })
    return {
      key: parseVerifierKey('ed25519', key),
      isCompromised: isObject(value) && value.compromised === true,
      ...(handover !== undefined && { handover }),
    }
  })
}

/**
 * The keys by which a log is checked, newest last: from the last one that is known, each named by the one before, so that whoever
 * answers cannot bring another. Keys known from before that one stay, unless they were compromised. Of a log that was never seen
 * (`known` is empty), what it says of itself.
 */
export async function trustedKeys(
  registry: string,
  log: LogName,
  known: readonly VerifierKey<'ed25519'>[],
  manner: Manner,
): Promise<VerifierKey<'ed25519'>[]> {
  const list = await readKeys(registry, log, manner)
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
      `${error.message} (${log}): believe a new key if its operator tells you of it by another way, and name it on the command line`,
      { cause: error },
    )
  }
}

/** The checkpoint as it is now, and the newest key that signed it. */
export async function readCheckpoint(
  registry: string,
  log: LogName,
  known: readonly VerifierKey<'ed25519'>[],
  manner: Manner,
): Promise<OpenedCheckpoint & { key: string; bytes: Uint8Array }> {
  const keys = await trustedKeys(registry, log, known, manner)
  const bytes = await readBytes(`${registry}/log/${log}/checkpoint`, manner)
  const opened = openCheckpoint(bytes, { origin: originOf(registry, log), keys })
  const newest = opened.note.signedBy.at(-1) as VerifierKey<'ed25519'> // one at least, in the order of the keys
  return { ...opened, key: formatVerifierKey(newest), bytes }
}

export const originOf = (registry: string, log: LogName): string => `${new URL(registry).host}/log/${log}`

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
