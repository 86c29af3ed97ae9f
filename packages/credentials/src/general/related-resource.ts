import { decodeBase58 } from '../multibase.ts'
import { publishedDigests } from './contexts.ts'
import type { Graph } from './graph.ts'
import { isAbsoluteIri } from './iri.ts'
import { each, malformed } from './json.ts'

/** Multihash prefixes: function and length (CID 1.0 §2.4). */
const functions = [
  { name: 'sha256', prefix: [0x12, 0x20], length: 32 },
  { name: 'sha384', prefix: [0x20, 0x30], length: 48 },
] as const

const RELATED = 'https://www.w3.org/2018/credentials#relatedResource'
const SRI = 'https://www.w3.org/2018/credentials#digestSRI'
const MULTIBASE = 'https://w3id.org/security#digestMultibase'

/** Checked as JSON, because two descriptions of one resource would be joined in the graph. */
export function requireRelatedResources(value: unknown): void {
  if (value === undefined) return
  const ids = new Set<unknown>()
  each(value, ['relatedResource'], ({ id }, at) => {
    if (!isAbsoluteIri(id)) throw malformed([...at, 'id'], 'not a URL')
    if (ids.has(id)) throw malformed([...at, 'id'], 'an id that is repeated')
    ids.add(id)
  })
}

/**
 * Requires a digest for each related resource. Nothing is fetched. So a digest is compared only with resources that are pinned here, in the
 * bytes that their publisher serves.
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

/** True if one digest matches the pinned resource, as for a browser that fetches it. Also true if the resource is not pinned. */
const agrees = (digests: readonly Digest[] | undefined, held: Readonly<Record<HashName, string>> | undefined) =>
  digests !== undefined && (held === undefined || digests.some(({ name, hex }) => held[name] === hex))

const MULTIHASH = /^[uz][\w-]{10,200}$/

/** One or several digests. Those of unknown functions are ignored. @see https://www.w3.org/TR/SRI/#the-integrity-attribute */
function readIntegrity(text: string): Digest[] | undefined {
  const parts = text.trim().split(/\s+/)
  const read = parts.map((part) => /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]{10,200}={0,2})(?:\?[!-~]*)?$/.exec(part))
  if (!read.some(Boolean)) return undefined
  return read.flatMap((match) => {
    const known = functions.find(({ name }) => name === match?.[1])
    return known ? [{ name: known.name, hex: Buffer.from(match?.[2] ?? '', 'base64').toString('hex') }] : []
  })
}

/** Empty for an unknown hash function. */
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
