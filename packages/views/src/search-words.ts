/** Accents of Latin letters. Marks of other scripts are vowels and tones, which distinguish words. */
const ACCENTS = /[\u0300-\u036f]/g

/** Digits of Thai, Lao, Khmer and Burmese. The last hexadecimal digit of each is its value. */
const DIGITS = /[๐-๙໐-໙០-៩၀-၉]/g

/** Scripts that have no spaces between words. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const RUN = /[\p{L}\p{M}\p{N}]+/gu

/** Without capitals, accents and the width of East Asian letters: "Đào tạo" is found by "dao tao", and "ชั้น ๒" by "2". */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFC')

/** The letters and digits between spaces and punctuation, as they are compared. */
export const runsOf = (text: string): readonly string[] => folded(text).match(RUN) ?? []

/** Made at the first search in such a script, because loading its dictionaries takes time. They do not depend on the language. */
let segmenter: Intl.Segmenter | undefined

/** The words of a text without spaces. Unknown words come in pieces, and a search asks for each piece. */
function segmentsOf(run: string): readonly string[] {
  if (!UNSPACED.test(run)) return [run]
  segmenter ??= new Intl.Segmenter('th', { granularity: 'word' })
  return [...segmenter.segment(run)].map(({ segment }) => segment)
}

/** The words of a search. None for a text of spaces and punctuation. */
export const searchWords = (text: string): readonly string[] =>
  (text.normalize('NFC').match(RUN) ?? []).flatMap(segmentsOf).flatMap(runsOf)

/** True if each word is in one of the names, in any order. The words may be in names of different languages. */
export function hasWords(names: readonly string[], words: readonly string[]): boolean {
  if (words.length === 0) return true
  const all = folded(names.join('\n'))
  return words.every((word) => all.includes(word))
}
