import { TlogError } from './error.ts'
import { type Frontier, frontierRoot, isSize, joinPeaks, requireHashes } from './tree.ts'

/**
 * Answers the hash of the complete subtree over the leaves `[index * 2^level, (index + 1) * 2^level)`. It is only asked for subtrees
 * that lie within the tree. A proof is as good as its answers; who verifies it need not trust them.
 */
export type HashReader = (level: number, index: number) => Uint8Array | Promise<Uint8Array>

/** The leaves from the first number up to, without, the second. The first is a multiple of a power of two not below their number. */
type Range = readonly [number, number]

/** The root at a size. Throws `out-of-range` for what is no size, and whatever the reader throws. */
export const rootAt = async (size: number, read: HashReader): Promise<Uint8Array> =>
  frontierRoot(await frontierAt(size, read))

/** The frontier at a size: what a writer needs to go on. Throws as `rootAt`. */
export async function frontierAt(size: number, read: HashReader): Promise<Frontier> {
  if (!isSize(size)) throw new TlogError('out-of-range', 'no size of a tree')
  return { size, peaks: await readPeaks([0, size], read) }
}

/**
 * That leaf `index` (from 0) is in the tree of this size: hashes from the leaf up, PATH of RFC 6962, Section 2.1.1. Throws
 * `out-of-range` where the tree has no such leaf, and whatever the reader throws.
 */
export async function proveInclusion(index: number, size: number, read: HashReader): Promise<Uint8Array[]> {
  if (!isSize(size) || !isSize(index) || index >= size) throw new TlogError('out-of-range', 'no such leaf in the tree')
  return readRanges(path(index, 0, size), read)
}

/**
 * That the tree of size `to` begins with that of size `from`: PROOF of RFC 6962, Section 2.1.2; empty where `from` is 0 or `to`.
 * Throws `out-of-range` where `from` is larger, and whatever the reader throws.
 */
export async function proveConsistency(from: number, to: number, read: HashReader): Promise<Uint8Array[]> {
  if (!isSize(from) || !isSize(to) || from > to) throw new TlogError('out-of-range', 'a tree does not shrink')
  return from === 0 ? [] : readRanges(subproof(from, 0, to, true), read)
}

function path(index: number, start: number, end: number): Range[] {
  if (end - start === 1) return []
  const middle = start + largestPower(end - start - 1)
  return index < middle
    ? [...path(index, start, middle), [middle, end]]
    : [...path(index, middle, end), [start, middle]]
}

/** `isWhole`: the verifier knows this subtree's hash already, for it is the older root. */
function subproof(from: number, start: number, end: number, isWhole: boolean): Range[] {
  if (from === end) return isWhole ? [] : [[start, end]]
  const middle = start + largestPower(end - start - 1)
  return from <= middle
    ? [...subproof(from, start, middle, isWhole), [middle, end]]
    : [...subproof(from, middle, end, false), [start, middle]]
}

/** The largest power of two that is not above `number`. Shifts and logarithms would be wrong beyond 32 and about 48 bits. */
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
