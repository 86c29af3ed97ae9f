import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  AUTHORITY,
  after,
  anInput,
  aWorld,
  BODY,
  FROM,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { approveAction, listActions, rejectAction } from '../decisions/decide-action.ts'
import { suspendCertificateByAuthority } from '../decisions/oversight.ts'
import { setBrake } from '../decisions/set-brake.ts'
import { issueCertificate, type Waiting } from '../issuance/issue.ts'
import type { Issued } from '../issuance/reopen.ts'
import { addMember } from '../trust/members.ts'
import type { PendingAction } from './pending-action.ts'
import { reinstateCertificate } from './reinstate.ts'
import { revokeCertificate } from './revoke.ts'
import { suspendCertificate } from './suspend.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SECOND_PERSON = 'second'
const error = { reason: 'issued-in-error' } as const
const inquiry = { reason: 'under-investigation' } as const

/** A body with a number of certificates, room for two an hour by default, and a second member who may approve. */
async function aBodyWith(certificates: number, room: number | 'usual' = 2) {
  const world = await aWorld()
  const uuids: string[] = []
  for (let number = 1; number <= certificates; number++)
    uuids.push((await world.issue({ certificateNumber: `N-${number}` }, { key: `key-${number}` })).uuid)
  const at = (moment: Date) => world.at(moment)
  if (room !== 'usual') await setBrake({ id: BODY, limit: room, basis: 'decision 9', actor: 'registrar' }, at(noon))
  await addMember({ owner: BODY, subject: SECOND_PERSON, roles: ['approve'], actor: 'registrar' }, at(noon))
  await addMember({ owner: BODY, subject: 'colleague', roles: ['status', 'approve'], actor: 'registrar' }, at(noon))
  const named = (place: number, actor = OFFICER) => ({ issuer: BODY, uuid: uuids[place] ?? '', actor })
  return {
    world,
    uuids,
    named,
    revoke: (place: number, moment: Date, actor?: string) =>
      revokeCertificate({ ...named(place, actor), ...error }, at(moment)),
    suspend: (place: number, moment: Date, actor?: string) =>
      suspendCertificate({ ...named(place, actor), ...inquiry }, at(moment)),
    approve: (waits: PendingAction | undefined, moment: Date, subject = SECOND_PERSON) =>
      approveAction({ owner: BODY, id: waits?.id ?? '', subject, signedInAt: moment }, at(moment)),
    reject: (waits: PendingAction | undefined, moment: Date, subject = SECOND_PERSON) =>
      rejectAction({ owner: BODY, id: waits?.id ?? '', subject, why: 'not these' }, at(moment)),
    list: async (moment: Date, subject = SECOND_PERSON) =>
      (await listActions({ owner: BODY, subject, limit: 50 }, at(moment))).actions,
  }
}
const ended = ({ store }: World) => [...store.events('revoked'), ...store.events('suspended')].length

