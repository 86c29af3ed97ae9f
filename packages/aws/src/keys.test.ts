import { streams } from '@sijil/registry'
import { expect, test } from 'vitest'
import { indexRange, keys, parsePlace } from './keys.ts'

const uuid = '00000000-0000-4000-8000-000000000001'
const stream = streams.certificate('tesda', uuid)

test('I36: the owner is part of every key of a stream', () => {
  expect(keys.commit(stream, 12)).toEqual({ pk: `STREAM#tesda/certificate/${uuid}`, sk: 'COMMIT#000000000012' })
  expect(keys.stream(stream)).toBe(keys.commit(stream, 0).pk)
})

test('keys sort in the order of their numbers', () => {
  const numbers = [0, 9, 10, 99, 100, 131_071, 2 ** 32]
  const sorted = numbers.map((number) => keys.commit(stream, number).sk).sort()
  expect(sorted).toEqual(numbers.map((number) => keys.commit(stream, number).sk))
})

test('claims, boxes and streams never share a key', () => {
  const pks = [keys.commit(stream, 1).pk, keys.claim(stream, 1).pk, keys.box(stream).pk]
  expect(new Set(pks).size).toBe(3)
})

test('an index key is parsed into the key of its commit', () => {
  const { is } = keys.indexed('ENTITIES', '2026-03-02T09:00:00.000Z', stream, 12)
  expect(parsePlace(is)).toEqual({ ...keys.commit(stream, 12), is })
})

test('a range includes both ends, and everything if it has none', () => {
  const at = (moment: string) => keys.indexed('ENTITIES', moment, stream, 0).is
  const [first, last] = ['2026-03-02T09:00:00.000Z', '2026-03-02T09:00:00.001Z']
  const isWithin = (place: string, { from, to }: { from: string; to: string }) => place >= from && place <= to
  expect(isWithin(at(first), indexRange({ since: first, until: first }))).toBe(true)
  expect(isWithin(at(last), indexRange({ until: first }))).toBe(false)
  expect(isWithin(at(first), indexRange({ since: last }))).toBe(false)
  expect(isWithin(at(first), indexRange({}))).toBe(true)
})

test('a text that is not a moment is refused', () => {
  expect(() => indexRange({ since: 'yesterday' })).toThrow(expect.objectContaining({ code: 'validation-failed' }))
})
