import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { encodeUtf8, isEqual } from './bytes.ts'
import type { HashReader } from './prove.ts'
import type { TileReader } from './stored-tiles.ts'
import { TILE_WIDTH } from './tiles.ts'
import { emptyRoot, leafHash, nodeHash } from './tree.ts'

/** Shared by the tests of this package. It follows the definitions of RFC 6962 literally, to check the faster code against them. */

/** MTH(D[start:end]) of RFC 6962, Section 2.1, over leaf hashes. Computed hashes are kept. */
export function literalTree(leafHashes: readonly Uint8Array[]) {
  const known = new Map<number, Uint8Array>()
  const compute = (start: number, end: number): Uint8Array => {
    if (end === start) return emptyRoot()
    if (end - start === 1) return leafHashes[start] as Uint8Array
    const middle = start + split(end - start)
    return nodeHash(mth(start, middle), mth(middle, end))
  }
  const mth = (start: number, end: number): Uint8Array => {
    const key = start * 1_000_000 + end
    const hash = known.get(key) ?? compute(start, end)
    known.set(key, hash)
    return hash
  }
  const read: HashReader = (level, index) => mth(index * 2 ** level, (index + 1) * 2 ** level)
  /** PATH(m, D[start:end]), Section 2.1.1. */
  const path = (m: number, start: number, end: number): Uint8Array[] => {
    if (end - start === 1) return []
    const k = split(end - start)
    return m < k
      ? [...path(m, start, start + k), mth(start + k, end)]
      : [...path(m - k, start + k, end), mth(start, start + k)]
  }
  /** SUBPROOF(m, D[start:end], b), Section 2.1.2. */
  const subproof = (m: number, start: number, end: number, b: boolean): Uint8Array[] => {
    if (m === end - start) return b ? [] : [mth(start, end)]
    const k = split(end - start)
    return m <= k
      ? [...subproof(m, start, start + k, b), mth(start + k, end)]
      : [...subproof(m - k, start + k, end, false), mth(start, start + k)]
  }
  return { mth, read, path, subproof }
}

/** The largest power of two smaller than `n`. */
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

export const entriesOf = (count: number, salt = ''): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => encodeUtf8(`entry ${index}${salt}`))

export const leavesOf = (count: number, salt = ''): Uint8Array[] => entriesOf(count, salt).map(leafHash)

/** Computes tiles from the definition in C2SP tlog-tiles, "Merkle Tree", without the code under test. */
export function literalTiles({ mth }: ReturnType<typeof literalTree>): TileReader {
  return ({ level, index, width }) =>
    Array.from({ length: width }, (_, i) => {
      const leaves = TILE_WIDTH ** level
      return mth((index * TILE_WIDTH + i) * leaves, (index * TILE_WIDTH + i + 1) * leaves)
    })
}

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** An Ed25519 key from a seed of 32 bytes, as KMS would hold it. */
export function sampleSigner(seed: Uint8Array) {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { publicKey: new Uint8Array(publicKey), sign: async (bytes: Uint8Array) => sign(null, bytes, privateKey) }
}

export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

/** A copy with one bit of one byte changed. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8))
  return copy
}

/** The reference tree of Certificate Transparency, with 8 leaves. */
export const referenceTree = literalTree(
  ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((entry) =>
    leafHash(hex(entry)),
  ),
)

export const areEqual = (some: readonly Uint8Array[], others: readonly Uint8Array[]) =>
  some.length === others.length && some.every((it, at) => isEqual(it, others[at] ?? hex('')))

/** Wrong versions of a proof: a changed bit in each byte, a hash too many, too few or too short. */
export function wrongProofs(proof: readonly Uint8Array[], extra: Uint8Array): Uint8Array[][] {
  const bits = proof.flatMap((it, at) => Array.from(it, (_, byte) => proof.with(at, flipped(it, byte))))
  const lengths = proof.flatMap((it, at) => [
    proof.toSpliced(at, 1),
    proof.toSpliced(at, 0, it),
    proof.with(at, it.subarray(1)),
  ])
  return [...bits, ...lengths, [...proof, extra], [extra, ...proof], [...proof, new Uint8Array()]]
}
