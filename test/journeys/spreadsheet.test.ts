import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { day, TESDA, verify } from './certificate.ts'

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

const issueAll = (...words: string[]) =>
  runCommand(['issue-all', '--issuer', TESDA, '--out', 'certificates', ...words], {
    folder,
    environment: { SIJIL_URL: registry.baseUrl, SIJIL_DATA: registry.folder },
  })

test('R-004: an issuer with one laptop issues fifty certificates from a spreadsheet, and the same file again gives the same', async () => {
  const rows = Array.from({ length: 50 }, (_, n) => `ph-masonry-nc2,HOLDER ${n},ROWS-${n},${day(2)}`)
  await writeFile(join(folder, 'rows.csv'), ['qualification,name,number,awardedOn', ...rows].join('\r\n'))
  const first = await issueAll('rows.csv')
  expect(first).toMatchObject({ code: 0, stdout: '50 rows: 50 issued, 0 rejected, 0 pending\n' })
  const names = (await readdir(join(folder, 'certificates'))).sort()
  expect(names).toHaveLength(51)
  const results = await readFile(join(folder, 'certificates/results.csv'), 'utf8')
  const [, link = ''] = /"(http[^"]+)"/.exec(results) ?? []
  expect((await verify(registry, { link })).verdict).toBe('valid')
  await issueAll('rows.csv')
  expect((await readdir(join(folder, 'certificates'))).sort()).toEqual(names)
  expect(await readFile(join(folder, 'certificates/results.csv'), 'utf8')).toBe(results)
}, 60_000)
