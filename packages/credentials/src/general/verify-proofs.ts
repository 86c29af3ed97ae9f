import { hash } from 'node:crypto'
import { decodeMultikey, keyObject, multikeyFromDidKey } from '../multikey.ts'
import { DocumentFault } from '../read-json.ts'
import { canonicalizeQuads, type Digest, toQuads } from './canonicalize.ts'
import type { DocumentContexts } from './context-resolver.ts'
import { Graph } from './graph.ts'
import type { JsonObject } from './json.ts'
import type { ProofForm, ProofPurpose } from './proof-form.ts'
import { signingOf } from './suites.ts'

export interface RegisteredKey {
  controller: string
  publicKeyMultibase: string
}

/** Finds the key of a verification method in a known DID document. Fetches nothing. Never called for `did:key`. */
export type KeyFor = (verificationMethod: string) => RegisteredKey | undefined | Promise<RegisteredKey | undefined>

export type ProofReason =
  | 'signature-mismatch'
  | 'suite-not-allowed'
  | 'proof-time-implausible'
  | 'key-not-at-hand'
  | 'key-not-authorized'
  | 'challenge-mismatch'
  | 'domain-mismatch'
  | 'holder-mismatch'

export type ProofOutcome = {
  verificationMethod: string
  /** The controller of the key, if the key is known. */
  controller?: string
} & ({ outcome: 'passed'; reason?: undefined } | { outcome: 'failed' | 'not_performed'; reason: ProofReason })

export interface ProofQuestion {
  purpose: ProofPurpose
  now: Date
  keyFor: KeyFor
  challenge?: string | undefined
  domain?: string | undefined
  contexts: DocumentContexts
}

/** Tolerated skew between clocks. It never extends the validity of anything. */
const SKEW = 5 * 60_000

/** Verifies each proof over what it signs: in a set only the document, in a chain also the earlier proofs that it names. */
export async function verifyProofs(
  document: JsonObject,
  proofs: readonly ProofForm[],
  question: ProofQuestion,
): Promise<ProofOutcome[]> {
  const { proof: _, ...unsecured } = document
  const hashes = new Map<string, Promise<Uint8Array>>()
  const hashOf = (previous: readonly ProofForm[], digest: Digest): Promise<Uint8Array> => {
    const name = `${digest} ${previous.map(({ id }) => id).join(' ')}`
    const known = hashes.get(name)
    if (known !== undefined) return known
    const signed = previous.length === 0 ? unsecured : { ...unsecured, proof: previous.map(({ written }) => written) }
    const made = hashDocument(signed, digest, question.contexts)
    hashes.set(name, made)
    return made
  }
  const outcomes: ProofOutcome[] = []
  for (const proof of proofs) outcomes.push(await verifyOne(proof, document['@context'], hashOf, question))
  return outcomes
}

async function verifyOne(
  proof: ProofForm,
  context: unknown,
  hashOf: (previous: readonly ProofForm[], digest: Digest) => Promise<Uint8Array>,
  { purpose, now, keyFor, challenge, domain, contexts }: ProofQuestion,
): Promise<ProofOutcome> {
  const { verificationMethod } = proof
  const { proofValue: _, ...options } = proof.written
  // The options use the context of the document. If the proof was made with another one, the hash differs.
  const optionQuads = await toQuads({ '@context': context, ...options }, contexts)
  requireAsWritten(new Graph(optionQuads), proof, purpose)

  const failed = (reason: ProofReason): ProofOutcome => ({ verificationMethod, outcome: 'failed', reason })
  if (proof.created !== undefined && proof.created > now.getTime() + SKEW) return failed('proof-time-implausible')
  if (proof.expires !== undefined && proof.expires <= now.getTime()) return failed('proof-time-implausible')
  if (challenge !== undefined && proof.challenge !== challenge) return failed('challenge-mismatch')
  // The domain must match exactly (Data Integrity §4.4): a proof that is also for other domains is refused.
  if (domain !== undefined && (proof.domains.length === 0 || proof.domains.some((one) => one !== domain)))
    return failed('domain-mismatch')

  const key = verificationMethod.startsWith('did:key:')
    ? keyOfDidKey(verificationMethod)
    : await keyFor(verificationMethod)
  if (key === 'none') return failed('key-not-authorized')
  if (key === undefined) return { verificationMethod, outcome: 'not_performed', reason: 'key-not-at-hand' }
  const { controller, publicKeyMultibase } = key
  const signing = signingOf(proof.cryptosuite, decodeMultikey(publicKeyMultibase).algorithm)
  if (signing === undefined) return { ...failed('suite-not-allowed'), controller }
  const bytes = Buffer.concat([
    hash(signing.digest, await canonicalizeQuads(optionQuads, signing.digest), 'buffer'),
    await hashOf(proof.previous, signing.digest),
  ])
  const isGood =
    proof.signature.length === signing.signatureLength &&
    signing.verify(bytes, keyObject(publicKeyMultibase), proof.signature)
  return isGood
    ? { verificationMethod, controller, outcome: 'passed' }
    : { ...failed('signature-mismatch'), controller }
}

/** The DID document of `did:key` has only one method: `#` and the key. */
function keyOfDidKey(verificationMethod: string): RegisteredKey | 'none' {
  const [controller = '', fragment] = verificationMethod.split('#')
  if (fragment === undefined) return 'none'
  try {
    return { controller, publicKeyMultibase: multikeyFromDidKey(verificationMethod) }
  } catch (error) {
    if (error instanceof TypeError) return 'none'
    throw error
  }
}

async function hashDocument(document: object, digest: Digest, contexts: DocumentContexts): Promise<Uint8Array> {
  return hash(digest, await canonicalizeQuads(await toQuads(document, contexts), digest), 'buffer')
}

const security = 'https://w3id.org/security#'
const purposes = {
  assertionMethod: `${security}assertionMethod`,
  authentication: `${security}authenticationMethod`,
} as const

/** The predicate of each option in the graph (Data Integrity §2.1). */
const statements = {
  verificationMethod: `${security}verificationMethod`,
  cryptosuite: `${security}cryptosuite`,
  proofPurpose: `${security}proofPurpose`,
  created: 'http://purl.org/dc/terms/created',
  expires: `${security}expiration`,
  challenge: `${security}challenge`,
  domain: `${security}domain`,
  nonce: `${security}nonce`,
  previousProof: `${security}previousProof`,
} as const

/**
 * Requires that each option in the graph has exactly the written value, or none if none is written. An inline context could otherwise
 * change the meaning of a signed option, or hide one.
 */
function requireAsWritten(graph: Graph, { written }: ProofForm, purpose: ProofPurpose): void {
  const node = graph.only(`${security}DataIntegrityProof`)
  const stated: Record<string, unknown> = { ...written, proofPurpose: purposes[purpose] }
  const isAsWritten = Object.entries(statements).every(([name, predicate]) => {
    const meant = new Set(graph.values(node, predicate).map(({ value }) => value))
    const read = new Set([stated[name] ?? []].flat())
    return meant.size === read.size && [...meant].every((value) => read.has(value))
  })
  if (!isAsWritten)
    throw new DocumentFault('proof-malformed', '/proof', "the context changes what the proof's options mean")
}
