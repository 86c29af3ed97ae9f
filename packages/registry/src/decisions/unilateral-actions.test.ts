import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  FROM,
  GRANT,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { addMember } from '../trust/members.ts'
import { accredit } from './accredit.ts'
import { suspendAllByOfficer, suspendByOfficer, suspendKeyByOfficer } from './unilateral-actions.ts'

const DAY = 24 * 60 * MINUTE
const moment = noon.toISOString()
const alone = { authority: AUTHORITY, subject: 'officer-1' }

let world: World
beforeEach(async () => {
  world = await aWorld()
  const officer = { owner: AUTHORITY, subject: alone.subject, actor: 'registrar' }
  await addMember({ ...officer, roles: ['propose', 'approve'] }, { store: world.store, now: new Date(FROM) })
})

test('one officer alone may suspend a body at once: all of its grants are suspended', async () => {
  const is = decisionsIn(world)
  const more = {
    grantee: BODY,
    right: 'issue',
    scope: { qualifications: ['ph-masonry-nc2'], places: ['PH'] },
  } as const
  const deps = { ...world.at(after(-MINUTE)), policy: { demonstration: true } }
  for (const [grant, effectiveAt] of [
    ['renewal', FROM],
    ['to-come', after(DAY).toISOString()],
  ] as const)
    await accredit({ ...more, grant, grantors: [AUTHORITY], actor: 'a', basis: 'decision 8', effectiveAt }, deps)
  const request = { ...alone, grantee: BODY, grant: GRANT, basis: 'complaint' }
  expect(await suspendAllByOfficer(request, world.at(noon))).toEqual([GRANT, 'renewal', 'to-come'])
  for (const at of [moment, after(2 * DAY).toISOString()])
    expect(await is.ask(BODY, { effective: at, recorded: at })).toMatchObject({ standing: 'suspended' })
  await expect(world.issue({}, { deps: { now: after(SECOND) } })).rejects.toMatchObject({ code: 'issuer-suspended' })
})

test('one officer alone may suspend a body, including grants that a decided lift or new terms would bring back later', async () => {
  const is = decisionsIn(world)
  const lifted = { effectiveAt: after(DAY).toISOString(), grant: GRANT }
  await is.suspend(BODY, AUTHORITY, { grant: GRANT }, after(-2 * MINUTE))
  await is.lift(BODY, AUTHORITY, lifted, after(-MINUTE))
  const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
  await is.grant(BODY, [AUTHORITY], { grant: 'past', scope, until: after(-DAY).toISOString() })
  await is.amend(BODY, AUTHORITY, { grant: 'past', scope, effectiveAt: after(DAY).toISOString() }, after(-MINUTE))
  await is.grant(BODY, [AUTHORITY], { grant: 'over', scope, until: after(-DAY).toISOString() })
  const request = { ...alone, grantee: BODY, grant: GRANT, basis: 'complaint' }
  expect(await suspendAllByOfficer(request, world.at(noon))).toEqual([GRANT, 'past'])
  const at = after(2 * DAY).toISOString()
  expect(await is.ask(BODY, { effective: at, recorded: at })).toMatchObject({ standing: 'suspended' })
})

test('one officer alone may suspend one accreditation at once', async () => {
  await suspendByOfficer({ ...alone, grantee: BODY, grant: GRANT, basis: 'complaint' }, world.at(noon))
  expect(await decisionsIn(world).ask(BODY)).toMatchObject({ standing: 'suspended', since: moment })
  await expect(world.issue({}, { deps: { now: after(SECOND) } })).rejects.toMatchObject({ code: 'issuer-suspended' })
})

test('one officer alone may suspend a key at once', async () => {
  await suspendKeyByOfficer({ ...alone, issuer: BODY, kid: 'certificates-1' }, world.at(noon))
  await expect(world.issue({}, { deps: { now: after(SECOND) } })).rejects.toMatchObject({
    code: 'dependency-unavailable',
  })
})

