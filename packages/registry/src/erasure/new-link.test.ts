import { expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { after, aWorld, BODY, MINUTE, noon, OFFICER, SECOND } from '../../../../test/support/registry-world.ts'
import { readRecord } from '../certificates/read-record.ts'
import { boxAddress } from '../certificates/secrecy.ts'
import { approveAction } from '../decisions/decide-action.ts'
import { setBrake } from '../decisions/set-brake.ts'
import { suspendCertificate } from '../status/suspend.ts'
import { addMember } from '../trust/members.ts'
import { openLink } from '../verification/open-link.ts'
import { verifyDocument, verifyLink } from '../verification/verify.ts'
import { deleteBoxes } from './delete-boxes.ts'
import { eraseCertificate } from './erase.ts'
import { type NewLink, type NewLinkDeps, replaceLink } from './new-link.ts'

const HOUR = 60 * MINUTE
const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1)
const seconds = (count: number) => after(count * SECOND)

async function anIssuedOne() {
  const world = await aWorld()
  const issued = await world.issue()
  await addMember({ owner: BODY, subject: 'second', roles: ['approve'], actor: 'registrar' }, world.at(noon))
  const renew = async (
    ends: number,
    moment: Date,
    { actor = OFFICER, ...deps }: Partial<NewLinkDeps> & { actor?: string } = {},
  ) => replaceLink({ issuer: BODY, uuid: issued.uuid, actor, ends }, { ...world.at(moment), ...deps })
  const atOnce = async (...asked: Parameters<typeof renew>): Promise<NewLink> => {
    const answer = await renew(...asked)
    if ('waits' in answer) throw new Error('it waits')
    return answer
  }
  const open = (link: string, moment: Date) => openLink(tokenOf(link), world.verifying(moment))
  const sweep = (moment: Date) =>
    deleteBoxes({ store: world.store, boxes: world.store, secrets: world.keys, now: moment })
  const approve = (id: string, moment: Date) =>
    approveAction({ owner: BODY, id, subject: 'second', signedInAt: moment }, world.at(moment))
  return { world, issued, renew, atOnce, open, sweep, approve }
}

test('E203: a new link opens the same document, and from then on the old one is answered as replaced', async () => {
  const { world, issued, atOnce, open, sweep } = await anIssuedOne()
  const made = await atOnce(1, seconds(1))
  expect(made.number).toBe(2)
  expect(made.link).not.toBe(issued.link)
  // Its box is still there, and opens nothing.
  expect(world.store.boxes).toHaveLength(2)
  const replaced = { why: 'replaced', at: seconds(1).toISOString(), issuerName: expect.any(String) }
  expect(await open(issued.link, seconds(1))).toEqual(replaced)
  expect(await open(made.link, seconds(1))).toEqual({ document: issued.verifiableCredential })
  expect(await sweep(seconds(5))).toEqual({ certificates: 1 })
  expect(world.store.boxes.map(({ find }) => find)).toEqual([boxAddress(tokenOf(made.link))])
  expect(await open(issued.link, seconds(6))).toEqual(replaced)
  const gone = verifyLink(tokenOf(issued.link), world.verifying(seconds(6)))
  await expect(gone).rejects.toMatchObject({
    code: 'gone',
    reason: 'link-replaced',
    message: expect.not.stringContaining(tokenOf(made.link)),
  })
  // The state and the verdict do not change.
  expect((await verifyDocument(issued.verifiableCredential, world.verifying(seconds(7)))).verdict).toBe('valid')
  expect(await readRecord(BODY, issued.uuid, world.store)).toMatchObject({ state: 'in-force', generation: 1 })
  // The old answer cannot be repeated, because its link is dead, and it does not show the new one.
  await expect(world.issue()).rejects.toMatchObject({
    code: 'conflict',
    reason: 'link-replaced',
    message: expect.not.stringContaining('/v/'),
  })
  expect(world.store.boxes).toHaveLength(1)
})

test('E203: asked twice at once, or again later, exactly one new link exists', async () => {
  const { world, issued, renew, open } = await anIssuedOne()
  const answers = await Promise.allSettled([renew(1, seconds(1)), renew(1, seconds(1)), renew(1, seconds(1))])
  const made = answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  expect(made).toHaveLength(1)
  const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  for (const reason of refused) expect(reason).toMatchObject({ code: 'conflict', reason: 'link-replaced' })
  await expect(renew(1, after(HOUR))).rejects.toMatchObject({ code: 'conflict', reason: 'link-replaced' })
  expect(world.store.events('link-replaced')).toHaveLength(1)
  const [only] = made
  expect(only && 'link' in only && (await open(only.link, seconds(2)))).toMatchObject({ document: { id: issued.id } })
})

test('E203: nothing in the tables relates an old link to a new one', async () => {
  const { world, issued, atOnce, sweep } = await anIssuedOne()
  const made = await atOnce(1, seconds(1))
  await sweep(seconds(5))
  const stored = JSON.stringify([world.store.appended, world.store.boxes])
  expect(stored).not.toContain(tokenOf(issued.link))
  expect(stored).not.toContain(tokenOf(made.link))
  expect(stored).not.toContain('DELA CRUZ')
})

