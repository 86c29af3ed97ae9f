import { revokeCertificate, suspendCertificate } from '@sijil/registry/status'
import { addMember } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, FROM, MINUTE, noon, OFFICER } from '../../../../test/support/registry-world.ts'
import { sampleChain } from '../../../../test/support/sample-chain.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { bodyNumbers, endingSoon } from './body-numbers.ts'
import { requireMemberAt } from './office.ts'

const DAY = 24 * 60 * MINUTE
const dayAfter = (days: number) => after(days * DAY).toISOString()

test('the first page of a body counts what was issued in thirty days and what is in force, for those who may read it', async () => {
  const world = await aWorld()
  const uuids: string[] = []
  for (const [at, days] of [0, 20, 40, 41, 42].entries()) {
    const how = { key: `k${at}`, deps: { now: after(days * DAY) } }
    uuids.push((await world.issue({ certificateNumber: `N-${at}` }, how)).uuid)
  }
  const deps = world.at(after(45 * DAY))
  const change = (at: number) => ({ issuer: BODY, uuid: uuids[at] as string, actor: OFFICER })
  await suspendCertificate({ ...change(1), reason: 'holder-request' }, deps)
  await revokeCertificate({ ...change(2), reason: 'misconduct' }, deps)
  const numbersOf = async (subject: string) => bodyNumbers(await requireMemberAt(BODY, subject, deps), subject, deps)
  expect(await numbersOf(OFFICER)).toEqual({
    inForce: { count: 3, isMore: false },
    issued: { count: 4, isMore: false },
  })
  await addMember({ owner: BODY, subject: 'clerk', roles: ['issue'], actor: 'registrar' }, deps)
  expect(await numbersOf('clerk')).toEqual({})
})

test('and names the accreditations that end within ninety days, the first to end first', async () => {
  const world = await aWorld()
  const decide = decisionsIn(world)
  const scope = { qualifications: ['ph-masonry-nc1'], places: ['PH'] }
  for (const [grant, days] of Object.entries({ late: 91, soon: 89, over: -1, first: 10 }))
    await decide.grant(BODY, [AUTHORITY], { grant, scope, until: dayAfter(days) }, new Date(FROM))
  const endsAt = async (now: Date) => {
    const deps = world.at(now)
    const { grants, keys, cannotSign } = await endingSoon(await requireMemberAt(BODY, OFFICER, deps), deps)
    return [grants.map(({ until, by }) => [until, by.name]), keys, cannotSign]
  }
  expect(await endsAt(noon)).toEqual([
    [
      [dayAfter(10), 'PQF NCC'],
      [dayAfter(89), 'PQF NCC'],
    ],
    [],
    false,
  ])
  expect(await endsAt(after(92 * DAY))).toEqual([[], [], false])
})

test('and names the keys whose X.509 certificate ends within ninety days', async () => {
  const world = await aWorld()
  const office = await requireMemberAt(BODY, OFFICER, world.at(noon))
  const certified = office.authority.keys.map((key) =>
    key.purpose === 'certificates' ? { ...key, x5c: sampleChain } : key,
  )
  const own = { ...office, authority: { ...office.authority, keys: certified } }
  const end = new Date('2126-10-31T22:28:51Z')
  const keysAt = async (days: number) =>
    (await endingSoon(own, world.at(new Date(end.getTime() - days * DAY)))).keys.map(({ kid, until }) => [kid, until])
  expect(await keysAt(91)).toEqual([])
  expect(await keysAt(89)).toEqual([['certificates-1', end.toISOString()]])
  expect(await keysAt(-1)).toEqual([])
})
