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

/** All that is known about a stranger's credential without trusting its issuer. */
export interface Examination {
  /** Empty: the form is right, and the signatures cover everything below. Otherwise nothing below was examined. */
  faults: Fault[]
  id?: string
  /** Types of all nodes, as expanded. A caller may refuse kinds of documents by them. */
  types: string[]
  /** As expanded. */
  issuer?: string
  /** Ids of the subjects that have one, as expanded. */
  subjects: string[]
  validFrom?: string
  validUntil?: string
  period: 'in-force' | 'not-yet-valid' | 'expired'
  /** All status entries. None is looked up here. */
  status: StatusFact[]
  /** All must pass. */
  proofs: ProofOutcome[]
  /** Passed if at least one valid proof is by the issuer. */
  issuerKey: IssuerKey
  /** As expanded. */
  verificationMethods: string[]
}

/** The holder of a presentation that contains the credential, and the proofs of the presentation. */
export interface Presenting {
  holder?: string
  proofs: ProofOutcome[]
}

export interface ExaminingCredential {
  now: Date
  keyFor: KeyFor
  /** The challenge that each proof must contain, if the caller gave one. */
  challenge?: string
  domain?: string
  /** Absent: the credential is not in a presentation. */
  presenting?: Presenting
}

/**
 * Examines a credential of VCDM 2.0 or 1.1 with Data Integrity proofs. Never throws for a bad document. Facts come from the signed graph,
 * never from the JSON keys. Pass the result of `readJson`, because duplicate members cannot be seen here.
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
      // A holder may issue a credential to themselves. The proof of the presentation then secures it (VCDM 2.0 §4.13.3).
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

/** Checks JSON shape, contexts and limits, before anything is processed as JSON-LD. Throws `DocumentFault`. */
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

/** The facts of a credential without its proof, and the statements from which they were read. Throws `DocumentFault`. */
export async function readUnsecured(
  credential: JsonObject,
  contexts: DocumentContexts,
): Promise<{ facts: CredentialFacts; quads: Quad[] }> {
  const { proof: _, ...unsecured } = credential
  const quads = await toQuads(unsecured, contexts)
  const facts = readCredentialFacts(quads)
  // A prefix in an inline context can turn one URL into another.
  if (facts.issuer !== idOf(credential.issuer, ['issuer'])) {
    throw new DocumentFault('context-not-allowed', '/issuer', 'the context changes the issuer')
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
  // A credential that was not read must never be "in force".
  period: 'expired',
  status: [],
  proofs: [],
  issuerKey: { outcome: 'not_performed', reason: 'depends-on-another-check' },
  verificationMethods: [],
})
