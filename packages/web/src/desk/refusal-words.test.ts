import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { refusalReasons } from '@sijil/registry'
import { expect, test } from 'vitest'
import { deskEn } from '../messages/desk-en.ts'
import deskTh from '../messages/desk-th.data.json' with { type: 'json' }
import { faultWords } from './refusal-words.ts'

const wordsOf = (catalogue: object) =>
  Object.keys(catalogue).flatMap((key) => (key.startsWith('desk.refusal.') ? [key.slice('desk.refusal.'.length)] : []))

test('every reason of the registry has words in English and in Thai, and no words are left without a reason', () => {
  // "form" stands for a fault without a reason.
  const expected = [...refusalReasons, 'form'].toSorted()
  expect(wordsOf(deskEn).toSorted()).toEqual(expected)
  expect(wordsOf(deskTh).toSorted()).toEqual(expected)
})

test('the words depend on the reason alone', () => {
  const one = faultWords({ reason: 'not-a-day' }, 'th')
  expect(String(one)).toBe(deskTh['desk.refusal.not-a-day'])
  expect(String(faultWords({}, 'en'))).toBe(deskEn['desk.refusal.form'])
})

test('no page compares the English text of a refusal', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  )
  expect(files.length).toBeGreaterThan(100)
  const compares =
    /detail\??\.(?:startsWith|endsWith|includes|match|search|indexOf|split|slice)|\.(?:test|exec)\(\w*\.?detail|detail\s*[!=]==\s*['"`]/
  expect(compares.test("if (fault.detail.startsWith('wider'))")).toBe(true)
  expect(files.filter((file) => compares.test(readFileSync(`${folder}/${file}`, 'utf8')))).toEqual([])
})
