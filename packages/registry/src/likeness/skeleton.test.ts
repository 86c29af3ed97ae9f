import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { generateConfusables, vendored } from './generate-confusables.ts'
import { loadLooks, loadSkeleton } from './skeleton.ts'

const [looksOf, skeleton] = await Promise.all([loadLooks(), loadSkeleton()])
const alike = (one: string, other: string) => {
  const looks = looksOf(other)
  return [...looksOf(one)].some((look) => looks.has(look))
}

describe('the confusables of Unicode', () => {
  test('are the pinned file, and the code has every line of it', () => {
    const text = vendored()
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '95bd0aad6dced5ebc63436f459c06ab21a8d107cd842fb57f5c3a1e91bca8611',
    )
    expect(readFileSync(new URL('./confusables.generated.ts', import.meta.url), 'utf8')).toBe(generateConfusables(text))
    const lines = [...text.matchAll(/^([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA\t/gm)]
    expect(lines).toHaveLength(6355)
    for (const [, from = '', to = ''] of lines) {
      const character = String.fromCodePoint(Number.parseInt(from, 16))
      // Ignorable and decomposed characters never reach the table.
      if (/\p{Default_Ignorable_Code_Point}/u.test(character) || character !== character.normalize('NFD')) continue
      const look = String.fromCodePoint(...to.split(' ').map((code) => Number.parseInt(code, 16)))
      expect([from, skeleton(character)]).toEqual([from, look.normalize('NFD')])
    }
  })
})

describe('names look alike', () => {
  // biome-ignore format: it reads as a table
  test.each([
    ['in the very same letters',           'TESDA',              'TESDA'],
    ['in another case',                    'Tesda',              'TESDA'],
    ['with a Cyrillic A',                  'TESD\u0410',         'TESDA'],
    ['with a Cyrillic T',                  '\u0422ESDA',         'TESDA'],
    ['in Cyrillic and in another case',    'te\u0455d\u0430',    'TESDA'],
    ['with one script for each case',      '\u0422esd\u0251',    'TESDA'],
    ['with a Greek letter',                '\u03a4\u0395SDA',    'TESDA'],
    ['in full width',                      'ＴＥＳＤＡ',           'TESDA'],
    ['in mathematical letters',            '𝐓𝐄𝐒𝐃𝐀',              'TESDA'],
    ['with other spaces',                  'Skills\u2003Board',  'SkillsBoard'],
    ['with invisible characters',          'TES\u200bD\u00adA',  'TESDA'],
    ['with a letter for a digit',          'Centre l0',          'Centre 1O'],
    ['with rn for m',                      'Forrn Board',        'Form Board'],
    ['with an l for an I',                 'Skills lnstitute',   'Skills Institute'],
    ['with and without combined accents',  'Nguye\u0302\u0303n', 'Nguyễn'],
    ['but for the mark of a demonstration', 'TESDA (demonstration)', 'TESDA'],
    ['in Thai, with an invisible mark', 'สภา\u200dการศึกษา',  'สภาการศึกษา'],
  ])('%s', (_, one, other) => {
    expect(alike(one, other)).toBe(true)
    expect(alike(other, one)).toBe(true)
  })

  test.each([
    ['TESDA', 'TESDB'],
    ['Office of the Education Council', 'Office of the Vocational Education Commission'],
    ['สภาการศึกษา', 'สภาการอาชีวศึกษา'],
    ['Board 1', 'Board 2'],
  ])('and %j does not look like %j', (one, other) => {
    expect(alike(one, other)).toBe(false)
  })

  test('a name without visible characters looks like no other', () => {
    expect(looksOf('(demonstration)').size).toBe(0)
    expect(alike('\u200b', ' ')).toBe(false)
  })
})
