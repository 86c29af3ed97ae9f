import { beforeEach, describe, expect, test } from 'vitest'
import {
  aBatchWorld,
  asked,
  type BatchWorld,
  HEAD,
  rowOf,
  rowsOf,
  SECOND_OFFICER,
} from '../../../../test/support/batch-world.ts'
import { aBody, BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { RangeMessage } from '../ports.ts'
import { revokeCertificate } from '../status/revoke.ts'
import {
  approveBatch,
  cancelBatch,
  closeBatch,
  pauseBatch,
  previewBatch,
  resultsOf,
  runRange,
  submitBatch,
} from './index.ts'

let here: BatchWorld
beforeEach(async () => {
  here = await aBatchWorld()
})
const issuedCount = () => here.world.store.events('issued').length
const later = (minutes: number) => {
  here.clock.now = new Date(here.clock.now.getTime() + minutes * MINUTE)
}
const outcomesOf = async (id: string) =>
  (await resultsOf(asked(id), here.deps)).rows.map(({ line, state, code = state }) => [line, code])

describe('N005: forged messages', () => {
  const refusal = { code: 'validation-failed' }

  test('with a megabyte in any of their members are refused, and the refusal repeats nothing of them', async () => {
    const { id } = await here.approve(rowsOf(3))
    const message = { version: 1, owner: BODY, batch: id, piece: 0, from: 0, to: 2 }
    const much = 'SECRET '.repeat(150_000)
    const begun = process.cpuUsage()
    for (const forged of [{ ...message, owner: much }, { ...message, batch: much }, { ...message, more: much }, much]) {
      const refused = await runRange(forged, 1, here.ranges()).catch((error: unknown) => error)
      expect(refused).toMatchObject(refusal)
      expect(String(refused)).not.toContain('SECRET')
    }
    const { user, system } = process.cpuUsage(begun)
    expect((user + system) / 1_000).toBeLessThan(300)
    expect(issuedCount()).toBe(0)
  })

  test('of ranges that overlap, at once and in any order, give each row one certificate', async () => {
    const { id } = await here.approve(rowsOf(12))
    const range = (from: number, to: number): RangeMessage => ({
      version: 1,
      owner: BODY,
      batch: id,
      piece: 0,
      from,
      to,
    })
    const ranges = [range(5, 11), range(0, 7), range(3, 3), range(0, 11), range(11, 11)]
    await Promise.all(ranges.map((message) => runRange(message, 1, here.ranges())))
    await here.deliver()
    expect(await here.counts(id)).toEqual({ submitted: 12, issued: 12, rejected: 0, pending: 0 })
    expect(issuedCount()).toBe(12)
  })

  test('of a batch that is open, paused, cancelled or finished issue nothing', async () => {
    const issued = await here.approve(rowsOf(2))
    const [first] = here.messages.map(({ message }) => message)
    await here.deliver()
    const all = issuedCount()
    await runRange(first, 1, here.ranges())
    const open = await here.submit(rowsOf(2, 11), 'open')
    await expect(runRange({ ...first, batch: open.id }, 1, here.ranges())).rejects.toMatchObject(refusal)
    const paused = await here.approve(rowsOf(2, 21), 'paused')
    await pauseBatch(asked(paused.id), here.deps)
    await runRange({ ...first, batch: paused.id }, 1, here.ranges())
    const cancelled = await here.approve(rowsOf(2, 31), 'cancelled')
    await cancelBatch(asked(cancelled.id), here.deps)
    await runRange({ ...first, batch: cancelled.id }, 1, here.ranges())
    await here.deliver({ times: 2 })
    expect([issuedCount(), (await here.counts(issued.id)).issued]).toEqual([all, 2])
    expect(await here.counts(cancelled.id)).toMatchObject({ issued: 0, rejected: 2, pending: 0 })
  })

  test('of one body that name a batch of another are refused', async () => {
    const { id } = await here.approve(rowsOf(3))
    await aBody('other-body', here.world)
    const forged = { version: 1, owner: 'other-body', batch: id, piece: 0, from: 0, to: 2 }
    await expect(runRange(forged, 1, here.ranges())).rejects.toMatchObject(refusal)
    expect(issuedCount()).toBe(0)
  })
})

test('N008: poisoned rows among good ones are faults with line and field, their neighbours are issued, and nothing repeats them', async () => {
  const good = (number: string) => ({
    qualification: 'ph-masonry-nc2',
    name: 'ANA EXAMPLE',
    number,
    awardedOn: '2026-02-24',
  })
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
  const poisoned = [
    JSON.stringify({ ...good('P-1'), name: `POISON ${'x'.repeat(65_536)}` }),
    JSON.stringify({ ...good('P-2'), name: 'POISON\u0000PERSON' }),
    `{"qualification":"ph-masonry-nc2","name":"POISON \\ud800","number":"P-3","awardedOn":"2026-02-24"}`,
    JSON.stringify({ ...good('P-4'), unit: Array.from({ length: 500 }, (_, at) => `U${at}`).join() }),
    JSON.stringify({ ...good('P-5'), name: `POISON ${'\u0301'.repeat(3_900)}` }),
    `{"qualification":"ph-masonry-nc2","name":${deep},"number":"P-6","awardedOn":"2026-02-24"}`,
    JSON.stringify({ ...good('P-7'), awardedOn: `${'9'.repeat(3_900)}POISON` }),
    '{"POISON',
    JSON.stringify({ ...good('P-9'), name: 'POISON 9' }),
  ]
  const harmless = `{"__proto__":{"name":"POISON"},"constructor":"POISON",${JSON.stringify(good('G-0')).slice(1)}`
  const lines = [harmless, ...poisoned.flatMap((line, at) => [line, JSON.stringify(good(`G-${at + 1}`))]), '{}', '']
  const begun = process.cpuUsage()
  const { id } = await here.submit(lines.join('\n'))
  const { rows } = await previewBatch(asked(id), here.deps)
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1_000_000).toBeLessThan(2)
  const faulty = rows.filter(({ faults }) => faults.length > 0)
  expect(faulty.map(({ line, faults: [first] }) => [line, first?.kind, first?.field])).toEqual([
    [2, 'too-long', 'name'],
    [4, 'name', 'name'],
    [6, 'no-text', 'name'],
    [8, 'units', 'unit'],
    [10, 'name', 'name'],
    [12, 'no-text', 'name'],
    [14, 'no-day', 'awardedOn'],
    [16, 'no-object', undefined],
    [18, 'name', 'name'],
  ])
  const closed = await closeBatch(asked(id), here.deps)
  await approveBatch(
    { ...asked(id, SECOND_OFFICER), hash: closed.closed?.hash ?? '', signedInAt: here.clock.now },
    here.deps,
  )
  expect(JSON.stringify(here.messages)).not.toMatch(/POISON|ANA/)
  await here.deliver()
  expect(await here.counts(id)).toEqual({ submitted: 19, issued: 10, rejected: 9, pending: 0 })
  expect(JSON.stringify(here.world.store.appended)).not.toContain('POISON')
})

