import { expect, test } from 'vitest'
import { after, aWorld, BODY, MINUTE, noon, OFFICER } from '../../../../test/support/registry-world.ts'
import { holdCertificate } from './hold.ts'
import { listDue } from './list-due.ts'

test('the oldest come first, younger, held and other bodies’ certificates are left out, and only members see the list', async () => {
  const world = await aWorld()
  const uuids: string[] = []
  for (let number = 1; number <= 4; number++) {
    const deps = { now: after(number * MINUTE) }
    uuids.push((await world.issue({ certificateNumber: `N-${number}` }, { key: `key-${number}`, deps })).uuid)
  }
  const [first = '', second = '', third = ''] = uuids
  await holdCertificate(
    { issuer: BODY, uuid: second, actor: OFFICER, reason: 'legal-claim' },
    world.at(after(9 * MINUTE)),
  )
  const due = (before: Date, more: object = {}) =>
    listDue({ issuer: BODY, subject: OFFICER, before, limit: 10, ...more }, { reader: world.store })
  expect((await due(after(3.5 * MINUTE))).certificates.map(({ uuid }) => uuid)).toEqual([first, third])
  expect((await due(noon)).certificates).toEqual([])
  const page = await due(after(3.5 * MINUTE), { limit: 1 })
  expect(page.certificates.map(({ uuid }) => uuid)).toEqual([first])
  expect(page.next).toBeDefined()
  expect(JSON.stringify(await due(after(9 * MINUTE)))).not.toContain('N-1')
  await expect(due(noon, { subject: 'stranger' })).rejects.toMatchObject({ code: 'not-found' })
})
