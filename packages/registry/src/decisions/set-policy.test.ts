import { describe, expect, test } from 'vitest'
import { AUTHORITY, anInput, BODY, FROM, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { issueCertificate } from '../issuance/issue.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { suspendCertificate } from '../status/suspend.ts'
import { type BodyPolicy, batchAsksForSecond, policyOn, retentionOf } from '../trust/body-policy.ts'
import { addMember } from '../trust/members.ts'
import { approveAction } from './decide-action.ts'
import type { PolicyChange } from './set-policy.ts'

const policy = (stated: Partial<BodyPolicy> = {}, effectiveAt = FROM): PolicyChange => ({
  verb: 'set-policy',
  body: BODY,
  secondPerson: [],
  batchFrom: 50,
  ...stated,
  effectiveAt,
})
const ofBoth = (moment: Date) => ({ effective: moment.toISOString(), recorded: moment.toISOString() })
const approvedBy = (two: TwoOfficers, id: string) => {
  const at = two.next()
  return approveAction({ owner: BODY, id, subject: 'two', signedInAt: at }, two.world.at(at))
}

describe('the policy of a body', () => {
  test('says usual values until two officers set it, and answers for both times', async () => {
    const two = await withTwoOfficers()
    const before = two.now()
    const later = new Date(before.getTime() + 60 * MINUTE)
    await two.decide(policy({ batchFrom: 10, retentionYears: 15 }, later.toISOString()), BODY)
    const ask = (effective: Date, recorded: Date) =>
      policyOn(BODY, { effective: effective.toISOString(), recorded: recorded.toISOString() }, two.world.store)
    expect(await ask(later, before)).toEqual({ secondPerson: [], batchFrom: 50 })
    expect(await ask(before, later)).toEqual({ secondPerson: [], batchFrom: 50 })
    expect(await ask(later, later)).toEqual({ secondPerson: [], batchFrom: 10, retentionYears: 15 })
    expect(await retentionOf(BODY, ofBoth(later), two.world.store)).toEqual({ years: 15 })
    expect(await retentionOf(BODY, ofBoth(before), two.world.store)).toBeUndefined()
  })

  test('a batch asks for a second person from its number of rows on, or if each certificate does', async () => {
    const two = await withTwoOfficers()
    const asks = (rows: number) => batchAsksForSecond({ body: BODY, rows }, { store: two.world.store, now: two.next() })
    expect([await asks(49), await asks(50)]).toEqual([false, true])
    await two.decide(policy({ batchFrom: 5 }), BODY)
    expect([await asks(4), await asks(5)]).toEqual([false, true])
    await two.decide(policy({ secondPerson: ['issue'] }), BODY)
    expect(await asks(1)).toBe(true)
  })

  test('only an authority says how many officers decide about a certificate of another state', async () => {
    const two = await withTwoOfficers()
    await expect(two.propose(policy({ decidedBy: 'one' }), BODY)).rejects.toMatchObject({
      faults: [expect.objectContaining({ pointer: '/decidedBy' })],
    })
    await two.decide({ ...policy({ decidedBy: 'one' }), body: AUTHORITY }, AUTHORITY)
    expect(await policyOn(AUTHORITY, ofBoth(two.next()), two.world.store)).toMatchObject({ decidedBy: 'one' })
  })

  test('is decided by two of its own officers: not by one, not by its authority, and not by another body', async () => {
    const two = await withTwoOfficers()
    const { id, hash } = await two.propose(policy({ batchFrom: 9 }), BODY)
    await expect(two.propose(policy({ batchFrom: 9 }), AUTHORITY)).rejects.toMatchObject({ code: 'not-found' })
    await expect(two.propose(policy({ batchFrom: 9 }), 'demo-else')).rejects.toMatchObject({ code: 'not-found' })
    expect((await policyOn(BODY, ofBoth(two.next()), two.world.store)).batchFrom).toBe(50)
    await two.approve({ id, hash, authority: BODY })
    expect((await policyOn(BODY, ofBoth(two.next()), two.world.store)).batchFrom).toBe(9)
  })

  test.each([
    [{ batchFrom: 0 }, '/batchFrom'],
    [{ batchFrom: 1.5 }, '/batchFrom'],
    [{ retentionYears: 100 }, '/retentionYears'],
    [{ numberPattern: 'TH-YYYY' }, '/numberPattern'],
    [{ numberPattern: 'TH-000-000' }, '/numberPattern'],
  ])('with %o it is refused, with a pointer', async (stated, pointer) => {
    const two = await withTwoOfficers()
    await expect(two.propose(policy(stated), BODY)).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer }],
    })
  })

  test('of two proposals made on the same policy only one can be approved, and one without effect is refused', async () => {
    const two = await withTwoOfficers()
    const one = await two.propose(policy({ batchFrom: 9 }), BODY)
    const other = await two.propose(policy({ batchFrom: 8 }), BODY)
    await two.approve({ ...one, authority: BODY })
    await expect(two.approve({ ...other, authority: BODY })).rejects.toMatchObject({ reason: 'stated-meanwhile' })
    await expect(two.propose(policy({ batchFrom: 9 }), BODY)).rejects.toMatchObject({ reason: 'nothing-changes' })
  })
})

