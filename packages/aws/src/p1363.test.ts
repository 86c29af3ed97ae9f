import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { p1363FromDer } from './p1363.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

test.each([
  ['P-256', 32],
  ['P-384', 48],
] as const)('%s: a converted signature verifies', (namedCurve, length) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  for (let round = 0; round < 300; round += 1) {
    const message = createHash('sha256').update(`${round}`).digest()
    const signature = p1363FromDer(sign('sha256', message, privateKey), length)
    expect(signature).toHaveLength(2 * length)
    expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
  }
})

test('short numbers are padded, and the sign byte is removed', () => {
  const signature = p1363FromDer(hex('30 07 02 01 05 02 02 00 80'), 32)
  expect(Buffer.from(signature).toString('hex')).toBe(`${'0'.repeat(62)}05${'0'.repeat(62)}80`)
})

test.each([
  ['nothing', ''],
  ['no sequence', '31 06 02 01 05 02 01 05'],
  ['a wrong length', '30 07 02 01 05 02 01 05'],
  ['one number only', '30 03 02 01 05'],
  ['no number', '30 06 03 01 05 02 01 05'],
  ['an empty number', '30 05 02 00 02 01 05'],
  ['a number that is cut off', '30 06 02 01 05 02 02 05'],
  ['bytes after the sequence', '30 08 02 01 05 02 01 05 00 00'],
  ['a number that is too long', `30 26 02 21 ${'01'.repeat(33)} 02 01 05`],
])('refuses %s', (_, text) => {
  expect(() => p1363FromDer(hex(text), 32)).toThrow(expect.objectContaining({ code: 'internal' }))
})
