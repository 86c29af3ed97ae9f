import type { IssueInput } from '../certificates/issue-input.ts'

/** In letters. Shorter words have many meanings and are seldom a name. */
const SHORTEST_WORD = 4

/**
 * Whether a text contains a word of the holder's name, or their whole name in another script. Only whole words count: "marking out" does
 * not name a holder called Mark.
 */
export function namesHolder(text: string, { name, nativeName }: IssueInput['holder']): boolean {
  const folded = fold(text)
  const words = fold(name)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => lettersOf(word) >= SHORTEST_WORD)
  const whole = nativeName === undefined || lettersOf(nativeName) === 0 ? [] : [fold(nativeName)]
  return [...words, ...whole].some((part) => stands(part, folded))
}

const lettersOf = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0

/** Makes look-alike texts equal: folds width, ligatures, case and blanks, and removes invisible characters. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()

/** Scripts without blanks between words. In these a name may follow any letter. */
const withoutBlanks = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}]/u

function stands(part: string, text: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (withoutBlanks.test(part)) return true
    const isWithin = /[\p{L}\p{M}]$/u.test(text.slice(0, at)) || /^[\p{L}\p{M}]/u.test(text.slice(at + part.length))
    if (!isWithin) return true
  }
  return false
}
