import { decodeBase58 } from '../multibase.ts'
import { publishedDigests } from './contexts.ts'
import type { Graph } from './graph.ts'
import { isAbsoluteIri } from './iri.ts'
import { each, malformed } from './json.ts'

/** Multihash: function, length (CID 1.0 §2.4). */
const functions = [
  { name: 'sha256', prefix: [0x12, 0x20], length: 32 },
  { name: 'sha384', prefix: [0x20, 0x30], length: 48 },
] as const

const RELATED = 'https://www.w3.org/2018/credentials#relatedResource'
const SRI = 'https://www.w3.org/2018/credentials#digestSRI'
const MULTIBASE = 'https://w3id.org/security#digestMultibase'

/** As JSON: no resource is described twice, which in the graph would be one. */
export function requireRelatedResources(value: unknown): void {
  if (value === undefined) return
  const ids = new Set<unknown>()
  each(value, ['relatedResource'], ({ id }, at) => {
    if (!isAbsoluteIri(id)) throw malformed([...at, 'id'], 'not a URL')
    if (ids.has(id)) throw malformed([...at, 'id'], 'said twice')
    ids.add(id)
  })
}

/**
 * Each resource has an id of its own and a digest; nothing is fetched, so a digest is compared only where the resource is held
 * here, byte for byte as its publisher serves it.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources
 */
export function requireHeldDigests(graph: Graph, credential: string): void {
  for (const { value: resource, termType } of graph.values(credential, RELATED)) {
    const fault = (name: string, message: string) => malformed(['relatedResource', name], message)
    if (termType !== 'NamedNode') throw fault('id', 'not a URL')
    const held = publishedDigests.get(resource)
    const integrities = graph.values(resource, SRI).map(({ value }) => value)
    const multihashes = graph.values(resource, MULTIBASE).map(({ value }) => value)
    if (integrities.length + multihashes.length === 0) throw malformed(['relatedResource'], 'has no digest')
    if (!integrities.every((text) => agrees(readIntegrity(text), held)))
      throw fault('digestSRI', 'not the digest of that resource')
    if (!multihashes.every((text) => MULTIHASH.test(text) && agrees(readMultihash(text), held)))
      throw fault('digestMultibase', 'not the digest of that resource')
  }
}

type HashName = (typeof functions)[number]['name']
type Digest = { name: HashName; hex: string }

/** With what is held, or where nothing is there is nothing to compare. One of several is enough, as for whoever fetches it. */
const agrees = (digests: readonly Digest[] | undefined, held: Readonly<Record<HashName, string>> | undefined) =>
  digests !== undefined && (held === undefined || digests.some(({ name, hex }) => held[name] === hex))

const MULTIHASH = /^[uz][\w-]{10,200}$/

/** @see https://www.w3.org/TR/SRI/#the-integrity-attribute: one or several, of which those of functions not known here count for nothing. */
function readIntegrity(text: string): Digest[] | undefined {
  const parts = text.trim().split(/\s+/)
  const read = parts.map((part) => /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]{10,200}={0,2})(?:\?[!-~]*)?$/.exec(part))
  if (!read.some(Boolean)) return undefined
  return read.flatMap((match) => {
    const known = functions.find(({ name }) => name === match?.[1])
    return known ? [{ name: known.name, hex: Buffer.from(match?.[2] ?? '', 'base64').toString('hex') }] : []
  })
}

/** Nothing of a function that is not known here. */
function readMultihash(text: string): Digest[] {
  for (const { name, prefix, length } of functions) {
    const bytes =
      text[0] === 'u' ? Buffer.from(text.slice(1), 'base64url') : Buffer.from(decodeBase58(text, length + 2) ?? [])
    if (bytes.length === length + 2 && bytes[0] === prefix[0] && bytes[1] === prefix[1]) {
      return [{ name, hex: bytes.subarray(2).toString('hex') }]
    }
  }
  return []
}
