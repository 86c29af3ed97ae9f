import { decodeBase58 } from '../multibase.ts'
import { publishedDigests } from './contexts.ts'
import { isAbsoluteIri } from './iri.ts'
import { each, malformed } from './json.ts'

/** Multihash: function, length (CID 1.0 §2.4). */
const functions = [
  { name: 'sha256', prefix: [0x12, 0x20], length: 32 },
  { name: 'sha384', prefix: [0x20, 0x30], length: 48 },
] as const

/**
 * Each resource has an id of its own and a digest; nothing is fetched, so a digest is compared only where the resource is held
 * here, byte for byte as its publisher serves it.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources
 */
export function requireRelatedResources(value: unknown): void {
  if (value === undefined) return
  const ids = new Set<unknown>()
  each(value, ['relatedResource'], ({ id, digestSRI, digestMultibase }, at) => {
    if (!isAbsoluteIri(id)) throw malformed([...at, 'id'], 'not a URL')
    if (ids.has(id)) throw malformed([...at, 'id'], 'said twice')
    ids.add(id)
    if (digestSRI === undefined && digestMultibase === undefined) throw malformed(at, 'has no digest')
    const held = publishedDigests.get(id)
    if (digestSRI !== undefined && !isDigest(digestSRI, readIntegrity, held)) {
      throw malformed([...at, 'digestSRI'], 'not the digest of that resource')
    }
    if (digestMultibase !== undefined && !isDigest(digestMultibase, readMultihash, held)) {
      throw malformed([...at, 'digestMultibase'], 'not the digest of that resource')
    }
  })
}

type HashName = (typeof functions)[number]['name']
type Digest = { name: HashName; hex: string }

/** True where it agrees with what is held, or where there is nothing to compare. */
function isDigest(
  value: unknown,
  read: (text: string) => Digest | undefined,
  held: Readonly<Record<HashName, string>> | undefined,
): boolean {
  if (typeof value !== 'string' || !DIGEST.test(value)) return false
  if (held === undefined) return true
  const digest = read(value)
  return digest !== undefined && held[digest.name] === digest.hex
}

const DIGEST = /^[\w+/=-]{10,200}$/

function readIntegrity(text: string): Digest | undefined {
  const [name, base64 = ''] = text.split(/-(.*)/s)
  const known = functions.find((one) => one.name === name)
  return known && { name: known.name, hex: Buffer.from(base64, 'base64').toString('hex') }
}

function readMultihash(text: string): Digest | undefined {
  for (const { name, prefix, length } of functions) {
    const bytes =
      text[0] === 'u' ? Buffer.from(text.slice(1), 'base64url') : Buffer.from(decodeBase58(text, length + 2) ?? [])
    if (bytes.length === length + 2 && bytes[0] === prefix[0] && bytes[1] === prefix[1]) {
      return { name, hex: bytes.subarray(2).toString('hex') }
    }
  }
  return undefined
}
