import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  after,
  anInput,
  aWorld,
  BODY,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { readRecord } from '../certificates/read-record.ts'
import { approveAction, approveActions, rejectAction } from '../decisions/decide-action.ts'
import { issueCertificate } from '../issuance/issue.ts'
import { listCertificates, showCertificate } from '../issuance/list-certificates.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { suspendCertificate } from '../status/suspend.ts'
import { addMember, removeMember } from '../trust/members.ts'
import { openLink } from '../verification/open-link.ts'
import { verifyDocument, verifyLink } from '../verification/verify.ts'
import { deleteBoxes } from './delete-boxes.ts'
import { eraseCertificate } from './erase.ts'
import { holdCertificate, liftHold } from './hold.ts'

const HOUR = 60 * MINUTE
const SECOND_PERSON = 'second'
const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1)

/** A body with one certificate, and a second member who may approve. */
async function anIssuedOne() {
  const world = await aWorld()
  const issued = await world.issue()
  await addMember({ owner: BODY, subject: SECOND_PERSON, roles: ['approve'], actor: 'registrar' }, world.at(noon))
  await addMember(
    { owner: BODY, subject: 'colleague', roles: ['status', 'approve'], actor: 'registrar' },
    world.at(noon),
  )
  const named = (actor = OFFICER) => ({ issuer: BODY, uuid: issued.uuid, actor })
  const ask = (moment: Date, actor?: string) =>
    eraseCertificate({ ...named(actor), reason: 'holder-request', signedInAt: moment }, world.at(moment))
  const approve = (
    id: string | undefined,
    moment: Date,
    subject = SECOND_PERSON,
    signedInAt: Date | undefined = moment,
  ) => approveAction({ owner: BODY, id: id ?? '', subject, signedInAt }, world.at(moment))
  const erase = async (moment: Date) =>
    approve((await ask(moment)).waits?.id, after(moment.getTime() - noon.getTime() + SECOND))
  const sweep = (moment: Date, since?: Date) =>
    deleteBoxes({ store: world.store, boxes: world.store, secrets: world.keys, now: moment, ...(since && { since }) })
  const open = (moment: Date) => openLink(tokenOf(issued.link), world.verifying(moment))
  return { world, issued, named, ask, approve, erase, sweep, open }
}
const erasedIn = ({ store }: World) => store.events('erased')
const seconds = (count: number) => after(count * SECOND)

