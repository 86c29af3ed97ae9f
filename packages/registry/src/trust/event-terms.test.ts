import { expect, test } from 'vitest'
import { after, aWorld, BODY, MINUTE } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { termsOfEvents } from './event-terms.ts'
import { trustOf } from './reader.ts'

test('R-021: an accreditation, its amendment and its suspension name the right and the qualifications of their time', async () => {
  const world = await aWorld()
  const decisions = decisionsIn(world)
  await decisions.amend(BODY, 'demo-pqf', { scope: { qualifications: ['ph-masonry-nc2'] } }, after(MINUTE))
  await decisions.suspend(BODY, 'demo-pqf', {}, after(2 * MINUTE))
  const history = await trustOf(world.store)(BODY)
  const about = (type: string) => {
    const number = history.findIndex(({ events }) => events.some((event) => event.type === type))
    return termsOfEvents(history, number).filter((terms) => terms !== undefined)
  }
  const narrow = [{ right: 'issue', scope: { qualifications: ['ph-masonry-nc2'] } }]
  expect(about('accredited')).toMatchObject([
    { right: 'issue', scope: { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2'] } },
  ])
  expect(about('accreditation-amended')).toEqual(narrow)
  expect(about('accreditation-suspended')).toEqual(narrow)
  expect(about('key-added')).toEqual([])
  expect(termsOfEvents(history, 0)).toHaveLength(history[0]?.events.length ?? 0)
})
