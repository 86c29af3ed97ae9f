import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  AUTHORITY,
  aBody,
  after,
  aWorld,
  BODY,
  GRANT,
  MINUTE,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { liftSuspension, suspendAccreditation } from '../decisions/accredit.ts'
import { sweepReservations } from '../issuance/sweep.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { suspendCertificate } from '../status/suspend.ts'
import { type CommitStore, readingOf } from '../stream.ts'
import { readRecord } from './read-record.ts'

const again = { key: 'key-2' }
const change = (uuid: string) => ({ issuer: BODY, uuid, actor: OFFICER })
const inUseBy = (uuid: string) => ({
  code: 'conflict',
  message: expect.stringContaining(`urn:uuid:${uuid}`),
  faults: [{ pointer: '/certificateNumber', detail: `in use by urn:uuid:${uuid}` }],
})
const stateOf = async (uuid: string, { store }: World) => (await readRecord(BODY, uuid, store))?.state

describe('the replacement of a certificate', () => {
  const corrected = (replaces: string, certificateNumber: string) => ({ replaces, certificateNumber })

  test('is reserved for one certificate, even if two requests with different numbers arrive at once', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    const both = await Promise.allSettled([
      world.issue(corrected(uuid, '26-MAS2-000002'), { key: 'key-2' }),
      world.issue(corrected(uuid, '26-MAS2-000003'), { key: 'key-3' }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [refused] = both.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refused).toMatchObject({ code: expect.stringMatching(/conflict|in-progress|validation-failed/) })
    expect(await stateOf(uuid, world)).toBe('revoked')
    const issued = new Set(world.store.events('issued').map(({ stream }) => stream))
    const inForce = await Promise.all([...issued].map((stream) => stateOf(stream.split('/').at(-1) ?? '', world)))
    expect(inForce.filter((state) => state === 'in-force')).toHaveLength(1)
  })

  test('is free again after the replacing certificate was abandoned', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    await expect(
      world.issue(corrected(uuid, '26-MAS2-000002'), {
        key: 'key-2',
        deps: { signer: { sign: () => Promise.reject(new Error('the signer is gone')) } },
      }),
    ).rejects.toThrow('the signer is gone')
    await sweepReservations(world.at(after(10 * MINUTE)))
    await world.issue(corrected(uuid, '26-MAS2-000002'), { key: 'key-3', deps: { now: after(11 * MINUTE) } })
    expect(await stateOf(uuid, world)).toBe('revoked')
  })
})

describe('a certificate number', () => {
  test('that is in use is refused in any spelling, and its holder is named', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    for (const certificateNumber of ['26-MAS2-000001', '26 mas2 000001'])
      await expect(world.issue({ certificateNumber }, again)).rejects.toMatchObject(inUseBy(uuid))
    expect(world.store.events('reserved')).toHaveLength(1)
  })

  // biome-ignore format: it reads as a table
  test.each([
    ['a letter for a digit',    '26-MAS2-OOO0O1'],
    ['another letter for one',  '26-MAS2-00000I'],
    ['a Cyrillic letter',       '26-M\u0410S2-000001'],
    ['a small Greek letter',    '26-M\u03b1s2-000001'],
  ])('that looks like one in use is refused, and the holder of that one is named: %s', async (_, certificateNumber) => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    await expect(world.issue({ certificateNumber }, again)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`looks like that of urn:uuid:${uuid}`),
      faults: [{ pointer: '/certificateNumber', detail: `looks like that of urn:uuid:${uuid}` }],
    })
    expect(world.store.events('reserved')).toHaveLength(1)
  })

  test('is refused also if the number in use equals its own skeleton', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue({ certificateNumber: 'MAS-OO' })
    const refused = { code: 'conflict', message: expect.stringContaining(uuid) }
    await expect(world.issue({ certificateNumber: 'MAS-00' }, again)).rejects.toMatchObject(refused)
  })

  test('that looks like another is given to only one of two simultaneous requests', async () => {
    const world = await aWorld()
    const both = await Promise.allSettled([
      world.issue({ certificateNumber: 'MAS-10' }),
      world.issue({ certificateNumber: 'MAS-1O' }, again),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(world.store.events('issued')).toHaveLength(1)
    expect(world.keys.signatures).toHaveLength(1)
  })

  test('that was claimed before skeletons were recorded is still in use, in any spelling', async () => {
    const world = await aWorld()
    // The claim of a skeleton is written after the claim of the number. Without it, the state is that of earlier days.
    let claims = 0
    const store: CommitStore = {
      ...readingOf(world.store),
      append: async (commit) => {
        if (commit.stream.includes('/number/') && ++claims === 2) return
        return world.store.append(commit)
      },
    }
    const { uuid } = await world.issue({}, { deps: { store } })
    expect(claims).toBe(2)
    expect(world.store.events('number-claimed')).toHaveLength(1)
    await expect(world.issue({ certificateNumber: '26 mas2 000001' }, again)).rejects.toMatchObject(inUseBy(uuid))
  })

  test('and its skeleton are free after a revocation, and both pass to a replacement', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    const second = await world.issue({ replaces: uuid }, again)
    const alike = { certificateNumber: '26-MAS2-OOOOOI' }
    const refused = { code: 'conflict', message: expect.stringContaining(second.uuid) }
    await expect(world.issue(alike, { key: 'key-3' })).rejects.toMatchObject(refused)
    await revokeCertificate({ ...change(second.uuid), reason: 'issued-in-error' }, world.at(after(SECOND)))
    await world.issue(alike, { key: 'key-4', deps: { now: after(2 * SECOND) } })
  })

  test('of one body may be used by another body', async () => {
    const world = await aWorld()
    await aBody('demo-other', world)
    await world.issue()
    await world.issue({}, { issuer: 'demo-other' })
  })

  test('is still in use while its certificate is suspended', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    await suspendCertificate({ ...change(uuid), reason: 'under-investigation' }, world.at(after(SECOND)))
    await expect(world.issue({}, again)).rejects.toMatchObject(inUseBy(uuid))
  })

  test('is free once its certificate is revoked', async () => {
    const world = await aWorld()
    const { uuid } = await world.issue()
    await revokeCertificate({ ...change(uuid), reason: 'issued-in-error' }, world.at(after(SECOND)))
    const second = await world.issue({}, { ...again, deps: { now: after(2 * SECOND) } })
    await expect(world.issue({}, { key: 'key-3' })).rejects.toMatchObject(inUseBy(second.uuid))
  })

  test('is free once its certificate is abandoned', async () => {
    const world = await aWorld()
    const { port: signer } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
    await expect(world.issue({}, { deps: { signer } })).rejects.toThrow()
    await expect(world.issue({}, again)).rejects.toMatchObject({ code: 'in-progress' })
    expect(await sweepReservations(world.at(after(6 * MINUTE)))).toBe(1)
    await world.issue({}, { ...again, deps: { now: after(7 * MINUTE) } })
  })

  test('F9: of an interrupted request is refused as in progress, because there is nothing to revoke or replace yet', async () => {
    const world = await aWorld()
    const { port: signer } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
    await expect(world.issue({}, { deps: { signer } })).rejects.toThrow()
    const refused = {
      code: 'in-progress',
      message: expect.stringContaining('a request with another key: repeat that request'),
    }
    await expect(world.issue({}, again)).rejects.toMatchObject({
      ...refused,
      faults: [{ pointer: '/certificateNumber' }],
    })
    expect(world.store.events('reserved')).toHaveLength(1)
    const { uuid } = await world.issue()
    await expect(world.issue({}, again)).rejects.toMatchObject(inUseBy(uuid))
  })

  test('F9: and an interrupted replacement is refused as in progress as well', async () => {
    const world = await aWorld()
    const { uuid: replaces } = await world.issue()
    const { port: signer } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
    await expect(world.issue({ replaces, certificateNumber: 'B' }, { ...again, deps: { signer } })).rejects.toThrow()
    await expect(world.issue({ replaces, certificateNumber: 'C' }, { key: 'key-3' })).rejects.toMatchObject({
      code: 'in-progress',
      faults: [{ pointer: '/replaces' }],
    })
  })

  test('is given to one of a hundred simultaneous requests', async () => {
    const world = await aWorld()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, place) => world.issue({}, { key: `key-${place}` })),
    )
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.code)
    expect(refused).toHaveLength(99)
    for (const code of refused) expect(['conflict', 'in-progress']).toContain(code)
    expect(world.store.events('issued')).toHaveLength(1)
    // The others signed nothing.
    expect(world.keys.signatures).toHaveLength(1)
  })
})

