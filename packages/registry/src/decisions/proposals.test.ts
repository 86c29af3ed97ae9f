import { beforeEach, describe, expect, test } from 'vitest'
import { type Outcome, withFaults } from '../../../../test/support/faults.ts'
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
import { type Commit, type CommitStore, readingOf, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember, removeMember, requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { listProposals, type ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange, rejectProposal } from './propose.ts'
import { suspendByOfficer, suspendKeyByOfficer } from './unilateral-actions.ts'

const [FIRST, SECOND_OFFICER] = ['officer-1', 'officer-2']
const DAY = 24 * 60 * MINUTE
const moment = noon.toISOString()
const accreditation: ProposedChange = {
  verb: 'accredit',
  grantee: BODY,
  grant: 'second',
  right: 'issue',
  scope: { qualifications: ['ph-tile-nc2'], places: ['PH'] },
  basis: 'decision 7',
  effectiveAt: moment,
}
const newKey: ProposedChange = { verb: 'add-key', issuer: BODY, purpose: 'certificates', algorithm: 'Ed25519' }

let world: World
beforeEach(async () => {
  world = await aWorld()
  const deps = { store: world.store, now: new Date(FROM) }
  for (const subject of [FIRST, SECOND_OFFICER])
    await addMember({ owner: AUTHORITY, subject, roles: ['propose', 'approve'], actor: 'registrar' }, deps)
})

const propose = (change: ProposedChange = accreditation, now = noon, subject = FIRST) =>
  proposeChange({ authority: AUTHORITY, subject, id: 'p-1', change }, world.at(now))
const approve = (
  { hash, ...how }: { hash: string; subject?: string; signedInAt?: Date | undefined; id?: string },
  now = after(MINUTE),
  store: CommitStore = world.store,
) =>
  approveProposal(
    { authority: AUTHORITY, id: 'p-1', subject: SECOND_OFFICER, signedInAt: now, hash, ...how },
    { ...world.at(now), store },
  )
const bodyNow = async () => {
  const body = entityAt(BODY, await trustOf(world.store)(BODY), EVERYTHING)
  if (body === undefined) throw new Error('no body')
  return body
}
const grantsOf = async () => (await bodyNow()).grants.map(({ id }) => id)

describe('I32: a proposal needs two people', () => {
  test('nothing changes before the second officer approves; then the grant is recorded in the name of the authority', async () => {
    const { hash, state } = await propose()
    expect([state, await grantsOf()]).toEqual(['open', [GRANT]])
    const done = await approve({ hash })
    expect(done).toMatchObject({ state: 'carried-out', proposedBy: FIRST, decidedBy: SECOND_OFFICER })
    expect((await bodyNow()).grants.at(-1)).toMatchObject({ id: 'second', grantors: [AUTHORITY], basis: 'decision 7' })
    expect(
      await decisionsIn(world).ask(BODY, {
        qualification: 'ph-tile-nc2',
        effective: after(MINUTE).toISOString(),
        recorded: after(MINUTE).toISOString(),
      }),
    ).toMatchObject({ standing: 'authorised' })
  })

  test('R001: the officer who proposed cannot approve, even with a fresh sign-in', async () => {
    const { hash } = await propose()
    await expect(approve({ hash, subject: FIRST })).rejects.toMatchObject({ code: 'four-eyes-required' })
    expect(await grantsOf()).toEqual([GRANT])
  })

  test.each([
    ['of a program, which never signs in', undefined],
    ['of eleven minutes ago', after(MINUTE - 11 * MINUTE)],
  ])('a sign-in %s does not count', async (_, signedInAt) => {
    const { hash } = await propose()
    await expect(approve({ hash, signedInAt })).rejects.toMatchObject({ code: 'fresh-sign-in-required' })
    expect(await grantsOf()).toEqual([GRANT])
  })

  test('a sign-in ten minutes ago is fresh, and a sign-in in the future is not', async () => {
    const { hash } = await propose()
    await expect(approve({ hash, signedInAt: after(2 * MINUTE) })).rejects.toMatchObject({
      code: 'fresh-sign-in-required',
    })
    await approve({ hash, signedInAt: after(MINUTE - 10 * MINUTE) })
  })

  test('an approval must name the hash of the proposal that was seen', async () => {
    await propose()
    await expect(approve({ hash: 'x'.repeat(43) })).rejects.toMatchObject({
      code: 'conflict',
      faults: [{ pointer: '/hash' }],
    })
    expect(await grantsOf()).toEqual([GRANT])
  })

  test('I36: a proposal does not exist for an officer of another authority or for a person without the role', async () => {
    const deps = { store: world.store, now: noon }
    await addMember(
      { owner: 'elsewhere', subject: 'stranger', roles: ['propose', 'approve'], actor: 'registrar' },
      deps,
    )
    await addMember({ owner: AUTHORITY, subject: 'clerk', roles: ['propose'], actor: 'registrar' }, deps)
    const { hash } = await propose()
    for (const subject of ['stranger', 'clerk', 'nobody'])
      await expect(approve({ hash, subject })).rejects.toMatchObject({ code: 'not-found' })
    for (const subject of ['stranger', 'nobody'])
      await expect(propose(accreditation, noon, subject)).rejects.toMatchObject({ code: 'not-found' })
    await expect(approve({ hash, id: 'p-2' })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a proposal ends after thirty days', async () => {
    const { hash, endsAt } = await propose()
    expect(endsAt).toBe(after(30 * DAY).toISOString())
    await expect(approve({ hash }, after(30 * DAY))).rejects.toMatchObject({ code: 'conflict' })
    await approve({ hash }, after(30 * DAY - SECOND))
  })

  test('a rejected proposal is closed, and its reason is kept', async () => {
    const { hash } = await propose()
    const deps = { store: world.store, now: after(SECOND) }
    const rejection = { authority: AUTHORITY, id: 'p-1', subject: SECOND_OFFICER, why: 'not yet reviewed' }
    expect(await rejectProposal(rejection, deps)).toMatchObject({ state: 'rejected', decidedBy: SECOND_OFFICER })
    await expect(approve({ hash })).rejects.toMatchObject({ code: 'conflict' })
    const [proposal] = (await listProposals({ authority: AUTHORITY, limit: 10 }, { reader: world.store, now: noon }))
      .proposals
    expect(proposal).toMatchObject({ state: 'rejected' })
    expect(await grantsOf()).toEqual([GRANT])
  })

  test('a change that cannot be carried out is refused when it is proposed, and nothing is written', async () => {
    const before = world.store.appended.length
    const abroad: ProposedChange = { ...accreditation, grantee: 'nobody' }
    await expect(propose(abroad)).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      propose({ verb: 'lift', grantee: BODY, grant: 'none', basis: 'x', effectiveAt: moment }),
    ).rejects.toMatchObject({ code: 'not-found' })
    expect(world.store.appended).toHaveLength(before)
  })

  test('the rights of the grantor are checked again at the approval, because time has passed', async () => {
    const is = decisionsIn(world)
    await is.authority('ministry')
    await is.grant('ministry', [AUTHORITY], { right: 'accredit' })
    const deps = { store: world.store, now: noon }
    for (const subject of [FIRST, SECOND_OFFICER])
      await addMember({ owner: 'ministry', subject, roles: ['propose', 'approve'], actor: 'registrar' }, deps)
    const request = { authority: 'ministry', id: 'p-2' }
    const { hash } = await proposeChange({ ...request, subject: FIRST, change: accreditation }, world.at(noon))
    await is.withdraw('ministry', AUTHORITY, { effectiveAt: FROM }, after(SECOND))
    await expect(
      approveProposal(
        { ...request, subject: SECOND_OFFICER, hash, signedInAt: after(MINUTE) },
        world.at(after(MINUTE)),
      ),
    ).rejects.toMatchObject({ code: 'validation-failed' })
    expect(await grantsOf()).toEqual([GRANT])
  })
})

describe('I32: an approval is interrupted at each write, before and after the write', () => {
  const changes = [
    ['a grant', accreditation],
    ['a key', newKey],
    ['a member', { verb: 'add-member', owner: BODY, subject: 'new', roles: ['issue'] }],
    ['a member who goes', { verb: 'remove-member', owner: BODY, subject: OFFICER }],
    ['a retired key', { verb: 'retire-key', issuer: BODY, kid: 'certificates-1' }],
    ['a withdrawal', { verb: 'withdraw', grantee: BODY, grant: GRANT, basis: 'fraud', effectiveAt: FROM }],
  ] as const satisfies [string, ProposedChange][]
  const writes = [1, 2, 3]
  const outcomes: Outcome[] = ['fails-before', 'fails-after']

  test.each(
    changes.flatMap(([name, change]) =>
      writes.flatMap((call) => outcomes.map((outcome) => ({ name, change, call, outcome }))),
    ),
  )('$name, write $call $outcome: sent again, it is done once', async ({ change, call, outcome }) => {
    const { hash } = await propose(change)
    const before = (await bodyNow()).keys.length
    const { port } = withFaults<CommitStore>(world.store, [{ method: 'append', call, outcome }])
    await expect(approve({ hash }, after(MINUTE), port)).rejects.toMatchObject({ code: 'dependency-unavailable' })
    const done = await approve({ hash }, after(2 * MINUTE))
    expect(done.state).toBe('carried-out')
    const body = await bodyNow()
    if (change.verb === 'accredit') expect(await grantsOf()).toEqual([GRANT, 'second'])
    if (change.verb === 'add-key') expect(body.keys).toHaveLength(before + 1)
    if (change.verb === 'retire-key') expect(world.store.events('key-retired')).toHaveLength(1)
    if (change.verb === 'withdraw') expect(body.grants[0]?.changes).toHaveLength(1)
    if (change.verb === 'add-member')
      await requireMember({ owner: BODY, subject: 'new', role: 'issue' }, { reader: world.store })
    if (change.verb === 'remove-member') expect(world.store.events('member-removed')).toHaveLength(1)
    // A third attempt changes nothing.
    const count = world.store.appended.length
    await approve({ hash }, after(3 * MINUTE))
    expect(world.store.appended).toHaveLength(count)
  })

  test('two approvals at once carry out the change once', async () => {
    await addMember(
      { owner: AUTHORITY, subject: 'officer-3', roles: ['approve'], actor: 'registrar' },
      { store: world.store, now: new Date(FROM) },
    )
    const { hash } = await propose(newKey)
    const before = (await bodyNow()).keys.length
    await Promise.allSettled([approve({ hash }), approve({ hash, subject: 'officer-3' })])
    await approve({ hash }, after(2 * MINUTE))
    expect((await bodyNow()).keys).toHaveLength(before + 1)
  })
})

describe('keys and members of others', () => {
  test('an authority decides about those that it accredited, and about no others', async () => {
    const is = decisionsIn(world)
    await is.authority('foreign', 'TH')
    await is.body('theirs', 'TH')
    await is.grant('theirs', ['foreign'])
    for (const change of [
      { ...newKey, issuer: 'theirs' },
      { verb: 'add-member', owner: 'theirs', subject: FIRST, roles: ['issue'] },
      { verb: 'compromise-key', issuer: 'theirs', kid: 'certificates-1', compromisedFrom: FROM },
    ] as const satisfies ProposedChange[])
      await expect(propose(change)).rejects.toMatchObject({ code: 'not-found' })
    await propose(newKey)
  })

  test('a root decides about the entities established by law in its state', async () => {
    const is = decisionsIn(world)
    await is.body('lawful')
    await is.byLaw('lawful')
    await is.authority('foreign', 'TH')
    await propose({ ...newKey, issuer: 'lawful' })
    const change: ProposedChange = { ...newKey, issuer: 'lawful' }
    await addMember(
      { owner: 'foreign', subject: FIRST, roles: ['propose'], actor: 'registrar' },
      { store: world.store, now: noon },
    )
    await expect(
      proposeChange({ authority: 'foreign', subject: FIRST, id: 'p-3', change }, world.at(noon)),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('the history of a proposal is one stream, owned by its authority', async () => {
  const { hash } = await propose()
  await approve({ hash })
  const commits = await world.store.read<{ type: string }>(streams.proposal(AUTHORITY, 'p-1'))
  expect(commits.map(({ events, actor }) => [events[0]?.type, actor])).toEqual([
    ['proposed', FIRST],
    ['approved', SECOND_OFFICER],
    ['carried-out', SECOND_OFFICER],
  ])
})

describe('an approval counts once, and only for the state that was seen', () => {
  /** A store with which the process ends after the change and before the proposal records it. */
  const dying = (): CommitStore => ({
    ...readingOf(world.store),
    append: async (commit) => {
      if (commit.events.some((event) => (event as { type: string }).type === 'carried-out')) throw new Error('it ended')
      return world.store.append(commit)
    },
  })

  test('a change that cannot be carried out is not approved: it stays open and can be rejected', async () => {
    const { hash } = await propose()
    const withdrawn = { ...world.at(after(SECOND)), policy: { demonstration: true, roots: ['somebody-else'] } }
    const request = { authority: AUTHORITY, id: 'p-1', subject: SECOND_OFFICER, hash, signedInAt: after(SECOND) }
    await expect(approveProposal(request, withdrawn)).rejects.toMatchObject({ code: 'validation-failed' })
    const rejected = await rejectProposal({ authority: AUTHORITY, id: 'p-1', subject: FIRST }, world.at(after(MINUTE)))
    expect(rejected.state).toBe('rejected')
  })

  test('an approved proposal ends after thirty days too', async () => {
    const { hash } = await propose()
    const stopping = {
      ...world.store,
      ...readingOf(world.store),
      append: async (commit: Commit<unknown>) => {
        if (commit.stream === streams.trust(BODY)) throw new Error('it ended')
        return world.store.append(commit)
      },
    } as CommitStore
    await expect(approve({ hash }, after(MINUTE), stopping)).rejects.toThrow('it ended')
    await expect(approve({ hash }, after(31 * DAY))).rejects.toMatchObject({ code: 'conflict', message: /ended/ })
    expect(await grantsOf()).toEqual([GRANT])
  })

  test('repeated after a crash, it does not undo a later decision', async () => {
    const suspended = { authority: AUTHORITY, subject: FIRST, issuer: BODY, kid: 'certificates-1' }
    await suspendKeyByOfficer(suspended, world.at(after(-MINUTE)))
    const { hash } = await propose({ verb: 'resume-key', issuer: BODY, kid: 'certificates-1' })
    await expect(approve({ hash }, after(MINUTE), dying())).rejects.toThrow('it ended')
    await suspendKeyByOfficer(suspended, world.at(after(2 * MINUTE)))
    expect(await approve({ hash }, after(3 * MINUTE))).toMatchObject({ state: 'carried-out' })
    expect((await bodyNow()).keys[0]?.suspendedAt).toBe(after(2 * MINUTE).toISOString())
  })

  test('repeated after a crash, it does not bring back a member who was removed', async () => {
    const { hash } = await propose({ verb: 'add-member', owner: BODY, subject: 'someone', roles: ['issue'] })
    await expect(approve({ hash }, after(MINUTE), dying())).rejects.toThrow('it ended')
    await removeMember({ owner: BODY, subject: 'someone', actor: 'registrar' }, { store: world.store, now: after(DAY) })
    expect(await approve({ hash }, after(2 * DAY))).toMatchObject({ state: 'carried-out' })
    await expect(
      requireMember({ owner: BODY, subject: 'someone', role: 'issue' }, { reader: world.store }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('the officer who proposed must still be an officer at the approval', async () => {
    const { hash } = await propose()
    const deps = { store: world.store, now: after(SECOND) }
    await addMember({ owner: AUTHORITY, subject: 'officer-3', roles: ['propose'], actor: 'registrar' }, deps)
    await removeMember({ owner: AUTHORITY, subject: FIRST, actor: 'registrar' }, deps)
    await expect(approve({ hash })).rejects.toMatchObject({ code: 'four-eyes-required' })
    expect(await grantsOf()).toEqual([GRANT])
  })

  test('a change without effect is not approved: it would write no commit and could be sent again later', async () => {
    await expect(propose({ verb: 'resume-key', issuer: BODY, kid: 'certificates-1' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const deps = { store: world.store, now: new Date(FROM) }
    await addMember({ owner: BODY, subject: 'someone', roles: ['issue'], actor: 'registrar' }, deps)
    const again = propose({ verb: 'add-member', owner: BODY, subject: 'someone', roles: ['issue'] })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
  })

  test('an officer who may only approve can reject it, and a person who is not an officer cannot', async () => {
    await propose()
    const deps = { store: world.store, now: noon }
    await addMember({ owner: AUTHORITY, subject: 'approver', roles: ['approve'], actor: 'registrar' }, deps)
    const reject = (subject: string) => rejectProposal({ authority: AUTHORITY, id: 'p-1', subject }, world.at(noon))
    await expect(reject('somebody')).rejects.toMatchObject({ code: 'not-found' })
    expect(await reject('approver')).toMatchObject({ state: 'rejected' })
  })

  test('resuming a key ends the suspension that was seen, and no later one', async () => {
    const suspended = { authority: AUTHORITY, subject: FIRST, issuer: BODY, kid: 'certificates-1' }
    const resume: ProposedChange = { verb: 'resume-key', issuer: BODY, kid: 'certificates-1' }
    await suspendKeyByOfficer(suspended, world.at(after(-MINUTE)))
    const old = await propose(resume)
    const other = { authority: AUTHORITY, subject: FIRST, id: 'p-2', change: resume }
    const { hash } = await proposeChange(other, world.at(noon))
    await approve({ hash, id: 'p-2' }, after(MINUTE))
    await suspendKeyByOfficer(suspended, world.at(after(2 * MINUTE)))
    await expect(approve(old, after(3 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a lift ends the suspension that was seen: a later one, on other grounds, stays', async () => {
    const suspended = { authority: AUTHORITY, subject: FIRST, grantee: BODY, grant: GRANT }
    await suspendByOfficer({ ...suspended, basis: 'complaint A' }, world.at(after(-MINUTE)))
    // The lift is effective on a later day, so it would also end any suspension until then.
    const effectiveAt = after(2 * DAY).toISOString()
    const lift: ProposedChange = { verb: 'lift', grantee: BODY, grant: GRANT, basis: 'A was settled', effectiveAt }
    const { hash } = await propose(lift)
    await suspendByOfficer({ ...suspended, basis: 'fraud B' }, world.at(after(MINUTE)))
    await expect(approve({ hash }, after(2 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    const at = after(3 * DAY).toISOString()
    expect(await decisionsIn(world).ask(BODY, { effective: at, recorded: at })).toMatchObject({ standing: 'suspended' })
    const anew = await proposeChange(
      { authority: AUTHORITY, subject: FIRST, id: 'p-2', change: lift },
      world.at(after(3 * MINUTE)),
    )
    expect(await approve({ ...anew, id: 'p-2' }, after(4 * MINUTE))).toMatchObject({ state: 'carried-out' })
    expect(await decisionsIn(world).ask(BODY, { effective: at, recorded: at })).toMatchObject({
      standing: 'authorised',
    })
  })

  test('new terms apply to the grant that was seen: a later, narrower scope is not undone', async () => {
    const wide = { qualifications: ['ph-masonry-nc2', 'ph-tile-nc2'], places: ['PH'] }
    const amend = (scope: object): ProposedChange =>
      ({
        verb: 'amend',
        grantee: BODY,
        grant: GRANT,
        basis: 'decision 9',
        effectiveAt: moment,
        scope,
      }) as ProposedChange
    const old = await propose(amend(wide))
    const narrow = {
      authority: AUTHORITY,
      subject: FIRST,
      id: 'p-2',
      change: amend({ qualifications: [], places: ['PH'] }),
    }
    const { hash } = await proposeChange(narrow, world.at(after(SECOND)))
    await approve({ hash, id: 'p-2' })
    await expect(approve(old, after(2 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    const at = after(3 * MINUTE).toISOString()
    expect(await decisionsIn(world).ask(BODY, { effective: at, recorded: at })).toMatchObject({
      standing: 'not-for-this',
    })
  })

  test('a registration that a crash left unfinished is finished by a new proposal of the same registration', async () => {
    const identity = {
      name: 'New (demonstration)',
      state: 'PH',
      website: 'https://new.example',
      mandate: 'm',
      demonstration: true,
    }
    const register: ProposedChange = { verb: 'register-body', id: 'demo-new', identity }
    const { hash } = await propose(register)
    const stopping = {
      ...readingOf(world.store),
      append: async (commit: Commit<unknown>) => {
        if (commit.stream === streams.secret('demo-new')) throw new Error('it ended')
        return world.store.append(commit)
      },
    } as CommitStore
    await expect(approve({ hash }, after(MINUTE), stopping)).rejects.toThrow('it ended')
    const later = after(40 * DAY)
    const asked = { authority: AUTHORITY, subject: FIRST, id: 'p-2', change: register }
    const again = await proposeChange(asked, world.at(later))
    expect(await approve({ hash: again.hash, id: 'p-2' }, later)).toMatchObject({ state: 'carried-out' })
    const made = entityAt('demo-new', await trustOf(world.store)('demo-new'), EVERYTHING)
    expect(made?.keys.map(({ kid }) => kid)).toEqual(['certificates-1', 'lists-1'])
  })

  test('an approval that is repeated after a crash asks for the key that may exist already, and only then', async () => {
    const { hash } = await propose(newKey)
    const requests: unknown[] = []
    const keys = {
      cannotUse: world.keys.cannotUse,
      async createKey(...asked: Parameters<typeof world.keys.createKey>) {
        requests.push(asked[3])
        return world.keys.createKey(...asked)
      },
    }
    const stopping = {
      ...readingOf(world.store),
      append: async (commit: Commit<unknown>) => {
        if (commit.stream === streams.trust(BODY)) throw new Error('it ended')
        return world.store.append(commit)
      },
    } as CommitStore
    const request = { authority: AUTHORITY, id: 'p-1', subject: SECOND_OFFICER, hash, signedInAt: after(MINUTE) }
    const deps = { ...world.at(after(MINUTE)), keys }
    await expect(approveProposal(request, { ...deps, store: stopping })).rejects.toThrow('it ended')
    expect(await approveProposal(request, deps)).toMatchObject({ state: 'carried-out' })
    expect(requests).toEqual([
      { name: 'p-1', isRepeated: false },
      { name: 'p-1', isRepeated: true },
    ])
    expect((await bodyNow()).keys.map(({ kid }) => kid)).toEqual(['certificates-1', 'lists-1', 'certificates-2'])
  })

  test('two approvals at once make one key', async () => {
    const { hash } = await propose(newKey)
    let other: Promise<unknown> | undefined
    const slow = {
      ...world.keys,
      cannotUse: world.keys.cannotUse,
      createKey: async (...asked: Parameters<typeof world.keys.createKey>) => {
        const made = await world.keys.createKey(...asked)
        other ??= approve({ hash })
        await other
        return made
      },
    }
    const request = { authority: AUTHORITY, id: 'p-1', subject: SECOND_OFFICER, hash, signedInAt: after(MINUTE) }
    const again = approveProposal(request, { ...world.at(after(MINUTE)), keys: slow })
    await Promise.allSettled([again, other])
    expect((await bodyNow()).keys.map(({ kid }) => kid)).toEqual(['certificates-1', 'lists-1', 'certificates-2'])
  })

  test('L1: a change that is too long for the public log is refused when it is proposed', async () => {
    const gaps = Array.from({ length: 50 }, () => 'ก'.repeat(450))
    const assurance = { reviewer: 'r', reviewedOn: '2026-01-01', findings: 'f', gaps }
    await expect(propose({ ...accreditation, assurance })).rejects.toMatchObject({ code: 'validation-failed' })
  })
})
