import type { Quad, Term } from 'jsonld'
import { DocumentFault } from '../read-json.ts'
import { isAbsoluteIri } from './iri.ts'

export const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

/**
 * The statements of the default graph by subject. This is exactly what a signature covers, no matter which key, alias or absolute IRI the
 * document used. All statements about an id describe the same node, wherever they were written.
 */
export class Graph {
  readonly #about = new Map<string, Map<string, Term[]>>()

  constructor(quads: readonly Quad[]) {
    for (const { subject, predicate, object, graph } of quads) {
      for (const term of [subject, predicate, object, graph]) requireIri(term)
      if (graph.termType !== 'DefaultGraph') continue
      const statements = this.#about.get(subject.value) ?? new Map<string, Term[]>()
      this.#about.set(subject.value, statements)
      statements.set(predicate.value, [...(statements.get(predicate.value) ?? []), object])
    }
  }

  nodes(): IterableIterator<string> {
    return this.#about.keys()
  }

  values(node: string, predicate: string): readonly Term[] {
    return this.#about.get(node)?.get(predicate) ?? []
  }

  /** The value of a fact that may have only one. Throws `DocumentFault` for several. */
  single(node: string, predicate: string): Term | undefined {
    const [value, second] = this.values(node, predicate)
    if (second !== undefined)
      throw new DocumentFault('malformed-value', '', `more than one value of ${local(predicate)}`)
    return value
  }

  types(node: string): string[] {
    return this.values(node, RDF_TYPE)
      .map((type) => type.value)
      .sort()
  }

  /** The only node of this type. Throws `DocumentFault` unless there is exactly one. */
  only(type: string): string {
    const [node, second] = [...this.nodes()].filter((name) => this.types(name).includes(type))
    if (node === undefined || second !== undefined) {
      throw new DocumentFault('malformed-value', '/type', `not exactly one ${local(type)}`)
    }
    return node
  }
}

/** JSON-LD accepts spaces and similar characters in an IRI. N-Quads would escape them, and readers would disagree. */
function requireIri(term: Term): void {
  if (term.termType === 'NamedNode' && !isAbsoluteIri(term.value)) {
    throw new DocumentFault('malformed-value', '', 'an identifier that is not a URL')
  }
  if (term.datatype !== undefined) requireIri(term.datatype)
}

/** The last part of a known IRI, for messages. */
const local = (iri: string): string => iri.slice(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1)
