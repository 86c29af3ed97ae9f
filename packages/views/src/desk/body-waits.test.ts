import { closeBatch } from '@sijil/registry/batches'
import { eraseCertificate } from '@sijil/registry/erasure'
import { addMember } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { aBatchWorld, rowsOf, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { BODY, noon, OFFICER } from '../../../../test/support/registry-world.ts'
import { bodyWaits } from './body-waits.ts'
import { requireMemberAt } from './office.ts'

test('the first page of a body names every batch and action that somebody has to go on with, and whether that can be this member', async () => {
  const { world, deps, submit, approve } = await aBatchWorld()
  const reading = world.at(noon)
  await addMember({ owner: BODY, subject: 'clerk', roles: ['issue'], actor: 'registrar' }, reading)
  await addMember({ owner: BODY, subject: 'reader', roles: ['read'], actor: 'registrar' }, reading)
  const { uuid } = await world.issue()
  await eraseCertificate({ issuer: BODY, uuid, actor: OFFICER, reason: 'holder-request', signedInAt: noon }, reading)
  const open = await submit(rowsOf(2), 'open')
  const closed = await submit(rowsOf(60, 100), 'closed')
  await closeBatch({ issuer: BODY, subject: OFFICER, id: closed.id }, deps)
  const running = await approve(rowsOf(1, 500), 'running')

  const waitsFor = async (subject: string) => {
    const office = await requireMemberAt(BODY, subject, reading)
    const { actions, batches } = await bodyWaits(office, { subject, proposals: [] }, reading)
    return {
      actions: actions.map(({ kind, isYours }) => [kind, isYours]),
      batches: new Map(batches.map(({ id, state, isYours }) => [id, [state, isYours]])),
    }
  }
  // Nobody approves what they asked for or sent.
  const sender = await waitsFor(OFFICER)
  expect(sender.actions).toEqual([['erase', false]])
  expect(sender.batches).toEqual(
    new Map([
      [open.id, ['open', true]],
      [closed.id, ['closed', false]],
      [running.id, ['running', true]],
    ]),
  )
  const second = await waitsFor(SECOND_OFFICER)
  expect([second.actions, second.batches.get(closed.id), second.batches.get(open.id)]).toEqual([
    [['erase', true]],
    ['closed', true],
    ['open', false],
  ])
  const clerk = await waitsFor('clerk')
  expect([clerk.actions, clerk.batches.get(open.id), clerk.batches.get(closed.id)]).toEqual([
    [['erase', false]],
    ['open', true],
    ['closed', false],
  ])
  expect(await waitsFor('reader')).toEqual({ actions: [], batches: new Map() })
})
