import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  anInput,
  atOnce,
  aWorld,
  BODY,
  FROM,
  GRANT,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { issueCertificate } from '../issuance/issue.ts'
import { addMember, rolesOf } from '../trust/members.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange } from './propose.ts'
import { suspendKeyByOfficer } from './unilateral-actions.ts'

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
/** The identity of a body that a test registers. */
const identity = {
  name: 'New (demonstration)',
  state: 'PH',
  website: 'https://new.example',
  mandate: 'm',
  demonstration: true,
}
const tiles = { qualifications: ['ph-tile-nc2'], places: ['PH'] }
const notBelow = { code: 'not-found', message: 'no such body under this authority' }

describe('I32: a grantor does not take over its grantee', () => {
  beforeEach(async () => {
    await decisions.body('demo-other')
    await decisions.grant('demo-other', [AUTHORITY], { grant: 'acc', right: 'accredit', scope: tiles })
    await officersOf('demo-other')
    await decide('demo-other', { verb: 'accredit', grantee: BODY, grant: 'x', right: 'assess', ...nothing })
  })

  test('it cannot decide about the members, the keys or the succession of the grantee', async () => {
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

  test('the grantor of the first right to an entity that the operator registered oversees it', async () => {
    expect(await decide(AUTHORITY, member(BODY))).toMatchObject({ state: 'carried-out' })
    const issued = atOnce(
      await issueCertificate(
        { issuer: BODY, subject: 'mallory', idempotencyKey: 'm', input: anInput() },
        { ...world.issuing, now: after(MINUTE) },
      ),
    )
    expect((await verifyDocument(issued.verifiableCredential, world.verifying(after(2 * MINUTE)))).verdict).toBe(
      'valid',
    )
  })
})

test('the registering authority and those above it oversee an entity; the grantor of its first right does not', async () => {
  await decisions.authority('demo-mid')
  await decisions.grant('demo-mid', [AUTHORITY], { grant: 'acc', right: 'accredit', scope: tiles })
  await officersOf('demo-mid')
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

test('a root cannot be granted a right, so no other authority can end it or name its officers', async () => {
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

test('a right must fit the kind of its holder', async () => {
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

test('an authority whose right was withdrawn decides nothing any more, and the authority above it decides', async () => {
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

test('a body cannot undo a decision about its key unless it was established by law', async () => {
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

describe('succession and what the law established', () => {
  const succession = (id: string, successor: string, effectiveAt = moment): ProposedChange => ({
    verb: 'succeed',
    id,
    successor,
    basis: 'Act 2',
    effectiveAt,
  })

  test('an authority without a right in force, and a body without a right by law, cannot name its own successor', async () => {
    await decisions.authority('demo-mid')
    await decisions.grant('demo-mid', [AUTHORITY], { grant: 'acc', right: 'accredit', scope: tiles })
    await decisions.authority('demo-peer')
    await officersOf('demo-mid')
    await decisions.withdraw('demo-mid', AUTHORITY, { grant: 'acc', effectiveAt: FROM })
    await expect(decide('demo-mid', succession('demo-mid', 'demo-peer'))).rejects.toMatchObject(notBelow)
    await officersOf(BODY)
    await decisions.body('demo-friend')
    await expect(decide(BODY, succession(BODY, 'demo-friend'))).rejects.toMatchObject(notBelow)
    expect(await decide(AUTHORITY, succession(BODY, 'demo-friend'))).toMatchObject({ state: 'carried-out' })
  })

  test('a succession that has not started can be replaced', async () => {
    await decisions.body('demo-friend')
    await decisions.body('demo-other')
    await decide(AUTHORITY, succession(BODY, 'demo-friend', '2999-01-01T00:00:00.000Z'))
    const successorAt = async (day: string) =>
      (await decisions.ask(BODY, { effective: moment, recorded: day })).chain.at(-1)?.successor
    expect(await successorAt(after(MINUTE).toISOString())).toBeUndefined()
    expect(await successorAt('2999-01-01T00:00:00.000Z')).toMatchObject({ id: 'demo-friend' })
    expect(await decide(AUTHORITY, succession(BODY, 'demo-other'), after(MINUTE))).toMatchObject({
      state: 'carried-out',
    })
  })

  test('the second successor in a chain has the powers of the first entity', async () => {
    for (const id of ['demo-two', 'demo-three']) await decisions.authority(id)
    await officersOf('demo-three')
    await decisions.succeed(AUTHORITY, 'demo-two')
    await decisions.succeed('demo-two', 'demo-three')
    const now = after(MINUTE)
    expect(await decide('demo-three', newKey(BODY), now)).toMatchObject({ state: 'carried-out' })
    const withdrawal: ProposedChange = {
      verb: 'withdraw',
      grantee: BODY,
      grant: GRANT,
      basis: 'x',
      effectiveAt: now.toISOString(),
    }
    expect(await decide('demo-three', withdrawal, now)).toMatchObject({ state: 'carried-out' })
  })

  test('a root oversees the entities established by the law of its state and those below them, and never another root', async () => {
    await decisions.body('demo-law')
    await decisions.byLaw('demo-law', { right: 'accredit' })
    await officersOf('demo-law')
    await decide('demo-law', { verb: 'register-body', id: 'demo-new', identity })
    for (const id of ['demo-law', 'demo-new'])
      expect(await decide(AUTHORITY, newKey(id), after(MINUTE))).toMatchObject({ state: 'carried-out' })

    await decisions.authority('demo-region', 'ASEAN')
    await officersOf('demo-region')
    await expect(decide('demo-region', newKey('demo-law'), after(MINUTE))).rejects.toMatchObject(notBelow)
    await decisions.authority('demo-peer')
    await decisions.byLaw('demo-peer', { right: 'accredit' })
    await expect(decide(AUTHORITY, member('demo-peer'), after(MINUTE))).rejects.toMatchObject(notBelow)
  })

  test('an entity established by law decides about its own keys while its right is in force', async () => {
    await decisions.body('demo-law')
    await decisions.byLaw('demo-law')
    await officersOf('demo-law')
    await decisions.withdraw('demo-law', AUTHORITY, { effectiveAt: FROM })
    await expect(decide('demo-law', newKey('demo-law'), after(MINUTE))).rejects.toMatchObject(notBelow)
  })
})

test('an authority without a right in force cannot change what it granted: the authority above it decides', async () => {
  await decisions.authority('demo-mid')
  await decisions.grant('demo-mid', [AUTHORITY], { grant: 'acc', right: 'accredit', scope: tiles })
  await officersOf('demo-mid')
  await decisions.body('demo-below')
  await decisions.grant('demo-below', ['demo-mid'], { scope: tiles })
  await decisions.withdraw('demo-mid', AUTHORITY, { grant: 'acc' }, after(MINUTE))
  const withdrawal: ProposedChange = {
    verb: 'withdraw',
    grantee: 'demo-below',
    grant: 'main',
    basis: 'x',
    effectiveAt: FROM,
  }
  await expect(decide('demo-mid', withdrawal, after(2 * MINUTE))).rejects.toMatchObject({ code: 'not-found' })
  expect(await decide(AUTHORITY, withdrawal, after(2 * MINUTE))).toMatchObject({ state: 'carried-out' })
})

test('a first grant with an empty scope gives no oversight of an entity that the operator registered', async () => {
  await decisions.body('demo-fresh')
  await decisions.authority('demo-rival')
  await officersOf('demo-rival')
  await decide('demo-rival', { verb: 'accredit', grantee: 'demo-fresh', grant: 'x', right: 'assess', ...nothing })
  await decisions.grant('demo-fresh', [AUTHORITY], { scope: tiles }, after(SECOND))
  await expect(decide('demo-rival', member('demo-fresh'), after(MINUTE))).rejects.toMatchObject(notBelow)
  expect(await decide(AUTHORITY, member('demo-fresh'), after(MINUTE))).toMatchObject({ state: 'carried-out' })
})
