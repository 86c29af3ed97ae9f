import { beforeEach, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  FROM,
  MINUTE,
  noon,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { contactOn } from '../trust/contact.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import type { ProposedChange } from './proposals.ts'
import { approveProposal, proposeChange } from './propose.ts'

const CENTRE = 'demo-hall'

let world: World
beforeEach(async () => {
  world = await aWorld()
  await decisionsIn(world).authority('demo-else')
  for (const owner of [AUTHORITY, BODY, 'demo-else'])
    for (const subject of ['one', 'two'])
      await addMember(
        { owner, subject, roles: ['propose', 'approve'], actor: 'registrar' },
        { store: world.store, now: new Date(FROM) },
      )
})
const change = (id: string, contact: string | null, effectiveAt = noon.toISOString()): ProposedChange => ({
  verb: 'change-contact',
  id,
  contact,
  effectiveAt,
})
const propose = (what: ProposedChange, id = 'p-1', authority = AUTHORITY, at = noon) =>
  proposeChange({ authority, subject: 'one', id, change: what }, world.at(at))
const approve = ({ id, hash, authority }: { id: string; hash: string; authority: string }, at = after(MINUTE)) =>
  approveProposal({ authority, id, subject: 'two', hash, signedInAt: at }, world.at(at))
const contact = async (id: string, effective: string, recorded = EVERYTHING) => {
  const entity = entityAt(id, await trustOf(world.store)(id), recorded)
  return entity && contactOn(entity, effective)
}

test('I32: a contact changes only when a second officer approves, and both times are on record', async () => {
  const proposal = await propose(change(BODY, 'desk@tesda.example', '2026-01-01T00:00:00.000Z'))
  expect(await contact(BODY, noon.toISOString())).toBeUndefined()
  const alone = { id: 'p-1', authority: AUTHORITY, subject: 'one', hash: proposal.hash, signedInAt: noon }
  await expect(approveProposal(alone, world.at(noon))).rejects.toMatchObject({ code: 'four-eyes-required' })
  expect(await approve(proposal)).toMatchObject({ state: 'carried-out' })
  expect(await contact(BODY, noon.toISOString())).toBe('desk@tesda.example')
  expect(await contact(BODY, '2026-01-01T00:00:00.000Z')).toBe('desk@tesda.example')
  expect(await contact(BODY, '2025-12-31T23:59:59.999Z')).toBeUndefined()
  // The answer of noon stays what it was before the approval.
  expect(await contact(BODY, noon.toISOString(), noon.toISOString())).toBeUndefined()
})

test('an approval that is repeated records the contact once', async () => {
  const proposal = await propose(change(BODY, 'desk@tesda.example'))
  await approve(proposal)
  await approve(proposal, after(2 * MINUTE))
  expect(world.store.events('contact-changed')).toHaveLength(1)
})

test('that there is no contact is recorded as well, and can be ended', async () => {
  await approve(await propose(change(BODY, '+1 202 555 0143')))
  await approve(await propose(change(BODY, null, after(MINUTE).toISOString()), 'p-2'), after(2 * MINUTE))
  expect(await contact(BODY, noon.toISOString())).toBe('+1 202 555 0143')
  expect(await contact(BODY, after(MINUTE).toISOString())).toBeUndefined()
  await approve(
    await propose(change(BODY, 'https://tesda.example', after(3 * MINUTE).toISOString()), 'p-3'),
    after(4 * MINUTE),
  )
  expect(await contact(BODY, after(3 * MINUTE).toISOString())).toBe('https://tesda.example')
})

test('an authority decides about itself and about what is below it, and about nothing else', async () => {
  await decisionsIn(world).centre(CENTRE)
  await decisionsIn(world).grant(CENTRE, [AUTHORITY], { right: 'assess' })
  for (const [at, id] of [AUTHORITY, BODY, CENTRE].entries())
    expect(await approve(await propose(change(id, 'desk@pqf.example'), `own-${at}`))).toMatchObject({
      state: 'carried-out',
    })
  // An authority without any right keeps its address up to date. It decides about nobody else.
  expect(await approve(await propose(change('demo-else', 'desk@else.example'), 'p-1', 'demo-else'))).toMatchObject({
    state: 'carried-out',
  })
  for (const [at, [by, id]] of [
    ['demo-else', BODY] as const,
    ['demo-else', AUTHORITY] as const,
    // A body does not decide about its own address: its officers could lead its readers astray.
    [BODY, BODY] as const,
    [BODY, AUTHORITY] as const,
    [AUTHORITY, 'nobody'] as const,
  ].entries())
    await expect(propose(change(id, 'desk@evil.example'), `no-${at}`, by)).rejects.toMatchObject({ code: 'not-found' })
})

test.each([
  'javascript:alert(1)',
  'registrar@tesda.example@evil.example',
  'registrar@tesda.example?bcc=all@evil.example',
  'registrar@\u202eelpmaxe.adset',
  'https://tesda.example@evil.example/',
  'Room 3',
  '',
])('a text that is no safe address is refused, and is not repeated: %s', async (text) => {
  const refused = propose(change(BODY, text))
  await expect(refused).rejects.toMatchObject({ code: 'validation-failed', faults: [{ pointer: '/contact' }] })
  if (text !== '') await expect(refused).rejects.not.toThrow(text)
})

test('a change to the contact that it has on that day is refused', async () => {
  await expect(propose(change(BODY, null))).rejects.toMatchObject({ code: 'conflict' })
  await approve(await propose(change(BODY, 'desk@tesda.example'), 'p-2'))
  await expect(propose(change(BODY, 'desk@tesda.example'), 'p-3', AUTHORITY, after(2 * MINUTE))).rejects.toMatchObject({
    code: 'conflict',
  })
})