describe('I72: the brake', () => {
  test('twenty an hour are done at once, the next one waits, and an hour after the first there is room again', async () => {
    const { world, revoke, suspend } = await aBodyWith(22, 'usual')
    for (let place = 0; place < 20; place++)
      expect(await (place % 2 ? revoke : suspend)(place, after(SECOND + place))).toMatchObject({ isChanged: true })
    const waits = await revoke(20, after(MINUTE))
    expect(waits).toMatchObject({
      record: { state: 'in-force' },
      isChanged: false,
      waits: { state: 'open', askedBy: OFFICER, action: { kind: 'revoke', reason: 'issued-in-error' } },
    })
    expect(ended(world)).toBe(20)
    expect((await revoke(21, after(HOUR))).waits).toBeDefined()
    // The hour of each action starts with that action, not with an hour of the clock.
    expect((await revoke(21, after(HOUR + 1.5 * SECOND))).isChanged).toBe(true)
  })

  test('U001: counts all members and both verbs together', async () => {
    const { revoke, suspend } = await aBodyWith(3)
    await revoke(0, after(SECOND))
    await suspend(1, after(2 * SECOND), 'colleague')
    expect((await suspend(2, after(3 * SECOND), 'colleague')).waits).toBeDefined()
    expect((await revoke(2, after(3 * SECOND))).waits).toBeDefined()
  })

  test('lifting a suspension gives no room back, and suspending again counts again', async () => {
    const { world, named, suspend } = await aBodyWith(2)
    await suspend(0, after(SECOND))
    await reinstateCertificate(named(0), world.at(after(2 * SECOND)))
    expect((await suspend(0, after(3 * SECOND))).isChanged).toBe(true)
    await reinstateCertificate(named(0), world.at(after(4 * SECOND)))
    expect((await suspend(0, after(5 * SECOND))).waits).toBeDefined()
  })

  test('a request that changes nothing takes no room, and a retry after a crash takes no second place', async () => {
    const { world, named, revoke } = await aBodyWith(3)
    // The second write is the change itself. The action is counted, and the change is lost.
    const { port } = withFaults(world.store, [{ method: 'append', call: 2, outcome: 'fails-before' }])
    const deps = { ...world.at(after(SECOND)), store: port }
    await expect(revokeCertificate({ ...named(0), ...error }, deps)).rejects.toThrow()
    for (const moment of [2, 3, 4]) expect((await revoke(0, after(moment * SECOND))).record.state).toBe('revoked')
    expect((await revoke(1, after(5 * SECOND))).isChanged).toBe(true)
    expect((await revoke(2, after(6 * SECOND))).waits).toBeDefined()
  })

  test('of thirty simultaneous actions only as many are done as there is room, in any order', async () => {
    const { world, revoke } = await aBodyWith(30, 7)
    const given = await Promise.all(Array.from({ length: 30 }, (_, place) => revoke(place, after(SECOND + place))))
    expect(given.filter(({ isChanged }) => isChanged)).toHaveLength(7)
    expect(given.filter(({ waits }) => waits?.state === 'open')).toHaveLength(23)
    expect(ended(world)).toBe(7)
  })

  test('with no room at all each action waits', async () => {
    const { revoke } = await aBodyWith(1, 0)
    expect((await revoke(0, after(SECOND))).waits).toBeDefined()
  })

  test('counts each body separately', async () => {
    const { world, revoke } = await aBodyWith(2, 1)
    await revoke(0, after(SECOND))
    expect((await revoke(1, after(SECOND))).waits).toBeDefined()
    expect(world.store.appended.filter(({ stream }) => stream.endsWith('/brake')).map(({ stream }) => stream)).toEqual([
      `${BODY}/brake`,
    ])
  })
})

