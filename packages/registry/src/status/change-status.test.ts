import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  aBody,
  after,
  aWorld,
  BODY,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { showCertificate } from '../issuance/list-certificates.ts'
import { addMember, type Role, roles } from '../trust/members.ts'
import { verifyDocument } from '../verification/verify.ts'
import { reinstateCertificate } from './reinstate.ts'
import { revokeCertificate } from './revoke.ts'
import { suspendCertificate } from './suspend.ts'

const error = { reason: 'issued-in-error' } as const
const investigation = { reason: 'under-investigation' } as const

async function anIssued() {
  const world = await aWorld()
  const issued = await world.issue()
  const change = { issuer: BODY, uuid: issued.uuid, actor: OFFICER }
  const verdictAt = async (moment: Date) => {
    const { checks } = await verifyDocument(issued.verifiableCredential, world.verifying(moment))
    return checks.find(({ name }) => name === 'status')
  }
  return { world, issued, change, verdictAt }
}
const changesOf = ({ store }: World) =>
  (['revoked', 'suspended', 'reinstated'] as const).flatMap((type) => store.events(type).map(() => type))

describe('revoking', () => {
  test('I24, I25: is final, has a date, and is visible to the next request', async () => {
    const { world, change, verdictAt } = await anIssued()
    expect(await verdictAt(after(SECOND))).toMatchObject({ outcome: 'passed' })
    const { record } = await revokeCertificate({ ...change, ...error }, world.at(after(SECOND)))
    expect(record).toMatchObject({ state: 'revoked', reason: 'issued-in-error', since: after(SECOND).toISOString() })
    expect(await verdictAt(after(2 * SECOND))).toMatchObject({ outcome: 'failed', reason: 'revoked' })
  })

  test('twice keeps the first date and reason, and writes nothing', async () => {
    const { world, change } = await anIssued()
    const first = await revokeCertificate({ ...change, ...error }, world.at(after(SECOND)))
    const again = await revokeCertificate({ ...change, reason: 'misconduct' }, world.at(after(MINUTE)))
    expect([first.isChanged, again.isChanged]).toEqual([true, false])
    expect(again.record).toEqual(first.record)
    expect(changesOf(world)).toEqual(['revoked'])
  })

  test('is possible for a suspended certificate', async () => {
    const { world, change } = await anIssued()
    await suspendCertificate({ ...change, ...investigation }, world.at(after(SECOND)))
    await revokeCertificate({ ...change, reason: 'misconduct' }, world.at(after(MINUTE)))
    expect(changesOf(world)).toEqual(['revoked', 'suspended'])
  })

  test('I24: allows no later change', async () => {
    const { world, change } = await anIssued()
    await revokeCertificate({ ...change, ...error }, world.at(after(SECOND)))
    const refused = { code: 'conflict', message: expect.stringContaining('final') }
    await expect(suspendCertificate({ ...change, ...investigation }, world.at(after(MINUTE)))).rejects.toMatchObject(
      refused,
    )
    await expect(reinstateCertificate(change, world.at(after(MINUTE)))).rejects.toMatchObject(refused)
  })

  test('needs a successor of the same issuer for the reason "superseded", and for no other reason', async () => {
    const { world, change } = await anIssued()
    await aBody('demo-other', world)
    const foreign = await world.issue({}, { issuer: 'demo-other' })
    const successor = (await world.issue({ certificateNumber: 'other' }, { key: 'key-2' })).uuid
    const refused = { code: 'validation-failed', faults: [{ pointer: '/successor' }] }
    const deps = world.at(after(SECOND))
    for (const wrong of [undefined, change.uuid, foreign.uuid, '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'])
      await expect(
        revokeCertificate({ ...change, reason: 'superseded', ...(wrong && { successor: wrong }) }, deps),
      ).rejects.toMatchObject(refused)
    await expect(revokeCertificate({ ...change, ...error, successor }, deps)).rejects.toMatchObject(refused)
    const { record } = await revokeCertificate({ ...change, reason: 'superseded', successor }, deps)
    expect(record).toMatchObject({ state: 'revoked', reason: 'superseded', successor })
  })
})

