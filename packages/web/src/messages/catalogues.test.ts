import { expect, test } from 'vitest'
import { en } from './en.ts'
import { isMessage, type Language, languages, listOf, parseLanguage, phrase } from './say.ts'
import { th } from './th.ts'

const placesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
const keys = Object.keys(en).filter(isMessage)

test('every language says everything, and nothing else', () => {
  expect(Object.keys(th).sort()).toEqual(Object.keys(en).sort())
  for (const key of keys) expect(th[key].trim(), key).not.toBe('')
})

test('every language has the same places and the same number of items', () => {
  for (const key of keys) {
    expect(placesOf(th[key]), key).toEqual(placesOf(en[key]))
    expect(listOf('th', key).length, key).toBe(listOf('en', key).length)
  }
})

test('Thai is in Thai, but for words that are the same everywhere', () => {
  const same = keys.filter((key) => !/[\u0e00-\u0e7f]/.test(th[key]))
  expect(same).toEqual(['facts.isco', 'facts.isced'])
})

test('the verdicts are fixed words', () => {
  const titles = keys.filter((key) => key.endsWith('.title') && `${key.slice(0, -6)}.mean` in en).map((key) => en[key])
  expect(titles.length).toBeGreaterThan(10)
  for (const title of titles) expect(title).toMatch(/^(?:Not valid(?: today)?: .+|Cannot say|Valid)$/)
  expect([en['valid.title'], en['notice.title']]).toEqual(['Valid', 'Valid, with a notice'])
})

test('pages say comparable, and never the word that promises more', () => {
  for (const key of keys) expect(en[key].toLowerCase(), key).not.toMatch(/equivalent|automatically recognised/)
})

test('W010: a language is one of those that exist', () => {
  const known = Object.keys(languages) as Language[]
  expect(known.map(parseLanguage)).toEqual(known)
  for (const text of ['<script>', '__proto__', 'constructor', 'EN', '', undefined, null])
    expect(parseLanguage(text)).toBe('en')
})

test('a place is filled once, and what fills it is not read again', () => {
  expect(phrase('en', 'levels.level', { framework: '{level}', level: 2 })).toBe('{level} level 2')
})
