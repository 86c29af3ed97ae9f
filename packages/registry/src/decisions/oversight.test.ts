import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
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
import { showCertificate } from '../issuance/list-certificates.ts'
import { reinstateCertificate } from '../status/reinstate.ts'
import { suspendCertificate } from '../status/suspend.ts'
import { addMember } from '../trust/members.ts'
import { verifyDocument } from '../verification/verify.ts'
import { carryOutOnCertificate, suspendCertificateByAuthority } from './oversight.ts'
import type { ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange } from './propose.ts'

const [FIRST, OTHER] = ['officer-1', 'officer-2']
const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }

let world: World
let uuid: string
let document: Record<string, unknown>
beforeEach(async () => {
  world = await aWorld()
  const deps = { store: world.store, now: new Date(FROM) }
  for (const owner of [AUTHORITY, 'demo-else'])
    for (const subject of [FIRST, OTHER])
      await addMember({ owner, subject, roles: ['propose', 'approve'], actor: 'registrar' }, deps)
  const issued = await world.issue()
  uuid = issued.uuid
  document = issued.verifiableCredential as Record<string, unknown>
})

/** An accreditation in which the authority keeps this power. */
const keepPower = () => decisionsIn(world).amend(BODY, AUTHORITY, { scope, mayChangeStatus: true, effectiveAt: FROM })
const suspend = (authority = AUTHORITY, subject = FIRST, now = after(MINUTE)) =>
  suspendCertificateByAuthority(
    { authority, issuer: BODY, uuid, subject, reason: 'under-investigation' },
    world.at(now),
  )
const revocation = (): ProposedChange => ({
  verb: 'revoke-certificate',
  issuer: BODY,
  certificate: uuid,
  reason: 'obtained-by-fraud',
})
const lifting = (): ProposedChange => ({ verb: 'reinstate-certificate', issuer: BODY, certificate: uuid })
const propose = (change: ProposedChange, id = 'p-1', authority = AUTHORITY) =>
  proposeChange({ authority, subject: FIRST, id, change }, world.at(after(2 * MINUTE)))
const approve = ({ id, hash }: { id: string; hash: string }, subject = OTHER) => {
  const now = after(3 * MINUTE)
  return approveProposal({ authority: AUTHORITY, id, subject, hash, signedInAt: now }, world.at(now))
}
const carryOut = (id = 'p-1', subject = OTHER) =>
  carryOutOnCertificate({ authority: AUTHORITY, id, subject }, world.at(after(4 * MINUTE)))
const decide = async (change: ProposedChange, id = 'p-1') => {
  await approve(await propose(change, id))
  return carryOut(id)
}
const ofBody = () => ({ issuer: BODY, uuid, actor: OFFICER })

