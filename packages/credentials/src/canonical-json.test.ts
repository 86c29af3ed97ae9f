import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '../../../test/support/any-character.ts'
import { runs } from '../../../test/support/whole.ts'
import { canonicalJson } from './canonical-json.ts'

/** The former implementation, which made all earlier recorded hashes. */
function former(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(former).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${former(member)}`).join(',')}}`
}

/** RFC 6962 §2.1. */
const leafHash = (text: string) => createHash('sha256').update('\0').update(text).digest('hex')

const names = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 6 }),
  fc.constantFrom('', '__proto__', 'toJSON', 'constructor', '10', '9', '\u{1F600}', '\uFB33', '\r', '\u20AC', '\u0080'),
)
const texts = fc.oneof(
  names,
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('\u2028', '"\\/\b\f', 'e\u0301', '\u007F'),
)
const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2 ** 53, 0.1 + 0.2, 1e20, 123456789012345680000),
)
const { value: jsonValues } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    texts,
    numbers,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      names,
      fc.oneof({ weight: 5, arbitrary: tie('value') }, { weight: 1, arbitrary: fc.constant(undefined) }),
      {
        maxKeys: 5,
      },
    ),
  ),
}))

const outcome = (canonical: (value: unknown) => string, value: unknown): string => {
  try {
    return canonical(value)
  } catch {
    return 'refused'
  }
}

describe('RFC 8785', () => {
  test('for every JSON value, the text and its leaf hash match the former implementation and another library', () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        const text = canonicalJson(value)
        expect(text).toBe(former(value))
        expect(text).toBe(canonicalize(value))
        expect(leafHash(text)).toBe(leafHash(former(value)))
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: runs(2_000, 100_000) },
    )
  })

  test('for any other value, the text is the same as before, or the value is refused because it is not JSON', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
      withBoxedValues: true,
      key: fc.string({ unit: anyCharacter }),
      values: [
        fc.string({ unit: anyCharacter }),
        fc.double(),
        fc.constantFrom('\uD800', 'a\uDFFF', undefined, null, -0),
      ],
    })
    let [refused, same] = [0, 0]
    fc.assert(
      fc.property(anything, (value) => {
        const [before, now] = [outcome(former, value), outcome(canonicalJson, value)]
        if (now === 'refused') refused += 1
        else {
          same += 1
          expect(now).toBe(before)
          expect(() => JSON.parse(now)).not.toThrow()
        }
      }),
      { numRuns: runs(2_000, 100_000) },
    )
    expect(Math.min(refused, same)).toBeGreaterThan(100)
  })

  test.each([
    ['a lone surrogate', '\uD83D'],
    ['a lone surrogate in a name', { '\uDE00': 1 }],
    ['not a number', { a: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['nothing in a list', [undefined]],
    ['a hole in a list', Object.assign([], { 1: 1 })],
    ['nothing at all', undefined],
    ['a date', { at: new Date(0) }],
    ['a map', new Map([['a', 1]])],
    ['bytes', new Uint8Array(2)],
    ['a function', { f: () => 1 }],
    ['a symbol', [Symbol('a')]],
    ['a large integer', 1n],
    ['what says itself otherwise', { toJSON: () => 'b' }],
    ['a boxed text', Object('text')],
  ])('%s is refused', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })

  test('names are sorted by their UTF-16 units (§3.2.3)', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6']
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])))
    expect(Object.keys(JSON.parse(text)).slice(1)).toEqual(['\r', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'])
    expect(text.indexOf('"\\r"')).toBe(1)
  })

  test('numbers are written as in ECMAScript (§3.2.2.3)', () => {
    expect(canonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0, 1e21])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0,1e+21]',
    )
  })
})