describe('I63: erasing needs two people of the body (E206)', () => {
  test('one person asks, nothing is erased, and a second person carries it out for good', async () => {
    const { world, issued, named, ask, approve, open } = await anIssuedOne()
    const { waits, isChanged } = await ask(seconds(1))
    expect(waits).toMatchObject({ state: 'open', action: { kind: 'erase', certificate: issued.uuid } })
    expect(isChanged).toBe(false)
    expect(await open(seconds(2))).toMatchObject({ document: { id: issued.id } })

    expect(await approve(waits?.id, seconds(3))).toMatchObject({ state: 'carried-out', decidedBy: SECOND_PERSON })
    expect(erasedIn(world)).toMatchObject([{ reason: 'holder-request', approvedBy: SECOND_PERSON, pending: waits?.id }])
    // From this moment on, before any box is deleted, no link opens it.
    expect(world.store.boxes).toHaveLength(1)
    const ended = { why: 'erased', at: seconds(3).toISOString() }
    expect(await open(seconds(3))).toMatchObject(ended)
    // Pressed twice, asked again, approved again: one effect.
    expect(await approve(waits?.id, seconds(4))).toMatchObject({ state: 'carried-out' })
    expect(await ask(seconds(5))).toMatchObject({ isChanged: false, record: { erased: { at: ended.at } } })
    expect((await ask(seconds(6), 'colleague')).waits).toBeUndefined()
    expect(erasedIn(world)).toHaveLength(1)
    // The record stays, and its state too.
    expect(await readRecord(BODY, issued.uuid, world.store)).toMatchObject({
      state: 'in-force',
      erased: { reason: 'holder-request' },
    })
    expect((await revokeCertificate({ ...named(), reason: 'misconduct' }, world.at(seconds(9)))).record.state).toBe(
      'revoked',
    )
    expect(await open(seconds(10))).toMatchObject(ended)
  })

  test('not the same person twice, no program, no old sign-in, no other role, no stranger, no member who left', async () => {
    const { world, named, ask, approve } = await anIssuedOne()
    const byProgram = eraseCertificate(
      { ...named(), reason: 'holder-request', signedInAt: undefined },
      world.at(seconds(1)),
    )
    await expect(byProgram).rejects.toMatchObject({ code: 'four-eyes-required' })
    await expect(ask(seconds(1), SECOND_PERSON)).rejects.toMatchObject({ code: 'not-found' })
    await expect(ask(seconds(1), 'stranger')).rejects.toMatchObject({ code: 'not-found' })
    const { waits } = await ask(seconds(1), 'colleague')
    await expect(approve(waits?.id, seconds(2), 'colleague')).rejects.toMatchObject({ code: 'four-eyes-required' })
    await expect(approve(waits?.id, seconds(2), 'stranger')).rejects.toMatchObject({ code: 'not-found' })
    const old = approve(waits?.id, after(HOUR), SECOND_PERSON, noon)
    await expect(old).rejects.toMatchObject({ code: 'fresh-sign-in-required' })
    const byClient = approveAction(
      { owner: BODY, id: waits?.id ?? '', subject: SECOND_PERSON, signedInAt: undefined },
      world.at(seconds(2)),
    )
    await expect(byClient).rejects.toMatchObject({ code: 'fresh-sign-in-required' })
    await removeMember({ owner: BODY, subject: 'colleague', actor: 'registrar' }, world.at(seconds(3)))
    await expect(approve(waits?.id, seconds(4))).rejects.toMatchObject({ code: 'four-eyes-required' })
    expect(erasedIn(world)).toEqual([])
  })

  test('an approval holds for the certificate as it was seen, and a rejected request erases nothing', async () => {
    const { world, named, ask, approve } = await anIssuedOne()
    const { waits } = await ask(seconds(1))
    await suspendCertificate({ ...named(), reason: 'under-investigation' }, world.at(seconds(2)))
    await expect(approve(waits?.id, seconds(3))).rejects.toMatchObject({ code: 'conflict' })
    const again = (await ask(seconds(4))).waits
    await rejectAction({ owner: BODY, id: again?.id ?? '', subject: SECOND_PERSON }, world.at(seconds(5)))
    await expect(approve(again?.id, seconds(6))).rejects.toMatchObject({ code: 'conflict' })
    expect(erasedIn(world)).toEqual([])
  })

  test('several are approved in one step, each by itself', async () => {
    const { world, ask } = await anIssuedOne()
    const { waits } = await ask(seconds(1))
    const request = { owner: BODY, ids: [waits?.id ?? '', 'unknown'], subject: SECOND_PERSON, signedInAt: seconds(2) }
    expect(await approveActions(request, world.at(seconds(2)))).toMatchObject([
      { state: 'carried-out' },
      { id: 'unknown', refused: { code: 'not-found' } },
    ])
  })
})

