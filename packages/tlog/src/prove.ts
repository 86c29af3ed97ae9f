import { TlogError } from './error.ts'
import { type Frontier, frontierRoot, isSize, joinPeaks, requireHashes } from './tree.ts'

/**
 * Returns the hash of the complete subtree over the leaves `[index * 2^level, (index + 1) * 2^level)`. It is called only for
 * subtrees within the tree. Wrong hashes make a wrong proof, which its verifier refuses, so the verifier need not trust the reader.
 */
export type HashReader = (level: number, index: number) => Uint8Array | Promise<Uint8Array>

/**
 * The leaves from the first number (included) to the second (excluded). The first is a multiple of a power of two that is at least
 * the number of these leaves.
 */
type Range = readonly [number, number]

/** The root of the tree at a size. Throws `out-of-range` for an impossible size, and any error of the reader. */
export const rootAt = async (size: number, read: HashReader): Promise<Uint8Array> =>
  frontierRoot(await frontierAt(size, read))

/** The frontier at a size, from which a writer appends. Throws as `rootAt`. */
export async function frontierAt(size: number, read: HashReader): Promise<Frontier> {
  if (!isSize(size)) throw new TlogError('out-of-range', 'the size is not a whole number from 0 to 2^53 - 1')
  return { size, peaks: await readPeaks([0, size], read) }
}

/**
 * Proves that leaf `index` (from 0) is in the tree of this size. Returns hashes from the leaf up: PATH of RFC 6962,
 * Section 2.1.1. Throws `out-of-range` if the tree has no such leaf, and any error of the reader.
 */
export async function proveInclusion(index: number, size: number, read: HashReader): Promise<Uint8Array[]> {
  if (!isSize(size) || !isSize(index) || index >= size) throw new TlogError('out-of-range', 'the tree has no such leaf')
  return readRanges(path(index, 0, size), read)
}

/**
 * Proves that the tree of size `to` begins with the tree of size `from`: PROOF of RFC 6962, Section 2.1.2. The proof is empty if
 * `from` is 0 or equals `to`. Throws `out-of-range` if `from` is larger than `to`, and any error of the reader.
 */
export async function proveConsistency(from: number, to: number, read: HashReader): Promise<Uint8Array[]> {
  if (!isSize(from) || !isSize(to) || from > to)
    throw new TlogError('out-of-range', 'the older size is larger than the newer one')
  return from === 0 ? [] : readRanges(subproof(from, 0, to, true), read)
}

function path(index: number, start: number, end: number): Range[] {
  if (end - start === 1) return []
  const middle = start + largestPower(end - start - 1)
  return index < middle
    ? [...path(index, start, middle), [middle, end]]
    : [...path(index, middle, end), [start, middle]]
}

/** `isWhole`: this subtree is the whole older tree, so the verifier already knows its hash. */
function subproof(from: number, start: number, end: number, isWhole: boolean): Range[] {
  if (from === end) return isWhole ? [] : [[start, end]]
  const middle = start + largestPower(end - start - 1)
  return from <= middle
    ? [...subproof(from, start, middle, isWhole), [middle, end]]
    : [...subproof(from, middle, end, false), [start, middle]]
}

/** The largest power of two up to `number`. Shifts fail beyond 32 bits, and logarithms beyond about 48 bits. */
function largestPower(number: number): number {
  let power = 1
  while (power * 2 <= number) power *= 2
  return power
}

const readRanges = (ranges: readonly Range[], read: HashReader): Promise<Uint8Array[]> =>
  Promise.all(ranges.map(async (range) => joinPeaks(await readPeaks(range, read))))

async function readPeaks([start, end]: Range, read: HashReader): Promise<Uint8Array[]> {
  const reading: (Uint8Array | Promise<Uint8Array>)[] = []
  for (let at = start; at < end; ) {
    const leaves = largestPower(end - at)
    reading.push(read(Math.log2(leaves), at / leaves))
    at += leaves
  }
  const hashes = await Promise.all(reading)
  requireHashes(hashes)
  return hashes
}