describe('a certificate that replaces another', () => {
  test('keeps the number and supersedes the other; a third certificate cannot have the number', async () => {
    const world = await aWorld()
    const first = await world.issue()
    const second = await world.issue({ replaces: first.uuid }, again)
    expect(await readRecord(BODY, first.uuid, world.store)).toMatchObject({
      state: 'revoked',
      reason: 'superseded',
      successor: second.uuid,
    })
    await expect(world.issue({}, { key: 'key-3' })).rejects.toMatchObject(inUseBy(second.uuid))
    await expect(world.issue({ replaces: first.uuid }, { key: 'key-3' })).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer: '/replaces' }],
    })
  })

  test('may have another number', async () => {
    const world = await aWorld()
    const first = await world.issue()
    await world.issue({ replaces: first.uuid, certificateNumber: 'other' }, again)
    expect(await stateOf(first.uuid, world)).toBe('revoked')
    await world.issue({}, { key: 'key-3' })
  })

  test.each(['5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'])('replaces nothing that is not there: %s', async (replaces) => {
    const world = await aWorld()
    await expect(world.issue({ replaces })).rejects.toMatchObject({ code: 'validation-failed' })
  })

  test('I36: cannot replace a certificate of another body', async () => {
    const world = await aWorld()
    await aBody('demo-other', world)
    const { uuid } = await world.issue({}, { issuer: 'demo-other' })
    await expect(world.issue({ replaces: uuid })).rejects.toMatchObject({ code: 'validation-failed' })
  })

  test('leaves the other in force, with its number, if it is abandoned', async () => {
    const world = await aWorld()
    const first = await world.issue()
    const {
      port: signer,
      waiting,
      release,
    } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'waits-after' }])
    const second = world.issue({ replaces: first.uuid }, { ...again, deps: { signer } })
    const refused = expect(second).rejects.toMatchObject({ code: 'issuer-suspended' })
    await waiting
    const decision = { grantee: BODY, grant: GRANT, by: AUTHORITY, basis: 'decision', actor: 'registrar' }
    await suspendAccreditation({ ...decision, effectiveAt: after(0).toISOString() }, world.at(after(0)))
    release()
    await refused
    await liftSuspension({ ...decision, effectiveAt: after(SECOND).toISOString() }, world.at(after(SECOND)))
    expect(await stateOf(first.uuid, world)).toBe('in-force')
    const third = world.issue({}, { key: 'key-3', deps: { now: after(2 * SECOND) } })
    await expect(third).rejects.toMatchObject(inUseBy(first.uuid))
  })
})
