import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  FROM,
  identity,
  MINUTE,
  noon,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { acceptList, suspendList } from '../accepted-registries/accepted-lists.ts'
import { importRegistry } from '../accepted-registries/import-registry.ts'
import { publishBundle, readBundle } from '../log/bundle.ts'
import { readVerifierKeys } from '../log/log-keys.ts'
import { sequenceLog } from '../log/sequence.ts'
import { type CommitStore, readingOf } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import type { Identity } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { bootstrapRegistry, rehearseBootstrap } from './bootstrap-registry.ts'
import type { Proposal, ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange } from './propose.ts'
import { registerBody, registerCentre } from './register.ts'

const NEW = 'demo-new'
const THAI = 'demo-onec'
const NAMES: Partial<Identity> = {
  name: 'Skills Board (demonstration)',
  acronym: 'TESDA',
  localName: { text: 'Lupon ng Kasanayan', language: 'fil' },
  furtherNames: [{ text: 'Tabang sa Kahanas', language: 'ceb' }],
}

let world: World
beforeEach(async () => {
  world = await aWorld()
  await decisionsIn(world).authority(THAI, 'TH')
  for (const owner of [AUTHORITY, THAI])
    for (const subject of ['one', 'two'])
      await addMember(
        { owner, subject, roles: ['propose', 'approve'], actor: 'registrar' },
        { store: world.store, now: new Date(FROM) },
      )
})
const deps = () => ({ ...world.at(noon), actor: 'registrar' })
const onRecord = (id: string, change: Partial<Identity> = {}) =>
  registerCentre({ id, identity: identity({ ...NAMES, ...change }), actor: 'registrar' }, deps())

const register = (change: Partial<Identity>, more: object = {}): ProposedChange => ({
  verb: 'register-body',
  id: NEW,
  identity: identity({ name: 'Another Name (demonstration)', ...change }),
  ...more,
})
const propose = (change: ProposedChange, id = 'p-1', authority = AUTHORITY) =>
  proposeChange({ authority, subject: 'one', id, change }, world.at(noon))
const approve = ({ id, hash }: { id: string; hash: string }, authority = AUTHORITY, at = after(MINUTE)) =>
  approveProposal({ authority, id, subject: 'two', hash, signedInAt: at }, world.at(at))
const entity = async (id = NEW) => entityAt(id, await trustOf(world.store)(id), EVERYTHING)
const taken = (pointer: string) => ({
  code: 'conflict',
  message: expect.stringContaining('Skills Board (demonstration) (demo-board, PH)'),
  faults: [{ pointer, detail: expect.stringContaining('demo-board') }],
})

describe('R003: within one state a look-alike of a name on record is refused', () => {
  // biome-ignore format: it reads as a table
  test.each<[string, Partial<Identity>, string]>([
    ['the very same name',                     { name: 'Skills Board (demonstration)' },           '/identity/name'],
    ['its acronym with a Cyrillic letter',     { acronym: 'TESD\u0410' },                          '/identity/acronym'],
    ['its acronym as a name',                  { name: 'Tesda (demonstration)' },                  '/identity/name'],
    ['its local name as an acronym',           { acronym: 'LUPON NG KASANAYAN' },                  '/identity/acronym'],
    ['its name as a local name',               { localName: { text: 'Ski\u200blls Board', language: 'en' } }, '/identity/localName/text'],
    ['a further name as a further name',       { furtherNames: [{ text: 'Other', language: 'ceb' }, { text: 'Tabang  sa Kahanas', language: 'ceb' }] }, '/identity/furtherNames/1/text'],
  ])('%s', async (_, change, pointer) => {
    await onRecord('demo-board')
    await expect(propose(register(change))).rejects.toMatchObject(taken(pointer))
    expect(await entity()).toBeUndefined()
  })

  test.each(['register-authority', 'register-body', 'register-centre'] as const)('by %s', async (verb) => {
    await onRecord('demo-board')
    const change = register({ acronym: 'ＴＥＳＤＡ' }, { verb })
    await expect(propose(change)).rejects.toMatchObject(taken('/identity/acronym'))
  })

  test('for an external signer', async () => {
    await onRecord('demo-board')
    const elsewhere = { did: 'did:web:board.example', keys: [] }
    await expect(propose(register({ acronym: 'TESDA' }, { elsewhere }))).rejects.toMatchObject(
      taken('/identity/acronym'),
    )
    await propose(register({}, { elsewhere }), 'p-2')
  })

  test('if the other entity was recorded after the proposal', async () => {
    const proposal = await propose(register({ acronym: 'TESDA' }))
    await onRecord('demo-board')
    await expect(approve(proposal)).rejects.toMatchObject(taken('/identity/acronym'))
    expect(await entity()).toBeUndefined()
  })

  test('in a bootstrap by the operator, also between two entities of one file', async () => {
    const body = (id: string, acronym: string) => ({
      kind: 'body' as const,
      id,
      identity: identity({ name: `${id} (demonstration)`, acronym }),
      effectiveFrom: '2026-01-01',
      established: [{ grant: 'main', right: 'issue' as const, law: 'Act 1', scope: { places: ['PH'] } }],
      members: ['one', 'two'].map((subject) => ({ subject, roles: ['propose', 'approve'] as const })),
    })
    const twins = [body('demo-one', 'TESDA'), body('demo-two', 'TESD\u0410')]
    await expect(rehearseBootstrap(twins, world.at(noon))).rejects.toMatchObject({ code: 'conflict' })
    await onRecord('demo-board')
    await expect(bootstrapRegistry(body('demo-one', 'TESDA'), world.at(noon))).rejects.toMatchObject(
      taken('/identity/acronym'),
    )
  })

  test('but two look-alikes that are already recorded both stay', async () => {
    await onRecord('demo-board')
    await onRecord('demo-board-2')
    const grant = { grant: 'g1', right: 'assess', basis: 'x', scope: {}, effectiveAt: noon.toISOString() } as const
    const change: ProposedChange = { verb: 'accredit', grantee: 'demo-board-2', ...grant }
    expect(await approve(await propose(change))).toMatchObject({ state: 'carried-out' })
  })
})

