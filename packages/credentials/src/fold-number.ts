/**
 * Numbers that differ only in case, spaces or hyphens are one number, whichever of Unicode's they are (the minus and the bullet are none
 * to Unicode): what a word processor made of a hyphen is the same to whoever reads it. A number in ASCII folds as it would without the others.
 */
export const foldNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Z}\p{Pd}\u2212\u2043]+/gu, '')
