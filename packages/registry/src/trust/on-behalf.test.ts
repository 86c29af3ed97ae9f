import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  FROM,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import { EVERYTHING } from './entity.ts'
import { entityAt } from './fold.ts'
import { accreditationsInForce } from './in-force.ts'
import { addMember, roles } from './members.ts'
import { trustOf } from './reader.ts'

/** It issues on behalf of the principal, and holds no other grant. */
const AGENT = 'agent'
const PRINCIPAL = 'principal'
const scope = { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2'], places: ['PH'] }
const beforeNoon = after(-2 * MINUTE)

let world: World
let decide: ReturnType<typeof decisionsIn>
beforeEach(async () => {
  world = await aWorld()
  decide = decisionsIn(world)
  await decide.body(PRINCIPAL)
  await decide.grant(PRINCIPAL, [AUTHORITY], { scope })
  await decide.body(AGENT)
  await addMember({ owner: AGENT, subject: OFFICER, roles, actor: 'registrar' }, { store: world.store, now: noon })
  await decide.grant(AGENT, [AUTHORITY], { scope, onBehalfOf: PRINCIPAL })
})

const issue = (certificateNumber = 'B-1', now = noon) =>
  world.issue({ certificateNumber }, { issuer: AGENT, key: certificateNumber, deps: { now } })
const ask = (change = {}) => decide.ask(AGENT, change)
const heldBy = async (id: string, now = noon) => {
  const trust = trustOf(world.store)
  const entity = entityAt(id, await trust(id), EVERYTHING)
  if (entity === undefined) throw new Error(id)
  return accreditationsInForce(entity, {
    trust,
    catalogue: catalogueOf(world.store),
    policy: { demonstration: true },
    effective: now.toISOString(),
  })
}

describe('a body that acts on behalf of another', () => {
  test('is authorised while its principal is, and the chain shows both and who is the principal', async () => {
    const answer = await ask()
    expect(answer).toMatchObject({
      standing: 'authorised',
      sentence: expect.stringMatching(/ by PQF NCC, on behalf of principal \(demonstration\)\.$/),
    })
    expect(answer.chain.map(({ id, standing, principal }) => [id, standing, principal])).toEqual([
      [AUTHORITY, 'authorised', undefined],
      [PRINCIPAL, 'authorised', true],
      [AGENT, 'authorised', undefined],
    ])
    expect(answer.chain.at(-1)?.onBehalfOf).toEqual({ id: PRINCIPAL, name: 'principal (demonstration)', state: 'PH' })
    expect(await heldBy(AGENT)).toHaveLength(1)
  })

  test.each([
    ['suspended', () => decide.suspend(PRINCIPAL, AUTHORITY, {}, beforeNoon), 'issuer-suspended'],
    ['withdrawn', () => decide.withdraw(PRINCIPAL, AUTHORITY, {}, beforeNoon), 'issuer-not-accredited'],
    [
      'not-for-this',
      () => decide.amend(PRINCIPAL, AUTHORITY, { scope: { ...scope, qualifications: ['ph-masonry-nc1'] } }, beforeNoon),
      'type-not-in-scope',
    ],
  ] as const)('is %s where that other is, and then issues nothing', async (standing, change, code) => {
    await change()
    const answer = await ask()
    expect(answer.standing).toBe(standing)
    expect(answer.sentence).toContain('principal (demonstration) (on whose behalf ')
    expect(answer.chain.find((link) => link.standing !== 'authorised')?.id).toBe(PRINCIPAL)
    await expect(issue()).rejects.toMatchObject({ code })
    expect(world.keys.signatures).toEqual([])
    expect(await heldBy(AGENT)).toEqual([])
  })

  test('both days: a certificate from before a withdrawal stays valid, and the verdict says what is wrong today', async () => {
    const { verifiableCredential: document } = await issue()
    await decide.suspend(PRINCIPAL, AUTHORITY, {}, after(MINUTE))
    const suspended = await verifyDocument(document, world.verifying(after(2 * MINUTE)))
    expect(suspended.verdict).toBe('valid')
    expect(suspended.issuer.onIssueDate.standing).toBe('authorised')
    expect(suspended.issuer.today).toMatchObject({ standing: 'suspended', since: after(MINUTE).toISOString() })
    await expect(issue('B-2', after(2 * MINUTE))).rejects.toMatchObject({ code: 'issuer-suspended' })
    await decide.lift(PRINCIPAL, AUTHORITY, {}, after(3 * MINUTE))
    expect((await issue('B-3', after(4 * MINUTE))).uuid).toBeTypeOf('string')
  })

  test('both days: a withdrawal of the principal from the beginning makes it invalid', async () => {
    const { verifiableCredential: document } = await issue()
    await decide.withdraw(PRINCIPAL, AUTHORITY, { effectiveAt: FROM }, after(MINUTE))
    const { verdict, issuer, checks } = await verifyDocument(document, world.verifying(after(2 * MINUTE)))
    expect(verdict).toBe('invalid')
    expect(checks.find(({ name }) => name === 'issuer-trust')).toMatchObject({ reason: 'issuer-withdrawn' })
    expect([issuer.onIssueDate.standing, issuer.today.standing]).toEqual(['withdrawn', 'withdrawn'])
    // The same question as of the earlier recorded moment has the same answer as then.
    expect((await ask({ recorded: after(SECOND).toISOString() })).standing).toBe('authorised')
  })

  test('its own suspension counts, even if the principal is authorised', async () => {
    await decide.suspend(AGENT, AUTHORITY, {}, beforeNoon)
    const answer = await ask()
    expect(answer.standing).toBe('suspended')
    expect(answer.sentence).not.toContain('on whose behalf')
  })

  test('the principal may be a root, but not an authority without a grant', async () => {
    await decide.body('agent-2')
    await decide.grant('agent-2', [AUTHORITY], { scope, onBehalfOf: AUTHORITY })
    const answer = await decide.ask('agent-2')
    expect(answer.standing).toBe('authorised')
    expect(answer.chain.map(({ id }) => id)).toEqual([AUTHORITY, 'agent-2'])
    await decide.body('nobody')
    await decide.body('agent-3')
    await decide.grant('agent-3', [AUTHORITY], { scope, onBehalfOf: 'nobody' })
    expect((await decide.ask('agent-3')).standing).toBe('not-for-this')
  })

  test('two bodies that act on behalf of each other are not authorised', async () => {
    for (const id of ['left', 'right']) await decide.body(id)
    await decide.grant('left', [AUTHORITY], { scope, onBehalfOf: 'right' })
    await decide.grant('right', [AUTHORITY], { scope, onBehalfOf: 'left' })
    expect((await decide.ask('left')).standing).toBe('unknown')
    expect(await heldBy('left')).toEqual([])
  })

  test('a pilot of the principal is a pilot of what is issued on its behalf', async () => {
    await decide.amend(PRINCIPAL, AUTHORITY, { scope, pilot: true }, beforeNoon)
    expect(await ask()).toMatchObject({ standing: 'authorised', pilot: true })
  })
})

test.each([
  ['an unknown id', 'not-there'],
  ['itself', AGENT],
  ['a centre', 'hall'],
  ['a body of another state', 'thai'],
])('no body can be accredited on behalf of %s', async (_, onBehalfOf) => {
  await decide.centre('hall')
  await decide.body('thai', 'TH')
  await expect(decide.grant(AGENT, [AUTHORITY], { grant: 'g', scope, onBehalfOf })).rejects.toMatchObject({
    code: 'validation-failed',
    faults: [{ pointer: '/onBehalfOf' }],
  })
})