test('an officer of another authority, or without the role, may suspend nothing', async () => {
  const is = decisionsIn(world)
  await is.authority('foreign', 'TH')
  await is.body('theirs', 'TH')
  await is.grant('theirs', ['foreign'])
  const refused = { code: 'not-found' }
  await expect(
    suspendByOfficer({ ...alone, grantee: 'theirs', grant: 'main', basis: 'x' }, world.at(noon)),
  ).rejects.toMatchObject(refused)
  await expect(
    suspendKeyByOfficer({ ...alone, issuer: 'theirs', kid: 'certificates-1' }, world.at(noon)),
  ).rejects.toMatchObject(refused)
  await expect(
    suspendByOfficer({ ...alone, subject: 'nobody', grantee: BODY, grant: GRANT, basis: 'x' }, world.at(noon)),
  ).rejects.toMatchObject(refused)
  await expect(
    suspendKeyByOfficer({ ...alone, subject: 'nobody', issuer: BODY, kid: 'certificates-1' }, world.at(noon)),
  ).rejects.toMatchObject(refused)
})

describe('I72, U002: one officer alone suspends twenty accreditations and keys in an hour', () => {
  const [FIRST, OTHER] = ['officer-1', 'officer-2']
  const HOUR = 60 * MINUTE
  const grants = Array.from({ length: 22 }, (_, number) => `grant-${number}`)
  const suspend = (place: number, at: Date, subject = FIRST) =>
    suspendByOfficer(
      { authority: AUTHORITY, subject, grantee: BODY, grant: grants[place] ?? '', basis: 'complaint' },
      world.at(at),
    )
  const suspendKey = (at: Date, subject = FIRST) =>
    suspendKeyByOfficer({ authority: AUTHORITY, subject, issuer: BODY, kid: 'certificates-1' }, world.at(at))
  const suspended = () => world.store.events('accreditation-suspended').length
  const full = { code: 'member-limit-reached', message: expect.stringContaining('Suspend the whole body in one step') }

  beforeEach(async () => {
    const officer = { owner: AUTHORITY, subject: OTHER, actor: 'registrar' }
    await addMember({ ...officer, roles: ['propose', 'approve'] }, { store: world.store, now: new Date(FROM) })
    for (const grant of grants)
      await decisionsIn(world).grant(BODY, [AUTHORITY], { grant, scope: { qualifications: ['ph-masonry-nc2'] } })
    for (let place = 0; place < 20; place++) await suspend(place, after(SECOND * place))
  })

  test('the next one is refused, the message says what to do, and nothing changes', async () => {
    const before = world.store.appended.length
    await expect(suspend(20, after(MINUTE))).rejects.toMatchObject({ ...full, retryAfter: 59 * 60 })
    await expect(suspendKey(after(MINUTE))).rejects.toMatchObject(full)
    expect(world.store.appended.length).toBe(before)
  })

  test('the whole body can still be suspended in one action', async () => {
    const request = { authority: AUTHORITY, subject: FIRST, grantee: BODY, grant: GRANT, basis: 'complaint' }
    expect(await suspendAllByOfficer(request, world.at(after(MINUTE)))).toEqual([GRANT, 'grant-20', 'grant-21'])
  })

  test('another officer can still suspend, and an hour after the first suspension the same officer can again', async () => {
    await suspendKey(after(MINUTE), OTHER)
    await suspend(20, after(MINUTE), OTHER)
    await suspend(21, after(HOUR))
    expect(suspended()).toBe(22)
  })

  test('a request that is refused or changes nothing does not count', async () => {
    const late = after(HOUR + MINUTE)
    await suspendKey(late, OTHER)
    for (let round = 0; round < 21; round++) {
      await suspendKey(late)
      await expect(
        suspendByOfficer(
          { authority: AUTHORITY, subject: FIRST, grantee: BODY, grant: 'none', basis: 'complaint' },
          world.at(late),
        ),
      ).rejects.toMatchObject({ code: 'not-found' })
    }
    await suspend(20, late)
    expect(suspended()).toBe(21)
  })

  test('of two requests at once for the last place, one is refused', async () => {
    const late = after(HOUR)
    // The place of the first suspension is free again.
    const both = await Promise.allSettled([suspend(20, late), suspend(21, late)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(suspended()).toBe(21)
  })
})

test('F12: a suspension between signing and release abandons the signed certificate', async () => {
  const {
    port: signer,
    waiting,
    release,
  } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'waits-after' }])
  const issuing = world.issue({}, { deps: { signer } })
  const refused = expect(issuing).rejects.toMatchObject({ code: 'issuer-suspended' })
  await waiting
  await suspendByOfficer({ ...alone, grantee: BODY, grant: GRANT, basis: 'complaint' }, world.at(noon))
  release()
  await refused
  expect(world.store.events('burned')).toHaveLength(1)
  expect(world.store.events('issued')).toHaveLength(0)
})
