// What a browser needs to see for itself that an entry stands in a signed log (C2SP signed-note, tlog-checkpoint, tlog-cosignature,
// tlog-tiles; RFC 6962), with WebCrypto alone. Written a second time on purpose: it shares no code with what signs the log.

/** What does not hold, as opposed to what could not be found out. */
export class DoesNotHold extends Error {}

const TILE_WIDTH = 256
const types = { log: 1, witness: 4 }
const utf8 = new TextEncoder()

const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(parts.flatMap((part) => [...part]))))
export const leafHash = (entry) => sha256([0], entry)
const nodeHash = (left, right) => sha256([1], left, right)

/** Standard base64 in its one spelling. */
function bytesOf(base64) {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && base64.length % 4 === 0
  const bytes = isBase64 ? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)) : []
  if (bytes.length === 0 || btoa(String.fromCharCode(...bytes)) !== base64) throw new DoesNotHold('no base64')
  return bytes
}
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** `name+id+base64`: the id must be that of name, type and key. */
export async function parseKey(text, type) {
  const [name, id, ...rest] = text.split('+')
  const bytes = bytesOf(rest.join('+'))
  const made = hex((await sha256(utf8.encode(`${name}\n`), bytes)).slice(0, 4))
  if (bytes.length !== 33 || bytes[0] !== types[type] || made !== id)
    throw new DoesNotHold('no key of a log or witness')
  const publicKey = await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify'])
  return { name, id, publicKey }
}

/** The lines of this key, verified: one that does not verify spoils all. `split` takes a line apart into signature and what it covers. */
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

/** The head of the log that one of its keys signed, and which of the witnesses cosigned it when (seconds since 1970). */
export async function openCheckpoint(note, { origin, keys, witnesses }) {
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n')) throw new DoesNotHold('no signed note')
  const text = note.slice(0, blank + 1)
  const lines = note
    .slice(blank + 2, -1)
    .split('\n')
    .map((line) => {
      const [dash, name, base64, ...rest] = line.split(' ')
      if (dash !== '—' || base64 === undefined || rest.length > 0) throw new DoesNotHold('no signature line')
      return { name, bytes: bytesOf(base64) }
    })
  const signedBy = []
  for (const key of keys) {
    const found = await signaturesOf(key, lines, (signature) => ({ signature, message: text }))
    if (found.length > 0) signedBy.push(key)
  }
  if (signedBy.length === 0) throw new DoesNotHold('no known key signed')
  const [named, size, root, ...rest] = text.split('\n')
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

/** The path of a tile below the log's address. */
export function tilePath({ level, index, width }) {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, '0')
    .match(/\d{3}/g)
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

function largestPowerBelow(size) {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** The root of a tree of this size that has this leaf at this index and is otherwise as the tiles say. */
export async function rootWith({ index, size, leaf, readTile }) {
  /** The hash over leaves that the tiles have. */
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
  const joined = async (bytes, start, end) => {
    if (end - start === 1) return bytes.slice(start * 32, end * 32)
    const middle = (start + end) / 2
    return nodeHash(await joined(bytes, start, middle), await joined(bytes, middle, end))
  }
  /** The hash over leaves among which ours is. */
  const own = async (start, end) => {
    if (end - start === 1) return leaf
    const middle = start + largestPowerBelow(end - start)
    return index < middle
      ? nodeHash(await own(start, middle), await stored(middle, end))
      : nodeHash(await stored(start, middle), await own(middle, end))
  }
  return own(0, size)
}

/** Whether the entry, as text, stands at this index of the tree that was signed. */
export async function isIncluded(entry, index, { size, root }, readTile) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false
  const computed = await rootWith({ index, size, leaf: await leafHash(utf8.encode(entry)), readTile })
  return hex(computed) === hex(root)
}
