import * as fc from 'fast-check'

const SURROGATES = { first: 0xd800, count: 0x800 }

/**
 * One code point, for `fc.string({ unit: anyCharacter })`. The unit `binary` of fast-check gives the same texts, but makes a table of all
 * million characters in each process first, which takes a second.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat({ max: 0x10ffff - SURROGATES.count }).map(
  (place) => String.fromCodePoint(place < SURROGATES.first ? place : place + SURROGATES.count),
  (character) => {
    const point = typeof character === 'string' ? (character.codePointAt(0) ?? -1) : -1
    if (point < 0 || String.fromCodePoint(point) !== character) throw new Error('not one character')
    return point < SURROGATES.first ? point : point - SURROGATES.count
  },
)