describe('I72: a waiting action', () => {
  const oneWaits = async () => {
    const body = await aBodyWith(2, 1)
    await body.revoke(0, after(SECOND))
    const { waits } = await body.revoke(1, after(2 * SECOND))
    return { ...body, waits }
  }

  test('is carried out in the name of the first person when a second one approves, and the record names both', async () => {
    const { world, approve, waits, list, uuids } = await oneWaits()
    expect(await list(after(MINUTE))).toMatchObject([{ id: waits?.id, state: 'open' }])
    expect(await approve(waits, after(MINUTE))).toMatchObject({ state: 'carried-out', decidedBy: SECOND_PERSON })
    const [, last] = world.store.appended.filter(({ events }) =>
      events.some((event) => Object(event).type === 'revoked'),
    )
    expect(last).toMatchObject({
      stream: `${BODY}/certificate/${uuids[1]}`,
      actor: OFFICER,
      recordedAt: after(MINUTE).toISOString(),
      events: [{ reason: 'issued-in-error', pending: waits?.id, approvedBy: SECOND_PERSON }],
    })
    expect((await approve(waits, after(2 * MINUTE))).state).toBe('carried-out')
    expect(ended(world)).toBe(2)
  })

  test('I32: is not released by the member who asked, by a program, or by a person without the role', async () => {
    const { world, approve, waits } = await oneWaits()
    const id = waits?.id ?? ''
    await expect(approve(waits, after(MINUTE), OFFICER)).rejects.toMatchObject({ code: 'four-eyes-required' })
    await expect(approve(waits, after(MINUTE), 'stranger')).rejects.toMatchObject({ message: 'no such issuer' })
    const program = { owner: BODY, id, subject: SECOND_PERSON, signedInAt: undefined }
    await expect(approveAction(program, world.at(after(MINUTE)))).rejects.toMatchObject({
      code: 'fresh-sign-in-required',
    })
    expect(ended(world)).toBe(1)
  })

  test('is not released if the member who asked has lost the role', async () => {
    const { world, revoke, approve } = await aBodyWith(1, 0)
    const { waits } = await revoke(0, after(SECOND), 'colleague')
    await addMember({ owner: BODY, subject: 'colleague', roles: ['read'], actor: 'registrar' }, world.at(after(MINUTE)))
    await expect(approve(waits, after(MINUTE))).rejects.toMatchObject({ code: 'four-eyes-required' })
  })

  test('waits once, even if another member asks for it again', async () => {
    const { revoke, list, waits } = await oneWaits()
    const again = await revoke(1, after(3 * SECOND), 'colleague')
    expect(again.waits).toMatchObject({ id: waits?.id, askedBy: OFFICER })
    expect(await list(after(MINUTE))).toHaveLength(1)
  })

  test('is not carried out after it was rejected, and may be asked for again', async () => {
    const { world, approve, reject, revoke, waits, list } = await oneWaits()
    expect(await reject(waits, after(MINUTE))).toMatchObject({ state: 'rejected', why: 'not these' })
    await expect(approve(waits, after(MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    expect((await revoke(1, after(2 * MINUTE), 'colleague')).waits).toMatchObject({
      state: 'open',
      askedBy: 'colleague',
    })
    expect(await list(after(3 * MINUTE))).toHaveLength(1)
    expect(ended(world)).toBe(1)
  })

  test('is rejected by the member who asked or a member who may approve, and by no other', async () => {
    const { world, reject, waits } = await oneWaits()
    await addMember({ owner: BODY, subject: 'clerk', roles: ['status'], actor: 'registrar' }, world.at(noon))
    await expect(reject(waits, after(MINUTE), 'clerk')).rejects.toMatchObject({ code: 'not-found' })
    expect((await reject(waits, after(MINUTE), OFFICER)).state).toBe('rejected')
  })

  test('ends after thirty days, and may be asked for again', async () => {
    const { approve, waits, revoke, suspend } = await oneWaits()
    const later = after(30 * DAY + MINUTE)
    await expect(approve(waits, later)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('ended'),
    })
    // By then there is room again.
    expect([(await suspend(1, later)).isChanged, (await revoke(1, later)).waits?.state]).toEqual([true, 'open'])
  })

  test('is carried out only if the certificate has not changed since the request', async () => {
    const { world, named, suspend, approve } = await aBodyWith(2, 1)
    await suspend(0, after(SECOND))
    const { waits } = await suspend(1, after(2 * SECOND))
    expect((await suspend(1, after(HOUR + MINUTE))).isChanged).toBe(true)
    await reinstateCertificate(named(1), world.at(after(HOUR + 2 * MINUTE)))
    await expect(approve(waits, after(HOUR + 3 * MINUTE))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('ask again'),
    })
  })

  test('I50: continues where an interrupted approval stopped', async () => {
    const { world, waits, approve } = await oneWaits()
    // First the change itself is lost, then the record that it was carried out.
    for (const _ of ['change', 'note']) {
      const { port } = withFaults(world.store, [{ method: 'append', call: 2, outcome: 'fails-before' }])
      const request = { owner: BODY, id: waits?.id ?? '', subject: SECOND_PERSON, signedInAt: after(MINUTE) }
      await expect(approveAction(request, { ...world.at(after(MINUTE)), store: port })).rejects.toThrow()
    }
    expect((await approve(waits, after(MINUTE))).state).toBe('carried-out')
    expect(ended(world)).toBe(2)
  })

  test('fixes the successor when it is carried out, not when it is asked for', async () => {
    const { world, uuids, named, revoke, reject, approve } = await aBodyWith(3, 1)
    await revoke(0, after(SECOND))
    const supersede = (place: number, successor: number) =>
      revokeCertificate(
        { ...named(place), reason: 'superseded', successor: uuids[successor] ?? '' },
        world.at(after(2 * SECOND)),
      )
    await reject((await supersede(1, 2)).waits, after(MINUTE))
    const { waits } = await supersede(2, 1)
    expect((await approve(waits, after(2 * MINUTE))).state).toBe('carried-out')
    expect(world.store.events('revoked').at(-1)).toMatchObject({ successor: uuids[1], reason: 'superseded' })
  })
})

const [FIRST, OTHER] = ['officer-1', 'officer-2']
const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }

