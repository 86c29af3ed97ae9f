import { beforeEach, describe, expect, test } from 'vitest'
import { aBatchWorld, asked, type BatchWorld, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { aBody, BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { readRecord } from '../certificates/read-record.ts'
import { holdCertificate } from '../erasure/hold.ts'
import { reinstateCertificate } from '../status/reinstate.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { suspendCertificate } from '../status/suspend.ts'
import { type CommitStore, readingOf } from '../stream.ts'
import { addMember, removeMember } from '../trust/members.ts'
import type { StatusAct } from './acts.ts'
import type { BatchAnswers } from './answers.ts'
import { changeBatch, findBatch } from './batch.ts'
import {
  answerBatch,
  approveBatch,
  cancelBatch,
  closeBatch,
  closedListOf,
  isBeyondBrake,
  pauseBatch,
  previewBatch,
  resultsOf,
  resumeBatch,
  runRange,
} from './index.ts'

let here: BatchWorld
beforeEach(async () => {
  here = await aBatchWorld()
})
const issue = async (number: string, issuer = BODY) =>
  (await here.world.issue({ certificateNumber: number }, { key: `${issuer} ${number}`, issuer })).uuid
const issueMany = (count: number) => Promise.all(Array.from({ length: count }, (_, at) => issue(`TP-${1_000 + at}`)))
const listOf = (uuids: readonly string[], reason = 'issued-in-error') =>
  ['certificate,reason', ...uuids.map((uuid) => `${uuid},${reason}`)].join('\n')
const stateOf = async (uuid: string) => (await readRecord(BODY, uuid, here.world.store))?.state
const statesOf = (uuids: readonly string[]) => Promise.all(uuids.map(stateOf))
const change = (uuid: string, reason = 'under-investigation' as const) => ({
  issuer: BODY,
  uuid,
  actor: OFFICER,
  reason,
})
const at = () => here.world.at(here.clock.now)
const commitsOf = (type: string) => here.world.store.events(type).length

/** A worker whose process ends after so many writes. */
function dyingAfter(writes: number) {
  let left = writes
  const { store } = here.world
  const append: CommitStore['append'] = (commit) =>
    --left < 0 ? Promise.reject(new Error('killed')) : store.append(commit)
  return here.ranges({ store: { ...readingOf(store), append } })
}

async function fatesOf(rows: string, act: StatusAct = 'revoke', answers?: BatchAnswers) {
  const { id } = await here.submit(rows, `${act} ${rows} ${JSON.stringify(answers)}`, act)
  if (answers !== undefined) await answerBatch({ ...asked(id), answers }, here.deps)
  const preview = await previewBatch(asked(id), here.deps)
  return preview.rows.map(({ line, change, faults }) => [line, change?.state ?? faults.map(({ kind }) => kind).join()])
}

describe('each row of a list has its fate before anything changes', () => {
  test('in force, suspended, revoked, of another body, of nobody, twice in the file: by number or id, and nothing is written', async () => {
    const stranger = await aBody('another-body', here.world).then(() => issue('OTHER-1', 'another-body'))
    const [one, two, three, four] = (await issueMany(4)) as [string, string, string, string]
    await suspendCertificate(change(two), at())
    await revokeCertificate({ ...change(three), reason: 'misconduct' }, at())
    await holdCertificate({ issuer: BODY, uuid: four, actor: OFFICER, reason: 'legal-claim' }, at())
    const before = here.world.store.appended.length
    const rows = [
      'No. of certificate,Certificate id,Reason',
      'TP-1000,,misconduct',
      `tp-1001,${two.toUpperCase()},Issued in error`,
      'TP-1002,,misconduct',
      `,urn:uuid:${stranger},misconduct`,
      ',5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11,misconduct',
      `TP-1000,${four},misconduct`,
      `,${four},misconduct`,
      `,${four},misconduct`,
      `,${one},holder-request`,
    ].join('\n')
    expect(await fatesOf(rows)).toEqual([
      [2, 'listed-twice'],
      [3, 'suspended'],
      [4, 'already-revoked'],
      [5, 'unknown-certificate'],
      [6, 'unknown-certificate'],
      [7, 'number-differs'],
      [8, 'in-force'],
      [9, 'listed-twice'],
      [10, 'listed-twice'],
    ])
    // The record of the list itself.
    expect(here.world.store.appended.length).toBe(before + 1)
    const { id } = await here.submit(listOf([four]), 'held', 'revoke')
    expect((await previewBatch(asked(id), here.deps)).rows[0]?.change).toMatchObject({ isHeld: true })
  })

  test.each([
    ['no id and no number', ',,misconduct', 'missing'],
    ['an id that is none', 'x-1,,misconduct', 'malformed'],
    ['no reason', '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11,,', 'missing'],
    ['a reason of another act', '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11,,under-investigation', 'not-in-list'],
    ['superseded, which names a successor', '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11,,superseded', 'not-in-list'],
  ])('%s', async (_, cells, kind) => {
    const other = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a12,,misconduct'
    expect((await fatesOf(`certificate,number,reason\n${cells}\n${other}`))[0]).toEqual([2, kind])
  })

  test('one reason for all rows, and one for a single cell', async () => {
    await issueMany(2)
    const answers: BatchAnswers = {
      same: { reason: 'misconduct' },
      cells: [{ line: 3, field: 'reason', text: 'holder-request' }],
    }
    const { id } = await here.submit('number\nTP-1000\nTP-1001', 'key', 'revoke')
    await answerBatch({ ...asked(id), answers }, here.deps)
    const { rows } = await previewBatch(asked(id), here.deps)
    expect(rows.map(({ change }) => change?.reason)).toEqual(['misconduct', 'holder-request'])
  })

  test('only a suspended certificate is reinstated, and only one in force is suspended', async () => {
    const [one, two] = (await issueMany(2)) as [string, string]
    await suspendCertificate(change(one), at())
    expect(await fatesOf(listOf([one, two], ''), 'reinstate')).toEqual([
      [2, 'suspended'],
      [3, 'not-suspended'],
    ])
    expect(await fatesOf(listOf([one, two], 'holder-request'), 'suspend')).toEqual([
      [2, 'already-suspended'],
      [3, 'in-force'],
    ])
  })

  test('a column of names in the place of numbers stops the list (N015), and fields of issuing are unknown here', async () => {
    const { id } = await here.submit('number\nANA EXAMPLE\nBEN EXAMPLE', 'names', 'revoke')
    expect((await previewBatch(asked(id), here.deps)).misfits).toEqual(['number'])
    await expect(closeBatch(asked(id), here.deps)).rejects.toMatchObject({ code: 'conflict' })
    const answers: BatchAnswers = { same: { qualification: 'ph-masonry-nc2' } }
    await expect(answerBatch({ ...asked(id), answers }, here.deps)).rejects.toMatchObject({ code: 'validation-failed' })
  })
})

describe('two officers', () => {
  test('U001, I59, I72: the sender never approves, whatever the number of rows, and the brake counts nothing of what two officers did', async () => {
    const uuids = await issueMany(25)
    const { id } = await here.submit(listOf(uuids), 'key', 'revoke')
    const closed = await closeBatch(asked(id), here.deps)
    expect(await isBeyondBrake(closed, here.world.store)).toBe(true)
    const hash = closed.closed?.hash ?? ''
    const own = { ...asked(id), hash, signedInAt: here.clock.now }
    await expect(approveBatch(own, here.deps)).rejects.toMatchObject({ code: 'four-eyes-required' })
    const second = { ...own, subject: SECOND_OFFICER }
    await expect(approveBatch({ ...second, signedInAt: undefined }, here.deps)).rejects.toMatchObject({
      code: 'fresh-sign-in-required',
    })
    await expect(approveBatch({ ...second, hash: 'x'.repeat(43) }, here.deps)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await statesOf(uuids)).toEqual(uuids.map(() => 'in-force'))
    expect((await closedListOf(asked(id, SECOND_OFFICER), here.deps))?.map(({ change }) => change)).toEqual(
      uuids.map((certificate) => ({ certificate, state: 'in-force', reason: 'issued-in-error' })),
    )
    await approveBatch(second, here.deps)
    await here.deliver()
    expect(await here.counts(id)).toEqual({ submitted: 25, issued: 0, changed: 25, rejected: 0, pending: 0 })
    const { commits } = (await readRecord(BODY, uuids[0] ?? '', here.world.store)) ?? {}
    expect(commits?.at(-1)).toMatchObject({ actor: OFFICER, events: [{ batch: id, approvedBy: SECOND_OFFICER }] })
    expect(commitsOf('counted')).toBe(0)
    const single = await issue('TP-9')
    expect(await revokeCertificate({ ...change(single), reason: 'misconduct' }, at())).toMatchObject({
      isChanged: true,
    })
  })

  test('I60, I61: a list whose record has no second officer is never carried out, whatever a message says', async () => {
    const uuids = await issueMany(2)
    const { id } = await here.submit(listOf(uuids), 'key', 'revoke')
    const closed = await closeBatch(asked(id), here.deps)
    expect(await isBeyondBrake(closed, here.world.store)).toBe(false)
    const event = { type: 'approved', hash: closed.closed?.hash ?? '', alone: true } as const
    await changeBatch(closed, event, { actor: SECOND_OFFICER }, here.deps)
    const message = { version: 1, owner: BODY, batch: id, piece: 0, from: 0, to: 1 }
    await expect(runRange(message, 1, here.ranges())).rejects.toMatchObject({ code: 'validation-failed' })
    expect(await statesOf(uuids)).toEqual(['in-force', 'in-force'])
  })

  test('a small list needs a second officer too, and the role issue sends none', async () => {
    const uuids = await issueMany(1)
    const { id } = await here.submit(listOf(uuids), 'key', 'suspend')
    await answerBatch(
      { ...asked(id), answers: { cells: [{ line: 2, field: 'reason', text: 'holder-request' }] } },
      here.deps,
    )
    const { closed } = await closeBatch(asked(id), here.deps)
    const start = { ...asked(id), hash: closed?.hash ?? '', signedInAt: undefined }
    await expect(approveBatch(start, here.deps)).rejects.toMatchObject({ code: 'four-eyes-required' })
    const { store } = here.world
    const issuer = { owner: BODY, subject: 'issuer-only', roles: ['issue'], actor: 'registrar' } as const
    await addMember({ ...issuer, roles: [...issuer.roles] }, { store, now: here.clock.now })
    for (const verb of [previewBatch, closeBatch, cancelBatch, pauseBatch])
      await expect(verb(asked(id, 'issuer-only'), here.deps)).rejects.toMatchObject({ code: 'not-found' })
    await aBody('another-body', here.world)
    await expect(previewBatch(asked(id, OFFICER, 'another-body'), here.deps)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('the job', () => {
  test('N001, N002, I21: messages come thrice, late and from workers that die: each certificate is changed once, and every row is counted', async () => {
    const uuids = await issueMany(55)
    const { id } = await here.approve(listOf(uuids), 'key', 'revoke')
    const [first] = here.messages
    for (const after of [1, 4, 20, 25]) {
      await expect(runRange(first?.message, 1, dyingAfter(after))).rejects.toThrow('killed')
      const { submitted, changed = 0, rejected, pending } = await here.counts(id)
      expect(changed + rejected + pending).toBe(submitted)
      here.clock.now = new Date(here.clock.now.getTime() + 3 * MINUTE)
    }
    const all = here.messages.map(({ message }) => message)
    await here.deliver({ times: 3 })
    here.clock.now = new Date(here.clock.now.getTime() + 60 * MINUTE)
    for (const message of all) await runRange(message, 1, here.ranges())
    expect(await here.counts(id)).toEqual({ submitted: 55, issued: 0, changed: 55, rejected: 0, pending: 0 })
    expect(commitsOf('revoked')).toBe(55)
  })

  test('a row that a dead worker suspended, and a person reinstated, is done and not suspended again', async () => {
    const [uuid = ''] = await issueMany(1)
    const { id } = await here.approve(listOf([uuid], 'holder-request'), 'key', 'suspend')
    const message = here.messages[0]?.message
    await expect(runRange(message, 1, dyingAfter(2))).rejects.toThrow('killed')
    expect(await stateOf(uuid)).toBe('suspended')
    await reinstateCertificate({ issuer: BODY, uuid, actor: OFFICER }, at())
    here.clock.now = new Date(here.clock.now.getTime() + 3 * MINUTE)
    await here.deliver()
    expect([await stateOf(uuid), await here.counts(id)]).toMatchObject(['in-force', { changed: 1, pending: 0 }])
    expect(commitsOf('suspended')).toBe(1)
  })

  test('a certificate that changed after the approval is rejected with its id, and its neighbours are changed', async () => {
    const uuids = await issueMany(3)
    const { id } = await here.approve(listOf(uuids), 'key', 'revoke')
    await suspendCertificate(change(uuids[1] ?? ''), at())
    await here.deliver()
    const { rows } = await resultsOf(asked(id), here.deps)
    expect(rows).toEqual([
      { line: 2, state: 'changed', certificate: uuids[0] },
      { line: 3, state: 'rejected', code: 'certificate-changed', certificate: uuids[1] },
      { line: 4, state: 'changed', certificate: uuids[2] },
    ])
    expect(await statesOf(uuids)).toEqual(['revoked', 'suspended', 'revoked'])
  })

  test('pause, resume and cancel: what was changed stays, the rest is rejected, and late messages change nothing', async () => {
    const uuids = await issueMany(60)
    const { id } = await here.approve(listOf([...uuids, '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11']), 'key', 'revoke')
    await pauseBatch(asked(id), here.deps)
    await here.deliver()
    expect(await here.counts(id)).toMatchObject({ submitted: 61, changed: 0, rejected: 1, pending: 60 })
    await resumeBatch(asked(id, SECOND_OFFICER), here.deps)
    await here.deliver({ most: 1 })
    await cancelBatch(asked(id), here.deps)
    const counts = { submitted: 61, issued: 0, changed: 50, rejected: 11, pending: 0 }
    expect(await here.counts(id)).toEqual(counts)
    await here.deliver({ times: 2 })
    expect(await here.counts(id)).toEqual(counts)
    expect(commitsOf('revoked')).toBe(50)
    expect((await resultsOf(asked(id), here.deps)).rows.at(-1)).toMatchObject({ state: 'rejected', code: 'cancelled' })
  })

  test('a sender who lost the role stops the list, and nothing is rejected for it', async () => {
    const uuids = await issueMany(2)
    const { id } = await here.approve(listOf(uuids), 'key', 'revoke')
    await removeMember({ owner: BODY, subject: OFFICER, actor: 'registrar', mayLeaveFewer: true }, at())
    await here.deliver()
    expect(await findBatch(BODY, id, here.world.store)).toMatchObject({ state: 'paused', paused: 'member' })
    expect(await statesOf(uuids)).toEqual(['in-force', 'in-force'])
  })

  test('reinstating by list lifts suspensions of the body', async () => {
    const uuids = await issueMany(2)
    for (const uuid of uuids) await suspendCertificate(change(uuid), at())
    await here.approve(listOf(uuids, ''), 'key', 'reinstate')
    await here.deliver()
    expect(await statesOf(uuids)).toEqual(['in-force', 'in-force'])
  })
})

test('N009: the same list under the same key is one batch, and the same file for another act is refused', async () => {
  const [uuid = ''] = await issueMany(1)
  const { id } = await here.submit(listOf([uuid]), 'key', 'revoke')
  expect((await here.submit(listOf([uuid]), 'key', 'revoke')).id).toBe(id)
  await expect(here.submit(listOf([uuid]), 'key', 'suspend')).rejects.toMatchObject({ code: 'idempotency-key-reuse' })
})

test('H001: a list begins with an event of its own, so that code which does not know lists issues nothing from one', async () => {
  const [uuid = ''] = await issueMany(1)
  await here.submit(listOf([uuid]), 'key', 'revoke')
  expect(here.world.store.events('submitted')).toEqual([])
  expect(here.world.store.events('list-submitted')).toHaveLength(1)
})
