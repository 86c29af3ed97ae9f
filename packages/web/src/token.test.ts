import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkToToken, parseToken, showToken, tokenToLink } from './index.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const token = fc
  .array(fc.constantFrom(...alphabet), { minLength: 26, maxLength: 26 })
  .map((letters) => letters.join(''))
const base = 'https://sijil.example'

test('a token is read as it is shown, in any case, with spaces and hyphens anywhere', () => {
  fc.assert(
    fc.property(
      token,
      fc.infiniteStream(fc.constantFrom('', '', '', ' ', '-', '–', '\t')),
      fc.infiniteStream(fc.boolean()),
      (whole, gaps, cases) => {
        const typed = [...whole].map((letter) => {
          const gap = gaps.next().value ?? ''
          return `${gap}${cases.next().value ? letter.toLowerCase() : letter}`
        })
        fc.pre(typed.join('').length <= 100)
        expect(parseToken(typed.join(''))).toBe(whole)
        expect(parseToken(showToken(whole))).toBe(whole)
      },
    ),
  )
})

test('O is read as 0, I and L as 1', () => {
  expect(parseToken('oO00iI11lL1122223333444455')).toBe('00001111111122223333444455')
})

test('a token is shown in groups of four', () => {
  expect(showToken('4KX79QMB2TZ08WNRC5VHGJ1DSA')).toBe('4KX7 9QMB 2TZ0 8WNR C5VH GJ1D SA')
})

test('a text with another length or another letter is no token', () => {
  fc.assert(
    fc.property(token, fc.nat(25), (whole, length) => {
      expect(parseToken(whole.slice(0, length))).toBeUndefined()
    }),
  )
  fc.assert(
    fc.property(token, fc.nat(25), fc.constantFrom('U', 'u', '!', 'é', '٣', '/', '_', '\u0000'), (whole, at, other) => {
      expect(parseToken(whole.slice(0, at) + other + whole.slice(at + 1))).toBeUndefined()
    }),
  )
  fc.assert(
    fc.property(token, fc.constantFrom(...alphabet), (whole, more) => {
      expect(parseToken(whole + more)).toBeUndefined()
    }),
  )
})

test('a link of this registry gives its token, and a token gives its link', () => {
  fc.assert(
    fc.property(token, (whole) => {
      expect(linkToToken(tokenToLink(whole, base), base)).toBe(whole)
    }),
  )
  expect(linkToToken('https://sijil.example/v/4kx79qmb2tz08wnrc5vhgj1dsa?utm=x#levels', base)).toBe(
    '4KX79QMB2TZ08WNRC5VHGJ1DSA',
  )
})

test.each([
  'http://sijil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  'https://sijil.example.evil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  'https://sijil.example:8443/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  'https://sijil.example@evil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  'https://evil@sijil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  'https://sijil.exampl\u0435/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  'https://sijil.example/x/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  'https://sijil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA/x',
  'https://sijil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA.css',
  'https://sijil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DS%41',
  'https://sijil.example/v/short',
  'javascript:alert(1)//sijil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  '//sijil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  'not a link',
])('W020: %s is not a link of this registry', (link) => {
  expect(linkToToken(link, base)).toBeUndefined()
})

test('W020: a link of four thousand letters is rejected', () => {
  expect(linkToToken(`https://sijil.example/v/${'0'.repeat(4096)}`, base)).toBeUndefined()
})
