import { decodeBase58 } from '../multibase.ts'
import { DocumentFault, pointerTo } from '../read-json.ts'
import { readDateTimeStamp } from './date-time-stamp.ts'
import { isAbsoluteIri } from './iri.ts'
import { isObject, type JsonObject, type Path } from './json.ts'
import { limits } from './limits.ts'
import { type Cryptosuite, isCryptosuite, signatureLengths } from './suites.ts'

export type ProofPurpose = 'assertionMethod' | 'authentication'

/** A Data Integrity proof that has only known members. */
export interface ProofForm {
  written: JsonObject
  id?: string
  cryptosuite: Cryptosuite
  verificationMethod: string
  created?: number
  expires?: number
  challenge?: string
  domains: string[]
  signature: Uint8Array
  /** The earlier proofs that it names and therefore signs, in the order of the document. */
  previous: ProofForm[]
}

const members = new Set([
  'id',
  'type',
  'cryptosuite',
  'created',
  'expires',
  'verificationMethod',
  'proofPurpose',
  'proofValue',
  'previousProof',
  'challenge',
  'domain',
  'nonce',
])

/** @see https://www.w3.org/TR/vc-data-integrity/#proofs and #proof-chains */
export function readProofs(value: unknown, purpose: ProofPurpose): ProofForm[] {
  if (value === undefined || value === null) throw new DocumentFault('proof-missing', '/proof', 'there is no proof')
  const written = Array.isArray(value) ? value : [value]
  if (written.length === 0 || written.length > limits.proofs)
    throw fault(['proof'], `not one to ${limits.proofs} proofs`)
  const paths = written.map((_, index): Path => (Array.isArray(value) ? ['proof', index] : ['proof']))
  const proofs = written.map((proof, index) => readProof(proof, paths[index] ?? [], purpose))
  const ids = proofs.flatMap(({ id }) => id ?? [])
  if (new Set(ids).size !== ids.length) throw fault(['proof'], 'two proofs have one id')
  proofs.forEach((proof, index) => {
    proof.previous = previousOf(proof, proofs, [...(paths[index] ?? []), 'previousProof'])
  })
  for (const proof of proofs) requireNoCycle(proof, [])
  return proofs
}

function readProof(proof: unknown, path: Path, purpose: ProofPurpose): ProofForm {
  if (!isObject(proof)) throw fault(path, 'not an object')
  for (const name of Object.keys(proof))
    if (!members.has(name)) throw fault([...path, name], 'a member that is not known')
  const { id, type, cryptosuite, verificationMethod, proofPurpose, challenge, domain, nonce } = proof
  if (typeof type !== 'string') throw fault([...path, 'type'], 'is missing, or no name')
  if (type !== 'DataIntegrityProof' || !isCryptosuite(cryptosuite)) {
    throw new DocumentFault(
      'suite-not-allowed',
      pointerTo([...path, 'cryptosuite']),
      'not a cryptosuite that is checked here',
    )
  }
  if (!isAbsoluteIri(verificationMethod)) throw fault([...path, 'verificationMethod'], 'is missing, or not a URL')
  if (proofPurpose !== purpose) throw fault([...path, 'proofPurpose'], `not ${purpose}`)
  if (id !== undefined && !isAbsoluteIri(id)) throw fault([...path, 'id'], 'not a URL')
  if (challenge !== undefined && typeof challenge !== 'string') throw fault([...path, 'challenge'], 'not a string')
  if (nonce !== undefined && typeof nonce !== 'string') throw fault([...path, 'nonce'], 'not a string')
  const domains = domain === undefined ? [] : Array.isArray(domain) ? domain : [domain]
  if (!domains.every((one) => typeof one === 'string')) throw fault([...path, 'domain'], 'not a string')
  const created = momentOf(proof, 'created', path)
  const expires = momentOf(proof, 'expires', path)
  return {
    written: proof,
    ...(id !== undefined && { id }),
    cryptosuite,
    verificationMethod,
    ...(created !== undefined && { created }),
    ...(expires !== undefined && { expires }),
    ...(challenge !== undefined && { challenge }),
    domains,
    signature: signatureOf(proof.proofValue, cryptosuite, [...path, 'proofValue']),
    previous: [],
  }
}

function momentOf(proof: JsonObject, name: string, path: Path): number | undefined {
  if (!(name in proof)) return undefined
  const moment = readDateTimeStamp(proof[name])
  if (moment === undefined) throw fault([...path, name], 'not a dateTimeStamp')
  return moment
}

function signatureOf(value: unknown, cryptosuite: Cryptosuite, path: Path): Uint8Array {
  for (const length of signatureLengths(cryptosuite)) {
    const signature = typeof value === 'string' ? decodeBase58(value, length) : undefined
    if (signature !== undefined) return signature
  }
  throw fault(path, 'not a signature of this cryptosuite in base58')
}

function previousOf({ written }: ProofForm, proofs: readonly ProofForm[], path: Path): ProofForm[] {
  if (!('previousProof' in written)) return []
  const names: unknown[] = Array.isArray(written.previousProof) ? written.previousProof : [written.previousProof]
  const named = proofs.filter(({ id }) => id !== undefined && names.includes(id))
  if (names.length === 0 || named.length !== names.length)
    throw fault(path, 'names something else than proofs of this document')
  return named
}

function requireNoCycle(proof: ProofForm, followers: readonly ProofForm[]): void {
  if (followers.includes(proof)) throw fault(['proof'], 'a proof that follows itself')
  for (const previous of proof.previous) requireNoCycle(previous, [...followers, proof])
}

const fault = (path: Path, message: string) => new DocumentFault('proof-malformed', pointerTo(path), message)
