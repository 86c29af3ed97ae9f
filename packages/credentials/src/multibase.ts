import { base58 } from '@scure/base'

/** Multibase `z`: base58 with Bitcoin's alphabet. */

/** The `length` bytes that `text` stands for, or nothing where it is no multibase of exactly so many. */
export function decodeBase58(text: string, length: number): Uint8Array | undefined {
  // Decoding takes time with the square of the length: nothing longer than it can be is decoded.
  if (text[0] !== 'z' || text.length > 2 * length + 1) return undefined
  try {
    const bytes = base58.decode(text.slice(1))
    return bytes.length === length ? bytes : undefined
  } catch {
    return undefined
  }
}

export const encodeBase58 = (bytes: Uint8Array): string => `z${base58.encode(bytes)}`
