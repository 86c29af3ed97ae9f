import { type ForeignLists, foreignLists } from '@sijil/registry/accepted-registries'
import { entityAt, trustOf } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, FROM, MINUTE, noon, SECOND } from '../../test/support/registry-world.ts'
import { decisionsIn } from '../../test/support/trust-world.ts'
import { trqpAnswers } from './trqp.ts'

const asked = {
  params: {},
  query: {},
  headers: new Map(),
  text: '',
  caller: undefined,
  requestId: 'r',
  language: 'en',
  wants: 'json',
} as const

test('an authority that stands behind the principal alone has not authorised whoever acts for it', async () => {
  const world = await aWorld()
  const decide = decisionsIn(world)
  const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
  await decide.authority('board')
  for (const id of ['principal', 'agent']) await decide.body(id)
  await decide.grant('principal', ['board'], { scope })
  await decide.grant('agent', [AUTHORITY], { scope, onBehalfOf: 'principal' })
  const verifying = world.verifying(noon)
  const clock = () => noon
  const foreign = foreignLists(world.store, { ...verifying, clock: () => noon.getTime() })
  const answers = trqpAnswers({ ...verifying, foreign, clock, tokenIssuer: 'https://id.example' })
  const authorised = async (authority_id: string) => {
    const input = { entity_id: 'agent', authority_id, action: 'issue', resource: 'ph-masonry-nc2' }
    const { body } = await answers['POST /authorization'].answer({ ...asked, input })
    return (body as { authorized: boolean }).authorized
  }
  expect(await authorised(world.baseUrl)).toBe(true)
  expect(await authorised(AUTHORITY)).toBe(true)
  expect(await authorised('board')).toBe(false)
  await decide.suspend('principal', 'board')
  expect(await authorised(AUTHORITY)).toBe(false)
})

test('a registry whose list has ended or is suspended is not answered for, and the problem names its address', async () => {
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
  const asking = (list: Awaited<ReturnType<ForeignLists['all']>>[number]) => {
    const foreign = {
      ...foreignLists(world.store, { ...verifying, clock: () => noon.getTime() }),
      all: async () => [list],
    }
    const answers = trqpAnswers({ ...verifying, foreign, clock: () => noon, tokenIssuer: 'https://id.example' })
    const input = { entity_id: 'nobody', authority_id: list.registry, action: 'issue', resource: 'ph-masonry-nc2' }
    return answers['POST /authorization'].answer({ ...asked, input })
  }
  expect(await asking({ ...accepted, taken })).toMatchObject({ status: 200, body: { authorized: false } })
  const refused = { code: 'authority-not-served', message: expect.stringContaining('Ask https://ph.example') }
  for (const list of [
    { ...accepted, taken: ended },
    { ...accepted, taken, suspendedAt: after(-MINUTE).toISOString() },
    accepted,
  ])
    await expect(asking(list)).rejects.toMatchObject(refused)
})

test('a clock that is behind overlooks nothing that a list was made with', async () => {
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
      ...foreignLists(world.store, { ...verifying, clock: () => noon.getTime() }),
      find: async () => ({ id: BODY, entity, list, acceptedBy: AUTHORITY }),
    }
    const answers = trqpAnswers({ ...verifying, foreign, clock: () => noon, tokenIssuer: 'https://id.example' })
    const input = { entity_id: did, authority_id: world.baseUrl, action: 'issue', resource: 'ph-masonry-nc2' }
    const { body } = await answers['POST /authorization'].answer({ ...asked, input })
    return (body as { authorized: boolean }).authorized
  }
  expect(await authorised()).toBe(true)
  const effectiveAt = after(-MINUTE).toISOString()
  await decisionsIn(there).suspend(BODY, AUTHORITY, { effectiveAt }, after(4 * MINUTE))
  expect(await authorised()).toBe(false)
})
