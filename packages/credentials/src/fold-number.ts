/**
 * Normalises a number. Numbers that differ only in case, spaces or hyphens are the same, for every hyphen of Unicode: a word processor may
 * have replaced one by another. The minus and the hyphen bullet are listed because Unicode does not class them as dashes. The result for
 * ASCII does not depend on these.
 */
export const foldNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Z}\p{Pd}\u2212\u2043]+/gu, '')
