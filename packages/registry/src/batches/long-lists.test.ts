import { expect, test } from 'vitest'
import { aBatchWorld, HEAD, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { BODY, OFFICER } from '../../../../test/support/registry-world.ts'
import { isSeason } from '../../../../test/support/season.ts'
import { artefacts } from '../artefacts.ts'
import { readRecord } from '../certificates/read-record.ts'
import { type CommitStore, streams } from '../stream.ts'
import { addMember } from '../trust/members.ts'
import {
  type Act,
  approveBatch,
  cancelBatch,
  closeBatch,
  closedListOf,
  pauseBatch,
  previewBatch,
  receiveBatch,
  resultsOf,
  resumeBatch,
} from './index.ts'

const ID = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
const asked = { issuer: BODY, subject: OFFICER, id: ID }
const PART = 10_000

/** A registry with some certificates, and a file in the bucket of uploads. */
async function aWorldWith(certificates: number) {
  const here = await aBatchWorld()
  const issue = async (number: string) => (await here.world.issue({ certificateNumber: number }, { key: number })).uuid
  const uuids: string[] = []
  for (let at = 0; at < certificates; at++) uuids.push(await issue(`TP-${at}`))
  const receive = (lines: readonly string[], act: Act, subject = OFFICER) => {
    const bytes = new TextEncoder().encode(lines.join('\n'))
    const read = async (name: string) => (name.startsWith(artefacts.incoming(BODY, ID, '')) ? bytes : undefined)
    return receiveBatch({ ...asked, subject, act }, { ...here.deps, now: here.clock.now, incoming: { read } })
  }
  const stateOf = async (uuid: string | undefined) => (await readRecord(BODY, uuid ?? '', here.world.store))?.state
  return { here, uuids, receive, stateOf }
}
/** A row without a number costs nothing to judge. */
const blank = (count: number) => Array.from({ length: count }, () => ',,under-investigation')

test('I59, I60, N002: a list beyond 10,000 rows is judged and closed part by part, approved as one by a second officer, paused, resumed and carried out', async () => {
  const { here, uuids, receive, stateOf } = await aWorldWith(3)
  const row = (at: number) => `${uuids[at]},,under-investigation`
  const lines = ['certificate,number,reason', row(0), ...blank(PART - 2), row(1), row(2), ...blank(1)]
  expect(await receive(lines, 'suspend')).toMatchObject({ act: 'suspend', rows: PART + 2, state: 'open' })
  const changes = async (part: number) =>
    (await previewBatch({ ...asked, part }, here.deps)).rows.flatMap(({ line, change }) => (change ? [line] : []))
  expect([await changes(1), await changes(2)]).toEqual([[2, PART + 1], [PART + 2]])
  expect(await closeBatch(asked, here.deps)).toMatchObject({ state: 'open', closing: { parts: 1 } })
  const closed = await closeBatch(asked, here.deps)
  expect(closed).toMatchObject({ state: 'closed', closed: { leftOut: PART - 1 } })
  const hash = closed.closed?.hash ?? ''
  // An answer holds the rows of one part. The page counts all of them.
  const second = { ...asked, subject: SECOND_OFFICER }
  const last = await previewBatch({ ...second, part: 2 }, here.deps)
  expect((await closedListOf({ ...second, of: last.rows }, here.deps))?.map(({ line }) => line)).toEqual([PART + 2])
  expect(await closedListOf(second, here.deps)).toHaveLength(3)
  await expect(approveBatch({ ...asked, hash, signedInAt: here.clock.now }, here.deps)).rejects.toMatchObject({
    code: 'four-eyes-required',
  })
  await approveBatch({ ...second, hash, signedInAt: here.clock.now }, here.deps)
  await pauseBatch(asked, here.deps)
  await here.deliver({ times: 2 })
  expect(await here.counts(ID)).toMatchObject({ changed: 0, rejected: PART - 1, pending: 3 })
  await resumeBatch(second, here.deps)
  await here.deliver({ times: 2 })
  expect(await here.counts(ID)).toEqual({ submitted: PART + 2, issued: 0, changed: 3, rejected: PART - 1, pending: 0 })
  expect(await Promise.all(uuids.map(stateOf))).toEqual(['suspended', 'suspended', 'suspended'])
  expect((await resultsOf(asked, here.deps)).rows.map(({ line }) => line)).toEqual([2, PART + 1, PART + 2])
})

test('rows of two parts that name one certificate, by its id and by its number, are found: the first counts, or none if their reasons differ', async () => {
  const { here, uuids, receive } = await aWorldWith(3)
  const [one, two] = uuids
  const early = [`${one},,misconduct`, `,TP-1,misconduct`, `,tp 2,misconduct`]
  const late = [`,tp-0,Misconduct`, `${two},,fraud`, `${one},TP-2,misconduct`, `${two},,issued-in-error`]
  await receive(['certificate,number,reason', ...early, ...blank(PART - early.length), ...late], 'revoke')
  const fates = async (part: number) => {
    const { rows } = await previewBatch({ ...asked, part }, here.deps)
    const some = rows.filter(({ texts }) => texts.certificate || texts.number)
    return some.map(({ change, faults }) => (change ? 'changes' : faults.map(({ kind }) => kind).join()))
  }
  expect(await fates(1)).toEqual(['changes', 'listed-twice', 'changes'])
  expect(await fates(2)).toEqual(['listed-twice', 'not-in-list', 'number-differs', 'listed-twice'])
})

test('N008, N018: a file of 100,001 rows is refused with what to do, and one of 100,000 is taken, for both kinds of batches', async () => {
  const { here, receive } = await aWorldWith(0)
  const rows = (count: number, head: string, row: string) => [head, ...Array.from({ length: count }, () => row)]
  const detail = 'The file has more than 100,000 rows. Split it.'
  const refusal = { code: 'validation-failed', faults: [{ pointer: '', detail }] }
  await expect(receive(rows(100_001, 'number', 'X-1'), 'revoke')).rejects.toMatchObject(refusal)
  await expect(receive(rows(100_001, HEAD, ',,X-1,'), 'issue')).rejects.toMatchObject(refusal)
  expect(here.world.store.events('submitted').length + here.world.store.events('list-submitted').length).toBe(0)
  expect(await receive(rows(100_000, 'number', 'X-1'), 'revoke')).toMatchObject({ rows: 100_000 })
  // Inside a request a list is shorter. The refusal says which way a longer one goes.
  await expect(here.submit(rows(10_001, 'number', 'X-1').join('\n'), 'key', 'revoke')).rejects.toMatchObject({
    faults: [{ detail: 'The list has more than 10,000 rows. Ask for an upload of a large file, or split it.' }],
  })
})

test('I36, I59: the role of the act decides who has a file read, and a file that was read for one act is read for no other', async () => {
  const { here, receive } = await aWorldWith(1)
  const member = { owner: BODY, subject: 'issuer-only', roles: ['issue' as const], actor: 'registrar' }
  await addMember(member, { store: here.world.store, now: here.clock.now })
  const lines = ['number,reason', 'TP-0,misconduct']
  await expect(receive(lines, 'revoke', 'issuer-only')).rejects.toMatchObject({ code: 'not-found' })
  const { id } = await receive(lines, 'revoke')
  expect(await receive(lines, 'revoke')).toMatchObject({ id, act: 'revoke' })
  await expect(receive(lines, 'suspend')).rejects.toMatchObject({ code: 'conflict' })
  await expect(receive(lines, 'issue')).rejects.toMatchObject({ code: 'conflict' })
})

/** Certificates with the record of a real one, each under an id of its own. Issuing so many would take longer than what is tested. */
async function copies(count: number, uuid: string, store: CommitStore): Promise<string[]> {
  const original = JSON.stringify(await store.read(streams.certificate(BODY, uuid)))
  const uuids: string[] = []
  for (let at = 0; at < count; at++) {
    const copy = `${String(at).padStart(8, '0')}${uuid.slice(8)}`
    // An index is of no use for a list of ids.
    for (const { index: _, ...commit } of JSON.parse(original.replaceAll(uuid, copy))) await store.append(commit)
    uuids.push(copy)
  }
  return uuids
}

test.runIf(isSeason)(
  'I21, N002: a list of 100,000 certificates is suspended in one job, with a queue that delivers twice, and cancelled near its end',
  async () => {
    const { here, uuids, receive } = await aWorldWith(1)
    const many = await copies(100_000, uuids[0] ?? '', here.world.store)
    await receive(['certificate,reason', ...many.map((uuid) => `${uuid},under-investigation`)], 'suspend')
    let batch = await closeBatch(asked, here.deps)
    while (batch.state === 'open') batch = await closeBatch(asked, here.deps)
    const approval = { ...asked, subject: SECOND_OFFICER, hash: batch.closed?.hash ?? '', signedInAt: here.clock.now }
    await approveBatch(approval, here.deps)
    await here.deliver({ times: 2, most: 1_990 })
    const running = await here.counts(ID)
    expect([running.changed, running.rejected, running.pending]).toEqual([99_500, 0, 500])
    await cancelBatch(asked, here.deps)
    await here.deliver()
    const counts = { submitted: 100_000, issued: 0, changed: 99_500, rejected: 500, pending: 0 }
    expect(await here.counts(ID)).toEqual(counts)
    expect(here.world.store.events('suspended')).toHaveLength(99_500)
  },
  3_600_000,
)
