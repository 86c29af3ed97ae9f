import type { ActiveContext, ProcessedContext, ResolvedContext } from 'jsonld'
import { isObjectOrList } from '../json-object.ts'
import { DocumentFault } from '../read-json.ts'
import { pinnedContexts } from './contexts.ts'

/**
 * A faster cache of processed contexts. jsonld.js 9 caches them by the *identity* of the active context, but clones that context before
 * every look-up of a type-scoped one and at every nested node. So its cache never hits, and each node pays for a deep copy of about 80
 * definitions (digitalbazaar/jsonld.js issue 414). The option `contextResolver` is the only way to change this. Here, a clone remembers
 * its original. `canonicalize.test.ts` compares every result with the original jsonld.js.
 */
const ORIGIN = Symbol('origin')
type Context = ActiveContext & { [ORIGIN]?: Context }
type Clone = ActiveContext['clone'] & { [ORIGIN]?: ActiveContext['clone'] }

const origin = (context: Context): Context => context[ORIGIN] ?? context

/**
 * Makes a finished context cheap to clone and to revert. Only `previousContext` of a shallow clone is ever changed: before it defines
 * terms, context processing makes a deep clone (see `getProcessed`).
 */
function settle(context: Context): void {
  const deep: ActiveContext['clone'] = (context.clone as Clone)[ORIGIN] ?? context.clone
  const shallow: Clone = function (this: Context): Context {
    return { ...this, [ORIGIN]: origin(this), clone: deep }
  }
  shallow[ORIGIN] = deep
  context.clone = shallow
  context.revertToPreviousContext = function (this: Context): Context {
    return this.previousContext === undefined ? this : origin(this.previousContext)
  }
}

const NO_PREVIOUS = {}
const BLANK = {}

/** True for the initial context and its copies, which `null` makes for each credential in a presentation. They count as one. */
const isBlank = (context: Context): boolean =>
  context.mappings.size === 0 &&
  context.previousContext === undefined &&
  !['@vocab', '@language', '@direction', '@base'].some((name) => name in context)

const keyOf = (context: Context): object => (isBlank(context) ? BLANK : origin(context))
const previousKeyOf = ({ previousContext }: Context): object =>
  previousContext === undefined ? NO_PREVIOUS : keyOf(previousContext)

/**
 * One context document, with the results of processing it after other contexts. Both keys are weak. So a result that depends on a
 * stranger's inline context is freed with that document, and the cache needs no limit.
 */
class Resolved implements ResolvedContext {
  readonly document: object | null
  #processed = new WeakMap<object, WeakMap<object, ProcessedContext>>()

  constructor(document: object | null) {
    this.document = document
  }

  getProcessed(active: Context): ProcessedContext | undefined {
    const found = this.#processed.get(keyOf(active))?.get(previousKeyOf(active))
    const deep = (active.clone as Clone)[ORIGIN]
    // This context will be extended next, so its next clone must be deep.
    if (found === undefined && deep !== undefined) active.clone = deep
    return found
  }

  setProcessed(active: Context, processed: ProcessedContext): void {
    settle(processed.context)
    // The deep clone copied `previousContext`. Restore the original, so that the next look-up hits.
    if (processed.context.previousContext !== undefined && active.previousContext !== undefined) {
      processed.context.previousContext = origin(active.previousContext)
    }
    // Never change the initial context, because jsonld.js shares it with every caller in the process.
    if (active[ORIGIN] === undefined && active.mappings.size > 0) settle(active)
    if (pinned.has(this) && (isBlank(active) || lasting.has(origin(active)))) keepLasting(processed.context)
    const ofActive = this.#processed.get(keyOf(active)) ?? new WeakMap<object, ProcessedContext>()
    this.#processed.set(keyOf(active), ofActive.set(previousKeyOf(active), processed))
  }

  forget(): void {
    this.#processed = new WeakMap()
  }
}

/** The limit of contexts made only from pinned ones, which outlive a document. Strangers choose the combinations. */
const LASTING = 256
const pinned = new Set<Resolved>()
let lasting = new WeakSet<object>()
let count = 0

function keepLasting(context: object): void {
  if (count === LASTING) {
    for (const resolved of pinned) resolved.forget()
    lasting = new WeakSet()
    count = 0
  }
  count += 1
  lasting.add(context)
}

const byUrl = new Map([...pinnedContexts].map(([url, context]) => [url, new Resolved(context)]))

/** Contexts within pinned contexts, by text. jsonld.js copies term definitions, so their identity changes. */
const pinnedScoped = new Map<string, Resolved>()
function collectScoped(value: unknown): void {
  if (!isObjectOrList(value)) return
  for (const [key, part] of Object.entries(value)) {
    if (key === '@context' && isObjectOrList(part)) {
      const text = JSON.stringify(part)
      if (!pinnedScoped.has(text)) pinnedScoped.set(text, new Resolved(part))
    }
    collectScoped(part)
  }
}
for (const context of pinnedContexts.values()) collectScoped(context)
for (const resolved of [...byUrl.values(), ...pinnedScoped.values()]) pinned.add(resolved)

export type DocumentContexts = ReturnType<typeof contextsOfOneDocument>

/** The contexts of one document. Pinned contexts are shared by all documents, inline ones are not. */
export function contextsOfOneDocument() {
  const byIdentity = new WeakMap<object, Resolved>()
  const inline = new Map<string, Resolved>()
  const none = new Resolved(null)

  const scoped = (context: object): Resolved => {
    const known = byIdentity.get(context)
    if (known !== undefined) return known
    const text = JSON.stringify(context)
    const resolved = pinnedScoped.get(text) ?? inline.get(text) ?? new Resolved(structuredClone(context))
    if (!pinnedScoped.has(text)) inline.set(text, resolved)
    byIdentity.set(context, resolved)
    return resolved
  }

  const one = (context: unknown): Resolved => {
    if (context === null) return none
    if (typeof context === 'object') return scoped(context)
    const resolved = typeof context === 'string' ? byUrl.get(context) : undefined
    if (resolved === undefined)
      throw new DocumentFault('context-not-allowed', '/@context', 'a context that is not pinned')
    return resolved
  }

  return {
    async resolve({ context }: { context: unknown }): Promise<Resolved[]> {
      const local = isObjectOrList(context) && '@context' in context ? context['@context'] : context
      return (Array.isArray(local) ? local : [local]).map(one)
    },
  }
}
