import { expect, test } from 'vitest'
import { certificateShapes, statusListShape } from './profile-shape.ts'
import type { Kind, Shape, TextKind } from './shape-words.ts'
import { isText, textRules } from './values.ts'

/** One sample of each kind of text that has a pattern. */
const samples: Record<Exclude<TextKind, 'text'>, string> = {
  id: 'https://registry.example/qualifications/1',
  url: 'https://registry.example/status-lists/1#7',
  did: 'did:web:registry.example:issuers:demo',
  uuid: 'urn:uuid:3f2b8f8a-6f1e-4d8e-9d1a-0e6a0b1c0001',
  instant: '2026-03-02T00:00:00Z',
  midnight: '2026-03-02T00:00:00Z',
  day: '2026-03-02',
  language: 'th-TH',
  index: '94000',
  encoded: 'uH4sIAAAAAAAAA',
  digest: `uEiA${'A'.repeat(43)}`,
  'schema-2': 'https://registry.example/schemas/certificate-2',
}
const patterned = Object.entries(samples) as [Exclude<TextKind, 'text'>, string][]

test('each kind of text with a pattern has a sample', () => {
  const kinds = Object.entries(textRules).flatMap(([kind, { pattern }]) => (pattern === undefined ? [] : [kind]))
  expect(Object.keys(samples).sort()).toEqual(kinds.sort())
  for (const [kind, sample] of patterned) expect(isText(kind, sample), kind).toBe(true)
})

/** The canonical form does not escape such texts, and hashes each letter as one byte. */
test('a text with a pattern is printable ASCII, without characters that N-Quads escapes', () => {
  for (let unit = 0; unit < 65_536; unit++) {
    const letter = String.fromCharCode(unit)
    if (/^[!#-[\]-~]$/.test(letter)) continue
    for (const [kind, sample] of patterned) {
      for (const place of [0, sample.length >> 1, sample.length]) {
        const text = sample.slice(0, place) + letter + sample.slice(place)
        if (isText(kind, text)) expect.fail(`${kind} may hold U+${unit.toString(16)}`)
      }
    }
  }
})

test('the constants of the profile are too', () => {
  const words = [...Object.values(certificateShapes), statusListShape].flatMap((shape) => [...wordsOf(shape)])
  expect(words.length).toBeGreaterThan(20)
  expect(words.filter((word) => !/^[ !#-[\]-~]+$/.test(word))).toEqual([])
})

function* wordsOf({ members }: Shape): Generator<string> {
  for (const member of Object.values(members)) {
    yield* ownWords(member)
    if (member.is === 'node') yield* wordsOf(member.shape)
    if (member.is === 'nodes') for (const { shape } of member.slots) yield* wordsOf(shape)
  }
}

function ownWords(kind: Kind): readonly string[] {
  if (kind.is === 'one-of') return kind.values
  return kind.is === 'constant' ? [kind.value].flat().map(String) : []
}
