import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTable } from '@sijil/tables'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { day, officerOf, TESDA } from './certificate.ts'

const ROWS = 12

let registry: OpenRegistry
let folder: string
beforeAll(async () => {
  registry = await openRegistry()
  folder = await mkdtemp(join(tmpdir(), 'sijil-rows-'))
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true })
})

const sijil = (...words: string[]) =>
  runHere(words, { folder, environment: { SIJIL_URL: registry.baseUrl, SIJIL_DATA: registry.folder } })
const run = (...words: string[]) => sijil('issue-all', ...words)

test('R-004: an issuer with one laptop issues many certificates from a spreadsheet, the same file issues nothing again, and the outcomes are a list to suspend them', async () => {
  const rows = Array.from({ length: ROWS }, (_, n) => `ph-masonry-nc2;HOLDER ${'ABCDEFGHIJKL'[n]};ROWS-${n};${day(2)}`)
  await writeFile(join(folder, 'rows.csv'), ['qualification;name;number;awardedOn', ...rows].join('\r\n'))
  const dry = await run('--issuer', TESDA, '--dry-run', 'rows.csv')
  expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining(`${ROWS} rows can be issued, 0 have a fault`) })
  const whole = { code: 0, stdout: `${ROWS} rows: ${ROWS} issued, 0 rejected, 0 pending\n` }
  expect(await run('--issuer', TESDA, '--out', 'results.csv', 'rows.csv')).toMatchObject(whole)
  const results = await readFile(join(folder, 'results.csv'), 'utf8')
  expect(results.match(/"issued"/g)).toHaveLength(ROWS)
  expect(results).not.toMatch(/HOLDER|ROWS-/)
  const [, uuid = ''] = /urn:uuid:([0-9a-f-]{36})/.exec(results) ?? []
  expect((await officerOf(registry, TESDA).get(`/credentials/${uuid}`)).json()).toMatchObject({ state: 'in-force' })
  expect(await run('--issuer', TESDA, '--out', 'again.csv', 'rows.csv')).toMatchObject(whole)
  expect(await readFile(join(folder, 'again.csv'), 'utf8')).toBe(results)
  // As another batch, each row is known.
  const anew = await run('--issuer', TESDA, '--key', 'anew', 'rows.csv')
  expect(anew).toMatchObject({ code: 65, stdout: expect.stringContaining('already-issued') })
  // The outcomes are a list by which all of them are suspended, once another officer has approved it.
  const list = ['suspend-all', '--issuer', TESDA, '--reason', 'under-investigation', 'results.csv']
  expect(await sijil(...list, '--dry-run')).toMatchObject({
    stdout: `${ROWS} rows can be changed, 0 have a fault. Nothing was changed.\n`,
    code: 0,
  })
  expect(await sijil(...list)).toMatchObject({
    code: 3,
    stdout: expect.stringContaining(`${ROWS} rows wait for another officer`),
  })
})

test('a template of an edition has every column, as CSV and as a locked workbook, and its example is never issued', async () => {
  const template = await run('--template', 'ph-masonry-nc2')
  expect(template.stdout).toMatch(/^\ufeff?"qualification","edition","name",.*"replaces"\n"ph-masonry-nc2",/)
  await writeFile(join(folder, 'template.csv'), template.stdout)
  expect(await run('--issuer', TESDA, '--leave-out', 'template.csv')).toMatchObject({
    code: 65,
    stdout: expect.stringContaining('line 2: missing (number)'),
  })
  const address = `${registry.baseUrl}/qualifications/ph-masonry-nc2/template.xlsx`
  const workbook = await fetch(address)
  expect(workbook.headers.get('content-disposition')).toBe('attachment; filename="template.xlsx"')
  const bytes = new Uint8Array(await workbook.arrayBuffer())
  const { format, rows } = readTable(bytes, { rows: 600, bytes: 1_000_000, cells: 100_000 })
  expect([format, rows.length, rows[1]?.cells[0]]).toEqual(['xlsx', 2, { kind: 'text', text: 'ph-masonry-nc2' }])
  expect((await registry.ask('/qualifications/ph-none/template.csv')).status).toBe(404)
  expect((await registry.ask('/qualifications/ph-masonry-nc2/template.csv?edition=none')).status).toBe(404)
  expect(await run('--template', 'ph-none')).toMatchObject({ code: 65 })
})
