import { type Frontier, formatCheckpoint, frontierRoot, openCheckpoint, signNote } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import type { Signer, SigningKey } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { REGISTRY, verifierKeyOf, verifierKeysOf } from './log-keys.ts'
import { type LogName, originOf } from './logs.ts'
import { type CheckpointEvent, frontierOf, type latestCheckpoint, toBase64 } from './read-log.ts'

interface NewCheckpoint {
  log: LogName
  key: SigningKey<'checkpoints'>
  last: Awaited<ReturnType<typeof latestCheckpoint>>
  frontier: Frontier
  readTo: string
}

/** Signs and records the head of a tree that grew out of the last one. What loses the race here was never shown to anybody. */
export async function recordCheckpoint(
  { log, key, last, frontier, readTo }: NewCheckpoint,
  { store, signer, baseUrl, now }: { store: CommitStore; signer: Signer; baseUrl: string; now: Date },
): Promise<void> {
  const verifierKey = verifierKeyOf(key, log, baseUrl)
  const origin = originOf(baseUrl, log)
  if (last !== undefined) {
    // The frontier that the new tree grew from is that of the last signed note, not merely of what stands beside it (I31).
    const keys = await verifierKeysOf(log, baseUrl, store)
    const { checkpoint } = openCheckpoint(Buffer.from(last.note), { origin, keys })
    const before = frontierOf(last)
    if (checkpoint.size !== before.size || toBase64(checkpoint.root) !== toBase64(frontierRoot(before)))
      throw new RegistryError('internal', 'the last checkpoint of a log is not that of its tree')
    if (frontier.size < before.size) throw new RegistryError('internal', 'a log does not shrink')
  }
  const text = formatCheckpoint({ origin, size: frontier.size, root: frontierRoot(frontier), extensions: [] })
  const sign = (bytes: Uint8Array) => signer.sign(key, REGISTRY, 'checkpoints', bytes)
  const note = await signNote(text, [{ key: verifierKey, sign }])
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
