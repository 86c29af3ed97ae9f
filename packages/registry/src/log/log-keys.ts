import { decodeMultikey } from '@sijil/credentials'
import { createVerifierKey, formatVerifierKey, type NoteSigner, signHandover, type VerifierKey } from '@sijil/tlog'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import type { KeyMaker, Signer, SigningKey } from '../ports.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { type LogName, logNames, originOf } from './logs.ts'

/** Owner in the tags of the registry's own keys. */
const REGISTRY = 'registry'

/** A key that signs checkpoints. The newest one always signs. A superseded key also signs, for 30 days. */
export interface LogKey extends SigningKey<'checkpoints'> {
  addedAt: string
  /** Since then a newer key signs. */
  replacedAt?: string
  /** Clients no longer trust any of its signatures. */
  compromised?: true
  /** For each log, the signed note with which the previous key named this one. */
  handovers?: Record<LogName, string>
}

interface LogKeyEvent {
  type: 'log-key-added'
  key: SigningKey<'checkpoints'>
  /** Why the previous key was replaced. */
  before?: 'superseded' | 'compromised'
  handovers?: Record<LogName, string>
}

/** For this time a client that knows only the previous key can still verify, and can learn the new key. */
const OVERLAP_MS = 30 * DAY_MS

/** Oldest first. */
export const readLogKeys = async (reader: CommitReader): Promise<LogKey[]> =>
  fold(await reader.read<LogKeyEvent>(streams.logKeys()))

function fold(history: readonly Commit<LogKeyEvent>[]): LogKey[] {
  const keys: LogKey[] = []
  for (const { events, recordedAt } of history) {
    for (const { key, before, handovers } of events) {
      const last = keys.at(-1)
      if (last !== undefined) last.replacedAt = recordedAt
      if (last !== undefined && before === 'compromised') last.compromised = true
      keys.push({ ...key, addedAt: recordedAt, ...(handovers && { handovers }) })
    }
  }
  return keys
}

interface LogKeyDeps {
  store: CommitStore
  keys: KeyMaker
  now: Date
}

/** Every key, oldest first. The very first run makes the first key. If two first runs race, the key of one of them stays unused. */
export async function requireLogKeys(deps: LogKeyDeps): Promise<LogKey[]> {
  const known = await readLogKeys(deps.store)
  if (known.length > 0) return known
  return [await recordLogKey({ type: 'log-key-added', key: await makeKey(1, deps) }, [], deps)]
}

/**
 * Makes a new key, which signs from the next checkpoint on. A superseded key signs a note that names it, so a client that knows the old
 * key learns the new one from that key alone. A compromised or lost key names no successor. Throws `not-found` without a first key.
 */
export async function replaceLogKey(
  before: 'superseded' | 'compromised',
  deps: LogKeyDeps & { signer: Signer; baseUrl: string },
): Promise<LogKey> {
  const { store, signer, baseUrl } = deps
  const history = await store.read<LogKeyEvent>(streams.logKeys())
  const last = fold(history).at(-1)
  if (last === undefined) throw new RegistryError('not-found', 'the logs have no key yet: the first run makes it')
  const key = await makeKey(history.length + 1, deps)
  const event: LogKeyEvent = { type: 'log-key-added', key, before }
  if (before === 'superseded') {
    const notes = logNames.map(async (log) => {
      const signers = { from: noteSignerOf(last, originOf(baseUrl, log), signer) }
      const to = noteSignerOf(key, originOf(baseUrl, log), signer)
      return [log, Buffer.from(await signHandover({ ...signers, to })).toString('utf8')] as const
    })
    event.handovers = Object.fromEntries(await Promise.all(notes)) as Record<LogName, string>
  }
  return recordLogKey(event, history, deps)
}