test('a box of an ended link that somebody writes again, also under a later generation, opens nothing', async () => {
  const { world, issued, atOnce, open, sweep } = await anIssuedOne()
  const [old] = world.store.boxes
  if (old === undefined) throw new Error('no box')
  await atOnce(1, seconds(1))
  await sweep(seconds(5))
  await world.store.put(old)
  expect(await open(issued.link, seconds(6))).toMatchObject({ why: 'replaced' })
  await world.store.delete(old.find)
  await world.store.put({ ...old, generation: 1 })
  expect(await open(issued.link, seconds(6))).toBeUndefined()
})

test.each(['fails-before', 'fails-after'] as const)(
  'I50, F50: a crash at any write leaves one link that opens: %s',
  async (outcome) => {
    for (const [method, call] of [
      ['put', 1],
      ['append', 1],
      ['append', 2],
    ] as const) {
      const { world, issued, renew, open } = await anIssuedOne()
      const { port } = withFaults(world.store, [{ method, call, outcome }])
      await expect(renew(1, seconds(1), { store: port, boxes: port })).rejects.toMatchObject({
        code: 'dependency-unavailable',
      })
      const record = await readRecord(BODY, issued.uuid, world.store)
      const number = record && 'generation' in record ? record.generation + 1 : 0
      if (number === 1) expect(await open(issued.link, seconds(2))).toMatchObject({ document: { id: issued.id } })
      const again = await renew(number, seconds(3))
      expect('link' in again && (await open(again.link, seconds(4)))).toEqual({ document: issued.verifiableCredential })
      expect(await open(issued.link, seconds(4))).toMatchObject({ why: 'replaced' })
    }
  },
)

test('I63: erasing and a new link at once: one wins, and no link shows the person afterwards', async () => {
  const { world, issued, renew, open, sweep, approve } = await anIssuedOne()
  const erasing = {
    issuer: BODY,
    uuid: issued.uuid,
    actor: OFFICER,
    reason: 'holder-request',
    signedInAt: seconds(1),
  } as const
  const { waits } = await eraseCertificate(erasing, world.at(seconds(1)))
  // The new link has written its box, and its commit comes after the erasure.
  const {
    port: boxes,
    waiting,
    release,
  } = withFaults(world.store, [{ method: 'put', call: 1, outcome: 'waits-after' }])
  const renewed = expect(renew(1, seconds(2), { boxes })).rejects.toMatchObject({ code: 'conflict', reason: 'erased' })
  await waiting
  await approve(waits?.id ?? '', seconds(3))
  release()
  await renewed
  expect(world.store.boxes).toHaveLength(2)
  await sweep(seconds(5))
  expect(world.store.boxes).toEqual([])
  expect(await open(issued.link, seconds(6))).toMatchObject({ why: 'erased' })
  await expect(renew(1, seconds(7))).rejects.toMatchObject({ code: 'conflict', reason: 'erased' })
})

test('an approval of an erasure does not hold after a new link, and all links of an erased certificate are answered as erased', async () => {
  const { world, issued, atOnce, open, sweep, approve } = await anIssuedOne()
  const ask = (moment: Date) =>
    eraseCertificate(
      { issuer: BODY, uuid: issued.uuid, actor: OFFICER, reason: 'holder-request', signedInAt: moment },
      world.at(moment),
    )
  const { waits } = await ask(seconds(1))
  const made = await atOnce(1, seconds(2))
  await expect(approve(waits?.id ?? '', seconds(3))).rejects.toMatchObject({ code: 'conflict' })
  await approve((await ask(seconds(4))).waits?.id ?? '', seconds(5))
  await sweep(seconds(9))
  expect(world.store.boxes).toEqual([])
  for (const link of [issued.link, made.link]) expect(await open(link, seconds(10))).toMatchObject({ why: 'erased' })
})

test('I72, U003: ending a link counts; beyond the limit it waits, and after the approval only the member who asked gets the link', async () => {
  const { world, issued, renew, atOnce, open, approve } = await anIssuedOne()
  await setBrake({ id: BODY, limit: 1, basis: 'decision 9', actor: 'registrar' }, world.at(noon))
  await suspendCertificate(
    { issuer: BODY, uuid: issued.uuid, actor: OFFICER, reason: 'under-investigation' },
    world.at(seconds(1)),
  )
  const answer = await renew(1, seconds(2))
  expect(answer).toMatchObject({ waits: { state: 'open', action: { kind: 'new-link' } } })
  expect(world.store.boxes).toHaveLength(1)
  if (!('waits' in answer)) throw new Error('it does not wait')
  expect(await approve(answer.waits.id, seconds(3))).toMatchObject({ state: 'approved' })
  expect(await open(issued.link, seconds(4))).toMatchObject({ document: { id: issued.id } })
  await addMember({ owner: BODY, subject: 'colleague', roles: ['issue'], actor: 'registrar' }, world.at(noon))
  expect(await renew(1, seconds(5), { actor: 'colleague' })).toMatchObject({ waits: { state: 'approved' } })
  const made = await atOnce(1, seconds(5))
  expect(await open(made.link, seconds(6))).toMatchObject({ document: { id: issued.id } })
  expect(await approve(answer.waits.id, seconds(7))).toMatchObject({ state: 'carried-out' })
})

test('I36: only a member of the body who may issue makes one', async () => {
  const { renew } = await anIssuedOne()
  for (const actor of ['second', 'stranger'])
    await expect(renew(1, seconds(1), { actor })).rejects.toMatchObject({ code: 'not-found' })
})
