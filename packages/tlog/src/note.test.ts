import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from './bytes.ts'
import { formatNote, MAX_NOTE_BYTES, type NoteSigner, openNote, parseNote, signNote } from './note.ts'
import { flipped, hex, sampleSigner } from './sample-log.ts'
import { createVerifierKey, parseVerifierKey } from './verifier-key.ts'

const refused = (code: string) => expect.objectContaining({ name: 'TlogError', code })
const key = (text: string) => parseVerifierKey('ed25519', text)

/** The example of C2SP signed-note. */
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const EXAMPLE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`

/** The example of Go's golang.org/x/mod/sumdb/note, with the second signature of its tests. */
const PETER_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const ENOCH_KEY = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const GO_TEXT = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.
`
const PETER =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const ENOCH =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'
const GO_NOTE = `${GO_TEXT}\n${PETER}${ENOCH}`
const PETER_PRIVATE = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1)

const peter: NoteSigner = { key: key(PETER_KEY), sign: sampleSigner(PETER_PRIVATE).sign }
const open = (text: string, ...keys: string[]) => openNote(encodeUtf8(text), keys.map(key))

describe('notes of other implementations', () => {
  test('the example of the specification is opened by its key', () => {
    expect(open(EXAMPLE, EXAMPLE_KEY).text).toBe('This is an example message.\n')
  })

  test('the example of Go is opened by either key, and by both', () => {
    const names = (...keys: string[]) => open(GO_NOTE, ...keys).signedBy.map(({ name }) => name)
    expect(names(PETER_KEY)).toEqual(['PeterNeumann'])
    expect(names(ENOCH_KEY)).toEqual(['EnochRoot'])
    expect(names(EXAMPLE_KEY, ENOCH_KEY, PETER_KEY)).toEqual(['EnochRoot', 'PeterNeumann'])
  })

  test("Go's key makes Go's note, byte for byte", async () => {
    expect(await signNote(GO_TEXT, [peter])).toEqual(encodeUtf8(`${GO_TEXT}\n${PETER}`))
  })
})

describe('D006: a note that no known key signed', () => {
  test('is refused after one changed bit, at any place', () => {
    const bytes = encodeUtf8(EXAMPLE)
    for (let at = 0; at < bytes.length; at++)
      expect(() => openNote(flipped(bytes, at), [key(EXAMPLE_KEY)]), `byte ${at}`).toThrow(
        expect.objectContaining({ name: 'TlogError' }),
      )
  })

  test('is refused if a line of a known key does not verify, even if another key signed it', () => {
    const other = GO_NOTE.replace('cryptography', 'cryptographY')
    expect(() => open(other, PETER_KEY)).toThrow(refused('signature-failed'))
    const mixed = `${GO_TEXT}\n${PETER}${ENOCH.replace('QQ=', 'AQ=')}`
    expect(() => open(mixed, PETER_KEY, ENOCH_KEY)).toThrow(refused('signature-failed'))
    expect(open(mixed, PETER_KEY).text).toBe(GO_TEXT)
    for (const line of [PETER.replace(/ x08g.*$/m, ' x08go/ZJ'), PETER.replace(/wJnAM=/, 'wJnAMA')])
      expect(() => open(`${GO_TEXT}\n${line}`, PETER_KEY)).toThrow(refused('signature-failed'))
  })

  test('is refused if one of two lines of a known key does not verify', () => {
    const false_ = PETER.replace('ZJku', 'ZJkv')
    expect(open(`${GO_TEXT}\n${PETER}${PETER}`, PETER_KEY).signedBy).toHaveLength(1)
    expect(() => open(`${GO_TEXT}\n${PETER}${false_}`, PETER_KEY)).toThrow(refused('signature-failed'))
  })

  test('is refused if only unknown keys signed it, even with the name or the id of a known key', () => {
    const sameName = createVerifierKey('ed25519', 'PeterNeumann', new Uint8Array(32).fill(9))
    expect(() => openNote(encodeUtf8(GO_NOTE), [sameName])).toThrow(refused('not-signed'))
    const sameId = { ...key(PETER_KEY), name: 'somebody' }
    expect(() => openNote(encodeUtf8(GO_NOTE), [sameId])).toThrow(refused('not-signed'))
    expect(() => open(GO_NOTE)).toThrow(refused('not-signed'))
    const odd = `— x AAAAAAA=\n${'— y AAAAAAA=\n'.repeat(13)}`
    expect(open(`${GO_NOTE}${odd}`, PETER_KEY).signatures).toHaveLength(16)
  })

  test('is refused with more than 16 signatures, or above the limit in bytes', () => {
    expect(() => open(`${GO_TEXT}\n${PETER}${ENOCH.repeat(15)}`, PETER_KEY)).not.toThrow()
    expect(() => open(`${GO_TEXT}\n${PETER}${ENOCH.repeat(16)}`, PETER_KEY)).toThrow(refused('malformed-note'))
    const large = '— pq '.concat(Buffer.alloc(5000).toString('base64'), '\n')
    expect(() => open(`${GO_TEXT}\n${PETER}${large.repeat(15)}`, PETER_KEY)).not.toThrow()
    expect(() => open(`${'a'.repeat(MAX_NOTE_BYTES)}\n\n${PETER}`, PETER_KEY)).toThrow(refused('malformed-note'))
  })

  // biome-ignore format: it reads as a table
  test.each<[string, string]>([
    ['nothing', ''],
    ['no signature', `${GO_TEXT}\n`],
    ['no blank line', `${GO_TEXT}${PETER}`],
    ['carriage returns', GO_NOTE.replaceAll('\n', '\r\n')],
    ['one carriage return', `${GO_TEXT}\r\n\n${PETER}`],
    ['a tab', `${GO_TEXT}\t\n\n${PETER}`],
    ['a null character', `${GO_TEXT}\0\n\n${PETER}`],
    ['an escape', `${GO_TEXT}\u001b[2J\n\n${PETER}`],
    ['no newline at the end', `${GO_TEXT}\n${PETER}`.slice(0, -1)],
    ['a second newline at the end', `${GO_TEXT}\n${PETER}\n`],
    ['text after the signatures', `${GO_TEXT}\n${PETER}and more\n`],
    ['a hyphen for the dash', `${GO_TEXT}\n${PETER.replace('—', '-')}`],
    ['two spaces', `${GO_TEXT}\n${PETER.replace('n x', 'n  x')}`],
    ['a space at the end', `${GO_TEXT}\n${PETER.replace('\n', ' \n')}`],
    ['a wide space in the name', `${GO_TEXT}\n${PETER.replace('rN', 'r\u3000N')}`],
    ['a plus in the name', `${GO_TEXT}\n${PETER.replace('rN', 'r+N')}`],
    ['no name', `${GO_TEXT}\n${PETER.replace('PeterNeumann', '')}`],
    ['a key id alone', `${GO_TEXT}\n— x AAAAAA==\n`],
    ['base64 without padding', `${GO_TEXT}\n${PETER.replace('=', '')}`],
    ['base64 with stray bits', `${GO_TEXT}\n${PETER.replace('AM=', 'AN=')}`],
    ['base64url', `${GO_TEXT}\n${PETER.replace('go/Z', 'go_Z')}`],
  ])('with %s a text is not a note', (_, text) => {
    expect(() => parseNote(encodeUtf8(text))).toThrow(refused('malformed-note'))
  })

  test('is refused if it is not UTF-8, or has overlong forms or halves of surrogate pairs', () => {
    for (const bytes of ['ff', 'c080', 'eda080', 'e2'])
      expect(() => parseNote(Buffer.concat([hex(bytes), encodeUtf8(`\n\n${PETER}`)]))).toThrow(
        refused('malformed-note'),
      )
  })
})

