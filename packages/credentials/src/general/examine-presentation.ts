import { parseProfile } from '../profile.ts'
import { DocumentFault } from '../read-json.ts'
import { toQuads } from './canonicalize.ts'
import { contextsOfOneDocument } from './context-resolver.ts'
import { contextAllowance, requireAllowedContext, scopedTerms } from './context-rules.ts'
import { readPresentationFacts } from './facts.ts'
import { type Fault, faultOf } from './faults.ts'
import { bindingOf } from './issuer-key.ts'
import { isObject, type JsonObject, malformed, type Path } from './json.ts'
import { limits, requireWithinLimits } from './limits.ts'
import { readProofs } from './proof-form.ts'
import { idOf, requireId, requireTypes } from './shape.ts'
import { type KeyFor, type ProofOutcome, verifyProofs } from './verify-proofs.ts'

export interface PresentationExamination {
  /** Empty: of good form. Otherwise nothing below was looked at. */
  faults: Fault[]
  /** As expanded. */
  holder?: string
  /** All must pass; none does where a holder is named who made none of them. */
  proofs: ProofOutcome[]
  /** As expanded. */
  verificationMethods: string[]
  /** As sent, for whoever examines them. */
  credentials: unknown[]
}

/** A presentation's own proof, holder and form; each credential inside is for the caller to examine. Never throws for a bad one. */
export async function examinePresentation(
  value: unknown,
  { now, keyFor, challenge, domain }: { now: Date; keyFor: KeyFor; challenge?: string; domain?: string },
): Promise<PresentationExamination> {
  try {
    const presentation = requirePresentation(value)
    const proofs = readProofs(presentation.proof, 'authentication')
    const contexts = contextsOfOneDocument()
    const { proof: _, ...unsecured } = presentation
    const facts = readPresentationFacts(await toQuads(unsecured, contexts))
    const { holder } = facts
    const credentials = enclosed(presentation)
    if (holder !== writtenHolder(presentation)) {
      throw new DocumentFault('context-not-allowed', '/holder', 'the context makes another holder of it')
    }
    // What is examined must be all that a reader of the graph finds, also under another name, or beside what a presentation holds.
    if (facts.enclosed !== credentials.length || facts.credentials > credentials.length) {
      throw new DocumentFault('context-not-allowed', `/${ENCLOSED}`, 'it holds a credential that is not written here')
    }
    const question = { purpose: 'authentication', now, keyFor, challenge, domain, contexts } as const
    return {
      faults: [],
      ...(holder !== undefined && { holder }),
      proofs: boundTo(holder, await verifyProofs(presentation, proofs, question)),
      verificationMethods: proofs.map(({ verificationMethod }) => verificationMethod),
      credentials,
    }
  } catch (error) {
    return { faults: [faultOf(error)], proofs: [], verificationMethods: [], credentials: [] }
  }
}

/** A good signature by somebody else than the named holder is no proof of this presentation. */
function boundTo(holder: string | undefined, outcomes: ProofOutcome[]): ProofOutcome[] {
  if (holder === undefined || bindingOf(holder, outcomes).outcome !== 'failed') return outcomes
  return outcomes.map((one) =>
    one.outcome === 'failed' ? one : { ...one, outcome: 'failed', reason: 'holder-mismatch' },
  )
}

const ENCLOSED = 'verifiableCredential'

function requirePresentation(value: unknown): JsonObject {
  if (!isObject(value)) throw malformed([], 'not an object')
  const allowance = contextAllowance()
  requireAllowedContext(value['@context'], ['@context'], allowance)
  requireTypes(value, 'VerifiablePresentation')
  requireId(value, [])
  const credentials = enclosed(value)
  credentials.forEach((credential, index) => {
    const path: Path = Array.isArray(value[ENCLOSED]) ? [ENCLOSED, index] : [ENCLOSED]
    if (!isObject(credential)) throw malformed(path, 'not an object')
    requireNotEnveloped(credential, path)
    requireAllowedContext(credential['@context'], [...path, '@context'], allowance)
  })
  // "No credentials" may be said with an empty array, which is no part of the graph.
  const { [ENCLOSED]: _, ...others } = value
  requireWithinLimits(credentials.length === 0 ? others : value, {
    mayHaveContext: (path) =>
      path.length === 0 || (path[0] === ENCLOSED && path.length === (Array.isArray(value[ENCLOSED]) ? 2 : 1)),
    scoped: scopedTerms([value, ...credentials].map((document) => document['@context'])),
    share: Array.isArray(value.proof) ? Math.max(value.proof.length, 1) : 1,
    apart: credentials.filter(isCertificate),
  })
  if (credentials.flatMap(({ proof }) => proof ?? []).length > limits.proofsOfPresentation)
    throw new DocumentFault('document-too-complex', `/${ENCLOSED}`, `more than ${limits.proofsOfPresentation} proofs`)
  writtenHolder(value)
  return value
}

function isCertificate(credential: JsonObject): boolean {
  try {
    parseProfile(credential)
    return true
  } catch (fault) {
    if (fault instanceof DocumentFault) return false
    throw fault
  }
}

function requireNotEnveloped(credential: JsonObject, path: Path): void {
  const types = [credential.type].flat()
  if (types.includes('EnvelopedVerifiableCredential')) {
    throw new DocumentFault('suite-not-allowed', `/${path.join('/')}/type`, 'enveloped documents are not read here')
  }
}

const writtenHolder = ({ holder }: JsonObject): string | undefined =>
  holder === undefined ? undefined : idOf(holder, ['holder'])

function enclosed(presentation: JsonObject): JsonObject[] {
  const value = presentation[ENCLOSED]
  const all = value === undefined ? [] : Array.isArray(value) ? value : [value]
  if (all.length > limits.contextsOfPresentation) throw malformed([ENCLOSED], 'too many credentials')
  return all
}