describe('I63: the record stays without a person', () => {
  test('E209, E202, F48: whoever kept the file can still verify it; no list, page or repeated request shows a person', async () => {
    const { world, issued, erase, sweep, open } = await anIssuedOne()
    const before = await verifyDocument(issued.verifiableCredential, world.verifying(seconds(6)))
    await erase(seconds(1))
    expect(await sweep(seconds(5))).toEqual({ certificates: 1 })
    expect(world.store.boxes).toEqual([])
    const verdict = await verifyDocument(issued.verifiableCredential, world.verifying(seconds(6)))
    expect(verdict).toEqual(before)
    expect(verdict.verdict).toBe('valid')

    expect(await open(seconds(7))).toEqual({
      why: 'erased',
      at: seconds(2).toISOString(),
      issuerName: expect.any(String),
    })
    const opened = verifyLink(tokenOf(issued.link), world.verifying(seconds(7)))
    await expect(opened).rejects.toMatchObject({
      code: 'gone',
      reason: 'erased',
      message: expect.stringContaining('2026-03-02'),
    })
    await expect(world.issue()).rejects.toMatchObject({
      code: 'conflict',
      reason: 'erased',
      message: expect.stringContaining('2026-03-02'),
    })
    expect(world.store.boxes).toEqual([])

    const reading = { reader: world.store, secrets: world.keys, notes: world.keys }
    const { certificates } = await listCertificates({ issuer: BODY, subject: OFFICER, limit: 10 }, reading)
    expect(certificates).toEqual([expect.not.objectContaining({ certificateNumber: expect.anything() })])
    expect(certificates).toMatchObject([{ erasedAt: seconds(2).toISOString(), state: 'in-force' }])
    const shown = await showCertificate({ issuer: BODY, uuid: issued.uuid, subject: OFFICER }, reading)
    expect(shown.history.map(({ event }) => event)).toEqual(['reserved', 'issued', 'erased'])
    expect(JSON.stringify([certificates, shown])).not.toContain('26-MAS2-000001')
  })

  test('a certificate cannot be replaced once it is erased', async () => {
    const { world, issued, erase } = await anIssuedOne()
    await erase(seconds(1))
    const replacing = world.issue({ replaces: issued.uuid }, { key: 'second', deps: { now: seconds(5) } })
    await expect(replacing).rejects.toMatchObject({ code: 'conflict', reason: 'erased' })
    expect(world.store.events('reserved')).toHaveLength(1)
  })

  test.each([
    ['between the reservation and the signature', 'sign', false],
    ['between the last check and the release', 'issued', true],
  ] as const)(
    'erased %s of its correction: the correction does not bring the person back',
    async (_, when, isReleased) => {
      const { world, issued, erase, sweep } = await anIssuedOne()
      let hasErased = false
      const eraseOnce = async () => {
        if (hasErased) return
        hasErased = true
        await erase(seconds(1))
      }
      const store = when === 'sign' ? world.store : writingAfter(world, 'issued', eraseOnce)
      if (when === 'sign') world.keys.beforeSigning = eraseOnce
      const request = {
        issuer: BODY,
        subject: OFFICER,
        idempotencyKey: 'second',
        input: anInput({ replaces: issued.uuid }),
      }
      const corrected = issueCertificate(request, { ...world.issuing, store, now: seconds(5) })
      await expect(corrected).rejects.toMatchObject({ code: 'conflict', reason: 'erased' })
      expect(world.store.events('issued')).toHaveLength(isReleased ? 2 : 1)
      expect(erasedIn(world)).toHaveLength(isReleased ? 2 : 1)
      await sweep(after(5 * MINUTE))
      await sweep(after(HOUR))
      // An abandoned reservation leaves a box that no link opens, as any other one does.
      expect(world.store.boxes).toHaveLength(isReleased ? 0 : 1)
      await expect(world.issue({ replaces: issued.uuid }, { key: 'second' })).rejects.toMatchObject({
        code: 'conflict',
      })
    },
  )

  test('a certificate that took the place of another long before stays, when the other one is erased', async () => {
    const { world, issued, erase } = await anIssuedOne()
    const second = await world.issue({ replaces: issued.uuid }, { key: 'second', deps: { now: seconds(1) } })
    await erase(seconds(5))
    const again = await world.issue({ replaces: issued.uuid }, { key: 'second', deps: { now: seconds(9) } })
    expect(again).toMatchObject({ uuid: second.uuid, replayed: true })
    expect(erasedIn(world)).toHaveLength(1)
  })
})

/** A store that does something before it writes an event of this type. */
function writingAfter({ store }: World, type: string, act: () => Promise<void>): World['store'] {
  return new Proxy(store, {
    get: (target, name) =>
      name === 'append'
        ? async (commit: Parameters<typeof target.append>[0]) => {
            if ((commit.events as { type: string }[]).some((event) => event.type === type)) await act()
            return target.append(commit)
          }
        : (Reflect.get(target, name, target).bind?.(target) ?? Reflect.get(target, name, target)),
  })
}

