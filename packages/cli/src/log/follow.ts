import { type Checkpoint, compareCheckpoints, emptyFrontier, followLog, parseVerifierKey } from '@sijil/tlog'
import type { Manner } from '../client.ts'
import { keyOf } from './key-of.ts'
import { asFault, LogFault, type LogName, originOf, readCheckpoint, readEntries, tilesOf } from './log-client.ts'
import { type Seen, type SeenLog, seenCheckpoint, seenOf } from './seen.ts'

interface Following {
  registry: string
  log: LogName
  seen: Seen
  /** Verifier keys that the caller knows by another way; they count before what was seen. */
  logKeys: readonly string[]
}

export interface Followed {
  log: LogName
  checkpoint: Checkpoint
  /** The signed text, as it is to be cosigned. */
  text: string
  bytes: Uint8Array
  seen: SeenLog
  before: number
}

/** The checkpoint of a log, once it is known to be the old tree grown. Throws `LogFault` where it is smaller or another one. */
export async function followOne({ registry, log, seen: all, logKeys }: Following, manner: Manner): Promise<Followed> {
  const origin = originOf(registry, log)
  const old = all[origin]
  const given = logKeys.map((text) => keyOf('ed25519', text)).find(({ name }) => name === origin)
  try {
    const known = given ?? (old && parseVerifierKey('ed25519', old.key))
    const { checkpoint, note, key, bytes } = await readCheckpoint(
      registry,
      log,
      known === undefined ? [] : [known],
      manner,
    )
    const followed = { log, checkpoint, text: note.text, bytes, seen: seenOf(key, checkpoint), before: old?.size ?? 0 }
    if (old === undefined) return followed
    const growth = await compareCheckpoints(seenCheckpoint(origin, old), checkpoint, tilesOf(registry, log, manner))
    if (growth === 'consistent') return followed
    throw new LogFault(
      growth === 'behind'
        ? `the log ${log} shows ${checkpoint.size} entries where it showed ${old.size} before`
        : `the log ${log} is not the one that was seen before: its first ${old.size} entries are others`,
    )
  } catch (error) {
    throw asFault(error)
  }
}

/** Every entry under a checkpoint, once they are known to make its tree. Throws `LogFault` where they do not. */
export async function followEntries(
  registry: string,
  { log, checkpoint }: Followed,
  manner: Manner,
): Promise<unknown[]> {
  const entries = await readEntries(registry, log, checkpoint.size, manner)
  try {
    followLog(emptyFrontier, entries, checkpoint)
  } catch (error) {
    throw asFault(error)
  }
  return entries.map((bytes) => JSON.parse(Buffer.from(bytes).toString('utf8')))
}
