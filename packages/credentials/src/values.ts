import { schemaPaths } from './certificate-form.ts'
import type { TextKind } from './shape-words.ts'
import { UUID } from './uuid.ts'

/** The syntax of each kind of text. The JSON Schema has the same patterns. */
export interface TextRule {
  pattern?: RegExp
  maxLength: number
  /** A rule that no pattern can express. */
  holds?: (text: string) => boolean
}

const MAX_TEXT = 4096
/** Far above the size of a full list, and far below that of a bomb. */
export const MAX_ENCODED_LIST = 32_768

const DAY = '(?:19|2\\d)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])'
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d'
/** Absolute, without characters that N-Quads escapes. The schemes are limited, so that none can be the prefix of a compact IRI. */
const IRI = "(?:https?://|urn:[a-z0-9]|did:[a-z0-9]+:)[A-Za-z0-9._~:/?@!$&'()*+,;=%\\[\\]-]+"
const DID = 'did:[a-z0-9]+:(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+(?::(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+)*'

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** The pattern limits month and day. This checks short months and leap years. */
function isRealDay(text: string): boolean {
  const day = Number(text.slice(8, 10))
  if (day < 29) return true
  const month = Number(text.slice(5, 7))
  if (month !== 2) return day <= (DAYS[month - 1] ?? 0)
  const year = Number(text.slice(0, 4))
  return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export const LIST_ENTRIES = 131_072
const isInList = (text: string) => Number(text) < LIST_ENTRIES

const whole = (source: string) => new RegExp(`^${source}$`)

export const textRules: Readonly<Record<TextKind, TextRule>> = {
  text: { maxLength: MAX_TEXT, holds: (text) => text.isWellFormed() },
  // Ids made from the document's own id have a `#`, and all other ids have none. So they can never be equal.
  id: { maxLength: 2048, pattern: whole(IRI) },
  url: { maxLength: 2048, pattern: whole(`${IRI}(?:#[A-Za-z0-9._~:/?@!$&'()*+,;=%-]*)?`) },
  did: { maxLength: 512, pattern: whole(DID) },
  uuid: { maxLength: 45, pattern: whole(`urn:uuid:${UUID}`) },
  instant: { maxLength: 20, pattern: whole(`${DAY}T${TIME}Z`), holds: isRealDay },
  midnight: { maxLength: 20, pattern: whole(`${DAY}T00:00:00Z`), holds: isRealDay },
  day: { maxLength: 10, pattern: whole(DAY), holds: isRealDay },
  language: { maxLength: 35, pattern: whole('[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*') },
  index: { maxLength: 6, pattern: whole('(?:0|[1-9]\\d{0,5})'), holds: isInList },
  encoded: { maxLength: MAX_ENCODED_LIST, pattern: whole('u[A-Za-z0-9_-]+') },
  // SHA-256 as a multihash in base64url (CID 1.0 §2.4).
  digest: { maxLength: 47, pattern: whole('uEi[A-D][A-Za-z0-9_-]{43}') },
  'schema-2': { maxLength: 2048, pattern: whole(`${IRI}${schemaPaths[2]}`) },
}

/** The check for one kind of text, with its rule looked up once. */
export function textCheck(kind: TextKind): (value: unknown) => value is string {
  const { pattern, maxLength, holds } = textRules[kind]
  return (value): value is string => {
    if (typeof value !== 'string' || value.length === 0 || value.length > maxLength) return false
    return (pattern === undefined || pattern.test(value)) && (holds === undefined || holds(value))
  }
}

const checks = Object.fromEntries(
  (Object.keys(textRules) as TextKind[]).map((kind) => [kind, textCheck(kind)]),
) as Record<TextKind, (value: unknown) => value is string>

export const isText = (kind: TextKind, value: unknown): value is string => checks[kind](value)

/** A DID URL of a key. */
export const VERIFICATION_METHOD = whole(`(${DID})#([A-Za-z0-9._-]{1,128})`)

/** The DID that controls the key, and the fragment. Undefined if it is no DID URL of a key. */
export function splitVerificationMethod(text: unknown): { controller: string; fragment: string } | undefined {
  if (typeof text !== 'string' || text.length > 1024) return undefined
  const parts = VERIFICATION_METHOD.exec(text)
  return parts === null ? undefined : { controller: parts[1] ?? '', fragment: parts[2] ?? '' }
}
