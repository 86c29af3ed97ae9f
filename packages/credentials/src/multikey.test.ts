import { generateKeyPairSync } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyOnce } from './crypto.ts'
import { decodeBase58, encodeBase58 } from './multibase.ts'
import {
  decodeMultikey,
  encodeMultikey,
  jwkFromKey,
  keyObject,
  multikeyFromDidKey,
  multikeyFromSpki,
} from './multikey.ts'

test('base58 returns all bytes, leading zeros included', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.nat(3), (rest, zeros) => {
      const bytes = Buffer.concat([Buffer.alloc(zeros), rest])
      const text = encodeBase58(bytes)
      expect(decodeBase58(text, bytes.length)).toEqual(new Uint8Array(bytes))
      expect(decodeBase58(text, bytes.length + 1)).toBeUndefined()
      expect(decodeBase58(`z1${text.slice(1)}`, bytes.length)).toBeUndefined()
    }),
  )
})

test('base58 matches the draft specification', () => {
  expect(encodeBase58(Buffer.from('Hello World!'))).toBe('z2NEpo7TZRRrLZSi2U')
  expect(encodeBase58(Buffer.from('0000287fb4cd', 'hex'))).toBe('z11233QC4')
})

// The examples of did:key: https://w3c-ccg.github.io/did-key-spec/#test-vectors
test.each([
  ['Ed25519', 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp', 'ed25519'],
  ['P-256', 'zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169', 'ec'],
  ['P-384', 'z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9', 'ec'],
])('a %s key of did:key is read', (algorithm, multikey, type) => {
  const key = decodeMultikey(multikey)
  expect(key.algorithm).toBe(algorithm)
  expect(encodeMultikey(key)).toBe(multikey)
  expect(keyObject(multikey).asymmetricKeyType).toBe(type)
  expect(multikeyFromDidKey(`did:key:${multikey}#${multikey}`)).toBe(multikey)
})

test('an answer of KMS becomes a Multikey of the same key', () => {
  const pairs = [
    generateKeyPairSync('ed25519'),
    ...['P-256', 'P-384'].map((namedCurve) => generateKeyPairSync('ec', { namedCurve })),
  ]
  for (const { publicKey } of pairs) {
    const multikey = multikeyFromSpki(publicKey.export({ format: 'der', type: 'spki' }))
    expect(keyObject(multikey).equals(publicKey)).toBe(true)
    expect(jwkFromKey(decodeMultikey(multikey))).toEqual(publicKey.export({ format: 'jwk' }))
  }
})

test('a key whose point is not on its curve is refused', () => {
  const invalid = [
    encodeMultikey({ algorithm: 'P-256', bytes: Buffer.concat([Buffer.from([2]), Buffer.alloc(32, 0xff)]) }),
    encodeMultikey({ algorithm: 'P-256', bytes: Buffer.concat([Buffer.from([4]), Buffer.alloc(32, 1)]) }),
    // y = 2 has no x on Ed25519; 0, 1 and p - 1 are of small order; 2^255 - 1 is above p.
    ...[[2], [0], [1]].map(([y]) =>
      encodeMultikey({ algorithm: 'Ed25519', bytes: Buffer.concat([Buffer.from([y ?? 0]), Buffer.alloc(31)]) }),
    ),
    encodeMultikey({ algorithm: 'Ed25519', bytes: Buffer.alloc(32, 0xff) }),
    encodeMultikey({
      algorithm: 'Ed25519',
      bytes: Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex'),
    }),
    'z6Mk',
    'u7QEB',
    '',
  ]
  for (const text of invalid) expect(() => decodeMultikey(text)).toThrow(TypeError)
})

test('a did:key with another key in its fragment is refused', () => {
  const did = 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp'
  for (const url of [`${did}#k`, 'did:key:invalidVm', 'did:web:a.example', `${did}#`]) {
    expect(() => multikeyFromDidKey(url)).toThrow(TypeError)
  }
})

test('a key is made only once', () => {
  const multikey = 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp'
  const key = keyObject(multikey)
  const again = keyOnce(multikey, () => {
    throw new Error('made again')
  })
  expect(again).toBe(key)
})
