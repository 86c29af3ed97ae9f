import { DocumentFault, isObject, readJson } from '@sijil/credentials'
import { RegistryError } from '@sijil/registry'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { EdgeError } from './edge-error.ts'
import { readMultipart, tooLarge, type Upload } from './multipart.ts'

/** The largest body in bytes, checked before anything is parsed. */
export const BODY_LIMIT = 65_536
/** Bytes that a form may have besides its file: boundaries, headers, and other fields. */
const FRAMING = 4_096
/** Bytes of a list of another registry, of a PDF or of a photograph. Lambda invokes a function with at most 6 MB. */
export const LIST_LIMIT = 4 * 1024 * 1024

/** The kind of body that a route takes. `multipart` is an HTML form that may carry a file: browsers send such a form in either media type. A form may have one file: `multipart-list` a list or a spreadsheet, `multipart-paper` a PDF or a photograph. `table` is a spreadsheet. */
export type BodyKind =
  | 'none'
  | 'json'
  | 'list'
  | 'form'
  | 'multipart'
  | 'multipart-list'
  | 'multipart-paper'
  | 'table'
  | 'text'

// biome-ignore format: it reads as a table
/** Media types of each kind. Any other is refused with a 415. */
export const mediaTypes = {
  'none':           [],
  'json':           ['application/json'],
  'list':           ['application/json'],
  'form':           ['application/x-www-form-urlencoded'],
  'multipart':      ['multipart/form-data', 'application/x-www-form-urlencoded'],
  'multipart-list': ['multipart/form-data', 'application/x-www-form-urlencoded'],
  'multipart-paper': ['multipart/form-data', 'application/x-www-form-urlencoded'],
  'table':          ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/x-ndjson'],
  'text':           ['text/plain'],
} as const satisfies Record<BodyKind, readonly string[]>

const isLarge: ReadonlySet<BodyKind> = new Set(['list', 'multipart-list', 'multipart-paper', 'table'])

export interface ReadBody {
  /** The body as it was sent. Empty for a form with a file. */
  text: string
  value: unknown
}

/** Reads a body. Checks size, content type, encoding, UTF-8 and syntax, in this order, and throws for the first that is wrong. */
export async function readBody(
  event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>,
  headers: ReadonlyMap<string, string>,
  kind: BodyKind,
): Promise<ReadBody> {
  const fileLimit = isLarge.has(kind) ? LIST_LIMIT : BODY_LIMIT
  const limit = kind.startsWith('multipart') ? fileLimit + FRAMING : fileLimit
  const bytes = bytesOf(event, limit)
  if (kind === 'none') {
    if (bytes.length > 0)
      throw new EdgeError('unsupported-media-type', 'This request takes no body. Send it without one.')
    return { text: '', value: undefined }
  }
  // A request without members may come without a body, and so without a type. Its schema says which members are missing.
  if (kind !== 'text' && bytes.length === 0 && !headers.has('content-type')) return { text: '', value: {} }
  const type = requireMediaType(headers, kind)
  if (type === 'multipart/form-data') {
    return { text: '', value: filledIn(await readMultipart(bytes, headers.get('content-type') ?? '', fileLimit)) }
  }
  // Its bytes decide what it is.
  if (kind === 'table') return { text: '', value: { type, bytes } satisfies Upload }
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
  // The length of the text is checked first, so that nothing large is decoded. In base64, four characters carry three bytes.
  const least = isBase64Encoded ? (body.length / 4) * 3 - 2 : body.length
  const bytes = least > limit ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  if (bytes === undefined || bytes.length > limit)
    throw tooLarge(limit, limit < LIST_LIMIT ? '' : ' Split a spreadsheet, or send it as a large file.')
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

/** Each route that takes JSON takes one object. Any other value is refused. */
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
      throw new RegistryError('document-too-complex', 'The body is nested too deeply. Remove nesting.', {
        cause: error,
      })
    // A DocumentFault repeats nothing of the body in its message.
    throw new RegistryError('malformed-json', `The body is refused: ${error.message}.`, { cause: error })
  }
}

function parseForm(text: string): Map<string, string> {
  const pairs = [...new URLSearchParams(text)]
  const fields = new Map(pairs)
  if (fields.size !== pairs.length)
    throw new EdgeError('malformed-request', 'The form has a field more than once. Send each field once.')
  return fields
}

/** Leaves out empty fields, which nobody filled in. `fromEntries` defines members, so a field `__proto__` is an ordinary member. */
const filledIn = (fields: ReadonlyMap<string, string | Upload>): Record<string, string | Upload> =>
  Object.fromEntries([...fields].filter(([, value]) => value !== ''))
