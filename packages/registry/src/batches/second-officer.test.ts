import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { aBatchWorld, asked, type BatchWorld, rowsOf, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { addMember, removeMember } from '../trust/members.ts'
import { findBatch } from './batch.ts'
import { amendAnswers, approveBatch, closeBatch, type Field, previewBatch, reopenBatch } from './index.ts'

/** A second officer approves exactly the rows that were shown, and is another one than those who made them. */

let here: BatchWorld
beforeEach(async () => {
  here = await aBatchWorld()
})
const close = async (id: string, subject = OFFICER) =>
  (await closeBatch(asked(id, subject), here.deps)).closed?.hash ?? ''
const approve = (id: string, hash: string, subject = SECOND_OFFICER) =>
  approveBatch({ ...asked(id, subject), hash, signedInAt: here.clock.now }, here.deps)
const later = () => {
  here.clock.now = new Date(here.clock.now.getTime() + MINUTE)
  return here.clock.now
}

/** Values that a row may have in place of its own. */
const changes = fc.record({
  line: fc.integer({ min: 2, max: 51 }),
  cell: fc.constantFrom<{ field: Field; text: string }[]>(
    { field: 'name', text: 'ANA EXAMPLF' },
    { field: 'nativeName', text: 'นางสาว' },
    { field: 'number', text: 'TP-99999' },
    { field: 'awardedOn', text: '2026-02-23' },
    { field: 'assessedOn', text: '2026-02-24' },
    { field: 'birthDate', text: '1990-01-01' },
    { field: 'assessor', text: 'A-7' },
    { field: 'limits', text: 'Indoors only' },
    { field: 'qualification', text: 'ph-masonry-nc1' },
  ),
})

test('I60: another cell in any row is another hash, and an approval of the hash before is refused', async () => {
  await fc.assert(
    fc.asyncProperty(changes, async ({ line, cell }) => {
      here = await aBatchWorld()
      const { id } = await here.submit(rowsOf(50))
      const before = await close(id)
      await reopenBatch(asked(id), here.deps)
      const cells = [{ line, ...cell }]
      await amendAnswers({ ...asked(id), change: (answers) => ({ ...answers, cells }) }, here.deps)
      const { rows } = await previewBatch(asked(id), here.deps)
      expect(rows.every(({ input }) => input !== undefined)).toBe(true)
      const after = await close(id)
      expect(after).not.toBe(before)
      await expect(approve(id, before)).rejects.toMatchObject({ code: 'conflict' })
      expect(await approve(id, after)).toMatchObject({ state: 'running' })
    }),
    { numRuns: 12 },
  )
})

test('I60: the hash is about the sealed rows: others in their place, even of the same body, stop the batch and issue nothing', async () => {
  const { id } = await here.submit(rowsOf(50))
  const other = await here.submit(rowsOf(50, 101), 'other')
  const hash = await close(id)
  await close(other.id)
  const nameOf = async (batch: string) => {
    const [piece] = (await findBatch(BODY, batch, here.world.store))?.closed?.pieces ?? []
    if (piece === undefined) throw new Error('the batch is not closed')
    return piece.sealed.name
  }
  const bytes = here.uploads.files.get(await nameOf(other.id))
  if (bytes === undefined) throw new Error('the rows are not stored')
  await approve(id, hash)
  here.uploads.files.set(await nameOf(id), bytes)
  await here.deliver().catch(() => {})
  expect(here.world.store.events('issued')).toEqual([])
})

const refused = { code: 'four-eyes-required' }

test('I59, B008: who sent the file cannot approve it: not in another session, not after their roles changed, and not after another one closed it', async () => {
  const { store } = here.world
  const { id } = await here.submit(rowsOf(50))
  const officer = 'officer-3'
  await addMember(
    { owner: BODY, subject: officer, roles: ['issue', 'approve'], actor: 'registrar' },
    { store, now: later() },
  )
  const hash = await close(id, officer)
  // A new session is a new sign-in. The officer who closed the batch is one who made it.
  later()
  await expect(approve(id, hash, OFFICER)).rejects.toMatchObject(refused)
  await expect(approve(id, hash, officer)).rejects.toMatchObject(refused)
  await removeMember(
    { owner: BODY, subject: OFFICER, actor: 'registrar', mayLeaveFewer: true },
    { store, now: later() },
  )
  await addMember({ owner: BODY, subject: OFFICER, roles: ['approve'], actor: 'registrar' }, { store, now: later() })
  await expect(approve(id, hash, OFFICER)).rejects.toMatchObject(refused)
  // One who may not approve is not made an officer by having touched nothing.
  await addMember({ owner: BODY, subject: 'clerk', roles: ['issue'], actor: 'registrar' }, { store, now: later() })
  await expect(approve(id, hash, 'clerk')).rejects.toMatchObject(refused)
  expect(await approve(id, hash)).toMatchObject({ approvedBy: SECOND_OFFICER })
})
