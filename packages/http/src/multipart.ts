import { EdgeError } from './edge-error.ts'

/** One file of a form, in memory. Its name is not kept: names of files are often names of people. */
export interface Upload {
  /** As the sender claims. */
  type: string
  bytes: Uint8Array
}

const MOST_FIELDS = 16

export const tooLarge = (limit: number): EdgeError =>
  new EdgeError('payload-too-large', `A request may have ${limit.toLocaleString('en')} bytes.`)

/**
 * The fields of a `multipart/form-data` body (RFC 7578), parsed by the platform; its size was bounded before. Each name once,
 * at most one file, which is no longer than `limit`. A file input that was left empty is sent without a byte, and counts as absent.
 */
export async function readMultipart(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  limit: number,
): Promise<Map<string, string | Upload>> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData().catch((cause) => {
    throw new EdgeError('malformed-request', 'The form cannot be read.', { cause })
  })
  const fields = new Map<string, string | Upload>()
  let files = 0
  for (const [name, value] of form) {
    if (typeof value !== 'string') files += 1
    if (typeof value !== 'string' && value.size > limit) throw tooLarge(limit)
    if (fields.has(name) || fields.size >= MOST_FIELDS || files > 1)
      throw new EdgeError('malformed-request', 'A form has each field once, and one file at most.')
    fields.set(name, typeof value === 'string' ? value : { type: value.type, bytes: await value.bytes() })
  }
  for (const [name, value] of fields) if (typeof value !== 'string' && value.bytes.length === 0) fields.delete(name)
  return fields
}
