import { concat } from './bytes.ts'
import { sha256 } from './crypto.ts'
import { TlogError } from './error.ts'

/** Sizes, indexes and levels are whole numbers up to 2^53 - 1. Every hash has 32 bytes. No function changes its arguments. */

export const HASH_BYTES = 32

const LEAF = Uint8Array.of(0x00)
const NODE = Uint8Array.of(0x01)

/** The hash of an entry (any bytes) as a leaf. RFC 6962, Section 2.1. */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concat(LEAF, entry))

/** The hash over two hashes. RFC 6962, Section 2.1. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concat(NODE, left, right))

/** The root of the tree without leaves: SHA-256 of no bytes. RFC 6962, Section 2.1. */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array())

export const isHash = (value: Uint8Array | undefined): value is Uint8Array => value?.length === HASH_BYTES

export const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

export function requireHashes(hashes: readonly Uint8Array[]): void {
  if (!hashes.every(isHash)) throw new TlogError('wrong-hash', `a hash has ${HASH_BYTES} bytes`)
}

/**
 * The part of a tree that a writer needs to append to it: the roots of its complete subtrees, largest first, one for each 1 in the
 * binary form of its size (at most 53).
 */
export interface Frontier {
  readonly size: number
  readonly peaks: readonly Uint8Array[]
}

export const emptyFrontier: Frontier = { size: 0, peaks: [] }

/**
 * Returns the frontier after more leaves, given as leaf hashes in order. Throws `wrong-hash` for a hash that is not 32 bytes or a
 * frontier that does not fit its size, and `out-of-range` beyond 2^53 - 1 leaves.
 */
export function appendLeaves(frontier: Frontier, leafHashes: readonly Uint8Array[]): Frontier {
  const size = frontier.size + leafHashes.length
  if (!isSize(frontier.size) || !isSize(size))
    throw new TlogError('out-of-range', 'the size is not a whole number from 0 to 2^53 - 1')
  if (frontier.peaks.length !== countOnes(frontier.size))
    throw new TlogError('wrong-hash', 'the frontier has another number of peaks than its size')
  requireHashes(frontier.peaks)
  requireHashes(leafHashes)
  const peaks = [...frontier.peaks]
  leafHashes.forEach((leaf, added) => {
    let hash = leaf
    // Each trailing 1 of the binary size is a complete subtree of the same size as the one just completed.
    for (let rest = frontier.size + added; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHash(peaks.pop() as Uint8Array, hash) // there are as many peaks as ones
    }
    peaks.push(hash)
  })
  return { size, peaks }
}

function countOnes(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}

/** The root of the tree: its peaks joined from the right. */
export const frontierRoot = ({ peaks }: Frontier): Uint8Array => joinPeaks(peaks)

export const joinPeaks = (peaks: readonly Uint8Array[]): Uint8Array =>
  peaks.length === 0 ? emptyRoot() : peaks.reduceRight((right, left) => nodeHash(left, right))

/** The Merkle Tree Hash (RFC 6962, Section 2.1) over leaf hashes in order. Throws `wrong-hash` for one that is not 32 bytes. */
export const treeHash = (leafHashes: readonly Uint8Array[]): Uint8Array =>
  frontierRoot(appendLeaves(emptyFrontier, leafHashes))
