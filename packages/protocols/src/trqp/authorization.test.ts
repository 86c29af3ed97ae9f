import { type AcceptedRegistries, acceptedRegistries } from '@sijil/registry/accepted-registries'
import { entityAt, trustOf } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, FROM, MINUTE, noon, SECOND } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { authorize } from './authorization.ts'

const now = noon.toISOString()
const moments = { effective: now, recorded: now }

test('the authority of a principal has not authorised the body that acts on behalf of the principal', async () => {
  const world = await aWorld()
  const decide = decisionsIn(world)
  const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
  await decide.authority('board')
  for (const id of ['principal', 'agent']) await decide.body(id)
  await decide.grant('principal', ['board'], { scope })
  await decide.grant('agent', [AUTHORITY], { scope, onBehalfOf: 'principal' })
  const verifying = world.verifying(noon)
  const foreign = acceptedRegistries(world.store, { ...verifying, clock: () => noon.getTime() })
  const authorised = (authority_id: string) => {
    const question = { entity_id: 'agent', authority_id, action: 'issue', resource: 'ph-masonry-nc2' }
    return authorize(question, moments, { ...verifying, foreign })
  }
  expect(await authorised(world.baseUrl)).toMatchObject({ authorized: true })
  expect(await authorised(AUTHORITY)).toMatchObject({ authorized: true })
  expect(await authorised('board')).toMatchObject({ authorized: false })
  await decide.suspend('principal', 'board')
  expect(await authorised(AUTHORITY)).toMatchObject({ authorized: false })
})

test('this registry does not answer for a registry with an expired or suspended list, and the refusal names its address', async () => {
  const world = await aWorld()
  const verifying = world.verifying(noon)
  const accepted = {
    registry: 'https://ph.example',
    keys: [],
    states: ['PH'],
    basis: 'decision 3',
    acceptedAt: FROM,
    keysSince: FROM,
    acceptedBy: AUTHORITY,
  }
  const taken = { size: 9, madeAt: after(-MINUTE).toISOString(), validUntil: after(MINUTE).toISOString() }
  const ended = { ...taken, validUntil: after(-SECOND).toISOString() }
  const asking = (list: Awaited<ReturnType<AcceptedRegistries['all']>>[number]) => {
    const foreign = {
      ...acceptedRegistries(world.store, { ...verifying, clock: () => noon.getTime() }),
      all: async () => [list],
    }
    const question = { entity_id: 'nobody', authority_id: list.registry, action: 'issue', resource: 'ph-masonry-nc2' }
    return authorize(question, moments, { ...verifying, foreign })
  }
  expect(await asking({ ...accepted, taken })).toMatchObject({ authorized: false })
  const notServed = expect.stringContaining('Ask https://ph.example')
  for (const list of [
    { ...accepted, taken: ended },
    { ...accepted, taken, suspendedAt: after(-MINUTE).toISOString() },
    accepted,
  ])
    expect(await asking(list)).toEqual({ notServed })
})

test('a clock that is behind does not hide a decision that is in the list', async () => {
  const world = await aWorld()
  const there = await aWorld({ baseUrl: 'https://ph.example' })
  const verifying = world.verifying(noon)
  const trust = trustOf(there.store)
  const did = 'did:web:ph.example:issuers:demo-tesda'
  const age = { size: 9, madeAt: after(5 * MINUTE).toISOString(), validUntil: after(60 * MINUTE).toISOString() }
  const list = {
    registry: there.baseUrl,
    age,
    keepsLog: true,
    trust,
    policy: { demonstration: true },
    idOf: () => BODY,
  }
  const authorised = async () => {
    const entity = entityAt(BODY, await trust(BODY), after(60 * MINUTE).toISOString())
    if (entity === undefined) throw new Error('nobody')
    const foreign = {
      ...acceptedRegistries(world.store, { ...verifying, clock: () => noon.getTime() }),
      find: async () => ({ id: BODY, entity, list, acceptedBy: AUTHORITY }),
    }
    const question = { entity_id: did, authority_id: world.baseUrl, action: 'issue', resource: 'ph-masonry-nc2' }
    return authorize(question, moments, { ...verifying, foreign })
  }
  expect(await authorised()).toMatchObject({ authorized: true })
  const effectiveAt = after(-MINUTE).toISOString()
  await decisionsIn(there).suspend(BODY, AUTHORITY, { effectiveAt }, after(4 * MINUTE))
  expect(await authorised()).toMatchObject({ authorized: false })
})
