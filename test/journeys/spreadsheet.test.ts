import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { isWhole } from '../support/whole.ts'
import { day, officerOf, TESDA, verify } from './certificate.ts'

/** Fifty rows are many requests, so `npm test` sends some of them. */
const ROWS = isWhole ? 50 : 12

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
  runHere(['issue-all', '--issuer', TESDA, '--out', 'certificates', ...words], {
    folder,
    environment: { SIJIL_URL: registry.baseUrl, SIJIL_DATA: registry.folder },
  })

test('R-004: an issuer with one laptop issues many certificates from a spreadsheet, and the same file gives the same ones again', async () => {
  const rows = Array.from({ length: ROWS }, (_, n) => `ph-masonry-nc2,HOLDER ${n},ROWS-${n},${day(2)}`)
  await writeFile(join(folder, 'rows.csv'), ['qualification,name,number,awardedOn', ...rows].join('\r\n'))
  const first = await issueAll('rows.csv')
  expect(first).toMatchObject({ code: 0, stdout: `${ROWS} rows: ${ROWS} issued, 0 rejected, 0 pending\n` })
  const names = (await readdir(join(folder, 'certificates'))).sort()
  expect(names).toHaveLength(ROWS + 1)
  const results = await readFile(join(folder, 'certificates/results.csv'), 'utf8')
  const [, link = ''] = /"(http[^"]+)"/.exec(results) ?? []
  expect((await verify(registry, { link })).verdict).toBe('valid')
  const second = await issueAll('rows.csv')
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining(`${ROWS} of them were issued before`) })
  expect((await readdir(join(folder, 'certificates'))).sort()).toEqual(names)
  expect(await readFile(join(folder, 'certificates/results.csv'), 'utf8')).toBe(results)
}, 60_000)

test('a revoked certificate is not reported as issued, and the row is issued anew under another key', async () => {
  const [input, out] = ['one.csv', 'one']
  await writeFile(join(folder, input), `qualification,name,number,awardedOn\nph-masonry-nc2,ONE HOLDER,ONE-1,${day(2)}`)
  const issue = async (...words: string[]) => {
    const run = await runHere(['issue-all', '--issuer', TESDA, '--out', out, '--json', input, ...words], {
      folder,
      environment: { SIJIL_URL: registry.baseUrl, SIJIL_DATA: registry.folder },
    })
    const { results } = JSON.parse(run.stdout) as { results: [{ state: string; id: string; problem?: string }] }
    return { code: run.code, ...results[0] }
  }
  const first = await issue()
  expect(first).toMatchObject({ code: 0, state: 'issued' })
  await officerOf(registry, TESDA).change(first, 'revoke', { reason: 'issued-in-error' })
  const again = await issue()
  expect(again).toMatchObject({ code: 65, state: 'rejected', problem: expect.stringContaining('revoked') })
  expect(await readFile(join(folder, out, 'results.csv'), 'utf8')).not.toContain('"issued"')
  const anew = await issue('--key', 'corrected')
  expect(anew).toMatchObject({ code: 0, state: 'issued' })
  expect(anew.id).not.toBe(first.id)
}, 60_000)

const run = (...words: string[]) =>
  runHere(['issue-all', ...words], {
    folder,
    environment: { SIJIL_URL: registry.baseUrl, SIJIL_DATA: registry.folder },
  })

test('the template has every column and a row that can be issued as it is', async () => {
  const template = await run('--template', 'ph-masonry-nc2')
  expect(template.code).toBe(0)
  expect(template.stdout).toMatch(
    /^\ufeff?"qualification","name",.*"awardedOn".*"replaces"\n"ph-masonry-nc2","JUANA EXAMPLE",/,
  )
  await writeFile(join(folder, 'template.csv'), template.stdout)
  const dry = await run('--issuer', TESDA, '--dry-run', 'template.csv')
  expect(dry).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 rows: 1 would be issued, 0 would be rejected'),
  })
  expect(await run('--issuer', TESDA, '--out', 'from-template', 'template.csv')).toMatchObject({
    code: 0,
    stdout: '1 rows: 1 issued, 0 rejected, 0 pending\n',
  })
}, 60_000)

test('a dry run says for each row what would happen, and issues nothing', async () => {
  const newest = async () => (await officerOf(registry, TESDA).get('/credentials?limit=1')).text
  const before = await newest()
  const rows = [
    `ph-masonry-nc2;A HOLDER;DRY-1;${day(2)};`,
    `ph-masonry-nc2;B HOLDER;DRY-2;${day(2)};NONE`,
    `th-brick-1;C HOLDER;DRY-3;${day(2)};`,
    `ph-none;D HOLDER;DRY-4;${day(2)};`,
    'ph-masonry-nc2;E HOLDER;DRY-5;2099-01-01;',
  ]
  await writeFile(join(folder, 'dry.csv'), ['qualification;name;number;awardedOn;unit', ...rows].join('\r\n'))
  const dry = await run('--issuer', TESDA, '--dry-run', 'dry.csv')
  expect(dry.code).toBe(65)
  expect(dry.stdout.split('\n')).toEqual([
    '5 rows: 1 would be issued, 4 would be rejected. Nothing was issued.',
    '  line 3: unit names a unit that this qualification does not have',
    '  line 4: the issuer may not issue this qualification today (not-for-this)',
    '  line 5: the registry has no such qualification',
    '  line 6: awardedOn must not lie ahead',
    'Only issuing finds whether a number is in use, and whether a centre may assess.',
    '',
  ])
  expect(dry.stdout + dry.stderr).not.toContain('HOLDER')
  expect(await newest()).toBe(before)
}, 60_000)

test('a file, an issuer and a folder are asked for by name', async () => {
  expect(await run('--issuer', TESDA)).toMatchObject({ code: 64, stderr: expect.stringContaining('--issuer') })
  await writeFile(join(folder, 'some.csv'), `qualification,name,number,awardedOn\nph-masonry-nc2,A,S-1,${day(2)}`)
  expect(await run('--issuer', TESDA, 'some.csv')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('--dry-run'),
  })
}, 60_000)
