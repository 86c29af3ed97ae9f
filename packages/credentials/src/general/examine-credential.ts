import type { Quad } from 'jsonld'
import { DocumentFault } from '../read-json.ts'
import { toQuads } from './canonicalize.ts'
import { contextsOfOneDocument, type DocumentContexts } from './context-resolver.ts'
import { requireAllowedContext, scopedTerms } from './context-rules.ts'
import { type CredentialFacts, readCredentialFacts, type StatusFact } from './facts.ts'
import { type Fault, faultOf } from './faults.ts'
import { bindingOf, type IssuerKey } from './issuer-key.ts'
import { isObject, type JsonObject, malformed } from './json.ts'
import { requireWithinLimits } from './limits.ts'
import { readProofs } from './proof-form.ts'
import { idOf, requireCredentialShape } from './shape.ts'
import { type KeyFor, type ProofOutcome, verifyProofs } from './verify-proofs.ts'

/** What can be said of a stranger's credential without asking who its issuer is. */
export interface Examination {
  /** Empty: of good form, and everything below is what its signatures cover. Otherwise nothing below was looked at. */
  faults: Fault[]
  id?: string
  /** As expanded, of any node: a caller that reads some kinds of document elsewhere refuses them by these. */
  types: string[]
  /** As expanded. */
  issuer?: string
  /** Those that have an id, as expanded. */
  subjects: string[]
  validFrom?: string
  validUntil?: string
  period: 'in-force' | 'not-yet-valid' | 'expired'
  /** Every entry: none is looked up here. */
  status: StatusFact[]
  /** All must pass. */
  proofs: ProofOutcome[]
  /** At least one proof that passed is by the issuer. */
  issuerKey: IssuerKey
  /** As expanded. */
  verificationMethods: string[]
}

/** Who showed a credential, and how that was proven. */
export interface Presenting {
  holder?: string
  proofs: ProofOutcome[]
}

export interface ExaminingCredential {
  now: Date
  keyFor: KeyFor
  /** What each proof must answer, where somebody asked for it. */
  challenge?: string
  domain?: string
  /** Absent: it was shown by itself. */
  presenting?: Presenting
}

/**
 * VCDM 2.0 or 1.1 with Data Integrity proofs. Never throws for a bad document. Facts are read from the graph that was signed,
 * never from keys as written. Takes what `readJson` returned: duplicate members are invisible here.
 */
export async function examineCredential(
  value: unknown,
  { now, keyFor, presenting, ...expected }: ExaminingCredential,
): Promise<Examination> {
  try {
    const credential = requireReadable(value)
    const contexts = contextsOfOneDocument()
    if (presenting?.holder !== undefined && !('proof' in credential)) {
      const { facts } = await readUnsecured(credential, contexts)
      // Whoever holds it is who says it, and has signed it with the presentation (VCDM 2.0 §4.13.3).
      if (facts.issuer === presenting.holder) return examinationOf(facts, presenting.proofs, now)
    }
    const proofs = readProofs(credential.proof, 'assertionMethod')
    const { facts } = await readUnsecured(credential, contexts)
    const question = { purpose: 'assertionMethod', now, keyFor, contexts, ...expected } as const
    return examinationOf(facts, await verifyProofs(credential, proofs, question), now)
  } catch (error) {
    return nothingBut(faultOf(error))
  }
}

const examinationOf = (facts: CredentialFacts, proofs: ProofOutcome[], now: Date): Examination => ({
  faults: [],
  ...(facts.id !== undefined && { id: facts.id }),
  types: facts.allTypes,
  issuer: facts.issuer,
  subjects: facts.subjects,
  ...(facts.validFrom !== undefined && { validFrom: facts.validFrom }),
  ...(facts.validUntil !== undefined && { validUntil: facts.validUntil }),
  period: periodOf(facts, now),
  status: facts.status,
  proofs,
  issuerKey: bindingOf(facts.issuer, proofs),
  verificationMethods: proofs.map(({ verificationMethod }) => verificationMethod),
})

/** JSON shape, contexts and limits; nothing is processed as JSON-LD before this. */
export function requireReadable(value: unknown): JsonObject {
  if (!isObject(value)) throw malformed([], 'not an object')
  requireAllowedContext(value['@context'])
  requireWithinLimits(value, {
    mayHaveContext: (path) => path.length === 0,
    scoped: scopedTerms([value['@context']]),
    share: Array.isArray(value.proof) ? Math.max(value.proof.length, 1) : 1,
  })
  requireCredentialShape(value)
  return value
}

/** The facts of a credential, and the statements that they were read from; its proof is no part of them. */
export async function readUnsecured(
  credential: JsonObject,
  contexts: DocumentContexts,
): Promise<{ facts: CredentialFacts; quads: Quad[] }> {
  const { proof: _, ...unsecured } = credential
  const quads = await toQuads(unsecured, contexts)
  const facts = readCredentialFacts(quads)
  // A prefix of an inline context can turn one URL into another.
  if (facts.issuer !== idOf(credential.issuer, ['issuer'])) {
    throw new DocumentFault('context-not-allowed', '/issuer', 'the context makes another issuer of it')
  }
  return { facts, quads }
}

function periodOf({ validFrom, validUntil }: CredentialFacts, now: Date): Examination['period'] {
  if (validUntil !== undefined && Date.parse(validUntil) <= now.getTime()) return 'expired'
  if (validFrom !== undefined && Date.parse(validFrom) > now.getTime()) return 'not-yet-valid'
  return 'in-force'
}

const nothingBut = (fault: Fault): Examination => ({
  faults: [fault],
  types: [],
  subjects: [],
  // Never "in force" for what was not read.
  period: 'expired',
  status: [],
  proofs: [],
  issuerKey: { outcome: 'not_performed', reason: 'depends-on-another-check' },
  verificationMethods: [],
})
