import { isObjectOrList } from './json-object.ts'
/** Codes for refusing a document. The caller decides what to answer for each. */
export type FaultCode =
  | 'malformed-json'
  | 'duplicate-member'
  | 'document-too-complex'
  | 'context-not-allowed'
  | 'unknown-member'
  | 'malformed-value'
  | 'not-a-certificate'
  | 'status-mismatch'
  | 'status-index-out-of-range'
  | 'proof-missing'
  | 'proof-malformed'
  | 'suite-not-allowed'

/** A refused document and the place of the fault (JSON Pointer, RFC 6901). The message never repeats a value of the document. */
export class DocumentFault extends Error {
  override readonly name = 'DocumentFault'
  readonly code: FaultCode
  readonly pointer: string
  constructor(code: FaultCode, pointer: string, message: string) {
    super(message)
    this.code = code
    this.pointer = pointer
  }
}

/** RFC 6901. Names are cut to 100 characters, because a stranger may have chosen them. */
export function pointerTo(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

const MAX_BYTES = 65_536
const MAX_DEPTH = 16

/**
 * Parses JSON, and refuses texts that two readers could read differently: a repeated member, `__proto__`, a lone surrogate. The depth is
 * at most 16, so that no later walk can overflow. The size is at most 64 KiB, unless the caller gives another limit. Throws
 * `DocumentFault`.
 */
export function readJson(text: string, maxBytes = MAX_BYTES): unknown {
  if (text.length > maxBytes || (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes)) {
    throw new DocumentFault('document-too-complex', '', `longer than ${maxBytes / 1024} KiB`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new DocumentFault('malformed-json', '', 'not JSON')
  }
  const members = countMembers(value, 0)
  // Without an escape, every quotation mark opens or closes a string, so `":` ends each name. More names than members mean a repeated
  // name. A string that begins with a colon is counted too. In this case, and with escapes, the names themselves are compared.
  const isPlain = !text.includes('\\') && !spacedColons.some((colon) => text.includes(colon))
  if (!isPlain || countNames(text) !== members) requireDistinctMembers(text)
  if (text.includes('\\') || text.includes('__proto__') || !text.isWellFormed()) requireHarmless(value)
  return value
}

const spacedColons = ['\t:', '\n:', '\r:', ' :']

function countNames(text: string): number {
  let names = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) if (text[at - 1] === '"') names++
  return names
}

function countMembers(value: unknown, depth: number): number {
  if (!isObjectOrList(value)) return 0
  if (depth === MAX_DEPTH) throw new DocumentFault('document-too-complex', '', `nested more than ${MAX_DEPTH} deep`)
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value) members += countMembers(item, depth + 1)
    return members
  }
  const names = Object.keys(value)
  for (const name of names) members += countMembers(value[name], depth + 1)
  members += names.length
  return members
}

/**
 * JSON can escape half of a surrogate pair. Hashing would replace it by U+FFFD, so that two texts had one signature. And some readers
 * ignore a member named `__proto__`.
 */
function requireHarmless(value: unknown): void {
  if (typeof value === 'string' && !value.isWellFormed())
    throw new DocumentFault('malformed-json', '', 'a lone surrogate')
  if (!isObjectOrList(value)) return
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') throw new DocumentFault('malformed-json', '', 'a member is named __proto__')
    requireHarmless(name)
    requireHarmless(member)
  }
}

/** `text` is known to be JSON, and at most 16 deep. So only strings and brackets matter. */
function requireDistinctMembers(text: string): void {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === code['{'] || unit === code['[']) open.push(new Set())
    else if (unit === code['}'] || unit === code[']']) open.pop()
    else if (unit === code['"']) {
      const end = endOfString(text, at)
      if (colonFollows(text, end + 1)) {
        const written = text.slice(at, end + 1)
        const name: string = written.includes('\\') ? JSON.parse(written) : written.slice(1, -1)
        const stated = open.at(-1)
        if (stated?.has(name)) throw new DocumentFault('duplicate-member', '', 'a member is repeated')
        stated?.add(name)
      }
      at = end
    }
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  for (let unit = text.charCodeAt(at); unit !== code['"']; unit = text.charCodeAt(at)) at += unit === code['\\'] ? 2 : 1
  return at
}

/** Skips the white space between a name and its colon: all characters that JSON allows there are at most U+0020. */
function colonFollows(text: string, after: number): boolean {
  let at = after
  while (text.charCodeAt(at) <= code[' ']) at++
  return text.charCodeAt(at) === code[':']
}

const code = { '{': 0x7b, '[': 0x5b, '}': 0x7d, ']': 0x5d, '"': 0x22, '\\': 0x5c, ' ': 0x20, ':': 0x3a } as const