describe('I63: a legal hold', () => {
  test('keeps a certificate from being erased until two people lifted it, also if the erasure was asked for before', async () => {
    const { world, named, ask, approve, erase } = await anIssuedOne()
    const asked = (await ask(seconds(1))).waits
    const held = await holdCertificate({ ...named(), reason: 'legal-claim' }, world.at(seconds(2)))
    expect(held).toMatchObject({ isChanged: true, record: { holds: [{ reason: 'legal-claim' }] } })
    expect(await holdCertificate({ ...named(), reason: 'investigation' }, world.at(seconds(3)))).toMatchObject({
      isChanged: false,
    })
    await expect(approve(asked?.id, seconds(4))).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(seconds(5))).rejects.toMatchObject({ code: 'conflict', reason: 'on-hold' })

    const lift = () => liftHold({ ...named(), signedInAt: seconds(6) }, world.at(seconds(6)))
    const { waits } = await lift()
    await expect(approve(waits?.id, seconds(7), OFFICER)).rejects.toMatchObject({ code: 'four-eyes-required' })
    await expect(ask(seconds(8))).rejects.toMatchObject({ reason: 'on-hold' })
    expect(await approve(waits?.id, seconds(9))).toMatchObject({ state: 'carried-out' })
    await expect(lift()).rejects.toMatchObject({ code: 'conflict', reason: 'not-on-hold' })
    await erase(seconds(10))
    expect(erasedIn(world)).toHaveLength(1)
    await expect(holdCertificate({ ...named(), reason: 'legal-claim' }, world.at(seconds(20)))).rejects.toMatchObject({
      reason: 'erased',
    })
  })
})

describe('I35, I50, I63: the boxes are deleted, whatever happens between', () => {
  test('F47: a crash between the commit and the deletion is finished by the next run, and a run that fails is repeated', async () => {
    const { world, erase, sweep } = await anIssuedOne()
    await erase(seconds(1))
    const { port: boxes } = withFaults(world.store, [{ method: 'delete', call: 1, outcome: 'fails-before' }])
    const failing = deleteBoxes({ store: world.store, boxes, secrets: world.keys, now: seconds(5) })
    await expect(failing).rejects.toThrow()
    expect(world.store.boxes).toHaveLength(1)
    expect(await sweep(seconds(6))).toEqual({ certificates: 1 })
    expect(world.store.boxes).toEqual([])
    expect(world.store.events('link-ended')).toHaveLength(1)
    expect(world.store.events('link-ended')[0]?.stream).not.toContain(BODY)
  })

  test('two runs at once, and runs at any time, delete once and record their progress', async () => {
    const { world, erase, sweep } = await anIssuedOne()
    await erase(seconds(1))
    await Promise.all([sweep(seconds(5)), sweep(seconds(5)), sweep(seconds(5))])
    expect(world.store.boxes).toEqual([])
    for (const moment of [6, 7, 60, 300, 1_000]) await sweep(seconds(moment))
    expect(world.store.events('link-ended')).toHaveLength(1)
    expect(await sweep(after(9 * HOUR))).toEqual({ certificates: 1 })
    expect(await sweep(after(10 * HOUR))).toEqual({ certificates: 0 })
  })

  test('E209: a request that writes the box late, after the deletion, is cleaned up by a later look', async () => {
    const { world, erase, sweep, open } = await anIssuedOne()
    const [box] = world.store.boxes
    if (box === undefined) throw new Error('no box')
    await erase(seconds(1))
    await sweep(seconds(5))
    await world.store.put(box)
    expect(await open(seconds(6))).toMatchObject({ why: 'erased' })
    await sweep(after(3 * MINUTE))
    expect(world.store.boxes).toEqual([])
  })

  test('E201, F49: boxes that a restore brought back open nothing, and one order by hand deletes them and names their number', async () => {
    const { world, issued, erase, sweep, open } = await anIssuedOne()
    const kept = await world.issue({ certificateNumber: 'N-2' }, { key: 'key-2' })
    const backup = world.store.boxes
    await erase(seconds(1))
    await sweep(seconds(5))
    await sweep(after(20 * HOUR))
    for (const box of backup) await world.store.put(box)
    expect(world.store.boxes).toHaveLength(2)
    expect(await open(after(21 * HOUR))).toMatchObject({ why: 'erased' })
    await expect(world.issue()).rejects.toMatchObject({ reason: 'erased' })
    // The usual run looks at what is new, so the order names the beginning of time.
    expect(await sweep(after(21 * HOUR))).toEqual({ certificates: 0 })
    expect(await sweep(after(21 * HOUR), new Date(0))).toEqual({ certificates: 1 })
    expect(world.store.boxes).toMatchObject([{ uuid: kept.uuid }])
    expect(await open(after(22 * HOUR))).toMatchObject({ why: 'erased' })
    expect(await openLink(tokenOf(kept.link), world.verifying(after(22 * HOUR)))).toMatchObject({
      document: { id: kept.id },
    })
    expect(issued.uuid).not.toBe(kept.uuid)
  })
})
