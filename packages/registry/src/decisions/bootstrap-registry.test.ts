import { beforeEach, describe, expect, test } from 'vitest'
import { after, aWorld, identity, MINUTE, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { type CommitStore, readingOf, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { rolesOf } from '../trust/members.ts'
import { isWholeRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { type BootstrapRequest, bootstrapRegistry, rehearseBootstrap } from './bootstrap-registry.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { approveProposal, proposeChange } from './propose.ts'

const [ROOT, BODY, SANDBOX] = ['demo-root', 'demo-by-law', 'demo-sandbox']
const officers: BootstrapRequest['members'] = [
  { subject: 'officer-1', roles: ['propose', 'approve'] },
  { subject: 'officer-2', roles: ['propose', 'approve'] },
]
const masonry = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
const byLaw = { grant: 'main', right: 'issue', law: 'Act 1', scope: masonry } as const
const anAuthority = (change: Partial<BootstrapRequest> = {}): BootstrapRequest => ({
  kind: 'authority',
  id: ROOT,
  identity: identity({ name: 'Root (demonstration)' }),
  effectiveFrom: '2026-01-01',
  established: [],
  members: officers,
  ...change,
})
const aBody = (change: Partial<BootstrapRequest> = {}): BootstrapRequest => ({
  ...anAuthority({
    kind: 'body',
    id: BODY,
    identity: identity({ name: 'By law (demonstration)' }),
    established: [byLaw],
  }),
  ...change,
})
const aSandbox = (change: Partial<BootstrapRequest> = {}): BootstrapRequest => ({
  ...anAuthority({
    kind: 'sandbox',
    id: SANDBOX,
    identity: identity({ name: 'Sandbox (demonstration)', state: 'ASEAN' }),
    members: [{ subject: 'suite', roles: ['issue', 'status'] }],
  }),
  ...change,
})

let world: World
let deps: CarryOutDeps
beforeEach(async () => {
  world = await aWorld()
  deps = world.at(after(MINUTE))
})
const entityOf = async (id: string) => entityAt(id, await trustOf(world.store)(id), EVERYTHING)
const later = (store: CommitStore = world.store): CarryOutDeps => ({ ...world.at(after(2 * MINUTE)), store })

/** All commits on record, without the random parts of keys and secrets. */
const recorded = (from: number) =>
  world.store.appended
    .slice(from)
    .map(({ stream, events, actor }) => [
      stream,
      events.map((event) => ({ ...(event as object), key: 0, ciphertext: 0 })),
      actor,
    ])

describe('the bootstrap', () => {
  test('records a root, and its two officers can decide', async () => {
    await bootstrapRegistry(anAuthority(), deps)
    const root = await entityOf(ROOT)
    expect(root && isWholeRoot(root, deps.policy)).toBe(true)
    const change = {
      verb: 'register-body',
      id: 'demo-new',
      identity: identity({ name: 'New (demonstration)' }),
    } as const
    const { id, hash } = await proposeChange(
      { authority: ROOT, subject: 'officer-1', id: 'p-1', change },
      world.at(after(2 * MINUTE)),
    )
    const decision = { authority: ROOT, id, hash, subject: 'officer-2', signedInAt: after(2 * MINUTE) }
    expect(await approveProposal(decision, world.at(after(3 * MINUTE)))).toMatchObject({ state: 'carried-out' })
    expect(await entityOf('demo-new')).toMatchObject({ under: ROOT })
  })

  test('limits the root of one profession to that profession', async () => {
    await bootstrapRegistry(anAuthority({ established: [{ ...byLaw, right: 'accredit' }] }), deps)
    const root = await entityOf(ROOT)
    expect(root?.grants).toMatchObject([{ right: 'accredit', grantors: [], basis: 'Act 1', scope: masonry }])
    expect(root && isWholeRoot(root, deps.policy)).toBe(false)
  })

  test('records a body that may issue by law, with its secret and keys, and a sandbox with keys on three curves', async () => {
    await bootstrapRegistry(aBody(), deps)
    await bootstrapRegistry(aSandbox(), deps)
    const body = await entityOf(BODY)
    expect(body?.keys.map(({ purpose }) => purpose)).toEqual(['certificates', 'lists'])
    expect(body?.grants).toMatchObject([{ right: 'issue', grantors: [], from: '2026-01-01T00:00:00.000Z' }])
    expect(body?.registeredFrom).toBe('2026-01-01T00:00:00.000Z')
    expect(await world.store.read(streams.secret(BODY))).toHaveLength(1)
    const sandbox = await entityOf(SANDBOX)
    expect(sandbox).toMatchObject({ sandbox: true, grants: [] })
    expect(sandbox?.keys.map(({ algorithm }) => algorithm)).toEqual(['Ed25519', 'Ed25519', 'P-256', 'P-384'])
  })

  test('changes nothing when it is repeated, even after later decisions of officers', async () => {
    const all = [anAuthority(), aBody(), aSandbox()]
    for (const bootstrap of all) await bootstrapRegistry(bootstrap, deps)
    const change = { verb: 'add-member', owner: ROOT, subject: 'officer-1', roles: ['propose'] } as const
    const { id, hash } = await proposeChange(
      { authority: ROOT, subject: 'officer-1', id: 'p-1', change },
      world.at(after(2 * MINUTE)),
    )
    const decision = { authority: ROOT, id, hash, subject: 'officer-2', signedInAt: after(2 * MINUTE) }
    await approveProposal(decision, world.at(after(2 * MINUTE)))
    const { length } = world.store.appended
    expect(await rehearseBootstrap(all, world.at(after(3 * MINUTE)))).toEqual([])
    for (const bootstrap of all) await bootstrapRegistry(bootstrap, world.at(after(3 * MINUTE)))
    expect(world.store.appended).toHaveLength(length)
  })

  test.each([
    ['another officer', { members: [...officers, { subject: 'officer-3', roles: ['approve'] as const }] }],
    ['more roles', { members: officers.map((one) => ({ ...one, roles: ['propose', 'approve', 'issue'] as const })) }],
    ['a wider scope', { established: [{ ...byLaw, scope: { places: ['PH'] } }] }],
    ['another grant', { established: [byLaw, { ...byLaw, grant: 'more', right: 'accredit' as const }] }],
    ['an earlier day', { effectiveFrom: '2020-01-01' }],
    ['another name', { identity: identity({ name: 'Another (demonstration)' }) }],
  ])('refuses a repeated request that differs: %s', async (_, change) => {
    await bootstrapRegistry(aBody(), deps)
    const { length } = world.store.appended
    await expect(bootstrapRegistry(aBody(change), later())).rejects.toMatchObject({ code: 'conflict' })
    expect(world.store.appended).toHaveLength(length)
  })

  test('refuses an entity that was registered in another way', async () => {
    const { length } = world.store.appended
    const other = anAuthority({ id: 'demo-pqf', identity: identity({ name: 'PQF NCC', demonstration: false }) })
    await expect(bootstrapRegistry(other, deps)).rejects.toMatchObject({ code: 'conflict' })
    await expect(bootstrapRegistry(aBody({ id: 'demo-tesda' }), deps)).rejects.toMatchObject({ code: 'conflict' })
    expect(world.store.appended).toHaveLength(length)
  })

  test('continues after a crash at any write, and no officer can decide before the limits are recorded', async () => {
    const all = [anAuthority({ established: [{ ...byLaw, right: 'accredit' }] }), aBody(), aSandbox()]
    const begun = world.store.appended.length
    for (const bootstrap of all) await bootstrapRegistry(bootstrap, deps)
    const whole = recorded(begun)
    expect(whole.length).toBeGreaterThan(15)
    for (let writes = 0; writes < whole.length; writes++) {
      world = await aWorld()
      let left = writes
      const append: CommitStore['append'] = async (commit) => {
        if (left-- === 0) throw new Error('the process ended')
        await world.store.append(commit)
      }
      const crashing = { ...world.at(after(MINUTE)), store: { ...readingOf(world.store), append } }
      const run = async (how: CarryOutDeps) => {
        for (const bootstrap of all) await bootstrapRegistry(bootstrap, how)
      }
      await expect(run(crashing)).rejects.toThrow('the process ended')
      const root = await entityOf(ROOT)
      if (root?.grants.length === 0) expect(await rolesOf(ROOT, 'officer-1', world.store)).toEqual([])
      await run(later())
      expect(recorded(begun)).toEqual(whole)
    }
  })

  test('in a rehearsal returns what it would write, and writes nothing', async () => {
    const { length } = world.store.appended
    const planned = await rehearseBootstrap([anAuthority(), aBody(), aSandbox()], deps)
    expect(world.store.appended).toHaveLength(length)
    for (const bootstrap of [anAuthority(), aBody(), aSandbox()]) await bootstrapRegistry(bootstrap, deps)
    const shown = planned.map(({ stream, events }) => [stream, (events as { type: string }[]).map(({ type }) => type)])
    expect(shown).toEqual(
      world.store.appended
        .slice(length)
        .map(({ stream, events }) => [stream, (events as { type: string }[]).map(({ type }) => type)]),
    )
  })
})

describe('the bootstrap records nothing', () => {
  const production = { demonstration: false }
  const real = { identity: identity({ name: 'A Real Authority', demonstration: false }) }
  test.each<[string, BootstrapRequest, Partial<CarryOutDeps['policy']>, string]>([
    ['with one officer', anAuthority({ members: officers.slice(0, 1) }), {}, '/members'],
    [
      'with one person in both roles',
      anAuthority({ members: [officers[0], officers[0]] as BootstrapRequest['members'] }),
      {},
      '/members',
    ],
    [
      'with two officers but none who may approve',
      anAuthority({ members: officers.map((one) => ({ ...one, roles: ['propose'] })) }),
      {},
      '/members',
    ],
    ['for a body without officers', aBody({ members: [{ subject: 'clerk', roles: ['issue'] }] }), {}, '/members'],
    ['for a body with no right by law', aBody({ established: [] }), {}, '/established'],
    [
      'for an unknown qualification',
      aBody({ established: [{ ...byLaw, scope: { qualifications: ['ph-nothing'] } }] }),
      {},
      '/established/0/scope',
    ],
    [
      'for another state',
      aBody({ established: [{ ...byLaw, scope: { places: ['TH'] } }] }),
      {},
      '/established/0/scope',
    ],
    ['for an authority that this deployment does not list', anAuthority(), { roots: ['demo-other'] }, '/id'],
    [
      'for a body that this deployment refuses',
      aBody(),
      { refused: [`did:web:registry.example:issuers:${BODY}`] },
      '/id',
    ],
    ['for demonstration in production', anAuthority(), production, '/id'],
    ['for a sandbox in production', aSandbox(real), production, ''],
    ['for a sandbox that is not marked as a demonstration', aSandbox(real), {}, '/identity/demonstration'],
    ['for a sandbox with a right by law', aSandbox({ established: [byLaw] }), {}, '/established'],
    [
      'for a demonstration whose name does not say so',
      anAuthority({ identity: identity({ name: 'Authority' }) }),
      {},
      '/identity/name',
    ],
    ['for an authority that would issue', anAuthority({ established: [byLaw] }), {}, '/right'],
    ['under a reserved id', anAuthority({ id: 'registry' }), {}, '/id'],
  ])('%s', async (_, bootstrap, policy, pointer) => {
    const { length } = world.store.appended
    const asked = { ...deps, policy: { ...deps.policy, ...policy } }
    const refusal = {
      code: 'validation-failed',
      faults: expect.arrayContaining([expect.objectContaining({ pointer })]),
    }
    await expect(rehearseBootstrap([bootstrap], asked)).rejects.toMatchObject(refusal)
    await expect(bootstrapRegistry(bootstrap, asked)).rejects.toMatchObject(refusal)
    expect(world.store.appended).toHaveLength(length)
  })

  test('if a later part of the same file is refused', async () => {
    const { length } = world.store.appended
    const all = [anAuthority(), aBody({ id: 'demo-tesda' })]
    await expect(rehearseBootstrap(all, world.at(after(SECOND)))).rejects.toMatchObject({ code: 'conflict' })
    expect(world.store.appended).toHaveLength(length)
  })
})
