import { type Commit, streams } from '@sijil/registry'
import { expect, test } from 'vitest'
import { commitOf, itemOf } from './commit-items.ts'

const at = '2026-03-02T09:00:00.000Z'
const commit: Commit<string> = {
  stream: streams.trust('tesda'),
  number: 3,
  events: ['said'],
  actor: 'registrar',
  effectiveAt: at,
  recordedAt: at,
  index: 'TRUST',
  proposal: 'p-1',
  by: 'council',
}
const stored = itemOf(commit, new Uint8Array())

test('a commit is stored and read back', () => {
  expect(commitOf(stored)).toEqual(commit)
})

test.each([
  ['another moment', { at: '2020-01-01T00:00:00.000Z' }],
  ['another stream', { pk: 'STREAM#other/trust' }],
  ['another number', { sk: 'COMMIT#000000000004' }],
  ['no index key', { is: undefined }],
])('R013: an item with %s than in its index key is refused', (_, change) => {
  expect(() => commitOf({ ...stored, ...change } as never)).toThrow(/index key/)
})
