import { gzipSync } from 'node:zlib'
import { EdgeError } from './edge-error.ts'
import { acceptedTypes } from './negotiate.ts'
import type { Rendered } from './render.ts'

/** What is smaller CloudFront compresses by itself. */
const LARGE = 1024 * 1024
/** As long as an answer of a function on Lambda may be, counted as the JSON that carries it. */
export const MAX_ANSWER_LENGTH = 6 * 1024 * 1024

/** A large text for who accepts it so; without this a file of everybody who is listed would end where Lambda's answers do. */
export function compressed(rendered: Rendered, acceptEncoding: string | undefined): Rendered {
  const { body, isBase64Encoded, headers } = rendered
  if (body === undefined || isBase64Encoded || body.length < LARGE) return rendered
  const varying = { ...headers, vary: 'Accept-Encoding' }
  const packed = acceptedTypes(acceptEncoding).includes('gzip') ? gzipSync(body).toString('base64') : undefined
  if (JSON.stringify(packed ?? body).length > MAX_ANSWER_LENGTH) {
    if (packed !== undefined) throw new RangeError('an answer is longer than any may be')
    throw new EdgeError('not-acceptable', 'This answer is too long as it is: say that you accept gzip.')
  }
  if (packed === undefined) return { ...rendered, headers: varying }
  return { ...rendered, headers: { ...varying, 'content-encoding': 'gzip' }, body: packed, isBase64Encoded: true }
}
