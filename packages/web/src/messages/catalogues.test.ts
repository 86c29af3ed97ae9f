import { readFileSync } from 'node:fs'
import { syllable } from 'syllable'
import { describe, expect, test, vi } from 'vitest'
import { deskEn } from './desk-en.ts'
import deskTh from './desk-th.data.json' with { type: 'json' }
import { en } from './en.ts'
import { frameTh } from './frame.ts'
import { generateEnglish } from './generate-en.ts'
import { isMessage, type Language, languages, parseLanguage, phrase, say } from './say.ts'
import thRecords from './th.data.json' with { type: 'json' }

const th = { ...frameTh, ...thRecords }

const placesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
const keys = Object.keys(en).filter(isMessage)

const catalogues: [string, Record<string, string>, Record<string, string>, sameEverywhere: string[]][] = [
  ['of the pages', en, th, ['facts.isco', 'facts.isced']],
  ['of the desk', deskEn, deskTh, []],
]

describe.each(catalogues)('the catalogue %s', (_, english, thai, sameEverywhere) => {
  const all = Object.keys(english)

  test('has every text in every language, and no other text', () => {
    expect(Object.keys(thai).sort()).toEqual(all.toSorted())
    for (const key of all) expect(thai[key]?.trim(), key).not.toBe('')
  })

  test('has the same places and the same number of items in every language', () => {
    for (const key of all) {
      expect(placesOf(thai[key] ?? ''), key).toEqual(placesOf(english[key] ?? ''))
      expect(thai[key]?.split('\n').length, key).toBe(english[key]?.split('\n').length)
    }
  })

  test('has Thai text in Thai, except for words that are the same everywhere', () => {
    expect(all.filter((key) => !/[\u0e00-\u0e7f]/.test(thai[key] ?? ''))).toEqual(sameEverywhere)
  })

  test('says comparable, and never a word that promises more', () => {
    for (const key of all) expect(english[key]?.toLowerCase(), key).not.toMatch(/equivalent|automatically recognised/)
  })
})

test('the English that a function reads equals the catalogue; if not, run generate-en.ts', () => {
  expect(readFileSync(new URL('./en.data.json', import.meta.url), 'utf8')).toBe(generateEnglish())
})

test('Thai has one word for each thing, on the public pages and at the desk', () => {
  const all = { ...th, ...deskTh }
  for (const [key, text] of Object.entries(all)) {
    expect(text, key).not.toMatch(/ทั้งใช่และไม่ใช่|ศูนย์ทดสอบ|ทดสอบผู้สมัคร|หน่วยงานกำกับ(?!ดูแล)/)
    // A certificate is revoked and an accreditation is withdrawn. The words for an endorsed referencing differ again.
    if (/accredit|withdraw/.test(key)) expect(text, key).not.toMatch(/การรับรอง|เพิกถอนการ|การเพิกถอน/)
  }
  expect([deskTh['desk.inState.withdrawal'], th['grant.withdrawal']]).toEqual(['ถูกถอน', 'ถูกถอน'])
})

test('the verdicts are fixed words', () => {
  const titles = keys.filter((key) => key.endsWith('.title') && `${key.slice(0, -6)}.mean` in en).map((key) => en[key])
  expect(titles.length).toBeGreaterThan(10)
  for (const title of titles) expect(title).toMatch(/^(?:Not valid(?: today)?: .+|Cannot say|Valid)$/)
  expect([en['valid.title'], en['notice.title']]).toEqual(['Valid', 'Valid, with a notice'])
})

test('W010: a language is one of those that exist', () => {
  const known = Object.keys(languages) as Language[]
  expect(known.map(parseLanguage)).toEqual(known)
  for (const text of ['<script>', '__proto__', 'constructor', 'EN', '', undefined, null])
    expect(parseLanguage(text)).toBe('en')
})

test('a place is filled once, and its value is not searched for places', () => {
  expect(phrase('en', 'levels.level', { framework: '{level}', level: 2 })).toBe('{level} level 2')
})

describe('the text under a verdict', () => {
  const meanings = keys.filter((key) => /\.mean(?:\.\w+)?$/.test(key))
  const MOST_WORDS = 25
  const wordsOf = (text: string, language: Language) => {
    const parts = new Intl.Segmenter(language, { granularity: 'word' }).segment(text.replace(/\{\w+\}/g, 'X'))
    return [...parts].filter(({ isWordLike }) => isWordLike).length
  }
  const lengths = (texts: readonly string[], language: Language) => texts.map((text) => wordsOf(text, language))

  test('every state has such a text', () => {
    expect(meanings.length).toBeGreaterThan(22)
  })

  test.each(meanings)('%s is at most two sentences, and each is short enough to read at a glance', (key) => {
    const sentences = en[key].split(/(?<=[.?!])\s+/)
    expect(sentences.length).toBeLessThanOrEqual(2)
    for (const sentence of sentences) expect(sentence).toMatch(/[.?!]$/)
    expect(Math.max(...lengths(sentences, 'en'))).toBeLessThanOrEqual(MOST_WORDS)
    // Thai has no full stop. A space separates its sentences.
    expect(th[key]).not.toMatch(/[.?!]/)
    expect(wordsOf(th[key], 'th')).toBeLessThanOrEqual(2 * MOST_WORDS)
    expect(Math.max(...lengths(th[key].split(' '), 'th'))).toBeLessThanOrEqual(MOST_WORDS)
  })
})

describe('R-003: a worker with a few years of school can read it, in English', () => {
  const PRIMARY_SCHOOL = 6
  /** Grade of school after Kincaid et al. 1975, from words per sentence and syllables per word. A line break ends a sentence as well. */
  const gradeOf = (text: string) => {
    const sentences = text.split(/[.?!:;\n]+/).filter((sentence) => sentence.trim() !== '')
    const words = text.match(/[\p{L}\p{N}'’]+/gu) ?? []
    const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0)
    return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
  }

  test.each([
    ['what a verdict means', /\.mean(?:\.\w+)?$/],
    ['what to do next', /\.do$/],
    ['the first page', /^home\./],
  ] as const)('%s reads at the level of a primary school', (_, some) => {
    const texts = keys.filter((key) => some.test(key)).map((key) => en[key])
    expect(texts.length).toBeGreaterThan(10)
    expect(gradeOf(texts.join('\n'))).toBeLessThanOrEqual(PRIMARY_SCHOOL)
  })

  test('a text for experts would fail this test', () => {
    expect(gradeOf('The competent authority ascertained the comparability of qualifications.')).toBeGreaterThan(12)
  })
})

test('a sentence without places is prepared once, and one with places keeps its prepared parts', () => {
  expect(say('th', 'skip')).toBe(say('th', 'skip'))
  expect(say('th', 'skip').toString()).not.toBe(say('en', 'skip').toString())
  const split = vi.spyOn(String.prototype, 'split')
  const written = ['1 <b>', '2'].map((date) => say('en', 'edition.ended.text', { date }).toString())
  const cuts = split.mock.contexts.filter((text) => String(text).includes('{date}'))
  split.mockRestore()
  expect(cuts.length).toBeLessThanOrEqual(1)
  expect(written[0]).toContain('1 &lt;b&gt;')
  expect(written[1]).toContain('2')
})
