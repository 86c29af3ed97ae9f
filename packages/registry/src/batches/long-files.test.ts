import { expect, test } from 'vitest'
import { aBatchWorld, HEAD, rowOf, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { BODY, OFFICER } from '../../../../test/support/registry-world.ts'
import { isWhole } from '../../../../test/support/whole.ts'
import { artefacts } from '../artefacts.ts'
import { amendAnswers, approveBatch, closeBatch, previewBatch, receiveBatch, resultsOf } from './index.ts'

const ID = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
const asked = { issuer: BODY, subject: OFFICER, id: ID }

/** A long file in the bucket of uploads. Rows without a name cost nothing to judge. */
async function aLongFile(rows: number, isNamed: (row: number) => boolean) {
  const here = await aBatchWorld()
  const lines = Array.from({ length: rows }, (_, at) => rowOf(100_000 + at, isNamed(at) ? 'ANA EXAMPLE' : ''))
  const bytes = new TextEncoder().encode([HEAD, ...lines].join('\n'))
  const incoming = {
    read: async (name: string) => (name.startsWith(artefacts.incoming(BODY, ID, '')) ? bytes : undefined),
  }
  const batch = await receiveBatch({ ...asked, act: 'issue' }, { ...here.deps, now: here.clock.now, incoming })
  expect(batch.rows).toBe(rows)
  return here
}

test('I60, N018: a file beyond 10,000 rows is judged and closed part by part, and one hash is about all of them', async () => {
  const here = await aLongFile(10_002, (row) => row === 3 || row >= 9_999)
  const first = await previewBatch(asked, here.deps)
  expect([first.parts, first.rows.length, first.rows.filter(({ input }) => input).length]).toEqual([2, 10_000, 2])
  const last = await previewBatch({ ...asked, part: 2 }, here.deps)
  expect(last.rows.map(({ line, input }) => [line, input?.certificateNumber])).toEqual([
    [10_002, 'TP-110000'],
    [10_003, 'TP-110001'],
  ])
  for (const part of [0, 3, 1.5, Number.NaN])
    await expect(previewBatch({ ...asked, part }, here.deps)).rejects.toMatchObject({ code: 'no-such-page' })

  expect(await closeBatch(asked, here.deps)).toMatchObject({ state: 'open', closing: { parts: 1, leftOut: 9_998 } })
  // An answer opens what was closed, so that no part is read by other answers than its neighbours.
  const answered = await amendAnswers({ ...asked, change: (before) => before }, here.deps)
  expect(answered.closing).toBeUndefined()
  expect(await closeBatch(asked, here.deps)).toMatchObject({ state: 'open', closing: { parts: 1 } })
  const closed = await closeBatch(asked, here.deps)
  expect(closed).toMatchObject({ state: 'closed', closed: { leftOut: 9_998 } })
  expect(closed.closed?.pieces.map(({ rows, lines }) => [rows, lines])).toEqual([
    [2, '5,10001'],
    [2, '10002-10003'],
  ])
  const approval = { ...asked, hash: closed.closed?.hash ?? '', subject: SECOND_OFFICER, signedInAt: here.clock.now }
  await approveBatch(approval, here.deps)
  await here.deliver()
  expect(await here.counts(ID)).toEqual({ submitted: 10_002, issued: 4, rejected: 9_998, pending: 0 })
  const { rows, parts } = await resultsOf(asked, here.deps)
  expect([parts, rows.map(({ line, state }) => [line, state])]).toEqual([
    1,
    [5, 10_001, 10_002, 10_003].map((line) => [line, 'issued']),
  ])
})

test.runIf(isWhole)(
  'R-104: a file of 100,000 rows is read and one part of it judged within the memory and the time of one call',
  async () => {
    const here = await aLongFile(100_000, (row) => row % 1_000 === 7)
    const begun = process.cpuUsage()
    const { parts, rows } = await previewBatch({ ...asked, part: 10 }, here.deps)
    const { user, system } = process.cpuUsage(begun)
    expect([parts, rows.length, rows.filter(({ input }) => input).length]).toEqual([10, 10_000, 10])
    expect((user + system) / 1_000_000).toBeLessThan(10)
    expect(process.memoryUsage().rss / 1_048_576).toBeLessThan(1_500)
  },
  60_000,
)
