import { expect, test } from 'vitest'
import { namesHolder } from './names-holder.ts'

const juan = { name: "JUAN D'REYES-Nuñez Lim", nativeName: 'สมชาย น้ำใจ' }

test.each([
  'Only for JUAN',
  'only for juan.',
  'For Reyes, on one site',
  'NUÑEZ',
  'of nun\u0303ez only',
  'ＪＵＡＮ only',
  'JU\u00adAN',
  'ju\u200ban',
  '(Juan)',
  'JUAN2',
  'Walls; Juan_R',
  'สำหรับสมชาย น้ำใจเท่านั้น',
  'สมชาย   น้ำใจ',
])('%j names the holder', (text) => {
  expect(namesHolder(text, juan)).toBe(true)
})

test.each([
  'Not for load-bearing walls',
  'Lim: three letters are a word of many things',
  'Juanito',
  'Sanjuan site',
  'สมชาย',
  '',
])('%j does not', (text) => {
  expect(namesHolder(text, juan)).toBe(false)
})

test('a name in a script without blanks is found within a sentence', () => {
  expect(namesHolder('ใช้ได้เฉพาะสมชายเท่านั้น', { name: 'สมชาย น้ำใจ' })).toBe(true)
  expect(namesHolder('សម្រាប់សុខដារ៉ាប៉ុណ្ណោះ', { name: 'SOK DARA', nativeName: 'សុខដារ៉ា' })).toBe(true)
})

test('letters that are equal after folding count as equal: ß and SS, the ligature of fi', () => {
  expect(namesHolder('Nur für Herrn GROSSMANN', { name: 'Großmann' })).toBe(true)
  expect(namesHolder('Griﬃn alone', { name: 'GRIFFIN' })).toBe(true)
})

test('a name of only short words, or without a letter, is found in no text', () => {
  expect(namesHolder('Le Van An', { name: 'LE VAN AN' })).toBe(false)
  expect(namesHolder('Walls.', { name: 'JUAN', nativeName: '.' })).toBe(false)
})

test('no character of a name is read as a pattern', () => {
  expect(namesHolder('Walls', { name: 'JUAN', nativeName: '(W|a)+.*' })).toBe(false)
  expect(namesHolder('for (W|a)+.* only', { name: 'JUAN', nativeName: '(W|a)+.*' })).toBe(true)
})
