import { expect, test } from 'vitest'
import { aBatchWorld, HEAD, rowOf, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { BODY, OFFICER } from '../../../../test/support/registry-world.ts'
import { closedRowsOf } from './closed-rows.ts'
import { closeBatch } from './prepare-batch.ts'

test('the officer who approves a batch gets three of its rows by chance, without their persons', async () => {
  const { deps, submit } = await aBatchWorld()
  const rows = [1, 2, 3, 4, 5].map((at) => rowOf(at, `ANA ${'ABCDE'[at - 1]}SECRET`))
  const { id } = await submit([HEAD, ...rows].join('\n'))
  await closeBatch({ issuer: BODY, subject: OFFICER, id }, deps)
  const request = { issuer: BODY, subject: SECOND_OFFICER, id }
  // Each number is taken from what is left of the rows.
  const byChance = (...numbers: number[]) => ({
    ...deps,
    now: deps.now,
    random: () => Buffer.from([0, 0, 0, numbers.shift() ?? 0]),
  })
  const linesOf = async (...numbers: number[]) => {
    const closed = await closedRowsOf(request, byChance(...numbers))
    expect(JSON.stringify(closed)).not.toContain('SECRET')
    return closed?.sample.map(({ line, number }) => [line, number])
  }
  expect(await linesOf(0, 0, 0)).toEqual([
    [2, 'TP-1'],
    [3, 'TP-2'],
    [4, 'TP-3'],
  ])
  expect(await linesOf(4, 1, 7)).toEqual([
    [3, 'TP-2'],
    [4, 'TP-3'],
    [6, 'TP-5'],
  ])
})
