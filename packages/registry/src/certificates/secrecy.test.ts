import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  boxAddress,
  certificateUuid,
  type IssuerSecret,
  linkToken,
  numberTag,
  openBox,
  openNumber,
  requestTag,
  sealBox,
  sealNumber,
  statusCandidate,
  subjectUuid,
} from './secrecy.ts'

const secretOf = (text: string): IssuerSecret =>
  Object.assign(new Uint8Array(createHash('sha256').update(text).digest()), { issuerSecret: true as const })
const secret = secretOf('one body')
const other = secretOf('another body')
const uuid = certificateUuid(secret, 'key', 0)

let made = 0
/** Random bytes that differ in every call. */
const chance = (bytes: number) =>
  new Uint8Array(createHash('shake256', { outputLength: bytes }).update(`${made++}`).digest())

/** The share of ones, in standard deviations from one half. */
function imbalance(bits: string): number {
  const ones = bits.replaceAll('0', '').length
  return Math.abs(ones - bits.length / 2) / Math.sqrt(bits.length / 4)
}
const bitsOf = (id: string) =>
  BigInt(`0x${id.replaceAll('-', '')}`)
    .toString(2)
    .padStart(128, '0')
const VERSION_AND_VARIANT = new Set([48, 49, 50, 51, 64, 65])

