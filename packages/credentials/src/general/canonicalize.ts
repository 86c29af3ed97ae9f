import { createHash } from 'node:crypto'
import jsonld, { type Quad } from 'jsonld'
import rdfCanonize from 'rdf-canonize'
import { isObjectOrList } from '../json-object.ts'
import { DocumentFault } from '../read-json.ts'
import { contextsOfOneDocument, type DocumentContexts } from './context-resolver.ts'
import { limits } from './limits.ts'

export type Digest = 'sha256' | 'sha384'

const noDocuments = async (): Promise<never> => {
  throw new Error('no document is ever fetched')
}

/**
 * Converts JSON-LD to RDF in safe mode. The result is all that a signature covers, and no member of the document was dropped. Throws
 * `DocumentFault`.
 * @see https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly
 */
export async function toQuads(
  document: object,
  contextResolver: DocumentContexts = contextsOfOneDocument(),
): Promise<Quad[]> {
  const options = {
    contextResolver,
    documentLoader: noDocuments,
    base: null,
    safe: true,
    rdfDirection: 'i18n-datatype',
    produceGeneralizedRdf: false,
  } as const
  let quads: Quad[]
  try {
    const expanded = await jsonld.expand(document, options)
    // Safe mode does not refuse `@index`, which a context can also rename.
    if (holdsIndex(expanded))
      throw new DocumentFault('unknown-member', '', 'something would be lost in JSON-LD: @index')
    quads = await jsonld.toRDF(expanded, { ...options, skipExpansion: true })
  } catch (error) {
    throw faultOf(error)
  }
  if (quads.filter(({ predicate }) => predicate.value === RDF_FIRST).length > limits.listItems) {
    throw new DocumentFault('document-too-complex', '', `more than ${limits.listItems} items in lists`)
  }
  return quads
}

function holdsIndex(expanded: unknown): boolean {
  if (!isObjectOrList(expanded)) return false
  return '@index' in expanded || Object.values(expanded).some(holdsIndex)
}

const RDF_FIRST = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#first'

/** RDFC-1.0. P-384 needs its own canonical form, because `digest` also labels the blank nodes. Throws `DocumentFault`. */
export async function canonicalizeQuads(quads: Quad[], digest: Digest = 'sha256'): Promise<string> {
  let canonical: string
  try {
    canonical = await rdfCanonize.canonize(quads, {
      algorithm: 'RDFC-1.0',
      maxWorkFactor: 1,
      createMessageDigest: () => {
        const hash = createHash(digest)
        return { update: (text) => void hash.update(text, 'utf8'), digest: () => hash.digest('hex') }
      },
    })
  } catch (error) {
    throw new DocumentFault('document-too-complex', '', `blank nodes that are too alike (${nameOf(error)})`)
  }
  requireASet(canonical)
  return canonical
}

/** Canonical N-Quads by jsonld.js and rdf-canonize, as the reference. Fetches nothing. Throws `DocumentFault`. */
export async function canonicalizeReference(
  document: object,
  { digest = 'sha256' }: { digest?: Digest } = {},
): Promise<string> {
  return canonicalizeQuads(await toQuads(document), digest)
}

/** For `[40, "40"]` under an integer term, jsonld.js repeats a quad. RDF has a set, so implementations would compute different hashes. */
function requireASet(canonical: string): void {
  let previous = ''
  for (const line of canonical.split('\n')) {
    if (line !== '' && line === previous) throw new DocumentFault('malformed-value', '', 'one statement is made twice')
    previous = line
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error)

/** Errors of jsonld.js contain values of the document, so only their kind is passed on. */
function faultOf(error: unknown): DocumentFault {
  if (error instanceof DocumentFault) return error
  const code = detailOf(error, 'code')
  if (nameOf(error) === 'jsonld.ValidationError') {
    const event = detailOf(error, 'event')
    const kind = isObjectOrList(event) && typeof event.code === 'string' ? event.code : 'unknown'
    return new DocumentFault('unknown-member', '', `something would be lost in JSON-LD: ${kind}`)
  }
  if (code === 'protected term redefinition' || code === 'invalid context nullification') {
    return new DocumentFault('context-not-allowed', '/@context', 'a context redefines a protected term')
  }
  return new DocumentFault('malformed-value', '', `not JSON-LD: ${typeof code === 'string' ? code : nameOf(error)}`)
}

function detailOf(error: unknown, name: string): unknown {
  return isObjectOrList(error) && isObjectOrList(error.details) ? error.details[name] : undefined
}
