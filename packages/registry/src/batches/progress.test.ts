import { expect, test } from 'vitest'
import { aBatchWorld, rowsOf } from '../../../../test/support/batch-world.ts'
import { BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { cancelBatch, paceOf, pauseBatch, requireBatchOf, resumeBatch } from './index.ts'

test('the pace counts the time in which the batch ran, and says how long the rest takes', async () => {
  const here = await aBatchWorld()
  const { id } = await here.approve(rowsOf(40))
  const request = { issuer: BODY, subject: OFFICER, id }
  const pass = (milliseconds: number) => {
    here.clock.now = new Date(here.clock.now.getTime() + milliseconds)
  }
  const pace = async (counts: { issued: number; rejected: number; pending: number }) =>
    paceOf(await requireBatchOf(request, here.deps), { submitted: 40, ...counts }, here.clock.now)

  expect(await pace({ issued: 0, rejected: 0, pending: 40 })).toBeUndefined()
  pass(MINUTE)
  const whole = { issued: 18, rejected: 2, pending: 20 }
  expect(await pace(whole)).toEqual({ perMinute: expect.closeTo(20, 1), secondsLeft: 60 })
  await pauseBatch(request, here.deps)
  expect(await pace(whole)).toBeUndefined()
  pass(60 * MINUTE)
  await resumeBatch(request, here.deps)
  pass(MINUTE)
  // An hour of pause changes nothing.
  expect(await pace({ issued: 28, rejected: 2, pending: 10 })).toEqual({
    perMinute: expect.closeTo(15, 1),
    secondsLeft: expect.closeTo(40, -1),
  })
  await cancelBatch(request, here.deps)
  expect(await pace({ issued: 28, rejected: 12, pending: 0 })).toBeUndefined()
})
