import { writeXlsx } from '@sijil/tables'
import { beforeEach, expect, test } from 'vitest'
import { aBatchWorld, type BatchWorld, HEAD, rowOf, rowsOf } from '../../../../test/support/batch-world.ts'
import { BODY, OFFICER } from '../../../../test/support/registry-world.ts'
import { isWhole } from '../../../../test/support/whole.ts'
import { previewBatch, receiveBatch } from './index.ts'

/** A file at each limit is taken. One beyond it is refused with what it has too much of, how much it may have, and what to do. */

let here: BatchWorld
beforeEach(async () => {
  here = await aBatchWorld()
})
const ID = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
/** As a large file that arrived. */
const receive = (bytes: Uint8Array) =>
  receiveBatch(
    { issuer: BODY, subject: OFFICER, id: ID, act: 'issue' },
    { ...here.deps, now: here.clock.now, incoming: { read: async () => bytes } },
  )
const refusedWith = (detail: string | RegExp) => ({
  code: 'validation-failed',
  faults: [{ pointer: '', detail: expect.stringMatching(detail) }],
})
const bytesOf = (text: string) => new TextEncoder().encode(text)
/** Blank lines at the end are no rows. */
const padded = (bytes: number) => rowsOf(1).padEnd(bytes, '\n')

test('R-104: rows of a request', async () => {
  expect(await here.submit(rowsOf(500))).toMatchObject({ rows: 500 })
  await expect(here.submit(rowsOf(501), 'more')).rejects.toMatchObject(
    refusedWith(/more than 500 rows\. Ask for an upload of a large file, or split it\./),
  )
  expect(here.world.store.events('submitted')).toHaveLength(1)
})

test('R-104: bytes of a request', async () => {
  const most = 4 * 1024 * 1024
  expect(await here.submit(padded(most))).toMatchObject({ rows: 1 })
  await expect(here.submit(padded(most + 1), 'more')).rejects.toMatchObject(
    refusedWith(/more than 4 MB\. Ask for an upload of a large file, or split it\./),
  )
})

test('R-104: rows of a large file', async () => {
  const rows = (count: number) => bytesOf(`name,number\n${'A,1\n'.repeat(count)}`)
  await expect(receive(rows(100_001))).rejects.toMatchObject(refusedWith(/more than 100,000 rows\. Split it\./))
  expect(here.world.store.events('submitted')).toEqual([])
  expect(here.uploads.files.size).toBe(0)
  expect(await receive(rows(100_000))).toMatchObject({ rows: 100_000 })
})

test('R-104: bytes of a large file', async () => {
  await expect(receive(new Uint8Array(32 * 1024 * 1024 + 1))).rejects.toMatchObject(
    refusedWith(/more than 32 MB\. Split it\./),
  )
})

test.runIf(isWhole)('R-104: rows and cells far beyond the limit, of which the rest is not read', async () => {
  const rows = (count: number) => bytesOf(`name,number\n${'A,1\n'.repeat(count)}`)
  // So many that the rest is not read.
  await expect(receive(rows(100_100))).rejects.toMatchObject(
    refusedWith(/too many rows\. Split it\. It may have 100,000\./),
  )
  const wide = `${','.repeat(255)}x\n`
  const most = Math.floor(3_000_000 / 256)
  await expect(receive(bytesOf(`name\n${wide.repeat(most + 1)}`))).rejects.toMatchObject(
    refusedWith(/too many cells\. Delete the columns that no field needs, or split it\. It may have 3,000,000\./),
  )
})

test('R-104: columns of a row', async () => {
  const { id } = await here.submit([HEAD, rowOf('1') + ','.repeat(252), `${rowOf('2')}${','.repeat(253)}`].join('\n'))
  const { rows } = await previewBatch({ issuer: BODY, subject: OFFICER, id }, here.deps)
  expect(rows.map(({ line, faults }) => [line, faults])).toEqual([
    [2, []],
    [3, [{ kind: 'too-many-cells' }]],
  ])
})

test('R-104, Q001: a workbook that is small until it is unpacked', async () => {
  const columns = [{ name: 'name', width: 9 }]
  const book = writeXlsx({ columns, rows: [['x'.repeat(12_000_000)]], openRows: 0 })
  expect(book.length).toBeLessThan(100_000)
  await expect(here.submit(book)).rejects.toMatchObject(
    refusedWith(/too large once it is unpacked\. Delete pictures and formats, or split it\. It may have 256 MB\./),
  )
})