async function makeKey(number: number, { keys }: LogKeyDeps): Promise<SigningKey<'checkpoints'>> {
  const kid = `checkpoints-${number}`
  // Rare, and a run that failed may have made it.
  const made = await keys.createKey(REGISTRY, 'checkpoints', 'Ed25519', { name: kid, isRepeated: true })
  return { kid, purpose: 'checkpoints', algorithm: 'Ed25519', ...made }
}

async function recordLogKey(
  event: LogKeyEvent,
  history: readonly Commit<LogKeyEvent>[],
  { store, now }: LogKeyDeps,
): Promise<LogKey> {
  const commit = nextCommit(streams.logKeys(), history, { events: [event], actor: 'system:log', now })
  await store.append(commit)
  return { ...event.key, addedAt: commit.recordedAt, ...(event.handovers && { handovers: event.handovers }) }
}

/** The keys that sign at a moment under a name: the newest key, and those superseded less than 30 days ago. */
export const noteSignersAt = (
  now: Date,
  keys: readonly LogKey[],
  name: string,
  signer: Signer,
): [NoteSigner, ...NoteSigner[]] => {
  const [last, ...others] = keys
    .filter(
      ({ replacedAt, compromised }) =>
        !compromised && (replacedAt === undefined || now.getTime() - Date.parse(replacedAt) < OVERLAP_MS),
    )
    .toReversed()
    .map((key) => noteSignerOf(key, name, signer))
  if (last === undefined) throw new RegistryError('internal', 'the logs have no key')
  return [last, ...others]
}

const noteSignerOf = (key: SigningKey<'checkpoints'>, name: string, signer: Signer): NoteSigner => ({
  key: keyNamed(key, name),
  sign: (bytes) => signer.sign(key, REGISTRY, 'checkpoints', bytes),
})

/** The keys with which clients verify the checkpoints of a log, newest last. Leaves out compromised keys. */
export const verifierKeysOf = async (log: LogName, baseUrl: string, reader: CommitReader) =>
  (await readLogKeys(reader)).filter(({ compromised }) => !compromised).map((key) => verifierKeyOf(key, log, baseUrl))

/** The keys with which we verify our own stored checkpoints: all of them, as any may have signed in its time. */
export const recordedKeysOf = (keys: readonly LogKey[], log: LogName, baseUrl: string) =>
  keys.map((key) => verifierKeyOf(key, log, baseUrl))

/** The same keys as `verifierKeysOf`, as text for the configuration of clients. */
export const readVerifierKeys = async (log: LogName, baseUrl: string, reader: CommitReader): Promise<string[]> =>
  (await verifierKeysOf(log, baseUrl, reader)).map(formatVerifierKey)

/** The public description of a key. */
export interface PublicLogKey {
  key: string
  addedAt: string
  replacedAt?: string
  compromised?: true
  /** The signed note with which the previous key named this one. */
  handover?: string
}

/** Every key that ever existed, oldest first, with the time of its use and the note in which the previous key named it. */
export const readPublicKeys = async (log: LogName, baseUrl: string, reader: CommitReader): Promise<PublicLogKey[]> =>
  (await readLogKeys(reader)).map((key) => ({
    key: formatVerifierKey(verifierKeyOf(key, log, baseUrl)),
    addedAt: key.addedAt,
    ...(key.replacedAt && { replacedAt: key.replacedAt }),
    ...(key.compromised && { compromised: key.compromised }),
    ...(key.handovers && { handover: key.handovers[log] }),
  }))

const verifierKeyOf = (key: LogKey, log: LogName, baseUrl: string): VerifierKey<'ed25519'> =>
  keyNamed(key, originOf(baseUrl, log))

/** The same key has another id under another name, so that a signature under one name is not accepted for the other. */
function keyNamed(key: SigningKey<'checkpoints'>, name: string): VerifierKey<'ed25519'> {
  const { algorithm, bytes } = decodeMultikey(key.publicKeyMultibase)
  if (algorithm !== 'Ed25519') throw new RegistryError('internal', 'the key of the logs is of another kind')
  return createVerifierKey('ed25519', name, new Uint8Array(bytes))
}
