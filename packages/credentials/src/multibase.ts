import { base58 } from '@scure/base'

/** Multibase `z`: base58 with Bitcoin's alphabet. */

/** The `length` bytes that `text` encodes. Undefined if it is no multibase of exactly that length. */
export function decodeBase58(text: string, length: number): Uint8Array | undefined {
  // Decoding time grows with the square of the length, so refuse a text that is too long first.
  if (text[0] !== 'z' || text.length > 2 * length + 1) return undefined
  try {
    const bytes = base58.decode(text.slice(1))
    return bytes.length === length ? bytes : undefined
  } catch {
    return undefined
  }
}

export const encodeBase58 = (bytes: Uint8Array): string => `z${base58.encode(bytes)}`
