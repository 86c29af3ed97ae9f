import { gunzipSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DocumentFault } from './read-json.ts'
import { created } from './sample-certificate.ts'
import { publicKey, signed } from './sample-keys.ts'
import { decodeList, encodeList, isSet, LIST_ENTRIES, parseListIndex } from './status-list.ts'
import { prepareStatusList, sealStatusList, verifyStatusList } from './status-list-credential.ts'

const indexes = fc.array(fc.integer({ min: 0, max: LIST_ENTRIES - 1 }), { maxLength: 300 })
const encoded = (bytes: Uint8Array) => `u${Buffer.from(bytes).toString('base64url')}`
const empty = gzipSync(new Uint8Array(16_384))

test('a list has exactly the entries that were set', () => {
  fc.assert(
    fc.property(indexes, fc.integer({ min: 0, max: LIST_ENTRIES - 1 }), (set, other) => {
      const list = decodeList(encodeList(set))
      expect(list.length).toBe(16_384)
      for (const index of set) expect(isSet(list, index)).toBe(true)
      expect(isSet(list, other)).toBe(set.includes(other))
    }),
    { numRuns: 50 },
  )
})

test('V081: the leftmost bit is entry 0', () => {
  const list = decodeList(encodeList([0, 7]))
  expect([0, 7, 8, 131_071].map((index) => isSet(list, index))).toEqual([true, true, false, false])
  expect(list[0]).toBe(0b1000_0001)
})

const damaged = Buffer.from(empty)
damaged[damaged.length - 6] = (damaged[damaged.length - 6] ?? 0) ^ 1

// biome-ignore format: it reads as a table
test.each<[string, string]>([
  ['V079 nested gzip', encoded(gzipSync(empty))],
  ['V079 trailing garbage', encoded(Buffer.concat([empty, Buffer.from('x')]))],
  ['V079 trailing zeros', encoded(Buffer.concat([empty, Buffer.alloc(8)]))],
  ['V079 a second member', encoded(Buffer.concat([empty, gzipSync('')]))],
  ['V079 two halves', encoded(Buffer.concat([gzipSync(new Uint8Array(8192)), gzipSync(new Uint8Array(8192))]))],
  ['a byte too few', encoded(gzipSync(new Uint8Array(16_383)))],
  ['a byte too many', encoded(gzipSync(new Uint8Array(16_385)))],
  ['cut short', encoded(empty.subarray(0, -1))],
  ['a wrong checksum', encoded(damaged)],
  ['no gzip', encoded(new Uint8Array(100))],
  ['padding', `${encoded(empty)}=`],
  ['another multibase', `z${encoded(empty).slice(1)}`],
  ['nothing', ''],
  ['too long', `u${'A'.repeat(32_768)}`],
])('refused: %s', (_, text) => {
  expect(() => decodeList(text)).toThrow(DocumentFault)
})

/** Processor time of this process in microseconds, so that other load on the machine does not count. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

test('V078: a bomb is refused before it is inflated', () => {
  const bomb = gzipSync(new Uint8Array(64 * 2 ** 20), { level: 9 })
  const inflating = processorTime(() => gunzipSync(bomb))
  const refusing = processorTime(() => expect(() => decodeList(encoded(bomb))).toThrow(DocumentFault))
  expect(refusing).toBeLessThan(inflating / 3)
})

test('an index has only one spelling', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LIST_ENTRIES - 1 }), (index) => parseListIndex(String(index)) === index),
  )
  for (const text of ['12abc', '12.9', '1e5', '007', '-1', '+1', ' 1', '1 ', '', '0x10', '١', 5, null, undefined]) {
    expect(() => parseListIndex(text)).toThrow(expect.objectContaining({ code: 'malformed-value' }))
  }
  for (const text of ['131072', '999999', '99999999999999999999']) {
    expect(() => parseListIndex(text)).toThrow(expect.objectContaining({ code: 'status-index-out-of-range' }))
  }
})

describe('a signed list (I7, I29a)', () => {
  const id = 'https://registry.example/status-lists/demo-r1'
  const issuer = 'did:web:registry.example:issuers:a'
  const content = {
    id,
    issuer,
    purpose: 'revocation' as const,
    encodedList: encodeList([3]),
    validFrom: created,
    validUntil: '2026-03-03T00:00:00Z',
  }
  const prepared = prepareStatusList(content, { created, verificationMethod: `${issuer}#lists-1` })
  const list = sealStatusList(prepared, signed(prepared.bytes))
  const expected = {
    publicKeyMultibase: publicKey,
    id,
    issuer,
    purpose: 'revocation' as const,
    now: new Date('2026-03-02T12:00:00Z'),
  }

  test('has readable bits for a reader who expects this list', () => {
    const bits = verifyStatusList(JSON.parse(JSON.stringify(list)), expected)
    expect([isSet(bits, 3), isSet(bits, 4)]).toEqual([true, false])
  })

  // biome-ignore format: it reads as a table
  test.each<[string, object, object]>([
    ['V073 a bit flipped', { credentialSubject: { ...list.credentialSubject, encodedList: encodeList([]) } }, {}],
    ['V073 no proof', { proof: undefined }, {}],
    ['V074 another purpose', {}, { purpose: 'suspension' }],
    ['another list', {}, { id: `${id}x` }],
    ["another issuer's", {}, { issuer: 'did:web:registry.example:issuers:b' }],
    ['another key', {}, { publicKeyMultibase: 'z6Mkf5rGMoatrSj1f4CyvuHBeXJELe9RPdzo2PKGNCKVtZxP' }],
    ['too early', {}, { now: new Date('2026-03-01T23:59:59Z') }],
    ['too late', {}, { now: new Date('2026-03-03T00:00:00Z') }],
    ['one more member', { ttl: 5 }, {}],
    ['an issuer that is an object', { issuer: { id: issuer } }, {}],
  ])('is refused: %s', (_, changes, other) => {
    const sent = JSON.parse(JSON.stringify({ ...list, ...changes }))
    expect(() => verifyStatusList(sent, { ...expected, ...other })).toThrow(DocumentFault)
  })
})
