import { expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  FROM,
  GRANT,
  identity,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { isEntrySet } from '../certificates/set-entries.ts'
import { parseListId } from '../certificates/status-pair.ts'
import { carryOutOnCertificate, suspendCertificateByAuthority } from '../decisions/oversight.ts'
import type { ProposedChange } from '../decisions/proposals.ts'
import { approveProposal, proposeChange } from '../decisions/propose.ts'
import { registerBody } from '../decisions/register.ts'
import { setBrake } from '../decisions/set-brake.ts'
import { suspendAllByOfficer } from '../decisions/unilateral-actions.ts'
import { issueSandboxDocument, setSandboxStatus } from '../issuance/sandbox.ts'
import { addMember, roles } from '../trust/members.ts'
import { verifyDocument } from '../verification/verify.ts'
import { reinstateCertificate } from './reinstate.ts'
import { suspendCertificate } from './suspend.ts'

const [FIRST, OTHER] = ['officer-1', 'officer-2']
const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
const inquiry = { reason: 'under-investigation' } as const

/** A body with one certificate. Its authority has two officers and kept the power over the body's certificates. */
async function aBodyUnderTwo() {
  const world = await aWorld()
  for (const subject of [FIRST, OTHER])
    await addMember(
      { owner: AUTHORITY, subject, roles: ['propose', 'approve'], actor: 'registrar' },
      { store: world.store, now: new Date(FROM) },
    )
  await decisionsIn(world).amend(BODY, AUTHORITY, { scope, mayChangeStatus: true, effectiveAt: FROM })
  const issued = await world.issue()
  return { world, uuid: issued.uuid, document: issued.verifiableCredential }
}

/** Sets the limit to 0, so that everything that the brake counts would wait and leave a commit in one of its streams. */
async function stop({ store }: World, owners: readonly string[], now: Date): Promise<void> {
  for (const id of owners) await setBrake({ id, limit: 0, basis: 'decision 9', actor: 'registrar' }, { store, now })
}
const leftByTheBrake = ({ store }: World) =>
  store.appended.map(({ stream }) => stream).filter((stream) => /\/(brake|pending\/.*)$/.test(stream))

async function decide(world: World, change: ProposedChange, minute: number): Promise<string> {
  const [asked, approved] = [after(minute * MINUTE), after((minute + 1) * MINUTE)]
  const id = `proposal-${minute}`
  const { hash } = await proposeChange({ authority: AUTHORITY, subject: FIRST, id, change }, world.at(asked))
  await approveProposal({ authority: AUTHORITY, id, subject: OTHER, hash, signedInAt: approved }, world.at(approved))
  return id
}

test('I72: the sandbox is not braked, because its documents prove nothing', async () => {
  const world = await aWorld()
  const deps = { ...world.at(noon), general: world.verifying(noon).general }
  await registerBody(
    {
      id: 'sandbox',
      identity: identity(),
      sandbox: true,
      baseUrl: world.baseUrl,
      actor: 'registrar',
      effectiveAt: FROM,
    },
    world.at(new Date(FROM)),
  )
  await addMember({ owner: 'sandbox', subject: OFFICER, roles, actor: 'registrar' }, deps)
  await stop(world, ['sandbox'], noon)
  const signed = await issueSandboxDocument(
    {
      issuer: 'sandbox',
      subject: OFFICER,
      credential: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        issuer: 'did:web:registry.example:issuers:sandbox',
        credentialSubject: { id: 'did:example:subject' },
      },
      options: { statusPurpose: 'suspension' },
    },
    deps,
  )
  const { id, credentialStatus } = signed as { id: string; credentialStatus: Record<string, string> }
  await setSandboxStatus(
    { issuer: 'sandbox', subject: OFFICER, credentialId: id, purpose: 'suspension', set: true },
    world.at(after(SECOND)),
  )
  const list = String(credentialStatus.statusListCredential).split('/').at(-1) ?? ''
  expect(parseListId(list)).toBeDefined()
  expect(await isEntrySet(list, Number(credentialStatus.statusListIndex), world.store)).toBe(true)
  expect(leftByTheBrake(world)).toEqual([])
})

test('I72, U005: declaring a key compromised is not braked: its later signatures are refused at once', async () => {
  const { world, document } = await aBodyUnderTwo()
  await stop(world, [BODY, AUTHORITY], noon)
  const verdict = async () => (await verifyDocument(document, world.verifying(after(5 * MINUTE)))).verdict
  expect(await verdict()).toBe('valid')
  const compromisedFrom = after(-SECOND).toISOString()
  await decide(world, { verb: 'compromise-key', issuer: BODY, kid: 'certificates-1', compromisedFrom }, 1)
  expect(await verdict()).toBe('invalid')
  expect(leftByTheBrake(world)).toEqual([])
})

test('I72, U002: suspending a whole body is one act and is not braked', async () => {
  const { world } = await aBodyUnderTwo()
  const is = decisionsIn(world)
  for (const grant of ['second', 'third']) await is.grant(BODY, [AUTHORITY], { grant, scope })
  await stop(world, [BODY, AUTHORITY], noon)
  const request = { authority: AUTHORITY, subject: FIRST, grantee: BODY, grant: GRANT, basis: 'complaint' }
  expect(await suspendAllByOfficer(request, world.at(after(SECOND)))).toEqual([GRANT, 'second', 'third'])
  const moment = after(MINUTE).toISOString()
  expect(await is.ask(BODY, { effective: moment, recorded: moment })).toMatchObject({ standing: 'suspended' })
  expect(leftByTheBrake(world)).toEqual([])
})

test('I72: a decision of two officers is not braked, because two people have seen it already', async () => {
  const { world, uuid } = await aBodyUnderTwo()
  await stop(world, [BODY, AUTHORITY], noon)
  const revocation = { verb: 'revoke-certificate', issuer: BODY, certificate: uuid, reason: 'misconduct' } as const
  const id = await decide(world, revocation, 1)
  const done = await carryOutOnCertificate({ authority: AUTHORITY, id, subject: OTHER }, world.at(after(3 * MINUTE)))
  expect(done).toMatchObject({ isChanged: true, record: { state: 'revoked' } })
  expect(leftByTheBrake(world)).toEqual([])
})

test('I72: lifting a suspension is not braked, by the body or by the authority', async () => {
  const { world, uuid } = await aBodyUnderTwo()
  const ofBody = { issuer: BODY, uuid, actor: OFFICER }
  await suspendCertificate({ ...ofBody, ...inquiry }, world.at(after(SECOND)))
  await stop(world, [BODY], after(2 * SECOND))
  const lifted = await reinstateCertificate(ofBody, world.at(after(3 * SECOND)))
  expect(lifted).toMatchObject({ isChanged: true, record: { state: 'in-force' } })

  const byAuthority = { authority: AUTHORITY, issuer: BODY, uuid, subject: FIRST, ...inquiry }
  await suspendCertificateByAuthority(byAuthority, world.at(after(4 * SECOND)))
  await stop(world, [AUTHORITY], after(5 * SECOND))
  const id = await decide(world, { verb: 'reinstate-certificate', issuer: BODY, certificate: uuid }, 1)
  const back = await carryOutOnCertificate({ authority: AUTHORITY, id, subject: OTHER }, world.at(after(3 * MINUTE)))
  expect(back).toMatchObject({ isChanged: true, record: { state: 'in-force' } })
  // Only the two suspensions were counted.
  expect(leftByTheBrake(world)).toEqual([`${BODY}/brake`, `${AUTHORITY}/brake`])
})