describe('N009: the same rows again', () => {
  test('in two batches at once: each number is issued once, and the other batch says so', async () => {
    const one = await here.approve(rowsOf(6), 'one')
    const other = await here.approve(rowsOf(6), 'other')
    const messages = here.messages.splice(0)
    await Promise.all(messages.map(({ message }) => runRange(message, 1, here.ranges())))
    // A row that met the other one in the middle is tried again after a while.
    later(5)
    await here.deliver()
    const outcomes = [...(await outcomesOf(one.id)), ...(await outcomesOf(other.id))].map(([, outcome]) => outcome)
    expect(issuedCount()).toBe(6)
    expect(outcomes.filter((outcome) => outcome === 'issued')).toHaveLength(6)
    expect(outcomes.filter((outcome) => outcome === 'already-issued' || outcome === 'number-in-use')).toHaveLength(6)
  })

  test('of another body is another number, and neither names a certificate of the other', async () => {
    const { id } = await here.approve(rowsOf(1))
    await here.deliver()
    await aBody('other-body', here.world)
    const other = { issuer: 'other-body', subject: OFFICER }
    const bytes = new TextEncoder().encode(rowsOf(1))
    const sent = await submitBatch({ ...other, act: 'issue', idempotencyKey: 'batch-1', bytes }, here.deps)
    expect(sent.id).not.toBe(id)
    const { rows } = await previewBatch({ ...other, id: sent.id }, here.deps)
    expect(rows.map(({ faults }) => faults)).toEqual([[]])
  })

  test('after its certificate was revoked is a new certificate, and the revoked one stays revoked', async () => {
    const first = await here.approve(rowsOf(1), 'one')
    await here.deliver()
    const certificate = (await resultsOf(asked(first.id), here.deps)).rows[0]?.certificate ?? ''
    await revokeCertificate(
      { issuer: BODY, uuid: certificate, actor: OFFICER, reason: 'issued-in-error' },
      here.world.at(here.clock.now),
    )
    later(1)
    const again = await here.approve(rowsOf(1), 'again')
    await here.deliver()
    expect(await outcomesOf(again.id)).toEqual([[2, 'issued']])
    expect(await readRecord(BODY, certificate, here.world.store)).toMatchObject({ state: 'revoked' })
  })
})

describe('N018: a file that is empty, cut or old', () => {
  test('issues what it holds, and never changes what it does not name', async () => {
    const first = await here.approve(rowsOf(10), 'yesterday')
    await here.deliver()
    const states = () => here.world.store.appended.filter(({ stream }) => stream.includes('/certificate/')).length
    const before = states()
    for (const empty of ['', '\n\n', HEAD, `${HEAD}\n,,,\n`])
      await expect(here.submit(empty, `empty ${empty.length}`)).rejects.toMatchObject({ code: 'validation-failed' })
    // Cut in the middle of a row, which then lacks its day.
    const whole = rowsOf(10)
    const cut = await here.submit(whole.slice(0, whole.length - 150), 'cut')
    const rows = (await previewBatch(asked(cut.id), here.deps)).rows
    expect(rows.at(-1)?.faults.length).toBeGreaterThan(0)
    expect(rows.slice(0, -1).every(({ faults }) => faults[0]?.kind === 'already-issued')).toBe(true)
    // Yesterday's file under another key has no row that could be issued.
    const old = await here.submit(rowsOf(10), 'today')
    await expect(closeBatch(asked(old.id), here.deps)).rejects.toMatchObject({ code: 'conflict' })
    expect(states()).toBe(before)
    expect(await here.counts(first.id)).toMatchObject({ issued: 10 })
  })

  test('with a column that says "revoked" revokes nothing: only a list does, and a second officer approves it', async () => {
    await here.world.issue({ certificateNumber: 'TP-00001' })
    const lines = [`${HEAD},status`, `${rowOf('00001')},revoked`, `${rowOf('00002')},revoked`]
    const { id } = await here.approve(lines.join('\n'))
    await here.deliver()
    expect(await here.counts(id)).toMatchObject({ issued: 1, rejected: 1 })
    expect(here.world.store.events('revoked')).toEqual([])
    const list = await here.submit('number\nTP-00001', 'list', 'revoke')
    expect(list).toMatchObject({ act: 'revoke', state: 'open' })
    expect(here.world.store.events('revoked')).toEqual([])
  })
})
