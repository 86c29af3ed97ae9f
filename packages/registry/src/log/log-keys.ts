import { decodeMultikey } from '@sijil/credentials'
import { createVerifierKey, formatVerifierKey, type VerifierKey } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import type { KeyMaker, SigningKey } from '../ports.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { type LogName, originOf } from './logs.ts'

/** What the tags of the registry's own key say. */
export const REGISTRY = 'registry'
type LogKey = SigningKey<'checkpoints'>
interface LogKeyEvent {
  type: 'log-key-added'
  key: LogKey
}

export async function readLogKeys(reader: CommitReader): Promise<LogKey[]> {
  const commits = await reader.read<LogKeyEvent>(streams.logKeys())
  return commits.flatMap(({ events }) => events.map(({ key }) => key))
}

/** The key that signs checkpoints; made by the first run there ever is. Of two first runs one key stays unused. */
export async function requireLogKey({
  store,
  keys,
  now,
}: {
  store: CommitStore
  keys: KeyMaker
  now: Date
}): Promise<LogKey> {
  const known = (await readLogKeys(store)).at(-1)
  if (known !== undefined) return known
  const made = await keys.createKey(REGISTRY, 'checkpoints', 'Ed25519')
  const key: LogKey = { kid: 'checkpoints-1', purpose: 'checkpoints', algorithm: 'Ed25519', ...made }
  const event: LogKeyEvent = { type: 'log-key-added', key }
  await store.append(nextCommit(streams.logKeys(), [], { events: [event], actor: 'system:log', now }))
  return key
}

/** By which checkpoints of a log are checked, newest last. */
export const verifierKeysOf = async (log: LogName, baseUrl: string, reader: CommitReader) =>
  (await readLogKeys(reader)).map((key) => verifierKeyOf(key, log, baseUrl))

/** The same as text, as clients are configured with. */
export const readVerifierKeys = async (log: LogName, baseUrl: string, reader: CommitReader): Promise<string[]> =>
  (await verifierKeysOf(log, baseUrl, reader)).map(formatVerifierKey)

export const verifierKeyOf = (key: LogKey, log: LogName, baseUrl: string): VerifierKey<'ed25519'> =>
  keyNamed(key, originOf(baseUrl, log))

/** The same key under another name has another id, so that nothing signed under one is taken for the other. */
export function keyNamed(key: LogKey, name: string): VerifierKey<'ed25519'> {
  const { algorithm, bytes } = decodeMultikey(key.publicKeyMultibase)
  if (algorithm !== 'Ed25519') throw new RegistryError('internal', 'the key of the logs is of another kind')
  return createVerifierKey('ed25519', name, new Uint8Array(bytes))
}
