import { streams } from '@sijil/registry'
import { expect, test } from 'vitest'
import { withFaults } from './faults.ts'
import { MemoryStore } from './memory-store.ts'

const stream = streams.members('tesda')
const at = '2026-03-02T09:00:00.000Z'
const commit = (number: number) => ({ stream, number, events: [], actor: 'a', effectiveAt: at, recordedAt: at })

test('a call with fails-before has no effect, and the next call works', async () => {
  const { port } = withFaults(new MemoryStore(), [{ method: 'append', call: 1, outcome: 'fails-before' }])
  await expect(port.append(commit(0))).rejects.toMatchObject({ code: 'dependency-unavailable' })
  expect(await port.read(stream)).toEqual([])
  await port.append(commit(0))
  expect(await port.read(stream)).toHaveLength(1)
})

test('a call with fails-after takes effect', async () => {
  const error = new Error('lost')
  const { port, calls } = withFaults(new MemoryStore(), [{ method: 'append', call: 2, outcome: 'fails-after', error }])
  await port.append(commit(0))
  await expect(port.append(commit(1))).rejects.toBe(error)
  expect(await port.read(stream)).toHaveLength(2)
  expect(calls('append')).toBe(2)
})

test.each([
  ['waits-before', 0],
  ['waits-after', 1],
] as const)('a call with %s does not return until it is released', async (outcome, meanwhile) => {
  const { port, waiting, release } = withFaults(new MemoryStore(), [{ method: 'append', call: 1, outcome }])
  let returned = false
  const append = port.append(commit(0)).then(() => {
    returned = true
  })
  await waiting
  expect(await port.read(stream)).toHaveLength(meanwhile)
  expect(returned).toBe(false)
  release()
  await append
  expect(await port.read(stream)).toHaveLength(1)
})
