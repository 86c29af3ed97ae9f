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
import { ask, type Manner } from '../client.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { isObject } from '../json.ts'
import { keyOf } from './key-of.ts'
import { asFault, LogFault, originOf, readBytes, tilesOf, trustedKeys } from './log-client.ts'
import { readSeen } from './seen.ts'

const LOG = 'certificates'

export interface ProofOrder {
  registry: string
  /** The certificate, as parsed JSON. */
  document: unknown
  /** Verifier keys of the log that the caller knows; none: what an audit kept, or else what the registry says of itself. */
  keys: readonly string[]
  /** Where an audit keeps what it saw. */
  statePath: string
  witnesses: readonly string[]
  /** So many of them must have cosigned; absent: all. */
  atLeast?: number
}

export interface Proven {
  log: string
  index: number
  size: number
  /** By whose word the log's key is the right one. */
  keyFrom: 'caller' | 'earlier-audit' | 'registry'
  signedBy: string[]
  /** Checked, with the time of each, RFC 3339 UTC. */
  cosignedBy: { name: string; time: string }[]
  /** Lines that nobody checked, for no key was given. */
  unchecked: string[]
  /** C2SP tlog-proof. */
  proof: string
}

/** That the certificate stands in the public log: asked of the registry, made out of tiles, and then checked as a stranger would. */
export async function proveCertificate(order: ProofOrder, manner: Manner): Promise<Proven> {
  const { registry } = order
  const origin = originOf(registry, LOG)
  const witnesses = order.witnesses.map((text) => keyOf('cosignature', text))
  const atLeast = order.atLeast ?? witnesses.length
  if (atLeast > witnesses.length) throw usageFailure('More witnesses are asked for than were named', 'Add --witness.')
  const hash = await hashOf(order.document)
  const index = await findIndex(registry, hash, manner)
  try {
    const known = await knownKeys(origin, order, manner)
    const checkpoint = await readBytes(`${registry}/log/${LOG}/checkpoint`, manner)
    // Unsigned so far: `openProof` says whether the log signed it.
    const { size } = parseCheckpoint(parseNote(checkpoint).text)
    if (index >= size) throw new LogFault(`the log ${LOG} does not reach as far as it said a moment before`)
    const hashes = await proveInclusion(index, size, hashesFromTiles(size, tilesOf(registry, LOG, manner)))
    const proof = { index, hashes, checkpoint }
    const leaf = leafHash(new Uint8Array(Buffer.from(hash, 'base64url')))
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
      detail: 'Witnesses run about once a minute, and each cosigns the newest checkpoint: try again.',
    },
    { cause },
  )

/** What the log has of a document: the hash of it without its proof. */
async function hashOf(document: unknown): Promise<string> {
  const { DocumentFault, documentHash, parseProfile } = await import('@sijil/credentials')
  try {
    return documentHash(parseProfile(document))
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error
    throw new CommandFailure('usage', {
      title: 'This is no certificate as a registry of this kind issues it',
      errors: [{ pointer: error.pointer, detail: `${error.code}: ${error.message}` }],
    })
  }
}

async function findIndex(registry: string, hash: string, manner: Manner): Promise<number> {
  const url = `${registry}/log/${LOG}/index/${hash}`
  const place = await ask({ method: 'GET', url, headers: { accept: 'application/json' } }, manner).catch(
    (error: unknown) => {
      if (!(error instanceof CommandFailure) || !error.problem.type.endsWith('/not-found')) throw error
      throw new CommandFailure('refused', {
        title: `The log of ${new URL(registry).host} has no entry for this certificate`,
        detail:
          'One that was issued this minute is in the log soon: try again. Otherwise this registry never signed exactly this document.',
      })
    },
  )
  const index = isObject(place) ? place.index : undefined
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0)
    throw new CommandFailure('unexpected', { title: 'The registry did not say where the entry stands' })
  return index
}

/** Whatever the keys come from, those that follow them count too: each is named by the one before. */
async function knownKeys(origin: string, { registry, keys, statePath }: ProofOrder, manner: Manner) {
  const given = keys.map((text) => keyOf('ed25519', text))
  if (given.length > 0) return { from: 'caller', keys: given } as const
  const seen = (await readSeen(statePath))[origin]
  const known = seen && keyOf('ed25519', seen.key)
  return {
    from: known === undefined ? 'registry' : 'earlier-audit',
    keys: await trustedKeys(registry, LOG, known === undefined ? [] : [known], manner),
  } as const
}