describe('a successor must be in force when it is named', () => {
  const superseded = (world: World, uuid: string, successor: string, moment: Date) =>
    revokeCertificate({ issuer: BODY, uuid, actor: OFFICER, reason: 'superseded', successor }, world.at(moment))
  async function three() {
    const { world, change } = await anIssued()
    const others = await Promise.all(
      ['b', 'c'].map((certificateNumber) => world.issue({ certificateNumber }, { key: `key-${certificateNumber}` })),
    )
    return { world, uuids: [change.uuid, ...others.map(({ uuid }) => uuid)] as [string, string, string] }
  }
  const refusedFor = (detail: string) => ({
    code: 'validation-failed',
    faults: [{ pointer: '/successor', detail: expect.stringContaining(detail) }],
  })

  test('a revoked or replaced certificate is refused, and the refusal names its replacement', async () => {
    const { world, uuids } = await three()
    const [a, b, c] = uuids
    await superseded(world, b, c, after(SECOND))
    await expect(superseded(world, a, b, after(MINUTE))).rejects.toMatchObject(
      refusedFor(`urn:uuid:${c} took its place; name one that is in force`),
    )
    await revokeCertificate({ issuer: BODY, uuid: c, actor: OFFICER, ...error }, world.at(after(MINUTE)))
    await expect(superseded(world, a, c, after(MINUTE))).rejects.toMatchObject(refusedFor('is revoked too;'))
    expect(changesOf(world)).toEqual(['revoked', 'revoked'])
  })

  test('a certificate that it replaced itself is refused: two never replace each other', async () => {
    const { world, uuids } = await three()
    const [a, b] = uuids
    await superseded(world, a, b, after(SECOND))
    await expect(superseded(world, b, a, after(MINUTE))).rejects.toMatchObject(refusedFor(`urn:uuid:${b}`))
    expect(changesOf(world)).toEqual(['revoked'])
  })

  test('if two certificates are to replace each other at once, one request is refused and one certificate stays', async () => {
    const { world, uuids } = await three()
    const [a, b] = uuids
    // The request is held before its commit, the second write. The first write counts it.
    const first = withFaults(world.store, [{ method: 'append', call: 2, outcome: 'waits-before' }])
    const deps = { ...world.at(after(SECOND)), store: first.port }
    const held = revokeCertificate({ issuer: BODY, uuid: a, actor: OFFICER, reason: 'superseded', successor: b }, deps)
    await first.waiting
    await expect(superseded(world, b, a, after(SECOND))).rejects.toMatchObject({ code: 'conflict' })
    first.release()
    expect(await held).toMatchObject({ record: { state: 'revoked', successor: b } })
    expect(changesOf(world)).toEqual(['revoked'])
  })

  test('a suspended certificate is refused until the suspension is lifted', async () => {
    const { world, uuids } = await three()
    const [a, b] = uuids
    const other = { issuer: BODY, uuid: b, actor: OFFICER }
    await suspendCertificate({ ...other, ...investigation }, world.at(after(SECOND)))
    await expect(superseded(world, a, b, after(MINUTE))).rejects.toMatchObject(refusedFor('lift that first'))
    await reinstateCertificate(other, world.at(after(MINUTE)))
    expect((await superseded(world, a, b, after(2 * MINUTE))).record).toMatchObject({ state: 'revoked', successor: b })
  })

  test('a repeated request is answered as before, even after the successor ended', async () => {
    const { world, uuids } = await three()
    const [a, b, c] = uuids
    const { record } = await superseded(world, a, b, after(SECOND))
    await superseded(world, b, c, after(MINUTE))
    expect(await superseded(world, a, b, after(2 * MINUTE))).toEqual({ record, isChanged: false })
  })
})

describe('suspending and reinstating', () => {
  test('a suspension counts from the moment of recording, and ends when it is lifted', async () => {
    const { world, change, verdictAt } = await anIssued()
    await suspendCertificate({ ...change, ...investigation }, world.at(after(SECOND)))
    expect(await verdictAt(after(2 * SECOND))).toMatchObject({ outcome: 'failed', reason: 'suspended' })
    const again = await suspendCertificate({ ...change, reason: 'holder-request' }, world.at(after(MINUTE)))
    expect(again.record).toMatchObject({ ...investigation, since: after(SECOND).toISOString() })
    for (const isChanged of [true, false])
      expect(await reinstateCertificate(change, world.at(after(MINUTE)))).toMatchObject({
        record: { state: 'in-force' },
        isChanged,
      })
    expect(await verdictAt(after(2 * MINUTE))).toMatchObject({ outcome: 'passed' })
    expect(changesOf(world)).toEqual(['suspended', 'reinstated'])
  })
})