describe('where the policy asks for two people', () => {
  test('revoking and suspending wait as at the brake, also the first one of an hour, and are carried out once approved', async () => {
    const two = await withTwoOfficers()
    const { world } = two
    const [first, second] = [
      await world.issue(),
      await world.issue({ certificateNumber: '26-MAS2-000002' }, { key: 'key-2' }),
    ]
    await two.decide(policy({ secondPerson: ['revoke', 'suspend'] }), BODY)
    const asked = { issuer: BODY, actor: OFFICER }
    const revoked = await revokeCertificate(
      { ...asked, uuid: first.uuid, reason: 'issued-in-error' },
      world.at(two.next()),
    )
    const suspended = await suspendCertificate(
      { ...asked, uuid: second.uuid, reason: 'under-investigation' },
      world.at(two.next()),
    )
    expect([revoked, suspended]).toMatchObject([
      { isChanged: false, record: { state: 'in-force' }, waits: { state: 'open', action: { kind: 'revoke' } } },
      { isChanged: false, record: { state: 'in-force' }, waits: { state: 'open', action: { kind: 'suspend' } } },
    ])
    expect(world.store.events('counted')).toEqual([])
    expect(await approvedBy(two, revoked.waits?.id ?? '')).toMatchObject({ state: 'carried-out', decidedBy: 'two' })
    expect(world.store.events('revoked')).toMatchObject([{ approvedBy: 'two' }])
  })

  test('issuing reserves nothing before the approval, which counts for that very request alone', async () => {
    const two = await withTwoOfficers()
    const { world } = two
    await two.decide(policy({ secondPerson: ['issue'] }), BODY)
    const request = { issuer: BODY, subject: OFFICER, idempotencyKey: 'key-1', input: anInput() }
    const send = (change: object = {}) => issueCertificate({ ...request, ...change }, world.at(two.next()))
    const answer = await send()
    if (!('waits' in answer)) throw new Error('it did not wait')
    const { waits } = answer
    expect(waits).toMatchObject({
      state: 'open',
      action: { kind: 'issue', act: 'issue', qualification: 'ph-masonry-nc2' },
    })
    expect(JSON.stringify(world.store.appended)).not.toContain('RODEL')
    expect(world.store.events('reserved')).toEqual([])
    expect(await send()).toMatchObject({ waits: { id: waits.id } })
    expect(await approvedBy(two, waits.id)).toMatchObject({ state: 'approved' })
    // Another person, or another key: each is another request.
    expect(await send({ input: anInput({ holder: { name: 'SOMEBODY ELSE' } }) })).toMatchObject({
      waits: { state: 'open' },
    })
    expect(await send({ idempotencyKey: 'key-2' })).toMatchObject({ waits: { state: 'open' } })
    expect(await send()).toMatchObject({ replayed: false })
    expect(await send()).toMatchObject({ replayed: true })
    expect(await approvedBy(two, waits.id)).toMatchObject({ state: 'carried-out' })
  })

  test('the one who asked cannot approve it, nor is it released for somebody whose role was taken away', async () => {
    const two = await withTwoOfficers()
    const { world } = two
    await two.decide(policy({ secondPerson: ['issue'] }), BODY)
    const deps = { store: world.store, now: new Date(FROM) }
    await addMember({ owner: BODY, subject: 'both', roles: ['issue', 'approve'], actor: 'registrar' }, deps)
    const answer = await issueCertificate(
      { issuer: BODY, subject: 'both', idempotencyKey: 'key-1', input: anInput() },
      world.at(two.next()),
    )
    if (!('waits' in answer)) throw new Error('it did not wait')
    const { id } = answer.waits
    const at = two.next()
    await expect(
      approveAction({ owner: BODY, id, subject: 'both', signedInAt: at }, world.at(at)),
    ).rejects.toMatchObject({ code: 'four-eyes-required' })
    await addMember({ owner: BODY, subject: 'both', roles: ['approve'], actor: 'registrar' }, { ...deps, now: at })
    await expect(approvedBy(two, id)).rejects.toMatchObject({ code: 'four-eyes-required' })
  })

  test('renewing waits by its own act, and not by that of issuing', async () => {
    const two = await withTwoOfficers()
    const { world } = two
    const { uuid } = await world.issue()
    const input = anInput({ renews: uuid, certificateNumber: '26-MAS2-000009' })
    const send = (idempotencyKey: string) =>
      issueCertificate({ issuer: BODY, subject: OFFICER, idempotencyKey, input }, world.at(two.next()))
    await two.decide(policy({ secondPerson: ['renew'] }), BODY)
    const answer = await send('renewal')
    expect(answer).toMatchObject({ waits: { action: { kind: 'issue', act: 'renew' } } })
    await two.decide(policy({ secondPerson: ['issue'] }), BODY)
    expect(await send('renewal')).toMatchObject({ replayed: false })
  })

  test.each(['correct', 'renew'] as const)(
    'to %s, a certificate that takes the place of another waits',
    async (act) => {
      const two = await withTwoOfficers()
      const { world } = two
      const { uuid } = await world.issue()
      await two.decide(policy({ secondPerson: [act] }), BODY)
      const input = anInput({ replaces: uuid })
      const send = () =>
        issueCertificate({ issuer: BODY, subject: OFFICER, idempotencyKey: 'new', input }, world.at(two.next()))
      const answer = await send()
      if (!('waits' in answer)) throw new Error('it did not wait')
      expect(answer.waits.action).toMatchObject({ kind: 'issue', act: 'correct', replaces: uuid })
      await approvedBy(two, answer.waits.id)
      expect(await send()).toMatchObject({ replayed: false })
      // Two people saw it, so it takes no place of the brake.
      expect(world.store.events('counted')).toEqual([])
      expect(world.store.events('revoked')).toMatchObject([{ reason: 'superseded' }])
    },
  )
})
