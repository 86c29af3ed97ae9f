import type { Quad, Term } from 'jsonld'
import { DocumentFault } from '../read-json.ts'
import { isAbsoluteIri } from './iri.ts'

export const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

/**
 * The statements of the default graph, by what they are about: exactly what a signature covers, whatever key, alias, absolute
 * IRI or second mention it was written as. A node is described by all statements about its id, wherever they stood.
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

  /** At most one value, for a fact that has one. */
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

  /** The one node of this type. */
  only(type: string): string {
    const [node, second] = [...this.nodes()].filter((name) => this.types(name).includes(type))
    if (node === undefined || second !== undefined) {
      throw new DocumentFault('malformed-value', '/type', `not exactly one ${local(type)}`)
    }
    return node
  }
}

/** JSON-LD takes spaces and the like in an IRI; N-Quads would have to escape them, and readers would differ. */
function requireIri(term: Term): void {
  if (term.termType === 'NamedNode' && !isAbsoluteIri(term.value)) {
    throw new DocumentFault('malformed-value', '', 'an identifier that is not a URL')
  }
  if (term.datatype !== undefined) requireIri(term.datatype)
}

/** The last part of an IRI of ours: fit for a message. */
const local = (iri: string): string => iri.slice(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1)
