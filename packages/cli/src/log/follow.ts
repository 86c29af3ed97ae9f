import { type Checkpoint, compareCheckpoints, emptyFrontier, followLog, parseVerifierKey } from '@sijil/tlog'
import type { RetryPolicy } from '../client.ts'
import { keyOf } from './key-of.ts'
import { asFault, LogFault, type LogName, originOf, readCheckpoint, readEntries, tilesOf } from './log-client.ts'
import { type Seen, type SeenLog, seenCheckpoint, seenOf } from './seen.ts'

interface Following {
  registry: string
  log: LogName
  seen: Seen
  /** Verifier keys that the caller has from another source. They take precedence over the keys in the state file. */
  logKeys: readonly string[]
}

export interface Followed {
  log: LogName
  checkpoint: Checkpoint
  /** The signed note text, which a witness cosigns. */
  text: string
  bytes: Uint8Array
  seen: SeenLog
  before: number
}

/** Reads the checkpoint of a log. Throws `LogFault` unless the tree begins with the tree that was seen before. */
export async function followOne(
  { registry, log, seen: all, logKeys }: Following,
  retry: RetryPolicy,
): Promise<Followed> {
  const origin = originOf(registry, log)
  const old = all[origin]
  const given = logKeys.map((text) => keyOf('ed25519', text)).find(({ name }) => name === origin)
  try {
    const known = given ?? (old && parseVerifierKey('ed25519', old.key))
    const { checkpoint, note, key, bytes } = await readCheckpoint(
      registry,
      log,
      known === undefined ? [] : [known],
      retry,
    )
    const followed = { log, checkpoint, text: note.text, bytes, seen: seenOf(key, checkpoint), before: old?.size ?? 0 }
    if (old === undefined) return followed
    const growth = await compareCheckpoints(seenCheckpoint(origin, old), checkpoint, tilesOf(registry, log, retry))
    if (growth === 'consistent') return followed
    throw new LogFault(
      growth === 'behind'
        ? `the log ${log} shows ${checkpoint.size} entries, but showed ${old.size} before`
        : `the log ${log} is not the one that was seen before: its first ${old.size} entries are different`,
    )
  } catch (error) {
    throw asFault(error)
  }
}

/** The same entries as JSON. */
export const followEntries = async (registry: string, followed: Followed, retry: RetryPolicy): Promise<unknown[]> =>
  (await followBytes(registry, followed, retry)).map((bytes) => JSON.parse(Buffer.from(bytes).toString('utf8')))

/** Reads every entry under a checkpoint. Throws `LogFault` if they do not make its tree. */
export async function followBytes(
  registry: string,
  { log, checkpoint }: Followed,
  retry: RetryPolicy,
): Promise<Uint8Array[]> {
  const entries = await readEntries(registry, log, checkpoint.size, retry)
  try {
    followLog(emptyFrontier, entries, checkpoint)
  } catch (error) {
    throw asFault(error)
  }
  return entries
}
