import { expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  FROM,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { retireKey, suspendKey } from '../decisions/keys.ts'
import { addMember } from '../trust/members.ts'

test('F12: a suspension at any level above the body, while the key signs, counts, and the reservation is abandoned', async () => {
  const world = await aWorld()
  const is = decisionsIn(world)
  const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
  await is.authority('demo-mid')
  await is.grant('demo-mid', [AUTHORITY], { right: 'accredit', scope })
  await is.body('demo-below')
  await is.grant('demo-below', ['demo-mid'], { scope })
  await addMember(
    { owner: 'demo-below', subject: OFFICER, roles: ['issue'], actor: 'registrar' },
    { store: world.store, now: new Date(FROM) },
  )
  world.keys.beforeSigning = () => is.suspend('demo-mid', AUTHORITY, {}, after(SECOND))
  await expect(world.issue({}, { issuer: 'demo-below' })).rejects.toMatchObject({ code: 'issuer-suspended' })
  expect(world.store.events('issued')).toHaveLength(0)
  expect(world.store.events('burned')).toHaveLength(1)
})

test('an issued certificate is still answered when no key of the body may sign any more', async () => {
  const world = await aWorld()
  const first = await world.issue()
  await retireKey({ id: BODY, kid: 'certificates-1', actor: 'officer' }, world.at(after(SECOND)))
  const again = await world.issue({}, { deps: { now: after(MINUTE) } })
  expect(again).toMatchObject({ uuid: first.uuid, verifiableCredential: first.verifiableCredential })
  const other = world.issue({ certificateNumber: 'new' }, { key: 'new', deps: { now: after(MINUTE) } })
  await expect(other).rejects.toMatchObject({ code: 'dependency-unavailable' })
})

test('an issued certificate is still answered if its key is suspended right afterwards', async () => {
  const world = await aWorld()
  const first = await world.issue()
  await suspendKey({ id: BODY, kid: 'certificates-1', actor: 'officer' }, world.at(noon))
  expect((await world.issue({}, { deps: { now: after(MINUTE) } })).uuid).toBe(first.uuid)
})
