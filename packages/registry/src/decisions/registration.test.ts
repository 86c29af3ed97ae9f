import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
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
import { type CommitStore, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember } from '../trust/members.ts'
import { isRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import type { ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange } from './propose.ts'
import { registerAuthority } from './register.ts'

const NEW = 'demo-new'
const named = identity({ name: 'Skills Academy (demonstration)' })
const body: ProposedChange = { verb: 'register-body', id: NEW, identity: named }
const centre: ProposedChange = { verb: 'register-centre', id: NEW, identity: named }

let world: World
beforeEach(async () => {
  world = await aWorld()
  for (const owner of [AUTHORITY, 'demo-else'])
    for (const subject of ['one', 'two'])
      await addMember(
        { owner, subject, roles: ['propose', 'approve'], actor: 'registrar' },
        { store: world.store, now: new Date(FROM) },
      )
})
const propose = (change: ProposedChange, id = 'p-1', authority = AUTHORITY) =>
  proposeChange({ authority, subject: 'one', id, change }, world.at(noon))
const approve = ({ id, hash }: { id: string; hash: string }, store: CommitStore = world.store, at = after(MINUTE)) =>
  approveProposal({ authority: AUTHORITY, id, subject: 'two', hash, signedInAt: at }, { ...world.at(at), store })
const entity = async (id = NEW) => entityAt(id, await trustOf(world.store)(id), EVERYTHING)

describe('I32: a registration needs two people', () => {
  test('a body has nothing before the second officer approves; then a DID, a secret and two keys, and no right', async () => {
    const proposal = await propose(body)
    expect(await entity()).toBeUndefined()
    expect(await approve(proposal)).toMatchObject({ state: 'carried-out' })
    const made = await entity()
    expect(made).toMatchObject({ kind: 'body', did: 'did:web:registry.example:issuers:demo-new', grants: [] })
    expect(made?.keys.map(({ purpose }) => purpose)).toEqual(['certificates', 'lists'])
    expect(await world.store.read(streams.secret(NEW))).toHaveLength(1)
  })

  test('below the root of a fictional state, a newcomer has the name of that state, and states none itself', async () => {
    const fictional = { state: 'XS', stateName: 'Fictional Samudra' }
    await registerAuthority(
      { id: 'demo-samudra', identity: identity(fictional), actor: 'operator', effectiveAt: FROM },
      world.at(noon),
    )
    for (const subject of ['one', 'two'])
      await addMember(
        { owner: 'demo-samudra', subject, roles: ['propose', 'approve'], actor: 'registrar' },
        { store: world.store, now: new Date(FROM) },
      )
    const { id, hash } = await propose({ ...body, identity: { ...named, state: 'XS' } }, 'p-1', 'demo-samudra')
    const at = after(MINUTE)
    await approveProposal({ authority: 'demo-samudra', id, subject: 'two', hash, signedInAt: at }, world.at(at))
    expect((await entity())?.identity).toMatchObject(fictional)
  })

  test.each([1, 2, 3, 4, 5, 6])('an approval that failed at write %i continues when it is repeated', async (call) => {
    const proposal = await propose(body)
    const { port } = withFaults(world.store as CommitStore, [{ method: 'append', call, outcome: 'fails-before' }])
    await expect(approve(proposal, port)).rejects.toThrow()
    expect(await approve(proposal, world.store, after(2 * MINUTE))).toMatchObject({ state: 'carried-out' })
    expect((await entity())?.keys).toHaveLength(2)
    expect(world.store.events('body-registered').filter(({ stream }) => stream === `${NEW}/trust`)).toHaveLength(1)
  })

  test('of two proposals with one id, the second is refused because the id is taken', async () => {
    const [first, second] = [await propose(body), await propose(centre, 'p-2')]
    await approve(first)
    await expect(approve(second)).rejects.toMatchObject({ code: 'conflict' })
    await expect(propose(body, 'p-3')).rejects.toMatchObject({ code: 'conflict' })
    expect((await entity())?.kind).toBe('body')
  })

  test('R-008: an entity of another state is refused, and so is an authority without the right to accredit', async () => {
    const abroad: ProposedChange = { ...body, identity: identity({ state: 'TH' }) }
    await expect(propose(abroad)).rejects.toMatchObject({ code: 'validation-failed' })
    await decisionsIn(world).authority('demo-else')
    await decisionsIn(world).grant('demo-else', [AUTHORITY], { right: 'accredit' })
    expect(await propose(body, 'p-2', 'demo-else')).toMatchObject({ state: 'open' })
    await decisionsIn(world).suspend('demo-else', AUTHORITY, {}, noon)
    await expect(propose(body, 'p-3', 'demo-else')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('control of a web domain', () => {
  const control = { domain: 'ph-tesda.example', sha256: 'x'.repeat(43), readOn: '2026-03-01' }

  test('is part of the proposal and is recorded with the registration', async () => {
    const without = await propose(body)
    const proposal = await propose({ ...body, control }, 'p-2')
    expect(proposal.hash).not.toBe(without.hash)
    await approve(proposal)
    expect(await entity()).toMatchObject({ control })
    expect(world.store.events('body-registered').at(-1)).toMatchObject({ control })
  })

  test('is recorded for an external signer too; without proof nothing is recorded', async () => {
    const elsewhere = { did: 'did:web:academy.example', keys: [] }
    await approve(await propose({ ...body, elsewhere, control }))
    expect(await entity()).toMatchObject({ elsewhere: true, control })
    expect(await entity(BODY)).not.toHaveProperty('control')
  })

  test.each([
    ['another domain', { domain: 'other.example' }, '/control/domain'],
    ['a day to come', { readOn: '2026-03-03' }, '/control/readOn'],
    ['a day long ago', { readOn: '2025-12-31' }, '/control/readOn'],
  ])('is refused for %s', async (_, change, pointer) => {
    await expect(propose({ ...body, control: { ...control, ...change } })).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer }],
    })
  })
})

test('a succession is decided once, by the accrediting authority, between entities of one kind', async () => {
  const succession = {
    verb: 'succeed',
    id: BODY,
    successor: NEW,
    basis: 'Act 2',
    effectiveAt: noon.toISOString(),
  } as const
  await expect(propose(succession)).rejects.toMatchObject({ code: 'not-found' })
  await approve(await propose(body))
  await expect(propose({ ...succession, successor: AUTHORITY }, 'p-2')).rejects.toMatchObject({
    code: 'validation-failed',
  })
  await approve(await propose(succession, 'p-3'))
  expect((await entity(BODY))?.successor).toMatchObject({ id: NEW, basis: 'Act 2' })
  await expect(propose(succession, 'p-4')).rejects.toMatchObject({ code: 'conflict' })
})

describe('a further authority is registered under another', () => {
  const authority: ProposedChange = {
    verb: 'register-authority',
    id: NEW,
    identity: identity({ name: 'Trades Board (demonstration)' }),
  }
  const issues = (grantee: string, grantor: string) =>
    decisionsIn(world).grant(grantee, [grantor], { grant: 'by-new', scope: { places: ['PH'] } })

  test('it is never a root, and it grants nothing before it is accredited', async () => {
    await approve(await propose(authority))
    const made = await entity()
    expect(made).toMatchObject({ kind: 'authority', under: AUTHORITY, grants: [], keys: [] })
    expect(made && isRoot(made, { demonstration: true })).toBe(false)
    expect(made && isRoot(made, { demonstration: true, roots: [NEW] })).toBe(false)
    await decisionsIn(world).body('demo-other')
    await expect(issues('demo-other', NEW)).rejects.toMatchObject({ code: 'validation-failed' })
    await expect(propose({ ...body, id: 'demo-third' }, 'p-2', NEW)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('an accredited one can accredit within its own scope, and its grants end with its own', async () => {
    await approve(await propose(authority))
    const decide = decisionsIn(world)
    await decide.body('demo-other')
    await decide.grant(NEW, [AUTHORITY], { right: 'accredit', scope: { places: ['PH'] } })
    await issues('demo-other', NEW)
    const asked = { effective: after(3 * MINUTE).toISOString(), recorded: after(3 * MINUTE).toISOString() }
    const answer = await decide.ask('demo-other', asked)
    expect(answer.standing).toBe('authorised')
    expect(answer.chain.map(({ id }) => id)).toEqual([AUTHORITY, NEW, 'demo-other'])
    await decide.suspend(NEW, AUTHORITY, {}, after(2 * MINUTE))
    expect((await decide.ask('demo-other', asked)).standing).toBe('suspended')
  })

  test('a repeated approval registers it once; a root on record cannot be registered under another', async () => {
    const proposal = await propose(authority)
    const { port } = withFaults(world.store as CommitStore, [{ method: 'append', call: 2, outcome: 'fails-after' }])
    await expect(approve(proposal, port)).rejects.toThrow()
    expect(await approve(proposal, world.store, after(2 * MINUTE))).toMatchObject({ state: 'carried-out' })
    expect(world.store.events('authority-registered').filter(({ under }) => under === AUTHORITY)).toHaveLength(1)
    await decisionsIn(world).authority('demo-own')
    const same = { ...authority, id: 'demo-own', identity: identity({ name: 'demo-own (demonstration)' }) }
    await expect(propose(same, 'p-2')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('it cannot be in another state or be registered by a body, even one that may accredit', async () => {
    const foreign = { ...authority, identity: identity({ name: 'Trades Board (demonstration)', state: 'TH' }) }
    await expect(propose(foreign)).rejects.toMatchObject({ code: 'validation-failed' })
    await decisionsIn(world).body('demo-else')
    await decisionsIn(world).grant('demo-else', [AUTHORITY], { right: 'accredit', scope: { places: ['PH'] } })
    await expect(propose(authority, 'p-2', 'demo-else')).rejects.toMatchObject({ code: 'not-found' })
  })
})
