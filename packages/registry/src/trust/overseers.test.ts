import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  anInput,
  aWorld,
  BODY,
  FROM,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { issueCertificate } from '../issuance/issue.ts'
import { addMember, rolesOf } from '../members.ts'
import { verifyDocument } from '../verification/verify.ts'
import { suspendKeyByOfficer } from './alone.ts'
import type { ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange } from './propose.ts'

let world: World
let decisions: ReturnType<typeof decisionsIn>
let proposals = 0
beforeEach(async () => {
  world = await aWorld()
  decisions = decisionsIn(world)
  await officersOf(AUTHORITY)
})

const officersOf = async (owner: string) => {
  for (const subject of [`${owner}-1`, `${owner}-2`])
    await addMember(
      { owner, subject, roles: ['propose', 'approve'], actor: 'registrar' },
      { store: world.store, now: new Date(FROM) },
    )
}
/** One officer of the authority proposes, the other approves a second later. */
async function decide(authority: string, change: ProposedChange, now = noon) {
  const id = `p-${++proposals}`
  const { hash } = await proposeChange({ authority, subject: `${authority}-1`, id, change }, world.at(now))
  const then = new Date(now.getTime() + SECOND)
  return approveProposal({ authority, id, subject: `${authority}-2`, hash, signedInAt: then }, world.at(then))
}
const moment = noon.toISOString()
const nothing = { scope: { qualifications: [], places: [] }, basis: 'none', effectiveAt: moment }
const member = (owner: string): ProposedChange => ({
  verb: 'add-member',
  owner,
  subject: 'mallory',
  roles: ['issue', 'status', 'read'],
})
const newKey = (issuer: string): ProposedChange => ({
  verb: 'add-key',
  issuer,
  purpose: 'certificates',
  algorithm: 'Ed25519',
})
const tiles = { qualifications: ['ph-tile-nc2'], places: ['PH'] }
const notBelow = { code: 'not-found', message: 'no such body under this authority' }

describe('I32: who may grant something does not take over whom it grants it', () => {
  beforeEach(async () => {
    await decisions.body('demo-other')
    await decisions.grant('demo-other', [AUTHORITY], { grant: 'acc', right: 'accredit', scope: tiles })
    await officersOf('demo-other')
    await decide('demo-other', { verb: 'accredit', grantee: BODY, grant: 'x', right: 'assess', ...nothing })
  })

  test('neither its members nor its keys, nor its place', async () => {
    const taken: ProposedChange[] = [
      member(BODY),
      newKey(BODY),
      { verb: 'compromise-key', issuer: BODY, kid: 'certificates-1', compromisedFrom: FROM },
      { verb: 'succeed', id: BODY, successor: 'demo-other', basis: 'none', effectiveAt: moment },
    ]
    for (const change of taken) await expect(decide('demo-other', change)).rejects.toMatchObject(notBelow)
    await expect(
      suspendKeyByOfficer(
        { authority: 'demo-other', subject: 'demo-other-1', issuer: BODY, kid: 'certificates-1' },
        world.at(after(MINUTE)),
      ),
    ).rejects.toMatchObject(notBelow)
    expect(await rolesOf(BODY, 'mallory', world.store)).toEqual([])
  })

  test('whoever granted the first right to what the operator registered keeps it', async () => {
    expect(await decide(AUTHORITY, member(BODY))).toMatchObject({ state: 'carried-out' })
    const issued = await issueCertificate(
      { issuer: BODY, subject: 'mallory', idempotencyKey: 'm', input: anInput() },
      { ...world.issuing, now: after(MINUTE) },
    )
    expect((await verifyDocument(issued.verifiableCredential, world.verifying(after(2 * MINUTE)))).verdict).toBe(
      'valid',
    )
  })
})

