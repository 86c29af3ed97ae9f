import { beforeEach, expect, test } from 'vitest'
import {
  after,
  aWorld,
  BODY,
  GRANT,
  MINUTE,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { listCertificates } from '../issuance/list-certificates.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { countAffected } from './affected.ts'

let world: World
beforeEach(async () => {
  world = await aWorld()
})
const count = (grant = GRANT) => countAffected({ issuer: BODY, grant }, world)
const issue = (certificateNumber: string) => world.issue({ certificateNumber }, { key: certificateNumber })

test('a withdrawal touches what was issued under the grant and is not revoked, by count', async () => {
  expect(await count()).toEqual({ affected: 0 })
  const [first] = [await issue('A'), await issue('B'), await issue('C')]
  expect(await count()).toEqual({ affected: 3 })
  const change = { issuer: BODY, uuid: first.uuid, actor: OFFICER, reason: 'misconduct' } as const
  await revokeCertificate(change, world.at(after(SECOND)))
  expect(await count()).toEqual({ affected: 2 })
})

test('a grant for something else, one that began later, and one of another right touch none', async () => {
  const given = decisionsIn(world)
  await issue('A')
  const from = after(MINUTE)
  await given.grant(BODY, ['demo-pqf'], { grant: 'tiles', scope: { qualifications: ['ph-tile-nc2'], places: ['PH'] } })
  await given.grant(BODY, ['demo-pqf'], { grant: 'later', effectiveAt: from.toISOString() }, from)
  await given.grant(BODY, ['demo-pqf'], { grant: 'centres', right: 'accredit' }, from)
  expect([await count('tiles'), await count('later'), await count('centres')]).toEqual([
    { affected: 0 },
    { affected: 0 },
    undefined,
  ])
  await expect(count('none')).rejects.toMatchObject({ code: 'not-found' })
})

test('whoever looks through less is told that there may be more', async () => {
  for (const number of ['A', 'B', 'C']) await issue(number)
  const limited = (lookThrough: number) =>
    countAffected({ issuer: BODY, grant: GRANT, lookThrough }, { store: world.store })
  expect(await limited(2)).toEqual({ affected: 2, atLeast: true })
  expect(await limited(100)).toEqual({ affected: 3 })
})

test('the list of them is for members of the body, and names nobody', async () => {
  const { uuid } = await issue('A')
  await decisionsIn(world).withdraw(BODY, 'demo-pqf', {}, after(MINUTE))
  await decisionsIn(world).grant(BODY, ['demo-pqf'], { grant: 'tiles', scope: { qualifications: ['ph-tile-nc2'] } })
  const list = (grant: string, subject = OFFICER) =>
    listCertificates({ issuer: BODY, subject, limit: 10, grant }, { reader: world.store, secrets: world.keys })
  const { certificates } = await list(GRANT)
  expect(certificates).toMatchObject([{ id: `urn:uuid:${uuid}`, certificateNumber: 'A', state: 'in-force' }])
  expect(JSON.stringify(certificates)).not.toContain('RODEL')
  expect((await list('tiles')).certificates).toEqual([])
  await expect(list(GRANT, 'stranger')).rejects.toMatchObject({ code: 'not-found' })
})
