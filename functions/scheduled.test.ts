import { RegistryError } from '@sijil/registry'
import { afterEach, expect, test, vi } from 'vitest'
import { scheduled } from './scheduled.ts'

/** Collects the lines that the process writes. */
function standardOutput() {
  const lines: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line))
    return true
  })
  return lines
}
afterEach(() => {
  vi.restoreAllMocks()
})

test('a successful run writes no line, and gets its order', async () => {
  const lines = standardOutput()
  const handler = scheduled('sweep', async ({ burned = 2 }: { burned?: number }) => ({ burned }))
  expect([await handler(), await handler({ burned: 5 })]).toEqual([{ burned: 2 }, { burned: 5 }])
  expect(lines).toEqual([])
})

test('a run knows how long it still has, and on one machine nothing stops it', async () => {
  const handler = scheduled('sweep', async (_: { burned?: number }, remaining) => remaining())
  expect(await handler({}, { getRemainingTimeInMillis: () => 1_500 })).toBe(1_500)
  expect(await handler()).toBe(Number.POSITIVE_INFINITY)
})

test('a failed run writes one line, which an alarm counts by its code, and then throws', async () => {
  const lines = standardOutput()
  const error = new RegistryError('dependency-unavailable', 'words that no line has')
  await expect(scheduled('sequence', () => Promise.reject(error))()).rejects.toBe(error)
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    at: expect.stringMatching(/Z$/),
    level: 'error',
    function: 'sequence',
    code: 'dependency-unavailable',
    error: { names: ['RegistryError'], frames: expect.any(Array) },
    _aws: { Timestamp: expect.any(Number), CloudWatchMetrics: [expect.objectContaining({ Namespace: 'Sijil' })] },
    'problem-dependency-unavailable': 1,
  })
})

test('an unknown error is logged as internal, and a code without an alarm writes no metric', async () => {
  const lines = standardOutput()
  const failures = [new TypeError('x'), new RegistryError('write-conflict', '')]
  for (const error of failures) await expect(scheduled('audit', () => Promise.reject(error))()).rejects.toBe(error)
  const [internal, conflict] = lines.map((line) => JSON.parse(line))
  expect(internal).toMatchObject({ function: 'audit', code: 'internal', 'problem-internal': 1 })
  expect(conflict).toMatchObject({ function: 'audit', code: 'write-conflict' })
  expect(conflict).not.toHaveProperty('_aws')
})

test('a call with the payload null fails before it changes anything, so that an operator can test an alarm', async () => {
  const lines = standardOutput()
  const done: string[] = []
  const handler = scheduled('sweep', async ({ kind = 'usual' }: { kind?: string }) => done.push(kind))
  await expect(handler(null as never)).rejects.toThrow(TypeError)
  expect(done).toEqual([])
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ function: 'sweep', code: 'internal', 'problem-internal': 1 })
})
