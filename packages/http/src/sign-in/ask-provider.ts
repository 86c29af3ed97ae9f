/** Limits of one answer of the identity provider: milliseconds, and bytes (I40). */
const PATIENCE_MS = 3_000
const MOST_BYTES = 65_536

/**
 * The only function of the desk that makes network requests. Its addresses come from our settings and from the configuration document of the
 * identity provider, and never from a visitor. It follows no redirect. Throws for a slow answer or a long one.
 */
export async function askProvider(address: string, options: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const { status, headers, body } = await fetch(address, { ...options, redirect: 'manual', signal })
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body ?? []) {
    bytes += piece.length
    if (bytes > MOST_BYTES) throw new TypeError('the answer of the identity provider is too long')
    pieces.push(piece)
  }
  const kept = status === 204 || status === 304 ? null : Buffer.concat(pieces)
  return new Response(kept, { status, headers: { 'content-type': headers.get('content-type') ?? '' } })
}
