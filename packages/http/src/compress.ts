import { gzipSync } from 'node:zlib'
import { EdgeError } from './edge-error.ts'
import { acceptedTypes } from './negotiate.ts'
import type { Rendered } from './render.ts'

/** Characters. CloudFront compresses smaller answers by itself. */
const LARGE = 1024 * 1024
/** The limit of Lambda for an answer of a function, counted as the JSON that carries it. */
export const MAX_ANSWER_LENGTH = 6 * 1024 * 1024

/**
 * Compresses a large text for a client that accepts gzip. Without it, the trust bundle could not grow beyond the limit of Lambda. Throws
 * `not-acceptable` if the text is too long without compression and the client does not accept gzip, and a `RangeError` if it is too long
 * even with compression.
 */
export function compressed(rendered: Rendered, acceptEncoding: string | undefined): Rendered {
  const { body, isBase64Encoded, headers } = rendered
  if (body === undefined || isBase64Encoded || body.length < LARGE) return rendered
  const varying = { ...headers, vary: 'Accept-Encoding' }
  const packed = acceptedTypes(acceptEncoding).includes('gzip') ? gzipSync(body).toString('base64') : undefined
  if (JSON.stringify(packed ?? body).length > MAX_ANSWER_LENGTH) {
    if (packed !== undefined) throw new RangeError('an answer exceeds the limit of Lambda, even when it is compressed')
    throw new EdgeError('not-acceptable', 'This answer is too long without compression. Send "Accept-Encoding: gzip".')
  }
  if (packed === undefined) return { ...rendered, headers: varying }
  return { ...rendered, headers: { ...varying, 'content-encoding': 'gzip' }, body: packed, isBase64Encoded: true }
}