describe('I27: an authority changes the status of a certificate only if it kept that power', () => {
  test('without that power it gets the answer of a certificate that does not exist, and nothing is written', async () => {
    const before = world.store.appended.length
    for (const attempt of [suspend(), propose(revocation()), propose(lifting())])
      await expect(attempt).rejects.toMatchObject({ code: 'not-found', message: 'no such certificate' })
    expect(world.store.appended.length).toBe(before)
  })

  test('neither another authority nor one that is no longer accepted here has the power', async () => {
    await keepPower()
    await decisionsIn(world).authority('demo-else')
    await expect(suspend('demo-else')).rejects.toMatchObject({ code: 'not-found' })
    await expect(propose(revocation(), 'p-1', 'demo-else')).rejects.toMatchObject({ code: 'not-found' })
    const elsewhere = { ...world.at(after(MINUTE)), policy: { demonstration: true, roots: ['somebody-else'] } }
    const named = { authority: AUTHORITY, issuer: BODY, uuid, subject: FIRST, reason: 'under-investigation' } as const
    await expect(suspendCertificateByAuthority(named, elsewhere)).rejects.toMatchObject({ code: 'not-found' })
    await expect(suspend(AUTHORITY, 'stranger')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('the power covers only certificates issued under that grant', async () => {
    await decisionsIn(world).grant(BODY, [AUTHORITY], {
      grant: 'tiles',
      scope: { qualifications: ['ph-tile-nc2'], places: ['PH'] },
      mayChangeStatus: true,
    })
    await expect(suspend()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('one officer suspends at once; the history names actor and authority, and the verdict is invalid', async () => {
    await keepPower()
    expect(await suspend()).toMatchObject({ record: { state: 'suspended', by: AUTHORITY } })
    const { checks, history } = await verifyDocument(document, world.verifying(after(2 * MINUTE)))
    expect(checks.find(({ name }) => name === 'status')).toMatchObject({ outcome: 'failed', reason: 'suspended' })
    expect(history?.at(-1)).toMatchObject({ state: 'suspended', by: AUTHORITY })
    const shown = await showCertificate(
      { issuer: BODY, uuid, subject: OFFICER },
      { reader: world.store, secrets: world.keys, notes: world.keys },
    )
    expect(shown.history.at(-1)).toMatchObject({ event: 'suspended', actor: FIRST, by: AUTHORITY })
  })

  test('the body cannot lift a suspension by an authority, even if the body had suspended the certificate before', async () => {
    await keepPower()
    const own = { ...ofBody(), reason: 'holder-request' } as const
    const { record: first } = await suspendCertificate(own, world.at(after(SECOND)))
    expect(first.state).toBe('suspended')
    expect(await suspend()).toMatchObject({ record: { by: AUTHORITY, since: 'since' in first && first.since } })
    await expect(reinstateCertificate(ofBody(), world.at(after(2 * MINUTE)))).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(
      world.issue({ replaces: uuid, certificateNumber: 'a-way-around' }, { key: 'key-2' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await decide(lifting())).toMatchObject({ record: { state: 'in-force' } })
  })

  test('the power remains after the grant is withdrawn, because it is needed then', async () => {
    await keepPower()
    await decisionsIn(world).withdraw(BODY, AUTHORITY, { grant: GRANT, effectiveAt: noon.toISOString() }, after(SECOND))
    expect(await suspend()).toMatchObject({ record: { state: 'suspended' } })
  })
})

describe('I32: revoking and reinstating need two people', () => {
  beforeEach(keepPower)

  test('a proposal that is approved and carried out revokes in the name of the authority', async () => {
    const proposal = await propose(revocation())
    await expect(carryOut()).rejects.toMatchObject({ code: 'conflict' })
    await expect(approve(proposal, FIRST)).rejects.toMatchObject({ code: 'four-eyes-required' })
    expect(world.store.events('revoked')).toEqual([])
    expect(await approve(proposal)).toMatchObject({ state: 'approved', decidedBy: OTHER })
    expect(await carryOut()).toMatchObject({ record: { state: 'revoked', reason: 'obtained-by-fraud' } })
    expect(world.store.events('revoked')).toMatchObject([{ by: AUTHORITY, proposal: 'p-1' }])
    expect(await approve(proposal)).toMatchObject({ state: 'carried-out' })
  })

  test('an approval changes a certificate once: repeated, it does not lift a later suspension', async () => {
    await suspend()
    await decide(lifting())
    await suspend(AUTHORITY, FIRST, after(5 * MINUTE))
    expect(await carryOut()).toMatchObject({ record: { state: 'suspended' } })
    expect(world.store.events('reinstated')).toHaveLength(1)
  })

  test('a revocation is final: no further change can be proposed', async () => {
    await decide(revocation())
    for (const change of [revocation(), lifting()])
      await expect(propose(change, 'p-2')).rejects.toMatchObject({ code: 'conflict' })
    await expect(suspend()).rejects.toMatchObject({ code: 'conflict' })
  })

  test('an authority cannot lift a suspension that no authority made', async () => {
    await expect(propose(lifting())).rejects.toMatchObject({ code: 'conflict' })
    await suspendCertificate({ ...ofBody(), reason: 'holder-request' }, world.at(after(SECOND)))
    await expect(propose(lifting())).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a person without a role cannot carry it out, and neither can a proposal of another kind be carried out here', async () => {
    await approve(await propose(revocation()))
    await expect(carryOut('p-1', 'stranger')).rejects.toMatchObject({ code: 'not-found' })
    await propose({ verb: 'add-key', issuer: BODY, purpose: 'certificates', algorithm: 'Ed25519' }, 'p-2')
    await expect(carryOut('p-2')).rejects.toMatchObject({ code: 'conflict' })
    await expect(carryOut('p-3')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('an authority has power only over certificates issued under it, and lifts only its own suspensions', () => {
  const reinstate = async (authority: string, id: string, now: Date) => {
    const { hash } = await proposeChange({ authority, subject: FIRST, id, change: lifting() }, world.at(now))
    const then = new Date(now.getTime() + SECOND)
    await approveProposal({ authority, id, subject: OTHER, hash, signedInAt: then }, world.at(then))
  }

  test('a grant recorded after the certificate, or never joined, gives no power over it', async () => {
    const decisions = decisionsIn(world)
    await decisions.authority('demo-else')
    await decisions.authority('demo-third')
    const kept = { scope, mayChangeStatus: true as const, effectiveAt: FROM }
    await decisions.grant(BODY, ['demo-else'], { grant: 'late', ...kept }, after(SECOND))
    await expect(suspend('demo-else')).rejects.toMatchObject({ code: 'not-found' })
    await decisions.grant(
      BODY,
      ['demo-else', 'demo-third'],
      { grant: 'open', awaits: ['demo-third'], ...kept },
      after(SECOND),
    )
    const later = await world.issue({ certificateNumber: 'later' }, { key: 'later', deps: { now: after(MINUTE) } })
    const open = {
      authority: 'demo-third',
      issuer: BODY,
      uuid: later.uuid,
      subject: FIRST,
      reason: 'under-investigation',
    } as const
    await addMember(
      { owner: 'demo-third', subject: FIRST, roles: ['propose'], actor: 'registrar' },
      { store: world.store, now: new Date(FROM) },
    )
    await expect(suspendCertificateByAuthority(open, world.at(after(2 * MINUTE)))).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('an authority cannot lift the suspension of another authority', async () => {
    const decisions = decisionsIn(world)
    await decisions.authority('demo-else')
    await decisions.body('demo-joint')
    await addMember(
      { owner: 'demo-joint', subject: OFFICER, roles: ['issue'], actor: 'registrar' },
      { store: world.store, now: new Date(FROM) },
    )
    await decisions.grant('demo-joint', [AUTHORITY, 'demo-else'], { scope, mayChangeStatus: true })
    const joint = await world.issue({ certificateNumber: 'joint' }, { key: 'joint', issuer: 'demo-joint' })
    const named = { issuer: 'demo-joint', uuid: joint.uuid, subject: FIRST, reason: 'under-investigation' } as const
    await suspendCertificateByAuthority({ authority: AUTHORITY, ...named }, world.at(after(MINUTE)))
    const change: ProposedChange = { verb: 'reinstate-certificate', issuer: 'demo-joint', certificate: joint.uuid }
    const asked = { authority: 'demo-else', subject: FIRST, id: 'p-9', change }
    await expect(proposeChange(asked, world.at(after(2 * MINUTE)))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a lift that was approved but not carried out does not lift a later suspension', async () => {
    await keepPower()
    await suspend()
    await reinstate(AUTHORITY, 'old', after(2 * MINUTE))
    await reinstate(AUTHORITY, 'new', after(3 * MINUTE))
    const carryOutAt = (id: string, now: Date) =>
      carryOutOnCertificate({ authority: AUTHORITY, id, subject: OTHER }, world.at(now))
    expect(await carryOutAt('new', after(4 * MINUTE))).toMatchObject({ record: { state: 'in-force' } })
    expect(await suspend(AUTHORITY, FIRST, after(5 * MINUTE))).toMatchObject({ record: { state: 'suspended' } })
    await expect(carryOutAt('old', after(6 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    await expect(carryOutAt('old', after(40 * 24 * 60 * MINUTE))).rejects.toMatchObject({ message: /ended/ })
    // Carried out a second time, it returns the earlier result and writes nothing.
    expect(await carryOutAt('new', after(7 * MINUTE))).toMatchObject({ record: { state: 'suspended' } })
  })
})
