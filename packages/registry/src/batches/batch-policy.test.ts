import { expect, test } from 'vitest'
import { aBatchWorld, rowsOf, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { setPolicy } from '../decisions/set-policy.ts'
import { exportTrail } from '../trail/trail.ts'
import type { BodyPolicy } from '../trust/body-policy.ts'
import { approveBatch, closeBatch } from './index.ts'

test('the policy of the body says which batch needs a second officer, and rows that they approved wait no more', async () => {
  const here = await aBatchWorld()
  const set = (secondPerson: BodyPolicy['secondPerson'], batchFrom: number) =>
    setPolicy(
      { body: BODY, secondPerson, batchFrom, effectiveAt: here.clock.now.toISOString() },
      { authority: BODY, actor: 'registrar' },
      here.deps,
    )
  const close = async (rows: number) => {
    const { id } = await here.submit(rowsOf(rows), `batch of ${rows}`)
    const { closed } = await closeBatch({ issuer: BODY, subject: OFFICER, id }, here.deps)
    return { id, hash: closed?.hash ?? '' }
  }
  const approve = (batch: { id: string; hash: string }, subject: string) =>
    approveBatch({ issuer: BODY, subject, ...batch, signedInAt: here.clock.now }, here.deps)
  const alone = { code: 'four-eyes-required' }

  await set([], 3)
  await expect(approve(await close(3), OFFICER)).rejects.toMatchObject(alone)
  await set(['issue'], 50)
  const two = await close(2)
  await expect(approve(two, OFFICER)).rejects.toMatchObject(alone)
  await approve(two, SECOND_OFFICER)
  await here.deliver()
  expect(await here.counts(two.id)).toEqual({ submitted: 2, issued: 2, rejected: 0, pending: 0 })

  const period = here.clock.now.toISOString().slice(0, 10)
  const trail = await exportTrail({ body: BODY, subject: OFFICER, period }, { reader: here.world.store })
  const acts = trail.filter(({ record }) => record === two.id).map(({ act, detail }) => detail ?? act)
  expect(acts.toSorted()).toEqual(['batch-approved', 'batch-sent', 'closed', 'finished'])
  expect(trail.filter(({ act }) => act === 'issued')).toHaveLength(2)
})

test('many batches below the number of the policy do not avoid the second officer, and a day later the count begins anew', async () => {
  const here = await aBatchWorld()
  const alone = { code: 'four-eyes-required' }
  const close = async (from: number) => {
    const { id } = await here.submit(rowsOf(20, from), `from ${from}`)
    const { closed } = await closeBatch({ issuer: BODY, subject: OFFICER, id }, here.deps)
    return { issuer: BODY, id, hash: closed?.hash ?? '' }
  }
  const start = (batch: { issuer: string; id: string; hash: string }, subject = OFFICER) =>
    approveBatch({ ...batch, subject, signedInAt: undefined }, here.deps)
  const batches = [await close(1), await close(101), await close(201)] as const
  // Of two at once, each counts. The same press again counts once.
  await Promise.all([start(batches[0]), start(batches[1]), start(batches[0])])
  await expect(start(batches[2])).rejects.toMatchObject(alone)
  await expect(start(batches[2], SECOND_OFFICER)).rejects.toMatchObject({ code: 'fresh-sign-in-required' })
  here.clock.now = new Date(here.clock.now.getTime() + 25 * 60 * MINUTE)
  expect(await start(batches[2])).toMatchObject({ state: 'running', isStartedAlone: true })
  await here.deliver()
  expect(await here.counts(batches[2].id)).toMatchObject({ issued: 20, pending: 0 })
})