describe('ids', () => {
  test('are the same for the same request, and differ for another key, attempt or body', () => {
    expect(certificateUuid(secret, 'key', 0)).toBe(uuid)
    expect(subjectUuid(secret, uuid)).toBe(subjectUuid(secret, uuid))
    const all = [
      uuid,
      certificateUuid(secret, 'key', 1),
      certificateUuid(secret, 'key2', 0),
      certificateUuid(secret, 'ke', 0),
      certificateUuid(other, 'key', 0),
      subjectUuid(secret, uuid),
      subjectUuid(other, uuid),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  test('are not confused between a key with an attempt and another key', () => {
    expect(certificateUuid(secret, 'key\x001', 0)).not.toBe(certificateUuid(secret, 'key', 10))
    expect(certificateUuid(secret, 'key1', 1)).not.toBe(certificateUuid(secret, 'key', 11))
  })

  test('may come from a key as long as a document, and every letter of it counts', () => {
    const long = 'ü'.repeat(40_000)
    expect(certificateUuid(secret, long, 0)).toBe(certificateUuid(secret, long, 0))
    const all = [long, `${long} `, long.slice(1), 'ü'.repeat(501), 'ü'.repeat(500)]
    expect(new Set(all.map((key) => certificateUuid(secret, key, 99_999))).size).toBe(all.length)
  })

  test('of a short key never change', () => {
    expect(uuid).toBe('eae3ffd8-0da2-406d-8e9f-300e590a7822')
  })

  test('are UUIDs of version 4', () => {
    for (const id of [uuid, subjectUuid(secret, uuid)])
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('I17: have 122 bits that look random: each is set half of the time', () => {
    const ids = Array.from({ length: 2_000 }, (_, place) => bitsOf(certificateUuid(secret, `key-${place}`, 0)))
    for (let bit = 0; bit < 128; bit++) {
      if (VERSION_AND_VARIANT.has(bit)) continue
      expect(imbalance(ids.map((id) => id[bit]).join('')), `bit ${bit}`).toBeLessThan(4.5)
    }
  })
})

describe('I45: the token of a link', () => {
  const token = linkToken(secret, uuid, 0)

  test('has 26 characters of Crockford’s base 32, 130 bits in all, and uses each bit', () => {
    expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    const tokens = Array.from({ length: 1_000 }, (_, place) => linkToken(secret, `${uuid}${place}`, 0))
    for (let place = 0; place < 26; place++) {
      expect(new Set(tokens.map((text) => text[place])).size, `character ${place}`).toBe(32)
    }
  })

  test('depends on certificate and generation: a new generation has a new token', () => {
    expect(linkToken(secret, uuid, 0)).toBe(token)
    expect(linkToken(secret, uuid, 1)).not.toBe(token)
    expect(linkToken(other, uuid, 0)).not.toBe(token)
  })

  test('cannot be derived from the address of its box', () => {
    expect(boxAddress(token)).toMatch(/^[\w-]{43}$/)
    expect(boxAddress(token)).not.toContain(token)
  })
})

describe('a box', () => {
  const token = linkToken(secret, uuid, 0)
  const text = JSON.stringify({ name: 'RODEL MANALO DELA CRUZ', native: 'สมชาย' })
  const content = { owner: 'demo-tesda', uuid, hash: 'hash', text }

  test('opens with its token', () => {
    expect(openBox(token, sealBox(token, content, chance), 'hash')).toBe(text)
  })

  test('does not open with another token, for another certificate, or for another document', () => {
    const box = sealBox(token, content, chance)
    expect(openBox(linkToken(secret, uuid, 1), box, 'hash')).toBeUndefined()
    expect(openBox(token, { ...box, uuid: subjectUuid(secret, uuid) }, 'hash')).toBeUndefined()
    expect(openBox(token, box, 'hash of another')).toBeUndefined()
  })

  test.each(['salt', 'nonce', 'sealed'] as const)('does not open when one bit of its %s is another', (part) => {
    const box = sealBox(token, content, chance)
    for (let bit = 0; bit < box[part].length * 8; bit++) {
      const changed = box[part].slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openBox(token, { ...box, [part]: changed }, 'hash')).toBeUndefined()
    }
  })

  test('does not open if it is cut short', () => {
    const box = sealBox(token, content, chance)
    for (const length of [0, 15, 16, box.sealed.length - 1])
      expect(openBox(token, { ...box, sealed: box.sealed.slice(0, length) }, 'hash')).toBeUndefined()
  })

  test('contains nothing readable, and no two boxes have the same bytes', () => {
    const [first, second] = [sealBox(token, content, chance), sealBox(token, content, chance)]
    expect(Buffer.from(first.sealed).toString('latin1')).not.toContain('RODEL')
    expect(first.find).toBe(second.find)
    for (const part of ['salt', 'nonce', 'sealed'] as const) expect(first[part]).not.toEqual(second[part])
  })

  test('I10: does not open if its content would be larger than a document', () => {
    const box = sealBox(token, { ...content, text: '0'.repeat(65_537) }, chance)
    expect(openBox(token, box, 'hash')).toBeUndefined()
  })
})

describe('certificate numbers', () => {
  test.each([
    '26-MAS2-1',
    '26 MAS2 1',
    '26mas21',
    ' 26-mas2-1 ',
    '２６-MAS2-1',
    '26\u2010MAS2\u20111',
    '26\u2013MAS2\u20141',
    '26\u2212MAS2\u00a01',
    '26\u2003MAS2\u30001',
    '26\u2043MAS2\u20431',
  ])('%j is the same number', (number) => {
    expect(numberTag(secret, number)).toBe(numberTag(secret, '26-MAS2-1'))
  })

  test.each(['26-MAS2-2', '26-MAS2-10', '26/MAS2/1'])('%j is another number', (number) => {
    expect(numberTag(secret, number)).not.toBe(numberTag(secret, '26-MAS2-1'))
  })

  test('the tag of a number in ASCII never changes', () => {
    expect(numberTag(secret, '26-MAS2-1')).toBe('esGrNyCCCsRJVN2S-ygMIJy-cfiMoR-Pc3m_gZrV35w')
  })

  test('each body has its own tags, and no tag of a number is a tag of a request', () => {
    expect(numberTag(other, '26-MAS2-1')).not.toBe(numberTag(secret, '26-MAS2-1'))
    expect(requestTag(secret, '26MAS21')).not.toBe(numberTag(secret, '26MAS21'))
    expect(requestTag(other, 'body')).not.toBe(requestTag(secret, 'body'))
  })

  test('a sealed number opens only for its certificate and its body', () => {
    const sealed = sealNumber(secret, uuid, 'ก-0031')
    expect(openNumber(secret, uuid, sealed)).toBe('ก-0031')
    expect(() => openNumber(other, uuid, sealed)).toThrow()
    expect(() => openNumber(secret, subjectUuid(secret, uuid), sealed)).toThrow()
  })
})

test('I17: candidates for a status entry differ for each attempt and pair, and are within the list', () => {
  const candidates = Array.from({ length: 500 }, (_, k) => statusCandidate(secret, uuid, 'demo-1', k, 1_000))
  expect(candidates.every((index) => Number.isInteger(index) && index >= 0 && index < 1_000)).toBe(true)
  // 500 draws of 1,000 hit about 393 different ones.
  expect(new Set(candidates).size).toBeGreaterThan(350)
  expect(statusCandidate(secret, uuid, 'demo-1', 0, 131_072)).not.toBe(
    statusCandidate(secret, uuid, 'demo-2', 0, 131_072),
  )
})
