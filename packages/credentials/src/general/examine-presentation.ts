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
  /** Empty: the form is right. Otherwise nothing below was examined. */
  faults: Fault[]
  /** As expanded. */
  holder?: string
  /** All must pass. If a holder is named and made none of them, all fail. */
  proofs: ProofOutcome[]
  /** As expanded. */
  verificationMethods: string[]
  /** As sent, for the caller to examine. */
  credentials: unknown[]
}

/** Examines the proof, holder and form of a presentation, but not the credentials in it. Never throws for a bad presentation. */
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
      throw new DocumentFault('context-not-allowed', '/holder', 'the context changes the holder')
    }
    // The graph must have no credentials other than these, not even under another name or outside `verifiableCredential`.
    if (facts.enclosed !== credentials.length || facts.credentials > credentials.length) {
      throw new DocumentFault('context-not-allowed', `/${ENCLOSED}`, 'it contains a credential in another place')
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

/** Fails all proofs if the named holder made none: a valid signature by another key does not prove this presentation. */
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
  // An empty array may mean "no credentials". It has no statement in the graph.
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
