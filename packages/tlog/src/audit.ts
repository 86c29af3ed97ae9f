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
 * - `inconsistent`: it does not, or the tiles are not the log's. Where they are, the two signed notes are the evidence of a fork.
 * - `behind`: the "newer" one is smaller; that alone accuses nobody, an old copy may have been served. Compare the other way round.
 * - `other-log`: the origins differ.
 */
export type Growth = 'consistent' | 'inconsistent' | 'behind' | 'other-log'

/**
 * What became of a log between two checkpoints whose signatures were checked. The tiles are not trusted: from those of the newer
 * size a proof is made, which must lead to both roots. (Two roots computed from tiles would not do: a forked log could serve tiles
 * whose levels do not belong together.) Throws as `hashesFromTiles`: then nothing was found out.
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
 * The entries of a bundle, each of which hashes to its hash in the tile of level 0 beside it. That the tile belongs to a checkpoint
 * is another question: `followLog` answers it. Throws `malformed-entries`, and `wrong-hash` where an entry is not the one logged.
 */
export function openEntries(bundle: Uint8Array, leafHashes: readonly Uint8Array[]): Uint8Array[] {
  const entries = decodeEntries(bundle, leafHashes.length)
  if (!entries.every((entry, at) => isEqual(leafHash(entry), leafHashes[at] ?? new Uint8Array())))
    throw new TlogError('wrong-hash', 'an entry does not hash to its leaf')
  return entries
}

/**
 * For who reads every entry: the frontier after the entries that followed, in order. It throws `wrong-hash` unless they make exactly
 * the tree of the checkpoint, which then holds the older tree, these entries, and nothing else.
 */
export function followLog(frontier: Frontier, entries: readonly Uint8Array[], checkpoint: Checkpoint): Frontier {
  const grown = appendLeaves(frontier, entries.map(leafHash))
  if (grown.size !== checkpoint.size || !isEqual(frontierRoot(grown), checkpoint.root))
    throw new TlogError('wrong-hash', 'the entries do not make the tree of the checkpoint')
  return grown
}
