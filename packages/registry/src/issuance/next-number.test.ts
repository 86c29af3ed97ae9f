import { expect, test } from 'vitest'
import { after, aWorld, BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { numberAfter, proposeNumber } from './next-number.ts'

test.each([
  ['26-MAS2-000001', '26-MAS2-000002'],
  ['26-MAS2-000099', '26-MAS2-000100'],
  ['N9', 'N10'],
  ['7', '8'],
  ['ก-๑๒', undefined],
  ['26/A', undefined],
  [`A${'9'.repeat(16)}`, undefined],
])('after %s comes %s', (number, next) => {
  expect(numberAfter(number)).toBe(next)
})

test('the number after the last certificate of the qualification is proposed, to members who may issue', async () => {
  const world = await aWorld()
  const deps = { reader: world.store, secrets: world.keys }
  const asked = { issuer: BODY, subject: OFFICER, qualification: 'ph-masonry-nc2' }
  expect(await proposeNumber(asked, deps)).toBeUndefined()
  await world.issue({ certificateNumber: '26-MAS2-000041' })
  await world.issue({ certificateNumber: '26-MAS2-000007' }, { key: 'second', deps: { now: after(MINUTE) } })
  expect(await proposeNumber(asked, deps)).toBe('26-MAS2-000008')
  expect(await proposeNumber({ ...asked, qualification: 'ph-other' }, deps)).toBeUndefined()
  await expect(proposeNumber({ ...asked, subject: 'somebody' }, deps)).rejects.toMatchObject({ code: 'not-found' })
})
