import { DocumentFault, isObject, readJson } from '@sijil/credentials'
import { RegistryError } from '@sijil/registry'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { EdgeError } from './edge-error.ts'
import { readMultipart, tooLarge, type Upload } from './multipart.ts'

/** Bytes of a body, counted before anything is parsed. */
export const BODY_LIMIT = 65_536
/** What a form with a file may have around it: boundaries, headers, and the other fields. */
const FRAMING = 4_096
/** Of a list that another registry signed; a function is invoked with 6 MB at most. */
const LIST_LIMIT = 4 * 1024 * 1024

/** What a route takes. `multipart` is an HTML form that may carry a file: browsers send it either way. */
export type BodyKind = 'none' | 'json' | 'list' | 'form' | 'multipart' | 'text'

// biome-ignore format: it reads as a table
/** Media types for each kind: no other is parsed. */
export const mediaTypes = {
  none:      [],
  json:      ['application/json'],
  list:      ['application/json'],
  form:      ['application/x-www-form-urlencoded'],
  multipart: ['multipart/form-data', 'application/x-www-form-urlencoded'],
  text:      ['text/plain'],
} as const satisfies Record<BodyKind, readonly string[]>

export interface ReadBody {
  /** The body as it was sent; empty for a form with a file. */
  text: string
  value: unknown
}

/** Size, content type, encoding, UTF-8, syntax: in this order. */
export async function readBody(
  event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>,
  headers: ReadonlyMap<string, string>,
  kind: BodyKind,
): Promise<ReadBody> {
  const limit = kind === 'list' ? LIST_LIMIT : kind === 'multipart' ? BODY_LIMIT + FRAMING : BODY_LIMIT
  const bytes = bytesOf(event, limit)
  if (kind === 'none') {
    if (bytes.length > 0) throw new EdgeError('unsupported-media-type', 'This request takes no body.')
    return { text: '', value: undefined }
  }
  // What has nothing in it may come without a body, hence without a type: what is missing in it is told by its schema.
  if (kind !== 'text' && bytes.length === 0 && !headers.has('content-type')) return { text: '', value: {} }
  const type = requireMediaType(headers, kind)
  if (type === 'multipart/form-data') {
    return { text: '', value: filledIn(await readMultipart(bytes, headers.get('content-type') ?? '', BODY_LIMIT)) }
  }
  const text = decodeUtf8(bytes)
  if (type === 'application/json') {
    if (text === undefined) throw new RegistryError('malformed-json', 'The body is not UTF-8.')
    return { text, value: requireObject(parseJson(text, limit)) }
  }
  if (text === undefined) throw new EdgeError('malformed-request', 'The body is not UTF-8.')
  if (type === 'text/plain') return { text, value: text }
  return { text, value: filledIn(parseForm(text)) }
}

function bytesOf(
  { body = '', isBase64Encoded }: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>,
  limit: number,
) {
  // Judged by the length of the text first, so that nothing large is decoded: four characters carry three bytes.
  const least = isBase64Encoded ? (body.length / 4) * 3 - 2 : body.length
  const bytes = least > limit ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  if (bytes === undefined || bytes.length > limit) throw tooLarge(limit)
  return bytes
}

function requireMediaType(headers: ReadonlyMap<string, string>, kind: BodyKind): string {
  const accepted: readonly string[] = mediaTypes[kind]
  const refused = () =>
    new EdgeError('unsupported-media-type', `The body must be ${accepted.join(' or ')}, in UTF-8, not compressed.`)
  if (headers.has('content-encoding')) throw refused()
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').split(';').map((part) => part.trim())
  const essence = type.toLowerCase()
  if (!accepted.includes(essence)) throw refused()
  const allowed = essence === 'multipart/form-data' ? /^boundary=/i : /^charset="?utf-8"?$/i
  if (!parameters.every((parameter) => parameter === '' || allowed.test(parameter))) throw refused()
  return essence
}

/** Every route that takes JSON takes one object: another value is no request, whatever its members would have been. */
function requireObject(value: unknown): object {
  if (isObject(value)) return value
  throw new EdgeError('malformed-request', 'The body must be a JSON object.', {
    faults: [{ pointer: '', detail: 'must be an object' }],
  })
}

/** A byte order mark is kept, so that JSON refuses it (RFC 8259 §8.1). */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parseJson(text: string, limit: number): unknown {
  try {
    return readJson(text, limit)
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error
    if (error.code === 'document-too-complex')
      throw new RegistryError('document-too-complex', 'The body is nested too deeply.', { cause: error })
    // Its message repeats nothing of the body.
    throw new RegistryError('malformed-json', `The body is refused: ${error.message}.`, { cause: error })
  }
}

function parseForm(text: string): Map<string, string> {
  const pairs = [...new URLSearchParams(text)]
  const fields = new Map(pairs)
  if (fields.size !== pairs.length) throw new EdgeError('malformed-request', 'A form has each field once.')
  return fields
}

/** A blank field of a form is a field that was not filled in. `fromEntries` defines members, so `__proto__` is one like any other. */
const filledIn = (fields: ReadonlyMap<string, string | Upload>): Record<string, string | Upload> =>
  Object.fromEntries([...fields].filter(([, value]) => value !== ''))