describe('I27, I36: changing a status', () => {
  const verbs = {
    revoke: (change: Parameters<typeof reinstateCertificate>[0], world: World) =>
      revokeCertificate({ ...change, ...error }, world.at(after(SECOND))),
    suspend: (change: Parameters<typeof reinstateCertificate>[0], world: World) =>
      suspendCertificate({ ...change, ...investigation }, world.at(after(SECOND))),
    reinstate: (change: Parameters<typeof reinstateCertificate>[0], world: World) =>
      reinstateCertificate(change, world.at(after(SECOND))),
  }

  test.each(Object.keys(verbs) as (keyof typeof verbs)[])(
    '%s is allowed to members of the body with the role, and to nobody else',
    async (verb) => {
      const { world, change } = await anIssued()
      await aBody('demo-other', world)
      const others = roles.filter((role): role is Exclude<Role, 'status'> => role !== 'status')
      await addMember({ owner: BODY, subject: 'clerk', roles: others, actor: 'registrar' }, world.at(noon))
      for (const actor of ['stranger', 'clerk'])
        await expect(verbs[verb]({ ...change, actor }, world)).rejects.toMatchObject({ message: 'no such issuer' })
      const foreign = verbs[verb]({ ...change, issuer: 'demo-other' }, world)
      await expect(foreign).rejects.toMatchObject({ code: 'not-found', message: 'no such certificate' })
      const unknown = verbs[verb]({ ...change, uuid: '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11' }, world)
      await expect(unknown).rejects.toMatchObject({ code: 'not-found', message: 'no such certificate' })
      expect(changesOf(world)).toEqual([])
    },
  )

  test('a certificate that was never released has no status to change', async () => {
    const world = await aWorld()
    const { port: signer } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
    await expect(world.issue({}, { deps: { signer } })).rejects.toThrow()
    const uuid = String(world.store.events('reserved')[0]?.stream.split('/').at(-1))
    const revoked = revokeCertificate({ issuer: BODY, uuid, actor: OFFICER, ...error }, world.at(after(SECOND)))
    await expect(revoked).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('two at once', () => {
  test('a hundred revocations: one date, one commit, and only one answer says that it changed something', async () => {
    const { world, change } = await anIssued()
    const all = Array.from({ length: 100 }, (_, place) =>
      revokeCertificate({ ...change, ...error }, world.at(after(place + SECOND))),
    )
    const given = await Promise.all(all)
    expect(new Set(given.map(({ record }) => 'since' in record && record.since)).size).toBe(1)
    expect(given.filter(({ isChanged }) => isChanged)).toHaveLength(1)
    expect(changesOf(world)).toEqual(['revoked'])
  })

  test('if a certificate is revoked and suspended at once, the revocation stands, whichever comes first', async () => {
    const { world, change } = await anIssued()
    const [revoked] = await Promise.allSettled([
      revokeCertificate({ ...change, ...error }, world.at(after(SECOND))),
      suspendCertificate({ ...change, ...investigation }, world.at(after(SECOND))),
    ])
    expect(revoked).toMatchObject({ status: 'fulfilled', value: { record: { state: 'revoked' } } })
  })

  test('F2: if a change was written and its answer lost, the repeated request keeps the first date', async () => {
    const { world, change } = await anIssued()
    const { port: store } = withFaults(world.store, [{ method: 'append', call: 2, outcome: 'fails-after' }])
    const lost = revokeCertificate({ ...change, ...error }, { ...world.at(after(SECOND)), store })
    await expect(lost).rejects.toMatchObject({ code: 'dependency-unavailable' })
    const { record } = await revokeCertificate({ ...change, reason: 'misconduct' }, world.at(after(MINUTE)))
    expect(record).toMatchObject({ reason: 'issued-in-error', since: after(SECOND).toISOString() })
  })
})

describe('a note', () => {
  test('is stored sealed, and opened only for the officers of the body', async () => {
    const { world, change } = await anIssued()
    const note = 'Complaint 12 about RODEL MANALO'
    const { record } = await suspendCertificate({ ...change, ...investigation, note }, world.at(after(SECOND)))
    expect(JSON.stringify(world.store.appended)).not.toContain('Complaint')
    expect(JSON.stringify({ ...record, commits: [] })).not.toContain('Complaint')
    const showing = { reader: world.store, secrets: world.keys, notes: world.keys }
    const { history } = await showCertificate({ issuer: BODY, uuid: change.uuid, subject: OFFICER }, showing)
    expect(history.at(-1)).toMatchObject({ event: 'suspended', note, actor: OFFICER })
    await expect(
      showCertificate({ issuer: BODY, uuid: change.uuid, subject: 'stranger' }, showing),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})
