import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeUtf8, toHex } from './bytes.ts'
import { type Checkpoint, formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { verifyCosignatures } from './cosignature.ts'
import { formatNote, parseNote } from './note.ts'
import { logKey, ORIGIN, PUBLISHED, witnesses } from './sample-checkpoint.ts'
import { emptyRoot } from './tree.ts'
import { createVerifierKey } from './verifier-key.ts'

const published = encodeUtf8(PUBLISHED)
const refused = (code: string) => expect.objectContaining({ name: 'TlogError', code })

test('a published checkpoint is opened by its log key and carries the cosignatures of its witnesses', () => {
  const { checkpoint, note } = openCheckpoint(published, { origin: ORIGIN, keys: [logKey] })
  expect([checkpoint.size, toHex(checkpoint.root).slice(0, 8), checkpoint.extensions]).toEqual([
    1_432_088_532,
    '53b58cef',
    [],
  ])
  expect(verifyCosignatures(note, witnesses)).toEqual(witnesses.map((key) => ({ key, time: 0x6a122120 })))
  expect(formatNote(note)).toEqual(published)
})

test('D006: if size, root or origin is altered, neither the signature of the log nor those of witnesses verify', () => {
  for (const [from, to] of [
    ['1432088532', '1432088533'],
    ['U7WM', 'V7WM'],
    [`${ORIGIN}\n`, 'example.com/log\n'],
    ['Ro=\n', 'Ro=\nmore\n'],
  ] as const) {
    const altered = PUBLISHED.replace(from, to)
    expect(altered).not.toBe(PUBLISHED)
    expect(() => openCheckpoint(encodeUtf8(altered), { origin: ORIGIN, keys: [logKey] })).toThrow(
      refused('signature-failed'),
    )
    expect(() => verifyCosignatures(parseNote(encodeUtf8(altered)), witnesses)).toThrow(refused('signature-failed'))
  }
})

test('D006: an unknown key opens no checkpoint, and a known key opens only those of the requested log', () => {
  const other = createVerifierKey('ed25519', ORIGIN, new Uint8Array(32))
  expect(() => openCheckpoint(published, { origin: ORIGIN, keys: [other] })).toThrow(refused('not-signed'))
  expect(() => openCheckpoint(published, { origin: ORIGIN, keys: [] })).toThrow(refused('not-signed'))
  expect(() => openCheckpoint(published, { origin: 'example.com/log', keys: [logKey] })).toThrow(
    refused('wrong-origin'),
  )
})

const lines = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/[\x00-\x1f]/.test(text))
const checkpoints: fc.Arbitrary<Checkpoint> = fc.record({
  origin: lines,
  size: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  extensions: fc.array(lines, { maxLength: 3 }),
})

test('a checkpoint reads back as it was written', () => {
  fc.assert(
    fc.property(checkpoints, (checkpoint) => {
      expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint)
    }),
  )
})

test('a text that reads as a checkpoint is written back as exactly the same text', () => {
  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
  const pieces = fc.constantFrom('a', '\n', '0', '1', '20852163', root, '=', ' ', '\r')
  const texts = fc
    .array(pieces, { maxLength: 4 })
    .map((some) => `log\n1${some.join('')}\n${root}\n${some.join('\n')}\n`)
  fc.assert(
    fc.property(texts, (text) => {
      let checkpoint: Checkpoint
      try {
        checkpoint = parseCheckpoint(text)
      } catch (error) {
        expect(error).toEqual(refused('malformed-checkpoint'))
        return
      }
      expect(formatCheckpoint(checkpoint)).toBe(text)
    }),
    { numRuns: 500 },
  )
})

const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='

// biome-ignore format: it reads as a table
test.each<[string, string]>([
  ['nothing', ''],
  ['two lines', 'log\n5\n'],
  ['no newline at the end', `log\n5\n${ROOT}`],
  ['no origin', `\n5\n${ROOT}\n`],
  ['an empty extension line', `log\n5\n${ROOT}\n\n`],
  ['an empty line before an extension', `log\n5\n${ROOT}\n\nmore\n`],
  ['a zero before the size', `log\n05\n${ROOT}\n`],
  ['two zeros', `log\n00\n${ROOT}\n`],
  ['a sign', `log\n+5\n${ROOT}\n`],
  ['a negative size', `log\n-5\n${ROOT}\n`],
  ['a space after the size', `log\n5 \n${ROOT}\n`],
  ['a hexadecimal size', `log\n0x5\n${ROOT}\n`],
  ['an exponent', `log\n5e3\n${ROOT}\n`],
  ['other digits', `log\n٥\n${ROOT}\n`],
  ['a size beyond 2^53 - 1', `log\n9007199254740992\n${ROOT}\n`],
  ['a size of 400 digits', `log\n${'9'.repeat(400)}\n${ROOT}\n`],
  ['no size', `log\n\n${ROOT}\n`],
  ['a short root', `log\n5\n${Buffer.alloc(31).toString('base64')}\n`],
  ['a long root', `log\n5\n${Buffer.alloc(33).toString('base64')}\n`],
  ['stray bits in the root', `log\n5\n${ROOT.replace('I=', 'J=')}\n`],
  ['a root without padding', `log\n5\n${ROOT.slice(0, -1)}\n`],
  ['a root in base64url', `log\n5\n${ROOT.replace('/', '_')}\n`],
  ['a space in the root', `log\n5\n${ROOT.replace('ap', 'a p')}\n`],
  ['a carriage return', `log\r\n5\n${ROOT}\n`],
  ['an empty tree with another root', `log\n0\n${ROOT}\n`],
])('D006: with %s a text is not a checkpoint', (_, text) => {
  expect(() => parseCheckpoint(text)).toThrow(refused('malformed-checkpoint'))
})

test('a checkpoint that could not be read is not written', () => {
  const right: Checkpoint = { origin: 'log', size: 5, root: new Uint8Array(32), extensions: [] }
  const wrong: Partial<Checkpoint>[] = [
    { origin: '' },
    { origin: 'log\n7' },
    { origin: 'a\ud800' },
    { size: -1 },
    { size: 2 ** 53 },
    { size: 0 },
  ]
  wrong.push(
    { size: 0.5 },
    { root: new Uint8Array(31) },
    { extensions: [''] },
    { extensions: ['a\nb'] },
    { extensions: ['a\r'] },
  )
  for (const change of wrong)
    expect(() => formatCheckpoint({ ...right, ...change })).toThrow(refused('malformed-checkpoint'))
  expect(parseCheckpoint(formatCheckpoint({ ...right, size: 0, root: emptyRoot() })).size).toBe(0)
})
