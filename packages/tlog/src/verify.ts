import { isEqual } from './bytes.ts'
import { emptyRoot, isHash, isSize, nodeHash } from './tree.ts'

export interface Inclusion {
  /** From 0. */
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  /** `leafHash` of the entry. */
  readonly leaf: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Whether the proof shows that the leaf is at this index of the tree. Never throws. RFC 9162, Section 2.1.3.2. */
export function verifyInclusion({ index, size, root, leaf, proof }: Inclusion): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || ![root, leaf, ...proof].every(isHash)) return false
  let hash = leaf
  const rest = climb(index, size - 1, proof, (sibling, isLeft) => {
    hash = isLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  })
  return rest === 0 && isEqual(hash, root)
}

export interface Consistency {
  readonly from: number
  readonly to: number
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * Whether the proof shows that the tree of size `to` begins with the tree of size `from`. Never throws. RFC 9162,
 * Section 2.1.4.2, which does not cover the empty tree: its root is known, and every tree begins with it.
 */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: Consistency): boolean {
  if (!isSize(from) || !isSize(to) || from > to || ![fromRoot, toRoot, ...proof].every(isHash)) return false
  if (from === to) return proof.length === 0 && isEqual(fromRoot, toRoot) && (from > 0 || isEqual(toRoot, emptyRoot()))
  if (from === 0) return proof.length === 0 && isEqual(fromRoot, emptyRoot())
  let inner = from - 1
  let outer = to - 1
  while (inner % 2 === 1) {
    inner = half(inner)
    outer = half(outer)
  }
  // `inner` is 0 if `from` is a power of two. The first hash is then the older root, which the proof omits.
  const [first, ...others] = inner === 0 ? [fromRoot, ...proof] : proof
  if (first === undefined) return false
  let older = first
  let newer = first
  const rest = climb(inner, outer, others, (sibling, isLeft) => {
    if (isLeft) older = nodeHash(sibling, older)
    newer = isLeft ? nodeHash(sibling, newer) : nodeHash(newer, sibling)
  })
  return rest === 0 && isEqual(older, fromRoot) && isEqual(newer, toRoot)
}

/**
 * Climbs from node `start` of a level, whose last node is `end`, towards the root, one sibling at a time. Returns the last node of
 * the level that it reached: 0 if the proof has the right length, more if it is too short, -1 if it is too long.
 */
function climb(
  start: number,
  end: number,
  siblings: readonly Uint8Array[],
  join: (sibling: Uint8Array, isLeft: boolean) => void,
): number {
  let at = start
  let last = end
  for (const sibling of siblings) {
    if (last === 0) return -1
    const isLeft = at % 2 === 1 || at === last
    join(sibling, isLeft)
    // If the last node of a level has no sibling, it moves up unchanged.
    while (isLeft && at % 2 === 0 && at !== 0) {
      at = half(at)
      last = half(last)
    }
    at = half(at)
    last = half(last)
  }
  return last
}

const half = (number: number) => Math.floor(number / 2)
