import { RegistryError } from '@sijil/registry'

const SEQUENCE = 0x30
const INTEGER = 0x02

/**
 * KMS returns an ECDSA signature as `SEQUENCE { INTEGER r, INTEGER s }` in DER (RFC 3279 §2.2.3). Proofs and JOSE use r followed by
 * s, each with `length` bytes, the length of the curve (IEEE P1363). For these curves every DER length fits in one byte.
 */
export function p1363FromDer(der: Uint8Array, length: number): Uint8Array {
  const signature = new Uint8Array(2 * length)
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) throw malformed()
  let place = 2
  for (const end of [length, 2 * length]) {
    const size = der[place + 1]
    if (der[place] !== INTEGER || size === undefined || size === 0) throw malformed()
    const integer = der.subarray(place + 2, place + 2 + size)
    if (integer.length !== size) throw malformed()
    // DER adds a leading zero to keep an INTEGER positive. It is not part of the number.
    const magnitude = integer[0] === 0 ? integer.subarray(1) : integer
    if (magnitude.length > length) throw malformed()
    signature.set(magnitude, end - magnitude.length)
    place += 2 + size
  }
  if (place !== der.length) throw malformed()
  return signature
}

const malformed = () => new RegistryError('internal', 'KMS did not return an ECDSA signature')
