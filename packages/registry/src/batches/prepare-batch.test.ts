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
import { MemoryArtefacts } from '../../../../test/support/memory-artefacts.ts'
import { aBody, BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import type { ArtefactName, FileAddresses } from '../ports.ts'
import { addMember } from '../trust/members.ts'
import type { BatchAnswers } from './answers.ts'
import {
  answerBatch,
  approveBatch,
  cancelBatch,
  closeBatch,
  countsOf,
  listBatches,
  pauseBatch,
  previewBatch,
  receiveBatch,
  reopenBatch,
  resumeBatch,
  uploadTarget,
} from './index.ts'

let here: BatchWorld
beforeEach(async () => {
  here = await aBatchWorld()
})
const preview = async (rows: string, answers?: BatchAnswers) => {
  const { id } = await here.submit(rows, `key ${Math.abs(rows.length)} ${JSON.stringify(answers ?? {})}`)
  if (answers !== undefined) await answerBatch({ ...asked(id), answers }, here.deps)
  return previewBatch(asked(id), here.deps)
}
const faultsOf = async (rows: string, answers?: BatchAnswers) =>
  (await preview(rows, answers)).rows.map(({ line, faults }) => [line, ...faults.map(({ kind }) => kind)])
const line = (cells: string) => `${HEAD}\n${cells}`

test('I59: a large file is read only for the member who asked for its target, because that one cannot approve it', async () => {
  const another = 'officer-3'
  const roles = ['issue'] as const
  await addMember(
    { owner: BODY, subject: another, roles: [...roles], actor: 'registrar' },
    { store: here.world.store, now: here.clock.now },
  )
  const incoming = new MemoryArtefacts()
  const names: ArtefactName[] = []
  const addresses: FileAddresses = {
    load: () => Promise.reject(new Error('nothing is loaded here')),
    receive: async (name) => {
      names.push(name)
      return { url: 'https://files.example', fields: {} }
    },
  }
  const target = { issuer: BODY, subject: OFFICER, idempotencyKey: 'large' }
  const { id } = await uploadTarget(target, { ...here.deps, addresses })
  await incoming.put(names[0] as ArtefactName, new TextEncoder().encode(rowsOf(501)))
  const receive = (subject: string) => receiveBatch({ ...asked(id, subject), act: 'issue' }, { ...here.deps, incoming })
  await expect(receive(another)).rejects.toMatchObject({ code: 'conflict' })
  expect(await receive(OFFICER)).toMatchObject({ submittedBy: OFFICER, rows: 501 })
  expect(names[0]).not.toContain(OFFICER)
})

describe('each row has its fate before anything is signed', () => {
  test('a ready row has its input, and nothing is written for it', async () => {
    const before = here.world.store.appended.length
    const { rows, kinds } = await preview(rowsOf(3))
    expect(rows.map(({ input }) => input?.certificateNumber)).toEqual(['TP-00001', 'TP-00002', 'TP-00003'])
    expect(kinds).toEqual([])
    expect(here.world.store.appended.length).toBe(before + 1)
  })

  test.each([
    ['a missing name', 'ph-masonry-nc2,,TP-1,2026-02-24', 'missing'],
    ['a name with digits', 'ph-masonry-nc2,ANA 1031,TP-1,2026-02-24', 'name'],
    ['a day that does not exist', 'ph-masonry-nc2,ANA,TP-1,2026-02-30', 'no-day'],
    ['a year of two digits', 'ph-masonry-nc2,ANA,TP-1,24/02/26', 'short-year'],
    ['a day of two meanings', 'ph-masonry-nc2,ANA,TP-1,02/03/2026', 'day-order'],
    ['a Buddhist year', 'ph-masonry-nc2,ANA,TP-1,24/02/2569', 'buddhist-year'],
    ['a formula', 'ph-masonry-nc2,=A1,TP-1,2026-02-24', 'formula'],
    ['an unknown qualification', 'ph-knitting,ANA,TP-1,2026-02-24', 'qualification'],
    ['a qualification of somebody else', 'sg-wsq-x,ANA,TP-1,2026-02-24', 'qualification'],
    ['a day in the future', 'ph-masonry-nc2,ANA,TP-1,2031-02-24', 'days'],
  ])('%s', async (_, cells, kind) => {
    expect(await faultsOf(line(cells))).toEqual([[2, kind]])
  })

  test('a number twice, in another case and width, is a fault of both rows', async () => {
    const rows = [HEAD, rowOf('a1'), rowOf('Ａ1', 'BEN EXAMPLE'), rowOf('b2')].join('\n')
    expect(await faultsOf(rows)).toEqual([[2, 'number-twice'], [3, 'number-twice'], [4]])
  })

  test('N009: a row that was issued singly before is already issued, and a number of another certificate is in use', async () => {
    const issued = await here.world.issue({ certificateNumber: 'TP-1' })
    const again = `${HEAD},assessedOn\nph-masonry-nc2,RODEL MANALO DELA CRUZ,TP-1,2026-02-24,2026-02-20`
    const [row] = (await preview(again)).rows
    expect(row?.faults).toEqual([{ kind: 'already-issued', field: 'number', certificate: issued.uuid }])
    expect((await preview(line(rowOf('1')))).rows[0]?.faults).toMatchObject([{ kind: 'number-in-use' }])
  })
})

test('rows of JSON are judged as those of a spreadsheet, and a line that is none is a fault of its own', async () => {
  const rows = [
    { number: 'TP-1', name: 'ANA', qualification: 'ph-masonry-nc2', awardedOn: '2026-02-24' },
    { qualification: 'ph-masonry-nc2', name: 'BEN 7', number: 2, awardedOn: '24/02/2569' },
  ].map((row) => JSON.stringify(row))
  const [first, second, third] = (await preview([...rows, '{"number":'].join('\n'))).rows
  expect(first?.input).toMatchObject({ certificateNumber: 'TP-1', holder: { name: 'ANA' }, awardedOn: '2026-02-24' })
  expect([second?.line, second?.faults.map(({ kind }) => kind)]).toEqual([2, ['buddhist-year', 'name']])
  expect([third?.line, third?.faults[0]]).toEqual([3, { kind: 'no-object', field: 'number' }])
})

describe('what people answer', () => {
  const buddhist = [HEAD, 'ph-masonry-nc2,ANA A,TP-0001,24/02/2569', 'ph-masonry-nc2,BEN B,TP-2,24/02/2569'].join('\n')

  test('an offer is accepted for all rows of a kind, or a cell is written anew, and nothing is converted without that', async () => {
    expect(await faultsOf(buddhist)).toEqual([
      [2, 'buddhist-year'],
      [3, 'lost-zeros', 'buddhist-year'],
    ])
    expect(await faultsOf(buddhist, { accepted: ['buddhist-year'] })).toEqual([[2], [3, 'lost-zeros']])
    const cells = [{ line: 3, field: 'number' as const, text: 'TP-9999' }]
    const { rows } = await preview(buddhist, { accepted: ['buddhist-year'], cells })
    expect(rows.map(({ input }) => [input?.certificateNumber, input?.awardedOn])).toEqual([
      ['TP-0001', '2026-02-24'],
      ['TP-9999', '2026-02-24'],
    ])
  })

  test('the order of day and month is asked once, and a column in two orders says so', async () => {
    const rows = line('ph-masonry-nc2,ANA,TP-1,02/03/2026')
    expect(await preview(rows)).toMatchObject({ asksOrder: true, isInTwoOrders: false })
    expect((await preview(rows, { order: 'month-day' })).rows[0]?.input?.awardedOn).toBe('2026-02-03')
    const both = [
      HEAD,
      'ph-masonry-nc2,A B,TP-1,24/02/2026',
      'ph-masonry-nc2,A C,TP-2,02/24/2026',
      'ph-masonry-nc2,A D,TP-3,02/03/2026',
    ]
    expect(await preview(both.join('\n'))).toMatchObject({ asksOrder: true, isInTwoOrders: true })
  })

  test('one qualification is given for a file that has no column for it', async () => {
    const rows = 'Full name;Cert. No.;Date awarded\nANA A;TP-1;24/02/2026'
    const { rows: read } = await preview(rows, { same: { qualification: 'ph-masonry-nc2' } })
    expect(read[0]?.input).toMatchObject({ qualification: 'ph-masonry-nc2', holder: { name: 'ANA A' } })
  })

  test('N015: names of columns are remembered for the body, and follow the name and not the place', async () => {
    const rows = 'Kandidat;Nummer;Tag;Kurs\nANA A;TP-1;24/02/2026;ph-masonry-nc2'
    await preview(rows, { columns: { name: 0, number: 1, awardedOn: 2, qualification: 3 } })
    const swapped = 'Kurs;Tag;Nummer;Kandidat\nph-masonry-nc2;24/02/2026;TP-2;BEN B'
    expect((await preview(swapped)).rows[0]?.input).toMatchObject({
      holder: { name: 'BEN B' },
      certificateNumber: 'TP-2',
    })
    expect(JSON.stringify(here.world.store.appended)).not.toMatch(/Kandidat|Nummer/)
  })

  test('N015: a column whose values do not fit its field stops the preview, and no row is read from it', async () => {
    const rows = 'number,name,awardedOn,qualification\nANA ALPHA,TP-1,2026-02-24,ph-masonry-nc2'
    const shown = await preview(rows)
    expect(shown.misfits).toEqual(['number'])
    await expect(closeBatch(asked(shown.batch.id), here.deps)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a file without a header is read as one whose columns have no field', async () => {
    const { columns, rows } = await preview('ANA ALPHA,TP-1\nBEN BETA,TP-2\n')
    expect(columns).toEqual({})
    expect(rows.every(({ faults }) => faults.length > 0)).toBe(true)
  })

  test.each([
    ['an unknown field', { columns: { constructor: 0 } }],
    ['one column twice', { columns: { name: 1, number: 1 } }],
    ['a column before the first', { columns: { name: -1 } }],
    ['a long text', { same: { limits: 'x'.repeat(2_000) } }],
  ])('%s is refused', async (_, answers) => {
    const { id } = await here.submit(rowsOf(1))
    const request = { ...asked(id), answers: answers as BatchAnswers }
    await expect(answerBatch(request, here.deps)).rejects.toMatchObject({ code: 'validation-failed' })
  })
})

describe('two officers', () => {
  const close = async (rows = rowsOf(60)) => {
    const { id } = await here.submit(rows)
    const { closed } = await closeBatch(asked(id), here.deps)
    return { id, hash: closed?.hash ?? '' }
  }
  const approval = ({ id, hash }: { id: string; hash: string }, subject = SECOND_OFFICER) => ({
    ...asked(id, subject),
    hash,
    signedInAt: here.clock.now,
  })

  test('B008, I59: the member who uploaded cannot approve, nor one who answered, and a stale sign-in is not enough', async () => {
    const closed = await close()
    await expect(approveBatch(approval(closed, OFFICER), here.deps)).rejects.toMatchObject({
      code: 'four-eyes-required',
    })
    const stale = { ...approval(closed), signedInAt: new Date(here.clock.now.getTime() - 11 * MINUTE) }
    await expect(approveBatch(stale, here.deps)).rejects.toMatchObject({ code: 'fresh-sign-in-required' })
    const program = { ...approval(closed), signedInAt: undefined }
    await expect(approveBatch(program, here.deps)).rejects.toMatchObject({ code: 'fresh-sign-in-required' })
    expect(await approveBatch(approval(closed), here.deps)).toMatchObject({
      state: 'running',
      approvedBy: SECOND_OFFICER,
    })
  })

  test('fewer than 50 certificates need no second officer', async () => {
    const closed = await close(rowsOf(49))
    expect(await approveBatch(approval(closed, OFFICER), here.deps)).toMatchObject({ state: 'running' })
  })

  test('I60: an approval names exactly the rows that were shown', async () => {
    const closed = await close()
    await reopenBatch(asked(closed.id, SECOND_OFFICER), here.deps)
    await answerBatch({ ...asked(closed.id), answers: { same: { assessor: 'A-7' } } }, here.deps)
    const again = await closeBatch(asked(closed.id), here.deps)
    expect(again.closed?.hash).not.toBe(closed.hash)
    await expect(approveBatch(approval(closed), here.deps)).rejects.toMatchObject({ code: 'conflict' })
    expect(here.messages).toEqual([])
  })

  test('two presses of the approval at once, and a third later, issue everything once', async () => {
    const closed = await close()
    await Promise.all([approveBatch(approval(closed), here.deps), approveBatch(approval(closed), here.deps)])
    await here.deliver({ times: 2 })
    await approveBatch(approval(closed), here.deps)
    await here.deliver()
    expect(await here.counts(closed.id)).toEqual({ submitted: 60, issued: 60, rejected: 0, pending: 0 })
    expect(here.world.store.events('issued')).toHaveLength(60)
  })

  test('rows with a fault are left out, and counted as rejected from the approval on', async () => {
    const { id, hash } = await close(`${rowsOf(51)}\nph-masonry-nc2,,TP-9,2026-02-24`)
    expect(await here.counts(id)).toEqual({ submitted: 52, issued: 0, rejected: 0, pending: 52 })
    await approveBatch(approval({ id, hash }), here.deps)
    expect(await here.counts(id)).toEqual({ submitted: 52, issued: 0, rejected: 1, pending: 51 })
  })

  test('a batch without a row that can be issued is not closed', async () => {
    const { id } = await here.submit(line('ph-masonry-nc2,,TP-9,2026-02-24'))
    await expect(closeBatch(asked(id), here.deps)).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('N009, F27: the same upload again is the same batch, another file under its key is refused, and another key is another batch', async () => {
  const first = await here.submit(rowsOf(2))
  expect((await here.submit(rowsOf(2))).id).toBe(first.id)
  const both = await Promise.all([here.submit(rowsOf(3), 'k'), here.submit(rowsOf(3), 'k')])
  expect(both[0].id).toBe(both[1].id)
  await expect(here.submit(rowsOf(4))).rejects.toMatchObject({ code: 'idempotency-key-reuse' })
  expect((await here.submit(rowsOf(2), 'other')).id).not.toBe(first.id)
})

test('F27: a file that was stored without a record never runs, and the same request makes its batch', async () => {
  const failing = { ...here.deps.uploads, put: async () => Promise.reject(new Error('the bucket is away')) }
  const bytes = new TextEncoder().encode(rowsOf(2))
  const request = { issuer: BODY, subject: OFFICER, act: 'issue', idempotencyKey: 'k', bytes } as const
  const { submitBatch } = await import('./index.ts')
  await expect(submitBatch(request, { ...here.deps, uploads: failing, now: here.clock.now })).rejects.toThrow()
  expect(await listBatches({ issuer: BODY, subject: OFFICER, limit: 9 }, here.deps)).toEqual({ batches: [] })
  expect(await submitBatch(request, here.deps)).toMatchObject({ state: 'open', rows: 2 })
})

test('F29: a preview after the file is gone says to upload it again', async () => {
  const { id } = await here.submit(rowsOf(2))
  here.uploads.files.clear()
  await expect(previewBatch(asked(id), here.deps)).rejects.toMatchObject({ code: 'conflict' })
})

test('more rows than a request may have, and bytes that are no table, are refused without a cell', async () => {
  await expect(here.submit(rowsOf(501))).rejects.toMatchObject({ code: 'validation-failed' })
  await expect(here.submit('name\n"SECRET" x\n')).rejects.toMatchObject({
    code: 'validation-failed',
    faults: [{ pointer: '', detail: expect.not.stringContaining('SECRET') }],
  })
})

test('B001, I36: a batch of another body, and one that is unknown, answer alike to every verb', async () => {
  const { id } = await here.submit(rowsOf(2))
  await aBody('other-body', here.world)
  await addMember(
    { owner: 'other-body', subject: 'stranger', roles: ['issue', 'approve', 'read'], actor: 'registrar' },
    { store: here.world.store, now: here.clock.now },
  )
  const unknown = '00000000-0000-4000-8000-000000000000'
  const more = { answers: {}, hash: '', signedInAt: here.clock.now }
  for (const verb of [
    previewBatch,
    answerBatch,
    closeBatch,
    approveBatch,
    reopenBatch,
    pauseBatch,
    resumeBatch,
    cancelBatch,
    countsOf,
  ])
    for (const request of [
      asked(id, 'stranger', 'other-body'),
      asked(unknown, 'stranger', 'other-body'),
      asked(id, 'stranger'),
    ])
      await expect(verb({ ...request, ...more }, here.deps), verb.name).rejects.toMatchObject({ code: 'not-found' })
})
