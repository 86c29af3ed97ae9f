import { describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  aBody,
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
import { approveAction } from '../decisions/decide-action.ts'
import { suspendCertificateByAuthority } from '../decisions/oversight.ts'
import { setBrake } from '../decisions/set-brake.ts'
import { addMember } from '../trust/members.ts'
import { revokeCertificate } from './revoke.ts'

const HOUR = 60 * MINUTE
const OTHER_BODY = 'demo-other'
/** A clerk of the body who is also an officer of its authority, and an officer of the authority only. */
const [BOTH, ALONE] = ['both', 'officer-2']
const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }

/** Two bodies under an authority that kept the power over their certificates, with `room` certificates an hour for each owner. */
async function twoNames({ certificates, room }: { certificates: number; room: number }) {
  const world = await aWorld()
  await aBody(OTHER_BODY, world)
  const members = [
    { owner: BODY, subject: BOTH, roles: ['status'] },
    { owner: AUTHORITY, subject: BOTH, roles: ['propose', 'approve'] },
    { owner: AUTHORITY, subject: ALONE, roles: ['propose', 'approve'] },
  ] as const
  for (const member of members) await addMember({ ...member, actor: 'registrar' }, world.at(noon))
  const uuids: Record<string, string[]> = { [BODY]: [], [OTHER_BODY]: [] }
  for (const issuer of [BODY, OTHER_BODY]) {
    await decisionsIn(world).amend(issuer, AUTHORITY, { scope, mayChangeStatus: true, effectiveAt: FROM })
    for (let number = 0; number < certificates; number++) {
      const issued = await world.issue({ certificateNumber: `N-${number}` }, { key: `key-${number}`, issuer })
      uuids[issuer]?.push(issued.uuid)
    }
  }
  for (const id of [BODY, AUTHORITY])
    await setBrake({ id, limit: room, basis: 'decision 9', actor: 'registrar' }, world.at(noon))
  return {
    world,
    asBody: (place: number, moment: Date, actor = BOTH) =>
      revokeCertificate(
        { issuer: BODY, uuid: uuids[BODY]?.[place] ?? '', actor, reason: 'misconduct' },
        world.at(moment),
      ),
    asAuthority: (place: number, moment: Date, { issuer = BODY, subject = BOTH } = {}) =>
      suspendCertificateByAuthority(
        { authority: AUTHORITY, issuer, uuid: uuids[issuer]?.[place] ?? '', subject, reason: 'under-investigation' },
        world.at(moment),
      ),
    countedIn: () => new Set(world.store.appended.map(({ stream }) => stream).filter((one) => /brake/.test(one))),
  }
}

describe('I72, U002: a person cannot avoid the brake through the authority', () => {
  test('one officer who suspends certificates of several bodies has the room of the authority, and not one for each body', async () => {
    const { asAuthority } = await twoNames({ certificates: 2, room: 2 })
    expect((await asAuthority(0, after(SECOND), { subject: ALONE })).isChanged).toBe(true)
    expect((await asAuthority(0, after(SECOND), { issuer: OTHER_BODY, subject: ALONE })).isChanged).toBe(true)
    expect((await asAuthority(1, after(2 * SECOND), { issuer: OTHER_BODY, subject: ALONE })).waits).toBeDefined()
  })

  test('a member of both who splits actions between the two names has one hour over both', async () => {
    const { world, asBody, asAuthority } = await twoNames({ certificates: 6, room: 4 })
    for (const place of [0, 1]) expect((await asBody(place, after(SECOND))).isChanged).toBe(true)
    for (const place of [2, 3]) expect((await asAuthority(place, after(2 * SECOND))).isChanged).toBe(true)
    // Each owner has room for two more. This person has none, in either name.
    const waits = [(await asBody(4, after(MINUTE))).waits, (await asAuthority(5, after(MINUTE))).waits]
    expect(waits.map((one) => [one?.owner, one?.state])).toEqual([
      [BODY, 'open'],
      [AUTHORITY, 'open'],
    ])
    // Other members still use the room that is left.
    expect((await asBody(4, after(2 * MINUTE), OFFICER)).isChanged).toBe(true)
    // A second person releases what waits, and an hour after the first there is room again.
    const release = { owner: AUTHORITY, id: waits[1]?.id ?? '', subject: ALONE, signedInAt: after(3 * MINUTE) }
    expect((await approveAction(release, world.at(after(3 * MINUTE)))).state).toBe('carried-out')
    expect((await asAuthority(0, after(HOUR + 2 * SECOND), { issuer: OTHER_BODY })).isChanged).toBe(true)
  })

  test('the limit is that of the owner in whose name the next action is done', async () => {
    const { world, asBody, asAuthority } = await twoNames({ certificates: 5, room: 2 })
    await setBrake({ id: BODY, limit: 4, basis: 'decision 10', actor: 'registrar' }, world.at(after(1)))
    for (const place of [0, 1, 2]) expect((await asBody(place, after(SECOND))).isChanged).toBe(true)
    expect((await asAuthority(3, after(MINUTE))).waits).toBeDefined()
    expect((await asBody(3, after(MINUTE))).isChanged).toBe(true)
    expect((await asBody(4, after(MINUTE))).waits).toBeDefined()
  })

  test('of many simultaneous actions in two names only as many are done as one person has room', async () => {
    const { world, asBody, asAuthority } = await twoNames({ certificates: 12, room: 3 })
    const given = await Promise.all(
      Array.from({ length: 12 }, (_, place) => (place % 2 ? asBody : asAuthority)(place, after(SECOND + place))),
    )
    expect(given.filter(({ isChanged }) => isChanged)).toHaveLength(3)
    expect(given.filter(({ waits }) => waits?.state === 'open')).toHaveLength(9)
    expect([...world.store.events('revoked'), ...world.store.events('suspended')]).toHaveLength(3)
  })

  test('a person who acts in one name only is counted only there, without a second write', async () => {
    const { asAuthority, asBody, countedIn } = await twoNames({ certificates: 2, room: 2 })
    await asAuthority(0, after(SECOND), { subject: ALONE })
    expect(countedIn()).toEqual(new Set([`${AUTHORITY}/brake`]))
    await asBody(1, after(SECOND))
    expect(countedIn()).toEqual(new Set([`${AUTHORITY}/brake`, `registry/brake:${BOTH}`, `${BODY}/brake`]))
  })
})
