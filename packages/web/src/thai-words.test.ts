import { expect, test } from 'vitest'
import { foreign } from './html.ts'
import { keepThaiWords } from './thai-words.ts'

test('only texts of the body change, and no attribute and no title', () => {
  expect(keepThaiWords('<title>ใบรับรอง</title><body><p aria-label="ใบรับรอง">ตรวจใบรับรองนี้ &lt;ผู้ออก</p>')).toBe(
    '<title>ใบรับรอง</title><body><p aria-label="ใบรับรอง">ตรวจ<span class="word">ใบรับรอง</span>นี้ &lt;<span class="word">ผู้ออก</span></p>',
  )
  // Beside an icon, a part of the text would become an item of its own.
  const button = '<body><button><svg></svg>ตรวจใบรับรอง</button>'
  expect(keepThaiWords(button)).toBe(button)
  expect(keepThaiWords('<p>ใบรับรอง</p>')).toBe('<p>ใบรับรอง</p>')
})

test.each([
  ['สมชาย', undefined, 'th'],
  ['สมชาย', 'en', 'th'],
  ['Somchai (สมชาย)', 'en', 'en'],
  ['ستي نور', undefined, 'und-Arab'],
  ['ستي نور', 'en', 'und-Arab'],
  ['ستي نور', 'ms', 'ms-Arab'],
  ['ستي نور', 'ar', 'ar'],
  ['Siti Nur', 'ms', 'ms'],
])('%s, stated as %s, is marked as %s', (text, stated, language) => {
  expect(foreign(text, stated).toString().replace(' class="tall"', '')).toBe(`<bdi lang="${language}">${text}</bdi>`)
})

test('a name in a tall script with a short name in Latin letters has the lines of that script', () => {
  const mixed = 'ကျွမ်းကျင်မှု (NSSA)'
  expect(foreign(mixed, 'en').toString()).toBe(`<bdi lang="en" class="tall">${mixed}</bdi>`)
  for (const one of ['NSSA', 'ကျွမ်းကျင်မှု']) expect(foreign(one, 'en').toString()).not.toContain('tall')
})
