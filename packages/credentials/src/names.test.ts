import { expect, test } from 'vitest'
import { type NameFault, nameFault, personNameFault } from './names.ts'

// biome-ignore format: it reads as a table
test.each([
  'Sukarno', 'Maria Santos', 'Nguyễn Thị Ánh Tuyết', 'นางสาวปิ่นแก้ว น้ำผึ้ง', 'ស្រីស្រស់ ខ្ញុំស្ត្រី', 'မောင်ဇင်မင်းထွဋ်', 'ကျွန်ုပ် သင်္ဘော', 'ທ້າວ ສົມສີ', "D'Souza-O’Brien, Jr.",
  '张伟', 'முத்துலட்சுமி', 'Ñuñez', 'محمد', 'ខ្ម\u200cែរ', 'က္\u200cက', 'Ä\u0323'.normalize('NFC'), '\u{20000}'.repeat(200),
])('%s is a name', (name) => {
  expect(nameFault(name)).toBeUndefined()
})

// biome-ignore format: it reads as a table
test.each<[string, string, NameFault]>([
  ['nothing', '', 'empty'],
  ['spaces', '   ', 'empty'],
  ['201 characters', 'x'.repeat(201), 'too-long'],
  ['201 characters of two halves each', '\u{20000}'.repeat(201), 'too-long'],
  ['NFD', 'Nguye\u0302\u0303n', 'not-nfc'],
  ['a turn of direction', 'Maria \u202esotnaS', 'control-character'],
  ['an isolate', '\u2066Maria', 'control-character'],
  ['a mark of direction', 'Maria\u200f', 'control-character'],
  ['a line end', 'Maria\nSantos', 'control-character'],
  ['a zero', 'Maria\u0000', 'control-character'],
  ['half a pair', 'Maria\ud800', 'malformed'],
  ['a space without width', 'Ma\u200bria', 'invisible-character'],
  ['a joiner between Latin letters', 'Ma\u200dria', 'invisible-character'],
  ['a joiner at the end', 'ខ្មែរ\u200d', 'invisible-character'],
  ['a soft hyphen', 'Ma\u00adria', 'invisible-character'],
  ['a filler', 'Maria\u3164', 'invisible-character'],
  ['a tag', 'Maria\u{e0041}', 'invisible-character'],
  ['a blank of braille', 'Maria\u2800', 'invisible-character'],
  ['a note without a head', 'Maria\u{1d159}', 'invisible-character'],
  ['what stood for a picture', 'Maria\ufffc', 'lost-character'],
  ['what came of a wrong decoding', 'Nguy\ufffdn', 'lost-character'],
  ['marks on nothing', '\u0301\u0301 Maria', 'stacked-marks'],
  ['five marks on one letter', 'Z\u0335\u0321\u0322\u0327\u0328algo', 'stacked-marks'],
])('refused: %s', (_, name, fault) => {
  expect(nameFault(name)).toBe(fault)
})

test('a person’s name needs a letter, of any script', () => {
  for (const name of ['Sukarno', '张伟', 'ស្រី', 'X Æ A-12']) expect(personNameFault(name)).toBeUndefined()
  for (const name of ['12345', '😀', '--', '\u203f']) expect(personNameFault(name)).toBe('no-letter')
  expect(personNameFault('')).toBe('empty')
})
