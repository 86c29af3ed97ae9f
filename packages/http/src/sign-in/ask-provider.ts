/** Milliseconds for one answer of the identity provider, and its most bytes (I40). */
const PATIENCE_MS = 3_000
const MOST_BYTES = 65_536

/**
 * The one place of the desk that reaches the network. The addresses are those of the configured identity provider, by its settings and
 * its own configuration document; nothing that a visitor sends decides where it asks. No redirect is followed.
 */
export async function askProvider(address: string, options: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const { status, headers, body } = await fetch(address, { ...options, redirect: 'manual', signal })
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body ?? []) {
    bytes += piece.length
    if (bytes > MOST_BYTES) throw new TypeError('the identity provider answers at too great a length')
    pieces.push(piece)
  }
  const kept = status === 204 || status === 304 ? null : Buffer.concat(pieces)
  return new Response(kept, { status, headers: { 'content-type': headers.get('content-type') ?? '' } })
}