test('the text ends at the last empty line, and may contain other empty lines', () => {
  const text = `Ognuno sta solo\n\ned è subito sera.\n\n`
  expect(parseNote(encodeUtf8(`${text}\n${PETER}`)).text).toBe(text)
  expect(parseNote(encodeUtf8(`\ufeff\n\n${PETER}`)).text).toBe('\ufeff\n')
})

test('a signed note opens with the same text and the same bytes', async () => {
  const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(lines, async (some) => {
      const text = `${some.join('\n')}\n`.replaceAll(/[\x00-\x09\x0b-\x1f]/g, '')
      const bytes = await signNote(text, [peter])
      const note = openNote(bytes, [peter.key])
      expect(note.text).toBe(text)
      expect(formatNote(note)).toEqual(bytes)
    }),
    { numRuns: 40 },
  )
})

test('signing fails for a text that cannot be a note, and for a signature that does not verify', async () => {
  for (const text of ['', 'no newline', 'a\r\n', 'a\ud800\n', '\0\n'])
    await expect(signNote(text, [peter])).rejects.toThrow(refused('malformed-note'))
  await expect(signNote(GO_TEXT, [])).rejects.toThrow(refused('malformed-note'))
  const wrongKey = { ...peter, key: key(ENOCH_KEY) }
  await expect(signNote(GO_TEXT, [wrongKey])).rejects.toThrow(refused('signature-failed'))
  await expect(signNote(GO_TEXT, [{ ...peter, sign: async () => new Uint8Array(1) }])).rejects.toThrow(
    refused('signature-failed'),
  )
})

test('a key name or id cannot add a second line to a note', () => {
  const signature = new Uint8Array(64)
  for (const name of ['', 'a b', 'a+b', 'x AAAAAAA=\n— y', 'a\u0085b', 'a\ud800'])
    expect(() => formatNote({ text: 'a\n', signatures: [{ name, keyId: '00000000', signature }] })).toThrow(
      refused('malformed-note'),
    )
  for (const keyId of ['', '0000000', '000000000', 'zzzzzzzz', '0000000A'])
    expect(() => formatNote({ text: 'a\n', signatures: [{ name: 'a', keyId, signature }] })).toThrow(
      refused('malformed-note'),
    )
})
