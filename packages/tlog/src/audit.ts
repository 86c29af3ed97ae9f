import { isEqual } from './bytes.ts'
import type { Checkpoint } from './checkpoint.ts'
import { TlogError } from './error.ts'
import { proveConsistency } from './prove.ts'
import { hashesFromTiles, type TileReader } from './stored-tiles.ts'
import { decodeEntries } from './tile-bytes.ts'
import { appendLeaves, type Frontier, frontierRoot, leafHash } from './tree.ts'
import { verifyConsistency } from './verify.ts'

/**
 * - `consistent`: the newer tree begins with the older one.
 * - `inconsistent`: it does not, or the tiles are not those of the log. If they are, the two signed notes are evidence of a fork.
 * - `behind`: the "newer" tree is smaller. This proves no fault, because an old copy may have been served. Compare the other way round.
 * - `other-log`: the origins differ.
 */
export type Growth = 'consistent' | 'inconsistent' | 'behind' | 'other-log'

/**
 * Compares two checkpoints of a log whose signatures were checked before. The tiles are not trusted: a consistency proof is made
 * from the tiles of the newer size, and it must lead to both roots. Comparing two roots computed from tiles would not be enough,
 * because a forked log could serve tiles whose levels belong to different trees. Throws as `hashesFromTiles`, and then the
 * comparison has no result.
 */
export async function compareCheckpoints(older: Checkpoint, newer: Checkpoint, readTile: TileReader): Promise<Growth> {
  if (older.origin !== newer.origin) return 'other-log'
  if (newer.size < older.size) return 'behind'
  const sizes = { from: older.size, to: newer.size }
  const proof = await proveConsistency(sizes.from, sizes.to, hashesFromTiles(sizes.to, readTile))
  const isConsistent = verifyConsistency({ ...sizes, fromRoot: older.root, toRoot: newer.root, proof })
  return isConsistent ? 'consistent' : 'inconsistent'
}

/**
 * Decodes a bundle and checks each entry against its leaf hash in the tile of level 0 beside it. It does not check that the tile
 * belongs to a checkpoint: `followLog` does. Throws `malformed-entries`, and `wrong-hash` if an entry is not the logged one.
 */
export function openEntries(bundle: Uint8Array, leafHashes: readonly Uint8Array[]): Uint8Array[] {
  const entries = decodeEntries(bundle, leafHashes.length)
  if (!entries.every((entry, at) => isEqual(leafHash(entry), leafHashes[at] ?? new Uint8Array())))
    throw new TlogError('wrong-hash', 'an entry does not hash to its leaf')
  return entries
}

/**
 * Follows a log by reading every entry: returns the frontier after appending `entries` in order. Throws `wrong-hash` unless the
 * result is exactly the tree of the checkpoint. The checkpoint then covers the older tree, these entries and nothing else.
 */
export function followLog(frontier: Frontier, entries: readonly Uint8Array[], checkpoint: Checkpoint): Frontier {
  const grown = appendLeaves(frontier, entries.map(leafHash))
  if (grown.size !== checkpoint.size || !isEqual(frontierRoot(grown), checkpoint.root))
    throw new TlogError('wrong-hash', 'the entries do not make the tree of the checkpoint')
  return grown
}
