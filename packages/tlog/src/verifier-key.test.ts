import { describe, expect, test } from 'vitest'
import { flipped } from './sample-log.ts'
import { createVerifierKey, formatVerifierKey, parseVerifierKey, signatureTypes } from './verifier-key.ts'

const refused = (code: string) => expect.objectContaining({ name: 'TlogError', code })
const key = (text: string) => parseVerifierKey('ed25519', text)

const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const PETER_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const ENOCH_KEY = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'

describe('verifier keys', () => {
  test.each([
    EXAMPLE_KEY,
    PETER_KEY,
    ENOCH_KEY,
    'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
  ])('the key %s is read and written', (text) => {
    expect(formatVerifierKey(key(text))).toBe(text)
  })

  test('the id depends on name, type and key', () => {
    const bytes = new Uint8Array(32)
    const ids = [
      createVerifierKey('ed25519', 'a', bytes).id,
      createVerifierKey('cosignature', 'a', bytes).id,
      createVerifierKey('ed25519', 'b', bytes).id,
      createVerifierKey('ed25519', 'a', flipped(bytes, 31)).id,
    ]
    expect(new Set(ids).size).toBe(4)
    expect(signatureTypes).toEqual({ ed25519: 1, cosignature: 4 })
  })

  test('a text is refused if a part is missing, a character was changed, or type or length are wrong', () => {
    const wrong = [
      EXAMPLE_KEY.toUpperCase(),
      ` ${EXAMPLE_KEY}`,
      `${EXAMPLE_KEY}\n`,
      `${EXAMPLE_KEY}=`,
      EXAMPLE_KEY.replace('530d903a', '530D903A'),
    ]
    for (let at = 0; at < EXAMPLE_KEY.length; at++) {
      wrong.push(
        EXAMPLE_KEY.slice(0, at),
        EXAMPLE_KEY.slice(at + 1),
        `${EXAMPLE_KEY.slice(0, at)}${EXAMPLE_KEY[at] === 'b' ? 'c' : 'b'}${EXAMPLE_KEY.slice(at + 1)}`,
      )
    }
    // From the tests of Go: a key of wrong length and one of an unknown type, both under the right id.
    wrong.push('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==')
    wrong.push('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
    for (const text of wrong) expect(() => key(text), text).toThrow(refused('malformed-key'))
    expect(() => parseVerifierKey('cosignature', EXAMPLE_KEY)).toThrow(refused('malformed-key'))
  })

  test('a key is refused if a note could not contain its name, or if it is not 32 bytes', () => {
    for (const name of ['', 'a b', 'a+b', 'a\n', 'a\u2003b', '\ud800', 'a\0'])
      expect(() => createVerifierKey('ed25519', name, new Uint8Array(32))).toThrow(refused('malformed-key'))
    for (const length of [0, 31, 33])
      expect(() => createVerifierKey('ed25519', 'a', new Uint8Array(length))).toThrow(refused('malformed-key'))
  })
})