describe('I72: issuing a replacement ends a certificate', () => {
  const replacing = (world: World, replaces: string, key: string, moment: Date) =>
    issueCertificate(
      { issuer: BODY, subject: OFFICER, idempotencyKey: key, input: anInput({ replaces, certificateNumber: key }) },
      { ...world.issuing, now: moment },
    )
  const waitsIn = (answer: Issued | Waiting) => ('waits' in answer ? answer.waits : undefined)

  test('U003: it counts; beyond the limit nothing is reserved, and the same request continues after a second person approved', async () => {
    const { world, uuids, approve, list } = await aBodyWith(2, 1)
    const [first = '', second = ''] = uuids
    expect(waitsIn(await replacing(world, first, 'new-1', after(SECOND)))).toBeUndefined()
    const reserved = world.store.events('reserved').length
    const waits = waitsIn(await replacing(world, second, 'new-2', after(2 * SECOND)))
    expect(waits).toMatchObject({ state: 'open', action: { kind: 'replace', certificate: second } })
    expect(world.store.events('reserved')).toHaveLength(reserved)
    // The waiting action contains nothing about the new certificate.
    expect(JSON.stringify(waits)).not.toContain('new-2')

    expect((await approve(waits, after(MINUTE))).state).toBe('approved')
    expect(waitsIn(await replacing(world, second, 'new-2', after(2 * MINUTE)))).toBeUndefined()
    expect(ended(world)).toBe(2)
    expect(await list(after(3 * MINUTE))).toMatchObject([{ state: 'carried-out', decidedBy: SECOND_PERSON }])
    // The approval covered this certificate only.
    const again = replacing(world, second, 'new-3', after(4 * MINUTE))
    await expect(again).rejects.toMatchObject({ code: 'validation-failed' })
  })

  test('it counts once, even if the same request is sent several times', async () => {
    const { world, uuids, revoke } = await aBodyWith(2, 2)
    for (const moment of [1, 2, 3]) await replacing(world, uuids[0] ?? '', 'new-1', after(moment * SECOND))
    expect((await revoke(1, after(4 * SECOND))).isChanged).toBe(true)
  })
})

describe('I72: an authority that ends certificates of a body', () => {
  async function anAuthority() {
    const body = await aBodyWith(3, 1)
    const { world, uuids } = body
    for (const subject of [FIRST, OTHER])
      await addMember(
        { owner: AUTHORITY, subject, roles: ['propose', 'approve'], actor: 'registrar' },
        { store: world.store, now: noon },
      )
    await decisionsIn(world).amend(BODY, AUTHORITY, { scope, mayChangeStatus: true, effectiveAt: FROM })
    await setBrake({ id: AUTHORITY, limit: 1, basis: 'decision 9', actor: 'registrar' }, world.at(noon))
    const suspend = (place: number, moment: Date, subject = FIRST) =>
      suspendCertificateByAuthority(
        { authority: AUTHORITY, issuer: BODY, uuid: uuids[place] ?? '', subject, reason: 'under-investigation' },
        world.at(moment),
      )
    return { ...body, suspend }
  }

  test('has its own limit over all its officers and bodies, and another of its officers releases a waiting action', async () => {
    const { world, suspend, revoke } = await anAuthority()
    expect((await suspend(0, after(SECOND))).isChanged).toBe(true)
    // Neither takes room from the other.
    expect((await revoke(2, after(SECOND))).isChanged).toBe(true)
    const { waits } = await suspend(1, after(2 * SECOND), OTHER)
    expect(waits).toMatchObject({ owner: AUTHORITY, state: 'open' })
    const release = (subject: string) =>
      approveAction(
        { owner: AUTHORITY, id: waits?.id ?? '', subject, signedInAt: after(MINUTE) },
        world.at(after(MINUTE)),
      )
    await expect(release(OTHER)).rejects.toMatchObject({ code: 'four-eyes-required' })
    // A member of the body cannot release it.
    await expect(release(SECOND_PERSON)).rejects.toMatchObject({ code: 'not-found' })
    expect((await release(FIRST)).state).toBe('carried-out')
    expect(world.store.events('suspended').at(-1)).toMatchObject({ by: AUTHORITY, approvedBy: FIRST })
  })

  test('releases nothing after it lost the power over the certificates', async () => {
    const { world, suspend } = await anAuthority()
    await suspend(0, after(SECOND))
    const { waits } = await suspend(1, after(2 * SECOND))
    await decisionsIn(world).amend(BODY, AUTHORITY, { scope, effectiveAt: FROM }, after(3 * SECOND))
    const request = { owner: AUTHORITY, id: waits?.id ?? '', subject: OTHER, signedInAt: after(MINUTE) }
    await expect(approveAction(request, world.at(after(MINUTE)))).rejects.toMatchObject({ code: 'not-found' })
    expect(world.store.events('suspended')).toHaveLength(1)
  })
})