test('who registered it oversees it, and so does who is above that one; whoever granted it a right first does not', async () => {
  await decisions.authority('demo-mid')
  await decisions.grant('demo-mid', [AUTHORITY], { grant: 'acc', right: 'accredit', scope: tiles })
  await officersOf('demo-mid')
  const identity = {
    name: 'New (demonstration)',
    state: 'PH',
    website: 'https://new.example',
    mandate: 'm',
    demonstration: true,
  }
  await decide('demo-mid', { verb: 'register-body', id: 'demo-new', identity })
  await decisions.authority('demo-peer')
  await officersOf('demo-peer')
  await decide(
    'demo-peer',
    { verb: 'accredit', grantee: 'demo-new', grant: 'g', right: 'issue', ...nothing },
    after(MINUTE),
  )
  await expect(decide('demo-peer', member('demo-new'), after(MINUTE))).rejects.toMatchObject(notBelow)
  for (const authority of ['demo-mid', AUTHORITY])
    expect(await decide(authority, newKey('demo-new'), after(2 * MINUTE))).toMatchObject({ state: 'carried-out' })
})

test('a root is granted nothing by another, so nobody ends one, nor names its officers', async () => {
  const issued = await world.issue()
  await decisions.authority('demo-peer')
  await officersOf('demo-peer')
  for (const right of ['accredit', 'assess', 'issue'] as const)
    await expect(
      decide('demo-peer', {
        verb: 'accredit',
        grantee: AUTHORITY,
        grant: 'x',
        right,
        jointly: 'demo-peer',
        ...nothing,
      }),
    ).rejects.toMatchObject({ code: 'validation-failed', faults: [{ pointer: '/grantee' }] })
  await expect(decide('demo-peer', member(AUTHORITY))).rejects.toMatchObject(notBelow)
  const { verdict } = await verifyDocument(issued.verifiableCredential, world.verifying(after(MINUTE)))
  expect(verdict).toBe('valid')
})

test('a right fits the kind of its holder', async () => {
  await decisions.authority('demo-office')
  await decisions.centre('demo-hall')
  for (const [grantee, right] of [
    ['demo-office', 'issue'],
    ['demo-office', 'assess'],
    ['demo-hall', 'issue'],
    ['demo-hall', 'accredit'],
  ] as const)
    await expect(decisions.grant(grantee, [AUTHORITY], { right, scope: tiles })).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer: '/right' }],
    })
})

test('an authority that was withdrawn decides no more, and whoever is above it does', async () => {
  await decisions.authority('demo-mid')
  await decisions.grant('demo-mid', [AUTHORITY], { grant: 'acc', right: 'accredit', scope: tiles })
  await officersOf('demo-mid')
  await decisions.body('demo-below')
  await decisions.grant('demo-below', ['demo-mid'], { scope: tiles })
  expect(await decide('demo-mid', member('demo-below'))).toMatchObject({ state: 'carried-out' })
  await decisions.withdraw('demo-mid', AUTHORITY, { grant: 'acc', effectiveAt: FROM })
  for (const change of [newKey('demo-below'), member('demo-below')])
    await expect(decide('demo-mid', change, after(MINUTE))).rejects.toMatchObject(notBelow)
  expect(await decide(AUTHORITY, newKey('demo-below'), after(MINUTE))).toMatchObject({ state: 'carried-out' })
})

test('a body does not undo what was done to its key: it is its own root only by law', async () => {
  await officersOf(BODY)
  const change: ProposedChange = { verb: 'resume-key', issuer: BODY, kid: 'certificates-1' }
  await suspendKeyByOfficer(
    { authority: AUTHORITY, subject: `${AUTHORITY}-1`, issuer: BODY, kid: 'certificates-1' },
    world.at(noon),
  )
  for (const attempt of [change, newKey(BODY)])
    await expect(decide(BODY, attempt, after(MINUTE))).rejects.toMatchObject(notBelow)
  expect(await decide(AUTHORITY, change, after(MINUTE))).toMatchObject({ state: 'carried-out' })

  await decisions.body('demo-by-law')
  await decisions.byLaw('demo-by-law')
  await officersOf('demo-by-law')
  expect(await decide('demo-by-law', newKey('demo-by-law'))).toMatchObject({ state: 'carried-out' })
})
