import { EdgeError } from './edge-error.ts'

/** A file of a form, in memory. Its name is dropped, because file names often contain names of people. */
export interface Upload {
  /** Media type, as the sender claims. */
  type: string
  bytes: Uint8Array
}

/** The registration of a body has the most: twenty. */
const MOST_FIELDS = 32

export const tooLarge = (limit: number, more = ''): EdgeError =>
  new EdgeError(
    'payload-too-large',
    `The request is too large. It may have at most ${limit.toLocaleString('en')} bytes.${more}`,
  )

/**
 * Reads the fields of a `multipart/form-data` body (RFC 7578). Node.js parses it, after the size of the body was checked. Each name may
 * occur once. There may be one file, of at most `limit` bytes. Browsers send an empty file input as a file without bytes, which is dropped.
 * Throws `malformed-request` or `payload-too-large`.
 */
export async function readMultipart(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  limit: number,
): Promise<Map<string, string | Upload>> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData().catch((cause) => {
    throw new EdgeError('malformed-request', 'The form cannot be read. Send it as multipart/form-data (RFC 7578).', {
      cause,
    })
  })
  const fields = new Map<string, string | Upload>()
  let files = 0
  for (const [name, value] of form) {
    if (typeof value !== 'string') files += 1
    if (typeof value !== 'string' && value.size > limit) throw tooLarge(limit)
    if (fields.has(name) || fields.size >= MOST_FIELDS || files > 1)
      throw new EdgeError(
        'malformed-request',
        'The form has too many fields or files. Send each field once, at most 32 of them, and at most one file.',
      )
    fields.set(name, typeof value === 'string' ? value : { type: value.type, bytes: await value.bytes() })
  }
  for (const [name, value] of fields) if (typeof value !== 'string' && value.bytes.length === 0) fields.delete(name)
  return fields
}
