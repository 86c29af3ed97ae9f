import { isObjectOrList } from './json-object.ts'
import type { UnsecuredDocument } from './profile-document.ts'
import { DocumentFault, pointerTo } from './read-json.ts'

/**
 * Rules for texts that people read. They are checked only before signing. A signed text is never normalised, because the signature would
 * then be for another text.
 */

/** The reason for refusing a text. */
export type NameFault =
  | 'empty'
  | 'too-long'
  | 'not-nfc'
  | 'malformed'
  | 'control-character'
  | 'invisible-character'
  | 'lost-character'
  | 'stacked-marks'
  | 'no-letter'

/** In characters. Some are two units of UTF-16. */
const MAX_NAME = 200

/** These change the order or hide characters, so that a reader would see another text (Unicode TR 36, UAX 9). */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const CONTROL = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\ufff9-\ufffb]/u
/** Invisible in every script, or blank without being a space: the blank of braille and a note without a head. Joiners have rules below. */
const INVISIBLE = /[[\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]--[\u200c\u200d]]/v
/** Programs write these in place of characters that they could not convert. */
const LOST = /[\ufffc\ufffd]/u
/** Scripts whose spelling sometimes needs a joiner or a non-joiner (UAX 31, R1a). It must be between two of their characters. */
const JOINING =
  '[\\p{scx=Khmer}\\p{scx=Myanmar}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Arabic}\\p{scx=Devanagari}\\p{scx=Bengali}\\p{scx=Tamil}\\p{scx=Telugu}\\p{scx=Kannada}\\p{scx=Malayalam}\\p{scx=Gujarati}\\p{scx=Gurmukhi}\\p{scx=Sinhala}\\p{scx=Javanese}\\p{scx=Balinese}]'
const JOINER_IN_PLACE = new RegExp(`(?<=${JOINING})[\\u200c\\u200d](?=${JOINING})`, 'gu')
const JOINER = /[\u200c\u200d]/u
/**
 * Marks without a script of their own can be stacked over any letter, and no orthography of the region needs more than four. Khmer,
 * Burmese, Thai and similar scripts have their own marks and stack more. A mark at the beginning would attach to the text before it.
 */
const STACKED = /^\p{M}|[\p{Script=Inherited}&&\p{M}]{5,}|\p{M}{9,}/v
const PLAIN = /^[ -~]+$/

/** The fault of a name or a title, or undefined. */
export function nameFault(text: string): NameFault | undefined {
  if (text.trim() === '') return 'empty'
  if (text.length > MAX_NAME && [...text].length > MAX_NAME) return 'too-long'
  return textFault(text)
}

/** The fault of a person's name. It must have at least one letter. */
export const personNameFault = (text: string): NameFault | undefined =>
  nameFault(text) ?? (/\p{L}/u.test(text) ? undefined : 'no-letter')

/** The fault of one line of any length. */
export function textFault(text: string): NameFault | undefined {
  if (PLAIN.test(text)) return undefined
  if (!text.isWellFormed()) return 'malformed'
  if (CONTROL.test(text) || BIDI.test(text)) return 'control-character'
  if (INVISIBLE.test(text) || JOINER.test(text.replace(JOINER_IN_PLACE, ''))) return 'invisible-character'
  if (LOST.test(text)) return 'lost-character'
  if (STACKED.test(text)) return 'stacked-marks'
  return text === text.normalize('NFC') ? undefined : 'not-nfc'
}

/** Throws `DocumentFault` for a misleading text or a malformed name of a person. `isPlain` (printable ASCII) skips the check of texts. */
export function requireReadable(document: UnsecuredDocument, isPlain: boolean): void {
  document.credentialSubject.identifier.forEach((entry, at) => {
    if (nameFault(entry.identityHash) !== undefined) {
      refuse(['credentialSubject', 'identifier', at, 'identityHash'])
    }
  })
  if (!isPlain) requireTexts(document, [])
}

/** The same for the texts of any document, in every script. */
export const requireReadableTexts = (document: object): void => requireTexts(document, [])

function requireTexts(value: object, path: (string | number)[]): void {
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) requireText(value[at], at, path)
    return
  }
  const row = value as Record<string, unknown>
  for (const name in row) requireText(row[name], name, path)
}

function requireText(value: unknown, name: string | number, path: (string | number)[]): void {
  if (typeof value === 'string') {
    if (textFault(value) !== undefined) refuse([...path, name])
  } else if (isObjectOrList(value)) {
    path.push(name)
    requireTexts(value, path)
    path.pop()
  }
}

function refuse(path: (string | number)[]): never {
  throw new DocumentFault(
    'malformed-value',
    pointerTo(path),
    'a text that could mislead: control, invisible, lost or stacked characters, or not NFC',
  )
}
