/** Decoding a point, RFC 8032 §5.1.3. node:crypto accepts any 32 bytes as a key and reports no fault before it verifies. */

const P = 2n ** 255n - 19n
const D = (-121665n * power(121666n, P - 2n)) % P

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = ((base % P) + P) % P
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P
    square = (square * square) % P
  }
  return result
}

/** The y coordinates of all eight points of small order. Such a key verifies signatures that nobody made. */
const smallOrder = new Set([
  0n,
  1n,
  P - 1n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
])

export function isEd25519Point(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false
  const little = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
  const y = little & (2n ** 255n - 1n)
  if (y >= P || smallOrder.has(y)) return false
  const numerator = (y * y - 1n + P) % P
  const denominator = (((D * y * y + 1n) % P) + P) % P
  const square = (numerator * power(denominator, P - 2n)) % P
  // Euler's criterion: x exists if the right side is a square.
  return power(square, (P - 1n) / 2n) === 1n
}
