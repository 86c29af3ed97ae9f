import { type Frontier, formatCheckpoint, frontierRoot, openCheckpoint, parseNote, signNote } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import type { Signer } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { type LogKey, noteSignersAt, recordedKeysOf } from './log-keys.ts'
import { type LogName, logs, originOf } from './logs.ts'
import { type CheckpointEvent, frontierOf, type latestCheckpoint, toBase64 } from './read-log.ts'
import { releasedLine } from './released.ts'

interface NewCheckpoint {
  log: LogName
  keys: readonly LogKey[]
  last: Awaited<ReturnType<typeof latestCheckpoint>>
  frontier: Frontier
  /** Certificates from this place on have a second entry. */
  releasedFrom: number
  readTo: string
}

/** Whether the current key signed this note. A checkpoint that only a replaced key signed is signed again by the next run. */
export function isSignedByLast(
  note: string,
  { log, keys, baseUrl }: Pick<NewCheckpoint, 'log' | 'keys'> & { baseUrl: string },
): boolean {
  const last = recordedKeysOf(keys, log, baseUrl).at(-1)
  return parseNote(Buffer.from(note)).signatures.some(({ name, keyId }) => name === last?.name && keyId === last.id)
}

/**
 * Signs and records the head of a tree that grew from the last one. A checkpoint that loses the race is not recorded and so was never
 * served. Throws `internal` if the last checkpoint differs from its tree, or the tree would shrink.
 */
export async function recordCheckpoint(
  { log, keys, last, frontier, releasedFrom, readTo }: NewCheckpoint,
  { store, signer, baseUrl, now }: { store: CommitStore; signer: Signer; baseUrl: string; now: Date },
): Promise<void> {
  const origin = originOf(baseUrl, log)
  let extensions: readonly string[] = logs[log].released ? [releasedLine(releasedFrom)] : []
  if (last !== undefined) {
    // The stored frontier must match the last signed note, as the new tree grew from it (I31).
    const { checkpoint } = openCheckpoint(Buffer.from(last.note), { origin, keys: recordedKeysOf(keys, log, baseUrl) })
    const before = frontierOf(last)
    if (checkpoint.size !== before.size || toBase64(checkpoint.root) !== toBase64(frontierRoot(before)))
      throw new RegistryError('internal', 'the last checkpoint of a log is not that of its tree')
    if (frontier.size < before.size) throw new RegistryError('internal', 'a log does not shrink')
    // Cosignatures are kept by size and cover the whole text, so a size keeps its text.
    if (frontier.size === before.size) extensions = checkpoint.extensions
  }
  const text = formatCheckpoint({ origin, size: frontier.size, root: frontierRoot(frontier), extensions })
  const note = await signNote(text, noteSignersAt(now, keys, origin, signer))
  const event: CheckpointEvent = {
    type: 'checkpoint',
    size: frontier.size,
    peaks: frontier.peaks.map(toBase64),
    note: Buffer.from(note).toString('utf8'),
    readTo,
  }
  const history = last === undefined ? [] : [last.commit]
  await store.append(nextCommit(streams.logCheckpoints(log), history, { events: [event], actor: 'system:log', now }))
}
