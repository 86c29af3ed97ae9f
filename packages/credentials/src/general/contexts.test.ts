import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { pinnedContexts, pinnedDigests } from './contexts.ts'

test.each([...pinnedDigests])('%s has the content that is pinned', (url, sha256) => {
  const text = JSON.stringify({ '@context': pinnedContexts.get(url) })
  expect(createHash('sha256').update(text).digest('hex')).toBe(sha256)
})

test('no reader can change a context for the next one', () => {
  const isFrozen = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen))
  expect([...pinnedContexts.values()].every(isFrozen)).toBe(true)
})
