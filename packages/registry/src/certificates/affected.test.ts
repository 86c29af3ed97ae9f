import { beforeEach, expect, test } from 'vitest'
import {
  after,
  aWorld,
  BODY,
  FROM,
  GRANT,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { listCertificates } from '../issuance/list-certificates.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { verifyDocument } from '../verification/verify.ts'
import { countAffected } from './affected.ts'

let world: World
beforeEach(async () => {
  world = await aWorld()
})
const count = (grant = GRANT, since?: Date) =>
  countAffected({ issuer: BODY, grant, ...(since && { since: since.toISOString() }) }, world)
const all = (number: number) => ({ affected: number, issuedUnder: number })
const issue = (certificateNumber: string) => world.issue({ certificateNumber }, { key: certificateNumber })

test('a withdrawal affects the certificates issued under the grant, without those that are revoked', async () => {
  expect(await count()).toEqual(all(0))
  const [first] = [await issue('A'), await issue('B'), await issue('C')]
  expect(await count()).toEqual(all(3))
  const change = { issuer: BODY, uuid: first.uuid, actor: OFFICER, reason: 'misconduct' } as const
  await revokeCertificate(change, world.at(after(SECOND)))
  expect(await count()).toEqual(all(2))
})

test('a change from a day on affects the certificates issued that day or later: exactly those whose verdict changes', async () => {
  const at = (now: Date, certificateNumber: string) =>
    world.issue({ certificateNumber }, { key: certificateNumber, deps: { now } })
  const documents = [await at(noon, 'A'), await at(after(MINUTE), 'B'), await at(after(2 * MINUTE), 'C')].map(
    ({ verifiableCredential }) => verifiableCredential,
  )
  // A certificate is issued with the commit after its reservation.
  const from = after(MINUTE + 1)
  expect(await count(GRANT, from)).toEqual({ affected: 2, issuedUnder: 3 })
  expect(await count(GRANT, after(MINUTE + 2))).toEqual({ affected: 1, issuedUnder: 3 })
  const later = after(5 * MINUTE)
  await decisionsIn(world).withdraw(BODY, 'demo-pqf', { effectiveAt: from.toISOString() }, later)
  const verdicts = documents.map((document) => verifyDocument(document, world.verifying(later)))
  expect((await Promise.all(verdicts)).map(({ verdict }) => verdict)).toEqual(['valid', 'invalid', 'invalid'])
  // After the withdrawal, its day is the default.
  expect(await count()).toEqual({ affected: 2, issuedUnder: 3 })
})

test('if several grants end together, a certificate below any of them is counted once', async () => {
  const given = decisionsIn(world)
  await issue('A')
  await issue('B')
  const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
  await given.grant(BODY, ['demo-pqf'], { grant: 'again', scope })
  await given.grant(BODY, ['demo-pqf'], { grant: 'tiles', scope: { qualifications: ['ph-tile-nc2'], places: ['PH'] } })
  await given.grant(BODY, ['demo-pqf'], { grant: 'assessing', right: 'assess', scope })
  const together = (grant: string, also: string[]) => countAffected({ issuer: BODY, grant, also }, world)
  expect(await together('tiles', [])).toEqual(all(0))
  expect(await together('tiles', ['tiles', GRANT])).toEqual(all(2))
  expect(await together(GRANT, ['again', 'tiles'])).toEqual(all(2))
  // Assessments under one of them are not counted, so there may be more.
  expect(await together(GRANT, ['assessing'])).toEqual({ ...all(2), atLeast: true })
})

test('a grant for another qualification, a later grant and an unused grant affect nothing', async () => {
  const given = decisionsIn(world)
  await issue('A')
  const from = after(MINUTE)
  await given.grant(BODY, ['demo-pqf'], { grant: 'tiles', scope: { qualifications: ['ph-tile-nc2'], places: ['PH'] } })
  await given.grant(BODY, ['demo-pqf'], { grant: 'later', effectiveAt: from.toISOString() }, from)
  await given.grant(BODY, ['demo-pqf'], { grant: 'centres', right: 'accredit' }, from)
  expect([await count('tiles'), await count('later'), await count('centres')]).toEqual([all(0), all(0), all(0)])
  await expect(count('none')).rejects.toMatchObject({ code: 'not-found' })
})

test('a limited search says that there may be more', async () => {
  for (const number of ['A', 'B', 'C']) await issue(number)
  const limited = (lookThrough: number) =>
    countAffected({ issuer: BODY, grant: GRANT, lookThrough }, { store: world.store })
  expect(await limited(2)).toEqual({ ...all(2), atLeast: true })
  expect(await limited(100)).toEqual(all(3))
})

test('the list of affected certificates is for members of the body, and contains no name', async () => {
  const { uuid } = await issue('A')
  await decisionsIn(world).withdraw(BODY, 'demo-pqf', { effectiveAt: after(SECOND).toISOString() }, after(MINUTE))
  await decisionsIn(world).grant(BODY, ['demo-pqf'], { grant: 'tiles', scope: { qualifications: ['ph-tile-nc2'] } })
  const list = (grant: string, subject = OFFICER, since: string | undefined = FROM) =>
    listCertificates(
      { issuer: BODY, subject, limit: 10, grant, ...(since && { since }) },
      { reader: world.store, secrets: world.keys },
    )
  const { certificates } = await list(GRANT)
  expect(certificates).toMatchObject([{ id: `urn:uuid:${uuid}`, certificateNumber: 'A', state: 'in-force' }])
  expect(JSON.stringify(certificates)).not.toContain('RODEL')
  expect((await list('tiles')).certificates).toEqual([])
  // The default is the day of the withdrawal.
  expect((await list(GRANT, OFFICER, '')).certificates).toEqual([])
  await expect(list(GRANT, 'stranger')).rejects.toMatchObject({ code: 'not-found' })
})
