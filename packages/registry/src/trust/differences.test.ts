import { expect, test } from 'vitest'
import { after, aWorld, BODY, GRANT, MINUTE } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { differencesOf } from './differences.ts'
import { trustOf } from './reader.ts'

test('R-021: an amendment is shown member by member, before and after', async () => {
  const world = await aWorld()
  const decisions = decisionsIn(world)
  const scope = {
    qualifications: ['ph-masonry-nc2'],
    levels: { from: 2, to: 2 },
    places: ['PH'],
    sites: ['yard', 'hall'],
  }
  for (const id of ['hall', 'yard']) await decisions.centre(id)
  await decisions.amend(BODY, 'demo-pqf', { scope, pilot: true, until: '2030-01-01T00:00:00.000Z' }, after(MINUTE))
  const history = await trustOf(world.store)(BODY)
  const number = history.length - 1
  expect(differencesOf(BODY, history, number)).toEqual([
    { grant: GRANT, member: 'qualifications', before: 'ph-masonry-nc1, ph-masonry-nc2', after: 'ph-masonry-nc2' },
    { grant: GRANT, member: 'levels', after: '2–2' },
    { grant: GRANT, member: 'sites', after: 'hall, yard' },
    { grant: GRANT, member: 'until', after: '2030-01-01T00:00:00.000Z' },
    { grant: GRANT, member: 'pilot', after: 'pilot' },
  ])
  await decisions.amend(BODY, 'demo-pqf', { scope: { qualifications: [] } }, after(2 * MINUTE))
  const later = await trustOf(world.store)(BODY)
  expect(differencesOf(BODY, later, number + 1).map(({ member, after: now }) => [member, now])).toEqual([
    ['qualifications', '∅'],
    ['levels', undefined],
    ['places', undefined],
    ['sites', undefined],
    ['until', undefined],
    ['pilot', undefined],
  ])
})

test('another kind of commit, or a missing one, shows no differences', async () => {
  const world = await aWorld()
  const history = await trustOf(world.store)(BODY)
  for (let number = -1; number <= history.length; number++) expect(differencesOf(BODY, history, number)).toEqual([])
})