describe('a successor', () => {
  test('may have the names of its predecessor, and both officers see whose they were', async () => {
    const { acronym: _, ...same } = identity()
    const change = register(same, { succeeds: BODY })
    const proposal = await propose(change)
    expect(proposal.change).toMatchObject({ resembles: [{ id: BODY, name: identity().name, state: 'PH' }] })
    await approve(proposal)
    const succession = { id: BODY, successor: NEW, basis: 'Act 2', effectiveAt: noon.toISOString() }
    await approve(await propose({ verb: 'succeed', ...succession }, 'p-2'))
    // A third one in the chain may have the name of the first.
    await approve(await propose({ ...change, id: 'demo-third', succeeds: NEW } as ProposedChange, 'p-3'))
    await expect(propose({ ...change, id: 'demo-fourth' } as ProposedChange, 'p-4')).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('must be of the same kind, and under the authority that decides about the succession', async () => {
    const succeeding = (more: object) => propose(register(identity(), { succeeds: BODY, ...more }))
    await expect(succeeding({ verb: 'register-centre' })).rejects.toMatchObject({ code: 'validation-failed' })
    await decisionsIn(world).body('demo-foreign', 'TH')
    await expect(succeeding({ succeeds: 'demo-foreign' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(succeeding({ succeeds: 'demo-nobody' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a name that looks like one of another state', () => {
  const thai = { name: 'TESDA (demonstration)', state: 'TH' }

  test('does not block the registration, and is part of what two officers approve', async () => {
    await onRecord('demo-board')
    const proposal = await propose(register(thai), 'p-1', THAI)
    const resembles = [{ id: 'demo-board', name: NAMES.name, state: 'PH' }]
    expect(proposal.change).toMatchObject({ resembles })
    expect(await propose(register({ ...thai, name: 'Own (demonstration)' }), 'p-2', THAI)).not.toHaveProperty(
      'change.resembles',
    )
    expect(await approve(proposal, THAI)).toMatchObject({ state: 'carried-out', change: { resembles } })
  })

  test('blocks the approval if it was recorded after the proposal', async () => {
    const proposal = await propose(register(thai), 'p-1', THAI)
    await onRecord('demo-board')
    await expect(approve(proposal, THAI)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('demo-board'),
    })
    expect(await entity()).toBeUndefined()
    await approve(await propose(register(thai), 'p-2', THAI), THAI)
  })

  test('is shown as well where the list was copied before names were indexed, with the next bundle', async () => {
    const origin = await aWorld({ baseUrl: 'https://ph.example' })
    const { store, artefacts, keys: signer, baseUrl: registry } = origin
    const named = { id: 'tesda', identity: identity(NAMES), baseUrl: registry, actor: 'a' }
    await registerBody(named, origin.at(noon))
    await sequenceLog('registry', {
      store,
      artefacts,
      signer,
      keys: signer,
      baseUrl: registry,
      now: noon,
      seen: new Set(),
    })
    const publish = async (now: Date) => {
      await publishBundle({ store, artefacts, signer, policy: { demonstration: true }, baseUrl: registry, now })
      return JSON.parse((await readBundle({ store, artefacts })) ?? '')
    }
    const keys = await readVerifierKeys('registry', registry, store)
    const list = { registry, keys, states: ['PH'], basis: 'memorandum 1', authority: THAI, actor: 'one' }
    await acceptList(list, { ...world.at(noon), policy: { demonstration: true, roots: [THAI] } })
    const append: CommitStore['append'] = ({ index: _, ...commit }) => world.store.append(commit)
    const withoutIndex = { ...readingOf(world.store), append }
    const succeeding = { authority: THAI, subject: 'one' }
    await importRegistry({ ...succeeding, file: await publish(noon) }, { store: withoutIndex, now: after(MINUTE) })
    expect((await propose(register(thai), 'p-1', THAI)).change).not.toHaveProperty('resembles')

    const later = after(13 * 3_600_000)
    await importRegistry(
      { ...succeeding, file: await publish(later) },
      { store: world.store, now: after(13 * 3_600_000 + MINUTE) },
    )
    const resembles = [{ id: 'tesda', name: NAMES.name, state: 'PH', registry }]
    expect((await propose(register(thai), 'p-2', THAI)).change).toMatchObject({ resembles })
    const { length } = world.store.appended
    const again = after(26 * 3_600_000)
    await importRegistry(
      { ...succeeding, file: await publish(again) },
      { store: world.store, now: after(26 * 3_600_000 + MINUTE) },
    )
    expect(world.store.appended.slice(length).filter(({ index }) => index?.startsWith('LISTED#'))).toEqual([])
  })

  test('in an accepted list of another registry is shown with the address of that registry, until the list is suspended', async () => {
    const origin = await aWorld({ baseUrl: 'https://ph.example' })
    const { store, artefacts, keys: signer, baseUrl: registry } = origin
    await registerBody(
      { id: 'tesda', identity: identity(NAMES), baseUrl: registry, actor: 'a' },
      { ...origin.at(noon) },
    )
    await sequenceLog('registry', {
      store,
      artefacts,
      signer,
      keys: signer,
      baseUrl: registry,
      now: noon,
      seen: new Set(),
    })
    await publishBundle({ store, artefacts, signer, policy: { demonstration: true }, baseUrl: registry, now: noon })
    const keys = await readVerifierKeys('registry', registry, store)
    const list = { registry, keys, states: ['PH'], basis: 'memorandum 1', authority: THAI, actor: 'one' }
    const policy = { demonstration: true, roots: [THAI] }
    await acceptList(list, { ...world.at(noon), policy })
    const file = JSON.parse((await readBundle({ store, artefacts })) ?? '')
    await importRegistry({ authority: THAI, subject: 'one', file }, { store: world.store, now: after(MINUTE) })

    const resembles = [{ id: 'tesda', name: NAMES.name, state: 'PH', registry }]
    expect((await propose(register(thai), 'p-1', THAI)).change).toMatchObject({ resembles })
    await suspendList({ authority: THAI, subject: 'one', registry, basis: 'x' }, world.at(after(MINUTE)))
    expect((await propose(register(thai), 'p-2', THAI)).change).not.toHaveProperty('resembles')
  })
})

describe('of two that look alike and are approved in the same second', () => {
  /** An index that shows nothing of the last second, as a real one may. */
  const lagging = async () => {
    const { store } = world
    const { commits } = await store.list<never>('ENTITIES', { limit: 200, newestFirst: false })
    const behind = { ...readingOf(store), append: store.append.bind(store) } as CommitStore
    behind.list = (index, page) => (index === 'ENTITIES' ? Promise.resolve({ commits }) : store.list(index, page))
    return { ...world.at(after(MINUTE)), store: behind }
  }
  const twin = (id: string, more: Partial<Identity> = {}) =>
    ({ ...register({ acronym: 'TESD\u0410', ...more }), id }) as ProposedChange
  const both = async () => [await propose(twin(NEW, { acronym: 'TESDA' })), await propose(twin('demo-twin'), 'p-2')]
  const approveIn = (deps: Awaited<ReturnType<typeof lagging>>, { id, hash }: { id: string; hash: string }) =>
    approveProposal({ authority: AUTHORITY, id, subject: 'two', hash, signedInAt: after(MINUTE) }, deps)

  test('one is refused, though the index shows neither', async () => {
    const proposals = await both()
    const deps = await lagging()
    const ended = await Promise.allSettled(proposals.map((proposal) => approveIn(deps, proposal)))
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(ended.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
    expect([await entity(), await entity('demo-twin')].filter((one) => one !== undefined)).toHaveLength(1)
  })

  test('nor does the second one come in a moment later, while the index is behind', async () => {
    const [first, second] = await both()
    const deps = await lagging()
    await approveIn(deps, first as Proposal)
    await expect(approveIn(deps, second as Proposal)).rejects.toMatchObject({ code: 'conflict' })
    expect(await entity('demo-twin')).toBeUndefined()
  })

  test('one that a crash kept from coming on record holds its names for an hour, and may go on', async () => {
    const [first, second] = await both()
    const deps = await lagging()
    const { store } = deps
    const append: CommitStore['append'] = (commit) =>
      commit.stream === `${NEW}/trust` ? Promise.reject(new Error('crash')) : store.append(commit)
    await expect(approveIn({ ...deps, store: { ...store, append } }, first as Proposal)).rejects.toThrow('crash')
    await expect(approveIn(deps, second as Proposal)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(NEW),
    })
    await approveIn(deps, first as Proposal)
    expect(await entity()).toBeDefined()
  })

  test('the names of one that never came on record are free after that hour', async () => {
    const [first, second] = await both()
    const { store } = world
    const append: CommitStore['append'] = (commit) =>
      commit.stream === `${NEW}/trust` ? Promise.reject(new Error('crash')) : store.append(commit)
    const crashing = { ...world.at(after(MINUTE)), store: { ...readingOf(store), append } as CommitStore }
    await expect(approveIn(crashing, first as Proposal)).rejects.toThrow('crash')
    await approve(second as Proposal, AUTHORITY, after(62 * MINUTE))
    expect(await entity('demo-twin')).toBeDefined()
  })
})
