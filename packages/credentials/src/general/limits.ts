import { isObjectOrList } from '../json-object.ts'
import { DocumentFault, pointerTo } from '../read-json.ts'
import type { Path } from './json.ts'

/**
 * Limits for documents. jsonld.js takes quadratic time in nodes and in the length of arrays, and processes each inline context again. Without
 * limits, 60 KB of `{}` take ten seconds. With them, the slowest accepted document takes less than 50 ms (`limits.test.ts`).
 */
export const limits = {
  characters: 65_536,
  nodes: 100,
  depth: 16,
  valuesInArray: 200,
  /** Each item of a list is a blank node, the most expensive part of canonicalizing. */
  listItems: 200,
  values: 1_000,
  proofs: 4,
  /** For all credentials of a presentation together. */
  proofsOfPresentation: 8,
  /** Extra limits for certificates of the closed profile in a presentation. Their form is known, so they are not slower than they look. */
  nodesOfCertificates: 240,
  valuesOfCertificates: 1_600,
  contexts: 8,
  contextsOfPresentation: 12,
  contextCharacters: 8_192,
  contextTerms: 100,
  contextDepth: 2,
  /** Limits of scoped contexts: uses of inline ones in a document, and types with pinned ones on one node. */
  inlineScopedUses: 30,
  scopedTypesOfNode: 3,
} as const

/** Keywords whose values become statements. A value of `@index` does not, and neither does the name of `@nest` or of another keyword without content. */
export const keywords: ReadonlySet<string> = new Set([
  '@id',
  '@type',
  '@value',
  '@language',
  '@direction',
  '@list',
  '@set',
])

/** JSON-LD 1.1 §3 reserves these names for future keywords, and ignores the ones that do not exist. */
export const isKeyword = (name: string): boolean => /^@[A-Za-z]+$/.test(name)

/** Names whose definition has its own context. Entering it from another context takes time. */
export interface ScopedTerms {
  inline: ReadonlySet<string>
  pinned: ReadonlySet<string>
}

/**
 * Checks size and form of the JSON before JSON-LD processing. Refuses nulls and empty arrays, because they are not in the RDF graph and so
 * no signature covers them. `@context` is allowed only where `mayHaveContext` says so, and its value is not checked here. `share` divides
 * the limits for a document that is canonicalized several times. Documents in `apart` have their own limits. Throws `DocumentFault`.
 */
export function requireWithinLimits(
  document: object,
  {
    mayHaveContext,
    scoped,
    share = 1,
    apart = [],
  }: { mayHaveContext: (path: Path) => boolean; scoped: ScopedTerms; share?: number; apart?: readonly object[] },
): void {
  const allowed = sizeOf(apart)
  const mostNodes = Math.floor((limits.nodes + Math.min(allowed.nodes, limits.nodesOfCertificates)) / share)
  const mostValues = Math.floor((limits.values + Math.min(allowed.values, limits.valuesOfCertificates)) / share)
  let scopedUses = 0
  let nodes = 0
  let values = 0
  let characters = 0
  const path: (string | number)[] = []
  const tooComplex = (message: string) => new DocumentFault('document-too-complex', pointerTo(path), message)

  const text = (value: string): void => {
    characters += value.length
    if (characters > limits.characters) throw tooComplex('too much text')
    if (scoped.inline.has(value) && ++scopedUses > limits.inlineScopedUses) throw tooComplex('too many scoped contexts')
    if (!value.isWellFormed()) throw new DocumentFault('malformed-json', pointerTo(path), 'a lone surrogate')
  }

  const members = (value: object): void => {
    nodes += 1
    if (nodes > mostNodes) throw tooComplex(`more than ${mostNodes} objects`)
    for (const [name, member] of Object.entries(value)) {
      path.push(name)
      text(name)
      if (name === '__proto__')
        throw new DocumentFault('malformed-json', pointerTo(path), 'a member is named __proto__')
      if (name === '@context') {
        if (!mayHaveContext(path.slice(0, -1))) {
          throw new DocumentFault('context-not-allowed', pointerTo(path), 'a context inside of the document')
        }
      } else {
        if (isKeyword(name) && !keywords.has(name))
          throw new DocumentFault('unknown-member', pointerTo(path), 'a keyword of JSON-LD that no signature covers')
        visit(member)
      }
      path.pop()
    }
  }

  const visit = (value: unknown): void => {
    values += 1
    if (values > mostValues) throw tooComplex(`more than ${mostValues} values`)
    if (path.length > limits.depth) throw tooComplex(`nested more than ${limits.depth} deep`)
    if (typeof value === 'string') text(value)
    else if (typeof value === 'number') requireExact(value, path)
    else if (Array.isArray(value)) {
      if (value.length > limits.valuesInArray) throw tooComplex(`more than ${limits.valuesInArray} values in an array`)
      if (value.length === 0) throw new DocumentFault('malformed-value', pointerTo(path), 'an empty array')
      if (value.filter((item) => scoped.pinned.has(item)).length > limits.scopedTypesOfNode) {
        throw tooComplex('too many types with contexts of their own')
      }
      value.forEach((item, index) => {
        path.push(index)
        visit(item)
        path.pop()
      })
    } else if (isObjectOrList(value)) members(value)
    else if (typeof value !== 'boolean') throw new DocumentFault('malformed-value', pointerTo(path), 'null')
  }

  visit(document)
}

/** `value` must match the closed profile, so that it is neither deep nor large. */
function sizeOf(value: unknown): { nodes: number; values: number } {
  if (!isObjectOrList(value)) return { nodes: 0, values: 1 }
  return Object.values(value)
    .map(sizeOf)
    .reduce((sum, part) => ({ nodes: sum.nodes + part.nodes, values: sum.values + part.values }), {
      nodes: Array.isArray(value) ? 0 : 1,
      values: 1,
    })
}

/** Refuses whole numbers that a double cannot hold, because hashing would change them. */
function requireExact(value: number, path: Path): void {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) || Object.is(value, -0)) {
    throw new DocumentFault('malformed-value', pointerTo(path), 'a number that is not exact')
  }
}
