import { compress, inflateExactly } from './crypto.ts'
import { DocumentFault } from './read-json.ts'
import { isText, LIST_ENTRIES, MAX_ENCODED_LIST } from './values.ts'

export { LIST_ENTRIES } from './values.ts'

const LIST_BYTES = LIST_ENTRIES / 8

declare const bits: unique symbol
/** The 16,384 bytes of a list. */
export type StatusBits = Uint8Array & { readonly [bits]: true }

/** The leftmost bit of the first byte is entry 0. @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-generation-algorithm */
const maskOf = (index: number) => 0x80 >> (index & 7)

/** `encodedList`: the compressed bits in multibase `u`. Throws `RangeError` for an index outside the list. */
export function encodeList(indexes: Iterable<number>): string {
  const list = new Uint8Array(LIST_BYTES)
  for (const index of indexes) {
    requireIndex(index)
    list[index >> 3] = (list[index >> 3] ?? 0) | maskOf(index)
  }
  const encoded = `u${Buffer.from(compress(list)).toString('base64url')}`
  if (encoded.length > MAX_ENCODED_LIST) throw new RangeError('the compressed list is too long')
  return encoded
}

/** Throws `DocumentFault`, before inflating too much, for a bomb, another length, several gzip members or trailing bytes. */
export function decodeList(encoded: string): StatusBits {
  if (!isText('encoded', encoded)) throw unusable('not multibase base64url of a list')
  const gzip = Buffer.from(encoded.slice(1), 'base64url')
  if (gzip.toString('base64url') !== encoded.slice(1)) throw unusable('not canonical base64url')
  try {
    return inflateExactly(gzip, LIST_BYTES) as StatusBits
  } catch {
    throw unusable(`not exactly one gzip member of ${LIST_BYTES} bytes`)
  }
}

const unusable = (message: string) => new DocumentFault('malformed-value', '/credentialSubject/encodedList', message)

export function isSet(list: StatusBits, index: number): boolean {
  requireIndex(index)
  return ((list[index >> 3] ?? 0) & maskOf(index)) !== 0
}

/** The indexes of the entries that are set, in ascending order. */
export function setEntries(list: StatusBits): number[] {
  const indexes: number[] = []
  // A list has 16,384 bytes, nearly all zero. An iterator would take ten times as long.
  for (let place = 0; place < list.length; place++) {
    const byte = list[place] ?? 0
    if (byte === 0) continue
    for (let bit = 0; bit < 8; bit++) if ((byte & (0x80 >> bit)) !== 0) indexes.push(8 * place + bit)
  }
  return indexes
}

function requireIndex(index: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= LIST_ENTRIES) throw new RangeError('no such entry in a list')
}

/** Base 10 without sign, leading zeros or trailing characters. `parseInt` would read `12abc` as 12. Throws `DocumentFault`. */
export function parseListIndex(text: unknown): number {
  if (!isText('index', text)) {
    const isNumber = typeof text === 'string' && /^[1-9]\d{5,}$/.test(text)
    throw new DocumentFault(isNumber ? 'status-index-out-of-range' : 'malformed-value', '', 'not an index of a list')
  }
  return Number(text)
}
