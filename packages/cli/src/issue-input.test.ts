import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { idempotencyKey } from './issue-input.ts'

const input = {
  qualification: 'ph-masonry-nc2',
  holder: { name: 'RODEL DELA CRUZ', birthDate: '1990-02-03' },
  units: ['b', 'a'],
}

test('the key of a request is the same whatever the order of its members, and the one that was sent before', () => {
  const text =
    '{"input":{"holder":{"birthDate":"1990-02-03","name":"RODEL DELA CRUZ"},"qualification":"ph-masonry-nc2","units":["b","a"]},"issuer":"demo"}'
  const key = createHash('sha256').update(text).digest('hex')
  expect(idempotencyKey('demo', input)).toBe(key)
  expect(idempotencyKey('demo', Object.fromEntries(Object.entries(input).toReversed()))).toBe(key)
  expect(idempotencyKey('demo', { ...input, units: ['a', 'b'] })).not.toBe(key)
})

test('a text with half of a surrogate pair is refused before anything is sent, and is not repeated', () => {
  const holder = { name: 'RODEL \uD83D' }
  expect(() => idempotencyKey('demo', { ...input, holder })).toThrow('holds a text that cannot be sent')
  expect(() => idempotencyKey('demo', { ...input, holder })).not.toThrow('RODEL')
})
