import { hash as digest } from 'node:crypto'
import {
  formatProof,
  formatVerifierKey,
  hashesFromTiles,
  leafHash,
  openProof,
  parseCheckpoint,
  parseNote,
  proveInclusion,
  TlogError,
} from '@sijil/tlog'
import type { RetryPolicy } from '../client.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { keyOf } from './key-of.ts'
import { asFault, findIndex, LogFault, originOf, readBytes, tilesOf, trustedKeys } from './log-client.ts'
import { readSeen } from './seen.ts'

const LOG = 'certificates'

export interface ProofOrder {
  registry: string
  /** The certificate, as parsed JSON. */
  document: unknown
  /** Prove the entry that says that it was released. Otherwise that of its reservation. */
  released: boolean
  /** Verifier keys of the log that the caller knows. If empty, the key in the state file, or else the keys that the registry lists. */
  keys: readonly string[]
  /** The state file of earlier audits. */
  statePath: string
  witnesses: readonly string[]
  /** The number of witnesses that must have cosigned. Absent: all. */
  atLeast?: number
}

export interface Proven {
  log: string
  index: number
  size: number
  /** The source of the key by which the log was checked. */
  keyFrom: 'caller' | 'earlier-audit' | 'registry'
  signedBy: string[]
  /** Verified cosignatures. `time` is RFC 3339 in UTC. */
  cosignedBy: { name: string; time: string }[]
  /** Names of signatures that were not checked, because no key was given. */
  unchecked: string[]
  /** C2SP tlog-proof. */
  proof: string
}

/** Proves that the certificate is in the public log. The proof is made from tiles, and then verified without trusting the registry. */
export async function proveCertificate(order: ProofOrder, retry: RetryPolicy): Promise<Proven> {
  const { registry } = order
  const origin = originOf(registry, LOG)
  const witnesses = order.witnesses.map((text) => keyOf('cosignature', text))
  const atLeast = order.atLeast ?? witnesses.length
  if (atLeast > witnesses.length)
    throw usageFailure('--at-least is more than the number of --witness', 'Add --witness.')
  const hash = await hashOf(order.document)
  const entry = order.released ? releasedEntry(hash) : hash
  const index = await findIndex(registry, LOG, entry, retry)
  if (index === undefined) throw notInLog(order)
  try {
    const known = await knownKeys(origin, order, retry)
    const checkpoint = await readBytes(`${registry}/log/${LOG}/checkpoint`, retry)
    // Not verified yet: `openProof` below checks the signature of the log.
    const { size } = parseCheckpoint(parseNote(checkpoint).text)
    if (index >= size)
      throw new LogFault(`the checkpoint of the log ${LOG} does not cover the entry that the registry named`)
    const hashes = await proveInclusion(index, size, hashesFromTiles(size, tilesOf(registry, LOG, retry)))
    const proof = { index, hashes, checkpoint }
    const leaf = leafHash(new Uint8Array(Buffer.from(entry, 'base64url')))
    const opened = openProof(proof, leaf, { origin, keys: known.keys, witnesses, atLeast })
    const signedBy = opened.signedBy.map(formatVerifierKey)
    const cosignedBy = opened.cosignatures.map(({ key, time }) => ({
      name: key.name,
      time: new Date(time * 1_000).toISOString(),
    }))
    const checked = new Set([origin, ...cosignedBy.map(({ name }) => name)])
    const names = new Set(parseNote(checkpoint).signatures.map(({ name }) => name))
    const unchecked = [...names].filter((name) => !checked.has(name))
    const text = Buffer.from(formatProof(proof)).toString('utf8')
    return { log: origin, index, size: opened.size, keyFrom: known.from, signedBy, cosignedBy, unchecked, proof: text }
  } catch (error) {
    throw error instanceof TlogError && error.code === 'not-witnessed' ? notWitnessed(error) : asFault(error)
  }
}

const notWitnessed = (cause: TlogError) =>
  new CommandFailure(
    'wrong',
    {
      title: 'Too few of the witnesses that you named cosigned the checkpoint',
      detail: 'Witnesses cosign the newest checkpoint about once a minute. Try again.',
    },
    { cause },
  )

/** The entry of a reservation in the log: the hash of the document without its proof. */
async function hashOf(document: unknown): Promise<string> {
  const { DocumentFault, documentHash, parseProfile } = await import('@sijil/credentials')
  try {
    return documentHash(parseProfile(document))
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error
    throw new CommandFailure('usage', {
      title: 'This is not a certificate of a Sijil registry',
      errors: [{ pointer: error.pointer, detail: `${error.code}: ${error.message}` }],
    })
  }
}

/** The entry that follows when the certificate is released (docs/log.md). */
const releasedEntry = (hash: string): string =>
  digest('sha256', Buffer.concat([Buffer.from('sijil/released/v1'), Buffer.from(hash, 'base64url')]), 'base64url')

/** What it means that the log has no such entry. */
const absent = {
  reserved: {
    title: 'has no entry for this certificate',
    otherwise: 'Otherwise this registry never signed exactly this document.',
  },
  released: {
    title: 'does not say that this certificate was released',
    otherwise:
      'The log does not say it of certificates of an earlier time: prove their reservation, without --released.',
  },
} as const

function notInLog({ registry, released }: ProofOrder): CommandFailure {
  const { title, otherwise } = absent[released ? 'released' : 'reserved']
  return new CommandFailure('refused', {
    title: `The log of ${new URL(registry).host} ${title}`,
    detail: `If it was issued in the last minute, try again. ${otherwise}`,
  })
}

/** Keys of the caller are used alone. A key of an earlier audit also leads to later keys by their handovers. */
async function knownKeys(origin: string, { registry, keys, statePath }: ProofOrder, retry: RetryPolicy) {
  const given = keys.map((text) => keyOf('ed25519', text))
  if (given.length > 0) return { from: 'caller', keys: given } as const
  const seen = (await readSeen(statePath))[origin]
  const known = seen && keyOf('ed25519', seen.key)
  return {
    from: known === undefined ? 'registry' : 'earlier-audit',
    keys: await trustedKeys(registry, LOG, known === undefined ? [] : [known], retry),
  } as const
}
