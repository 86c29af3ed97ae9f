/** The scripts of which a font is embedded. Vietnamese, Malay and Filipino are written in Latin letters. */
export const scripts = ['latin', 'thai', 'lao', 'khmer', 'myanmar', 'arabic'] as const
export type Script = (typeof scripts)[number]

/** A piece of text in one script. */
export interface Run {
  script: Script
  text: string
}

const patterns: readonly (readonly [Script, RegExp])[] = [
  ['thai', /\p{Script=Thai}/u],
  ['lao', /\p{Script=Lao}/u],
  ['khmer', /\p{Script=Khmer}/u],
  ['myanmar', /\p{Script=Myanmar}/u],
  ['arabic', /\p{Script=Arabic}/u],
]
/** Digits, spaces, punctuation and marks take the script of the text before them. */
const OF_NO_SCRIPT = /[\p{Script=Common}\p{Script=Inherited}]/u
/** Controls, and marks that turn the direction of text or hide something. Joiners stay: Khmer and Burmese need them. */
const NOT_PRINTED =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]+/gu

/** The text as it is printed: one line, without characters that cannot be seen. */
const printable = (text: string): string => text.replace(NOT_PRINTED, ' ').trim()

/** Splits a text by script, because one shaping engine sees one font. A name may be written in two scripts. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = []
  for (const character of printable(text)) {
    const last = runs.at(-1)
    const script = OF_NO_SCRIPT.test(character) ? (last?.script ?? 'latin') : scriptOf(character)
    if (last?.script === script) last.text += character
    else runs.push({ script, text: character })
  }
  return runs
}

const scriptOf = (character: string): Script => patterns.find(([, pattern]) => pattern.test(character))?.[0] ?? 'latin'
