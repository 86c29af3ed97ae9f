import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  MINUTE,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { readRecord } from '../certificates/read-record.ts'
import { changeStatus } from '../status/change-status.ts'
import { reinstateCertificate } from '../status/reinstate.ts'
import { revocation } from '../status/revoke.ts'
import { suspension } from '../status/suspend.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { IssueDeps } from './issue-deps.ts'
import { sweepReservations } from './sweep.ts'

/** Does what `suspendCertificateByAuthority` does after it checked the power. */
const suspend = (world: World, uuid: string, by: string | undefined = AUTHORITY) =>
  changeStatus(
    { issuer: BODY, uuid, actor: OFFICER },
    suspension({ reason: 'under-investigation', ...(by && { by }) }),
    world.at(after(SECOND)),
  )
const replacing = (world: World, replaces: string, deps: Partial<IssueDeps> = {}) =>
  world.issue({ replaces }, { key: 'second', deps: { now: after(2 * SECOND), ...deps } })
const stateOf = async (world: World, uuid: string) => readRecord(BODY, uuid, world.store)

describe('I27: a replacement cannot avoid a suspension or revocation', () => {
  test.each([
    ['the reservation', 'append', 2],
    ['the claim of its place', 'append', 3],
  ] as const)(
    'a suspension after %s refuses the request and abandons its reservation, and the former certificate stays suspended',
    async (_, method, call) => {
      const world = await aWorld()
      const { uuid } = await world.issue()
      const { port: store, waiting, release } = withFaults(world.store, [{ method, call, outcome: 'waits-after' }])
      const replaced = expect(replacing(world, uuid, { store })).rejects.toMatchObject({ code: 'conflict' })
      await waiting
      await suspend(world, uuid)
      release()
      await replaced
      expect(world.store.events('issued')).toHaveLength(1)
      expect(world.store.events('burned')).toHaveLength(1)
      expect(await stateOf(world, uuid)).toMatchObject({ state: 'suspended', by: AUTHORITY })
      // The same request sent again is refused at once.
      await expect(replacing(world, uuid)).rejects.toMatchObject({ code: 'conflict' })
    },
  )

  test('a suspension between the last check and the release passes on to the new certificate', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    // The commit `issued` of the new one is write 6: counted, reserved, place, number, look-alike, issued.
    const faulty = withFaults(world.store, [{ method: 'append', call: 6, outcome: 'waits-before' }])
    const replaced = replacing(world, uuid, { store: faulty.port })
    await faulty.waiting
    await suspend(world, uuid)
    faulty.release()
    const second = await replaced
    expect(await stateOf(world, uuid)).toMatchObject({ state: 'revoked', successor: second.uuid })
    expect(await stateOf(world, second.uuid)).toMatchObject({
      state: 'suspended',
      by: AUTHORITY,
      reason: 'under-investigation',
    })
    expect(await verifyDocument(second.verifiableCredential, world.verifying(after(MINUTE)))).toMatchObject({
      verdict: 'invalid',
    })
    await expect(
      reinstateCertificate({ issuer: BODY, uuid: second.uuid, actor: OFFICER }, world.at(after(MINUTE))),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  test('after a crash the same request or the sweeper passes the suspension on', async () => {
    for (const remedy of [
      async (world: World, uuid: string) => void (await replacing(world, uuid, { now: after(3 * SECOND) })),
      async (world: World) => void (await sweepReservations(world.at(after(6 * MINUTE)))),
    ]) {
      const world = await aWorld()
      const { uuid } = await world.issue()
      const { port: store } = withFaults(world.store, [{ method: 'append', call: 6, outcome: 'fails-after' }])
      await expect(replacing(world, uuid, { store })).rejects.toMatchObject({ code: 'dependency-unavailable' })
      await suspend(world, uuid)
      await remedy(world, uuid)
      const [successor] = world.store.events('issued').slice(1)
      const record = await stateOf(world, String(successor?.stream.split('/').at(-1)))
      expect(record).toMatchObject({ state: 'suspended', by: AUTHORITY })
    }
  })

  test('a suspension passes on once: if the authority lifted it, a repeated request does not suspend again', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    const { port: store } = withFaults(world.store, [{ method: 'append', call: 6, outcome: 'fails-after' }])
    await replacing(world, uuid, { store }).catch(() => undefined)
    await suspend(world, uuid)
    const second = await replacing(world, uuid)
    await changeStatus(
      { issuer: BODY, uuid: second.uuid, actor: OFFICER },
      ({ reservation }) => ({ type: 'reinstated', by: AUTHORITY, ...reservation.status }),
      world.at(after(MINUTE)),
    )
    await replacing(world, uuid)
    expect(await stateOf(world, second.uuid)).toMatchObject({ state: 'in-force' })
  })

  test('a suspension by the body must be lifted first, or a member who may only issue could end an investigation', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    await suspend(world, uuid, '')
    await expect(replacing(world, uuid)).rejects.toMatchObject({ code: 'conflict' })
    await reinstateCertificate({ issuer: BODY, uuid, actor: OFFICER }, world.at(after(SECOND)))
    expect(await stateOf(world, (await replacing(world, uuid)).uuid)).toMatchObject({ state: 'in-force' })
  })

  test.each([
    ['suspended', suspension({ reason: 'under-investigation' }), { state: 'suspended', reason: 'under-investigation' }],
    ['revoked', revocation({ reason: 'misconduct' }), { state: 'revoked', reason: 'misconduct' }],
  ] as const)(
    'if the certificate is %s by the body between the last check and the release, that passes on',
    async (_, change, expected) => {
      const world = await aWorld()
      const { uuid } = await world.issue()
      const faulty = withFaults(world.store, [{ method: 'append', call: 6, outcome: 'waits-before' }])
      const replaced = replacing(world, uuid, { store: faulty.port })
      await faulty.waiting
      await changeStatus({ issuer: BODY, uuid, actor: OFFICER }, change, world.at(after(SECOND)))
      faulty.release()
      const second = await replaced
      expect(await stateOf(world, uuid)).toMatchObject({ state: 'revoked' })
      expect(await stateOf(world, second.uuid)).toMatchObject(expected)
      await replacing(world, uuid)
      expect(world.store.events(expected.state)).toHaveLength(2)
      expect(await verifyDocument(second.verifiableCredential, world.verifying(after(MINUTE)))).toMatchObject({
        verdict: 'invalid',
      })
    },
  )

  test('a revocation while the new certificate is being signed refuses the request and abandons its reservation', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    const {
      port: store,
      waiting,
      release,
    } = withFaults(world.store, [{ method: 'append', call: 2, outcome: 'waits-after' }])
    const replaced = expect(replacing(world, uuid, { store })).rejects.toMatchObject({ code: 'validation-failed' })
    await waiting
    await changeStatus(
      { issuer: BODY, uuid, actor: OFFICER },
      revocation({ reason: 'misconduct' }),
      world.at(after(SECOND)),
    )
    release()
    await replaced
    expect(world.store.events('burned')).toHaveLength(1)
    expect(await stateOf(world, uuid)).toMatchObject({ state: 'revoked', reason: 'misconduct' })
  })
})
