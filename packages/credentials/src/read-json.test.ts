import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DocumentFault, readJson } from './read-json.ts'

const codeOf = (text: string) => {
  try {
    readJson(text)
  } catch (error) {
    if (error instanceof DocumentFault) return error.code
    throw error
  }
  return 'read'
}

// biome-ignore format: it reads as a table
test.each([
  ['V101', '{"a":1,"a":1}', 'duplicate-member'],
  ['V101, in a list', '[{"a":{"b":1,"c":2,"b":3}}]', 'duplicate-member'],
  ['V101, spelled with an escape', '{"a":1,"\\u0061":2}', 'duplicate-member'],
  ['V101, pretty-printed', '{\n  "a" : 1,\n  "b": 2,\n  "a"\t: 3\n}', 'duplicate-member'],
  ['V101, hidden by a string that looks like a name', '{"x":"\\":","a":1,"a":2}', 'duplicate-member'],
  ['V101, a name that ends in a backslash', '{"a\\\\":1,"a\\\\":2}', 'duplicate-member'],
  ['V101, space before one colon only', '{"a" :1,"a":2}', 'duplicate-member'],
  ['V101, a number for a name', '{"1":1,"0":1,"1":2}', 'duplicate-member'],
  ['V101, the prototype twice', '{"__proto__":1,"__proto__":2}', 'duplicate-member'],
  ['the prototype', '{"a":{"__proto__":{"admin":true}}}', 'malformed-json'],
  ['the prototype, escaped', '{"\\u005f_proto__":1}', 'malformed-json'],
  ['half a surrogate pair', '{"a":"\\ud800"}', 'malformed-json'],
  ['half a surrogate pair in a name', '{"\\udfff":1}', 'malformed-json'],
  ['half a surrogate pair, not escaped', '{"a":"\ud800"}', 'malformed-json'],
  ['not JSON', '{"a":}', 'malformed-json'],
  ['nothing', '', 'malformed-json'],
  ['V103, 5,000 lists', '['.repeat(5000) + ']'.repeat(5000), 'document-too-complex'],
  ['V103, 17 deep', `${'{"a":'.repeat(17)}1${'}'.repeat(17)}`, 'document-too-complex'],
  ['16 deep', `${'{"a":'.repeat(16)}1${'}'.repeat(16)}`, 'read'],
  ['V104, above 64 KiB', JSON.stringify('x'.repeat(65_535)), 'document-too-complex'],
  ['V104, above 64 KiB in bytes only', JSON.stringify('ក'.repeat(21_850)), 'document-too-complex'],
  ['the same name in two objects', '{"a":{"b":1},"c":{"b":1}}', 'read'],
  ['a string that begins with a colon', '{"a":":","b":":x"}', 'read'],
  ['escapes and space', '{ "a\\n" : "\\ud83e\\uddf1" , "b" : [ "\\"b\\":" ] }', 'read'],
])('%s', (_, text, expected) => {
  expect(codeOf(text)).toBe(expected)
})

test('every JSON text is read as JSON.parse reads it, with any white space', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom(0, 2, '\t'), (json, space) => {
      fc.pre(!json.includes('__proto__'))
      const text = JSON.stringify(JSON.parse(json), null, space)
      fc.pre(!/\\ud[89a-f]/.test(text))
      expect(readJson(text)).toEqual(JSON.parse(text))
    }),
  )
})

test('a repeated member is always found (V101)', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }),
      fc.nat(),
      fc.boolean(),
      (row, at, spaced) => {
        const pairs = Object.entries(row).map(
          ([name, value]) => `${JSON.stringify(name)}${spaced ? ' ' : ''}:${JSON.stringify(value)}`,
        )
        const again = pairs[at % pairs.length] ?? ''
        expect(codeOf(`{"nested":{${[...pairs, again].join(',')}}}`)).toBe('duplicate-member')
      },
    ),
  )
})
