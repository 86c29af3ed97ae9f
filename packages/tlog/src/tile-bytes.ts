import { concat } from './bytes.ts'
import { TlogError } from './error.ts'
import { TILE_WIDTH } from './tiles.ts'
import { HASH_BYTES, isHash } from './tree.ts'

/** The length of an entry takes two bytes. */
const MAX_ENTRY_BYTES = 65_535
const LENGTH_BYTES = 2

const isWidth = (width: number) => Number.isInteger(width) && width > 0 && width <= TILE_WIDTH

/** Writes a tile as its hashes in a row. Throws `malformed-tile` for no hash, more than 256, or one that is not 32 bytes. */
export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  if (!isWidth(hashes.length) || !hashes.every(isHash))
    throw new TlogError('malformed-tile', `a tile has 1 to ${TILE_WIDTH} hashes of ${HASH_BYTES} bytes`)
  return concat(...hashes)
}

/** Reads a tile of this width. Throws `malformed-tile` if it has more or fewer bytes. */
export function decodeTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (!isWidth(width) || bytes.length !== width * HASH_BYTES)
    throw new TlogError('malformed-tile', 'the tile does not have the requested width')
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))
}

/**
 * Writes an entry bundle: each entry after its length as a big-endian uint16. C2SP tlog-tiles, "Log entries". Throws
 * `malformed-entries` for no entry, more than 256, or one above 65,535 bytes.
 */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  if (!isWidth(entries.length)) throw new TlogError('malformed-entries', `a bundle has 1 to ${TILE_WIDTH} entries`)
  if (entries.some(({ length }) => length > MAX_ENTRY_BYTES))
    throw new TlogError('malformed-entries', `an entry has at most ${MAX_ENTRY_BYTES} bytes`)
  return concat(...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]))
}

/** Reads a bundle of `width` entries. Throws `malformed-entries` if it has more or fewer, or bytes left over. */
export function decodeEntries(bytes: Uint8Array, width: number): Uint8Array[] {
  if (!isWidth(width)) throw wrongCount()
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length && entries.length < width) {
    const [high, low] = bytes.subarray(at, at + LENGTH_BYTES)
    if (high === undefined || low === undefined) break
    const end = at + LENGTH_BYTES + high * 256 + low
    if (end > bytes.length) break
    entries.push(bytes.subarray(at + LENGTH_BYTES, end))
    at = end
  }
  if (at !== bytes.length || entries.length !== width) throw wrongCount()
  return entries
}

const wrongCount = () =>
  new TlogError('malformed-entries', 'the bundle does not have the requested number of whole entries')
