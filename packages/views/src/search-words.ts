/** Accents of Latin letters. Marks of other scripts are vowels and tones, which distinguish words. */
const ACCENTS = /[\u0300-\u036f]/g

/** Without capitals, accents and the width of East Asian letters: "Đào tạo" is found by "dao tao". */
const folded = (text: string): string =>
  text.normalize('NFKD').replace(ACCENTS, '').toLowerCase().replaceAll('đ', 'd').normalize('NFC')

/** The words of a search. None for a text of spaces and punctuation. */
export const searchWords = (text: string): readonly string[] => folded(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** True if each word is in one of the names, in any order. The words may be in names of different languages. */
export function hasWords(names: readonly string[], words: readonly string[]): boolean {
  if (words.length === 0) return true
  const all = folded(names.join('\n'))
  return words.every((word) => all.includes(word))
}
