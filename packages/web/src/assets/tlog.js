// Checks with WebCrypto alone that an entry stands in a signed log (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles;
// RFC 6962). It deliberately shares no code with the packages that sign.

/** Thrown if a claim is false. A claim that could not be checked throws something else. */
export class DoesNotHold extends Error {}

/**
 * @typedef {Awaited<ReturnType<typeof parseKey>>} Key
 * @typedef {{ level: number, index: number, width: number }} Tile
 * @typedef {(tile: Tile) => Promise<Uint8Array>} ReadTile
 * @typedef {(start: number, end: number) => Promise<Uint8Array>} HashOver
 */

const TILE_WIDTH = 256
const types = { log: 1, witness: 4 }
const utf8 = new TextEncoder()

const sha256 = async (/** @type {Iterable<number>[]} */ ...parts) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(parts.flatMap((part) => [...part]))))
const leafHash = (/** @type {Uint8Array} */ entry) => sha256([0], entry)
const nodeHash = (/** @type {Uint8Array} */ left, /** @type {Uint8Array} */ right) => sha256([1], left, right)

/** Decodes standard base64. Only the canonical spelling is accepted. @param {string} base64 */
function bytesOf(base64) {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && base64.length % 4 === 0
  const bytes = isBase64 ? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)) : new Uint8Array()
  if (bytes.length === 0 || btoa(String.fromCharCode(...bytes)) !== base64) throw new DoesNotHold('no base64')
  return bytes
}
const hex = (/** @type {Uint8Array} */ bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * Reads `name+id+base64`. The id must match name, type and key.
 * @param {string} text @param {keyof typeof types} type
 */
export async function parseKey(text, type) {
  const [name = '', id = '', ...rest] = text.split('+')
  const bytes = bytesOf(rest.join('+'))
  const made = hex((await sha256(utf8.encode(`${name}\n`), bytes)).slice(0, 4))
  if (bytes.length !== 33 || bytes[0] !== types[type] || made !== id)
    throw new DoesNotHold('no key of a log or witness')
  const publicKey = await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify'])
  return { name, id, publicKey }
}

/**
 * Verifies all signature lines of a key. `split` splits one line into its parts.
 * @template T
 * @param {Key} key @param {{ name: string, bytes: Uint8Array }[]} lines
 * @param {(line: Uint8Array<ArrayBuffer>) => T & { signature: BufferSource, message: string }} split
 */
async function signaturesOf(key, lines, split) {
  const found = []
  for (const { name, bytes } of lines) {
    if (name !== key.name || hex(bytes.slice(0, 4)) !== key.id) continue
    const { signature, message, ...rest } = split(bytes.slice(4))
    if (!(await crypto.subtle.verify('Ed25519', key.publicKey, signature, utf8.encode(message))))
      throw new DoesNotHold('a signature does not verify')
    found.push(rest)
  }
  return found
}

/**
 * The head that a key of the log signed, and the witnesses that cosigned it with their times (seconds since 1970).
 * @param {string} note @param {{ origin: string, keys: Key[], witnesses: Key[] }} known
 */
export async function openCheckpoint(note, { origin, keys, witnesses }) {
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n')) throw new DoesNotHold('no signed note')
  const text = note.slice(0, blank + 1)
  const signatures = note.slice(blank + 2, -1).split('\n')
  const lines = signatures.map((line) => {
    const [dash, name = '', base64, ...rest] = line.split(' ')
    if (dash !== '—' || base64 === undefined || rest.length > 0) throw new DoesNotHold('no signature line')
    return { name, bytes: bytesOf(base64) }
  })
  const signedBy = []
  for (const key of keys) {
    const found = await signaturesOf(key, lines, (signature) => ({ signature, message: text }))
    if (found.length > 0) signedBy.push(key)
  }
  if (signedBy.length === 0) throw new DoesNotHold('no known key signed')
  const [named, size = '', root = '', ...rest] = text.split('\n')
  if (named !== origin) throw new DoesNotHold('another log')
  if (!/^(?:0|[1-9]\d{0,14})$/.test(size) || rest.at(-1) !== '') throw new DoesNotHold('no checkpoint')
  const cosigned = []
  for (const key of witnesses) {
    const [line] = await signaturesOf(key, lines, (stamped) => {
      if (stamped.length < 8) throw new DoesNotHold('a cosignature without a time')
      const time = Number(new DataView(stamped.buffer, stamped.byteOffset, 8).getBigUint64(0))
      return { signature: stamped.slice(8), message: `cosignature/v1\ntime ${time}\n${text}`, time }
    })
    if (line) cosigned.push({ name: key.name, id: key.id, time: line.time })
  }
  const hash = bytesOf(root)
  if (hash.length !== 32) throw new DoesNotHold('no root')
  return { size: Number(size), root: hash, signedBy, cosigned }
}

/** The path of a tile below the log's address. @param {Tile} tile */
export function tilePath({ level, index, width }) {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const groups = digits.match(/\d{3}/g) ?? []
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

function largestPowerBelow(/** @type {number} */ size) {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/**
 * The root of a tree of this size with this leaf at this index. The tiles give all other hashes.
 * @param {number} index @param {number} size @param {Uint8Array} leaf @param {ReadTile} readTile
 */
async function rootWith(index, size, leaf, readTile) {
  /** Hash over leaves that the tiles hold. @type {HashOver} */
  const stored = async (start, end) => {
    const leaves = end - start
    const half = leaves === 1 ? 1 : largestPowerBelow(leaves)
    if (leaves !== 1 && half * 2 !== leaves)
      return nodeHash(await stored(start, start + half), await stored(start + half, end))
    const level = Math.floor(Math.log2(leaves) / 8)
    const at = start / TILE_WIDTH ** level
    const tileIndex = Math.floor(at / TILE_WIDTH)
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - tileIndex * TILE_WIDTH)
    const bytes = await readTile({ level, index: tileIndex, width })
    if (bytes.length !== width * 32) throw new DoesNotHold('a tile of another width')
    const first = at % TILE_WIDTH
    return joined(bytes, first, first + leaves / TILE_WIDTH ** level)
  }
  /** @type {(bytes: Uint8Array, start: number, end: number) => Promise<Uint8Array>} */
  const joined = async (bytes, start, end) => {
    if (end - start === 1) return bytes.slice(start * 32, end * 32)
    const middle = (start + end) / 2
    return nodeHash(await joined(bytes, start, middle), await joined(bytes, middle, end))
  }
  /** Hash over a range that includes our leaf. @type {HashOver} */
  const own = async (start, end) => {
    if (end - start === 1) return leaf
    const middle = start + largestPowerBelow(end - start)
    return index < middle
      ? nodeHash(await own(start, middle), await stored(middle, end))
      : nodeHash(await stored(start, middle), await own(middle, end))
  }
  return own(0, size)
}

/**
 * True if the entry stands at this index of the signed tree.
 * @param {string} entry @param {number} index @param {{ size: number, root: Uint8Array }} head @param {ReadTile} readTile
 */
export async function isIncluded(entry, index, { size, root }, readTile) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false
  const computed = await rootWith(index, size, await leafHash(utf8.encode(entry)), readTile)
  return hex(computed) === hex(root)
}
