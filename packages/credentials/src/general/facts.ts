import type { Quad, Term } from 'jsonld'
import { DocumentFault } from '../read-json.ts'
import { readDateTimeStamp } from './date-time-stamp.ts'
import { Graph, RDF_TYPE } from './graph.ts'
import { requireHeldDigests } from './related-resource.ts'

const credentials = 'https://www.w3.org/2018/credentials#'
const statuses = 'https://www.w3.org/ns/credentials/status#'
const STRING = 'http://www.w3.org/2001/XMLSchema#string'
const DATE_TIME = 'http://www.w3.org/2001/XMLSchema#dateTime'
const ENTRY = `${statuses}BitstringStatusListEntry`

export interface StatusFact {
  /** `BitstringStatusListEntry` if it is one of its types. Otherwise the expanded type, which is an absolute IRI. */
  type: string
  purpose?: string
  list?: string
  index?: number
}

export interface CredentialFacts {
  id?: string
  /** Types of the credential's node, as expanded. */
  types: string[]
  /** Types of all nodes, as expanded, for callers that refuse a kind of document. */
  allTypes: string[]
  issuer: string
  /** Ids of the subjects that have one. */
  subjects: string[]
  validFrom?: string
  validUntil?: string
  status: StatusFact[]
}

/** The facts of a credential, from the graph that its signature covers and never from the JSON keys. Throws `DocumentFault`. */
export function readCredentialFacts(quads: readonly Quad[]): CredentialFacts {
  const graph = new Graph(quads)
  const node = graph.only(`${credentials}VerifiableCredential`)
  const subjects = graph.values(node, `${credentials}credentialSubject`)
  if (subjects.length === 0) throw fault('credentialSubject', 'is missing')
  for (const subject of subjects) requireNode(subject, 'credentialSubject')
  const issuer = graph.single(node, `${credentials}issuer`)
  if (issuer?.termType !== 'NamedNode') throw fault('issuer', 'not one URL')
  // VCDM 1.1 has other names for both ends. If a document has both names, the narrower period counts.
  const [validFrom] = moments(graph, node, ['validFrom', 'issuanceDate']).reverse()
  const [validUntil] = moments(graph, node, ['validUntil', 'expirationDate'])
  if (validFrom !== undefined && validUntil !== undefined && Date.parse(validUntil) < Date.parse(validFrom)) {
    throw fault('validUntil', 'before validFrom')
  }
  requireHeldDigests(graph, node)
  const nodes = [...graph.nodes()]
  if (nodes.some((name) => graph.values(name, 'https://w3id.org/security#proof').length > 0)) {
    throw new DocumentFault('proof-malformed', '', 'a proof that does not stand at /proof')
  }
  for (const name of nodes) if (graph.types(name).includes(ENTRY)) readEntry(graph, name)
  return {
    ...(!node.startsWith('_:') && { id: node }),
    types: graph.types(node),
    allTypes: [...new Set(allTypesOf(quads))].sort(),
    issuer: issuer.value,
    subjects: subjects.flatMap(({ termType, value }) => (termType === 'NamedNode' ? [value] : [])).sort(),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
    status: graph.values(node, `${credentials}credentialStatus`).map((status) => readStatus(graph, status)),
  }
}

/** Includes named graphs. */
const allTypesOf = (quads: readonly Quad[]) =>
  quads.flatMap(({ predicate, object }) => (predicate.value === RDF_TYPE ? [object.value] : []))

function readStatus(graph: Graph, term: Term): StatusFact {
  requireNode(term, 'credentialStatus')
  const types = graph.types(term.value)
  const [type] = types
  if (type === undefined) throw fault('credentialStatus', 'has no type')
  return types.includes(ENTRY) ? readEntry(graph, term.value) : { type }
}

const INDEX = /^(0|[1-9]\d{0,14})$/

/** @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry */
function readEntry(graph: Graph, node: string): StatusFact {
  const purpose = graph.single(node, `${statuses}statusPurpose`)
  const list = graph.single(node, `${statuses}statusListCredential`)
  const index = graph.single(node, `${statuses}statusListIndex`)
  if (purpose?.datatype?.value !== STRING) throw fault('credentialStatus', 'statusPurpose is not one string')
  if (list?.termType !== 'NamedNode') throw fault('credentialStatus', 'statusListCredential is not one URL')
  if (index?.datatype?.value !== STRING || !INDEX.test(index.value)) {
    throw fault('credentialStatus', 'statusListIndex is not one number in base 10, as a string')
  }
  return { type: 'BitstringStatusListEntry', purpose: purpose.value, list: list.value, index: Number(index.value) }
}

/** The moments in ascending order. Each name has at most one value. */
function moments(graph: Graph, node: string, names: readonly string[]): string[] {
  const found = names.flatMap((name) => {
    const value = graph.single(node, `${credentials}${name}`)
    if (value === undefined) return []
    if (value.datatype?.value !== DATE_TIME || readDateTimeStamp(value.value) === undefined)
      throw fault(name, 'not a dateTimeStamp')
    return [value.value]
  })
  return found.sort((one, other) => Date.parse(one) - Date.parse(other))
}

function requireNode({ termType }: Term, name: string): void {
  if (termType === 'Literal') throw fault(name, 'not an object')
}

const fault = (name: string, message: string) => new DocumentFault('malformed-value', `/${name}`, message)

export interface PresentationFacts {
  holder?: string
  /** The number of credentials that it contains, under any name. */
  enclosed: number
  /** The number of credentials in the whole graph, named graphs included. */
  credentials: number
}

/** The facts of a presentation, from the graph that its signature covers and never from the JSON keys. Throws `DocumentFault`. */
export function readPresentationFacts(quads: readonly Quad[]): PresentationFacts {
  const graph = new Graph(quads)
  const node = graph.only(`${credentials}VerifiablePresentation`)
  const holder = graph.single(node, `${credentials}holder`)
  if (holder !== undefined && holder.termType !== 'NamedNode') throw fault('holder', 'not a URL')
  return {
    ...(holder !== undefined && { holder: holder.value }),
    enclosed: graph.values(node, `${credentials}verifiableCredential`).length,
    credentials: allTypesOf(quads).filter((type) => type === `${credentials}VerifiableCredential`).length,
  }
}
