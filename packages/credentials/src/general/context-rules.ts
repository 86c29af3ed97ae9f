import { isObjectOrList } from '../json-object.ts'
import { DocumentFault, pointerTo } from '../read-json.ts'
import { CREDENTIALS_V1, CREDENTIALS_V2, pinnedContexts } from './contexts.ts'
import { isAbsoluteIri } from './iri.ts'
import { isObject, type Path } from './json.ts'
import { isKeyword, keywords as keywordsOfDocuments, limits, type ScopedTerms } from './limits.ts'

/**
 * The keywords that an inline context may have. Not allowed: `@base`, because relative names would become absolute; `@import` and URLs in
 * scoped contexts, because the work would have no limit; `@propagate`; and `@direction`, which jsonld.js loses when it copies a context.
 */
const keywords = new Set(['@version', '@vocab', '@language', '@protected', '@type'])

/** The rest of the limits for one request. A presentation and its credentials share them. */
interface ContextAllowance {
  contexts: number
  terms: number
  characters: number
}

export const contextAllowance = (): ContextAllowance => ({
  contexts: limits.contextsOfPresentation,
  terms: limits.contextTerms,
  characters: limits.contextCharacters,
})

const bases: readonly unknown[] = [CREDENTIALS_V2, CREDENTIALS_V1]

/** Checks `@context` of a credential or presentation: the base context first, then pinned URLs and small inline contexts. */
export function requireAllowedContext(value: unknown, path: Path = ['@context'], allowance = contextAllowance()): void {
  const fault = (at: Path, message: string) => new DocumentFault('context-not-allowed', pointerTo(at), message)
  if (!Array.isArray(value) || value.length === 0) throw fault(path, 'the context is not an array')
  allowance.contexts -= value.length
  if (value.length > limits.contexts || allowance.contexts < 0) throw fault(path, 'too many contexts')

  const inline = (context: object, at: Path, depth: number): void => {
    if (depth > limits.contextDepth) throw fault(at, 'contexts scoped too deep')
    for (const [name, definition] of Object.entries(context)) {
      const here = [...at, name]
      if (name === '__proto__') throw fault(here, 'a term is named __proto__')
      if (name.startsWith('@')) {
        if (!keywords.has(name)) throw fault(here, 'a keyword that is not allowed in an inline context')
        continue
      }
      allowance.terms -= 1
      if (allowance.terms < 0) throw fault(here, `more than ${limits.contextTerms} terms`)
      if (namesWhatIsLost(definition)) throw fault(here, 'a term for a keyword that no signature covers')
      if (!isObject(definition) || !('@context' in definition)) continue
      if (!isObject(definition['@context'])) throw fault(here, 'a scoped context that is not an inline context')
      inline(definition['@context'], [...here, '@context'], depth + 1)
    }
  }

  value.forEach((item, index) => {
    const at = [...path, index]
    if (index === 0 && !bases.includes(item)) throw fault(at, 'the first context is not a base context')
    if (typeof item === 'string') {
      if (!isAbsoluteIri(item)) throw fault(at, 'a context that is not a URL')
      if (value.indexOf(item) !== index) throw fault(at, 'a context that is named twice')
      if (!pinnedContexts.has(item)) throw fault(at, 'a context that is not known here; none is fetched')
    } else if (isObject(item)) {
      if (isDeep(item, limits.depth)) throw fault(at, 'a context that is too deep')
      allowance.characters -= JSON.stringify(item).length
      if (allowance.characters < 0) throw fault(at, 'inline contexts too long')
      // People also paste whole context documents: {"@context": {…}}.
      const wrapped = Object.keys(item).length === 1 && isObject(item['@context'])
      inline(wrapped ? (item['@context'] as object) : item, at, 0)
    } else throw fault(at, 'a context that is neither a URL nor an object')
  })
}

const scopedOfPinned = new Map([...pinnedContexts].map(([url, context]) => [url, scopedNames(context)]))

/** Terms with scoped contexts. `contexts` must be allowed ones. */
export function scopedTerms(contexts: readonly unknown[]): ScopedTerms {
  const inline = new Set<string>()
  const pinned = new Set<string>()
  for (const context of contexts.flat()) {
    if (typeof context === 'string') for (const name of scopedOfPinned.get(context) ?? []) pinned.add(name)
    else for (const name of scopedNames(context)) inline.add(name)
  }
  return { inline, pinned }
}

/** True for an alias of a keyword that a document may not use, and for a map whose keys no statement contains. */
function namesWhatIsLost(definition: unknown): boolean {
  const { '@id': id, '@container': container, ...members } = isObject(definition) ? definition : { '@id': definition }
  return (
    (typeof id === 'string' && isKeyword(id) && !keywordsOfDocuments.has(id)) ||
    [container].flat().includes('@index') ||
    '@index' in members ||
    '@nest' in members
  )
}

/** Called before any recursion into the value. */
function isDeep(value: unknown, depth: number): boolean {
  if (!isObjectOrList(value)) return false
  return depth === 0 || Object.values(value).some((part) => isDeep(part, depth - 1))
}

function scopedNames(value: unknown): string[] {
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, part]) => [
    ...(isObject(part) && '@context' in part ? [name] : []),
    ...scopedNames(part),
  ])
}
