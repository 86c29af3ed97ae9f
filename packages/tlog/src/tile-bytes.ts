import { concat } from './bytes.ts'
import { TlogError } from './error.ts'
import { TILE_WIDTH } from './tiles.ts'
import { HASH_BYTES, isHash } from './tree.ts'

/** An entry's length is written in two bytes. */
const MAX_ENTRY_BYTES = 65_535
const LENGTH_BYTES = 2

const isWidth = (width: number) => Number.isInteger(width) && width > 0 && width <= TILE_WIDTH

/** The bytes of a tile: its hashes one after another. Throws `malformed-tile` for none, more than 256, or one that is no hash. */
export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  if (!isWidth(hashes.length) || !hashes.every(isHash))
    throw new TlogError('malformed-tile', 'not the hashes of a tile')
  return concat(...hashes)
}

/** The hashes of a tile of this width. Throws `malformed-tile` where the bytes are more or fewer. */
export function decodeTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (!isWidth(width) || bytes.length !== width * HASH_BYTES)
    throw new TlogError('malformed-tile', 'not as wide as asked')
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))
}

/**
 * The bytes of an entry bundle: each entry after its length as a big-endian uint16. C2SP tlog-tiles, "Log entries". Throws
 * `malformed-entries` for none, more than 256, or one above 65,535 bytes.
 */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  if (!isWidth(entries.length)) throw new TlogError('malformed-entries', `1 to ${TILE_WIDTH} entries make a bundle`)
  if (entries.some(({ length }) => length > MAX_ENTRY_BYTES))
    throw new TlogError('malformed-entries', `an entry has at most ${MAX_ENTRY_BYTES} bytes`)
  return concat(...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]))
}

/** The entries of a bundle of this width. Throws `malformed-entries` where there are more or fewer, or bytes are left over. */
export function decodeEntries(bytes: Uint8Array, width: number): Uint8Array[] {
  if (!isWidth(width)) throw notAsAsked()
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
  if (at !== bytes.length || entries.length !== width) throw notAsAsked()
  return entries
}

const notAsAsked = () => new TlogError('malformed-entries', 'not as many whole entries as asked')
