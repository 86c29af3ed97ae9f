import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { cosign, createVerifierKey, formatNote, formatVerifierKey, parseNote, type VerifierKey } from '@sijil/tlog'
import { ask, type RetryPolicy } from '../client.ts'
import { usageFailure } from '../failure.ts'
import { isObject, textAt } from '../json.ts'
import { writePrivate } from '../write-private.ts'
import { followOne } from './follow.ts'
import { logNames } from './log-client.ts'
import { readSeen, writeSeen } from './seen.ts'

/** Writes the key of a new witness to a file that only its owner can read. Returns the verifier key for the registry. */
export async function createWitness({ name, path }: { name: string; path: string }): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = verifierKeyOf(name, privateKey)
  const secret = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  await writePrivate(path, `${JSON.stringify({ name, privateKey: secret })}\n`, { force: 'never' })
  return formatVerifierKey(key)
}

function verifierKeyOf(name: string, key: KeyObject): VerifierKey<'cosignature'> {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  try {
    return createVerifierKey('cosignature', name, new Uint8Array(Buffer.from(x, 'base64url')))
  } catch {
    throw usageFailure(
      'This is not a name for a witness',
      'For example witness.example, without spaces and plus signs.',
    )
  }
}

async function readWitness(path: string): Promise<{ key: VerifierKey<'cosignature'>; privateKey: KeyObject }> {
  const broken = usageFailure(`${path} is not the key of a witness`, 'Make one with `sijil log create-witness`.')
  const text = await readFile(path, 'utf8').catch(() => {
    throw broken
  })
  let name: string | undefined
  let privateKey: KeyObject
  try {
    const value: unknown = JSON.parse(text)
    name = isObject(value) ? textAt(value, 'name') : undefined
    privateKey = createPrivateKey((isObject(value) && textAt(value, 'privateKey')) || '')
  } catch {
    throw broken
  }
  if (name === undefined || privateKey.asymmetricKeyType !== 'ed25519') throw broken
  return { key: verifierKeyOf(name, privateKey), privateKey }
}

interface WitnessOrder {
  registry: string
  keyPath: string
  statePath: string
  logKeys: readonly string[]
  now: () => Date
}

export interface Witnessed {
  log: string
  from: number
  to: number
}

/**
 * Cosigns the checkpoint of each log, if it is consistent with the one seen before. The state is written before signing. If the
 * witness stops in between, it has signed less than it remembers, never more (C2SP tlog-witness).
 */
export async function witnessLogs(
  { registry, keyPath, statePath, logKeys, now }: WitnessOrder,
  retry: RetryPolicy,
): Promise<Witnessed[]> {
  const { key, privateKey } = await readWitness(keyPath)
  const done: Witnessed[] = []
  for (const log of logNames) {
    const seen = await readSeen(statePath)
    const followed = await followOne({ registry, log, seen, logKeys }, retry)
    await writeSeen(statePath, { ...seen, [followed.checkpoint.origin]: followed.seen })
    const { text, signatures } = parseNote(followed.bytes)
    const signature = await cosign(text, {
      key,
      sign: async (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
      time: Math.floor(now().getTime() / 1_000),
    })
    // The note contains only the signature of the log and this cosignature.
    const note = formatNote({
      text,
      signatures: [...signatures.filter(({ name }) => name === followed.checkpoint.origin), signature],
    })
    await ask(
      {
        method: 'POST',
        url: `${registry}/log/${log}/cosignatures`,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: Buffer.from(note).toString('utf8'),
      },
      retry,
    )
    done.push({ log, from: followed.before, to: followed.checkpoint.size })
  }
  return done
}
