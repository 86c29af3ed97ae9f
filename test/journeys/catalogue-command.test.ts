import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { ONEC } from './trust.ts'

/** A clerk keeps the catalogue of their body by command, and a second officer approves each statement. */

const ID = `${ONEC}.cookery-2`
let registry: OpenRegistry
let folder: string
beforeAll(async () => {
  registry = await openRegistry()
  folder = await mkdtemp(join(tmpdir(), 'sijil-catalogue-'))
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true })
})

/** A person types a command some seconds after the one before, when lists show it. */
function sijil(...words: string[]) {
  registry.showAll()
  const environment = { SIJIL_URL: registry.baseUrl, SIJIL_DATA: registry.folder }
  return runHere(['catalogue', ...words], { folder, environment })
}
const write = (name: string, content: unknown) =>
  writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
const first = ['--client', `${ONEC}-officer-1`]
const second = ['--client', `${ONEC}-officer-2`]

/** One officer proposes. The other runs the command that was printed, and a minute passes. */
async function decide(...words: string[]) {
  const proposed = await sijil(...words, ...first)
  expect(proposed).toMatchObject({ code: 0, stderr: '' })
  const [, line = ''] = /\$ sijil catalogue (approve .*) --client WHO-APPROVES/.exec(proposed.stdout) ?? []
  const alone = await sijil(...line.split(' '), ...first, '--yes')
  expect([alone.code, alone.stderr]).toEqual([65, expect.stringContaining('Another officer must approve it')])
  const approved = await sijil(...line.split(' '), ...second, '--yes')
  expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining('carried-out') })
  await registry.later(() => undefined)
  return approved
}

const source = 'https://onec.example/cookery'
const cookery = {
  id: 'cookery-2',
  title: 'Cookery, level 2',
  localTitles: [{ text: 'การประกอบอาหาร', language: 'th' }],
  description: 'Found able to cook plain food for groups.',
  field: 'Food',
  source,
  edition: { id: '2026', from: '2026-01-01', units: [], validity: { years: 5 }, source: `${source}/2026` },
}

test('two officers state a qualification, whose units come from a spreadsheet', async () => {
  await write('cookery.json', cookery)
  await write('units.csv', '\ufeffcode;title\r\nC-1;Prepare vegetables\r\nC-2;"Prepare stocks; and sauces"\r\n')
  const { stderr } = await decide('propose', 'cookery.json', '--issuer', ONEC, '--units', 'units.csv')
  expect(stderr).toContain('- C-2  Prepare stocks; and sauces')
  const shown = await sijil('show', ID)
  expect(shown).toMatchObject({ code: 0, stderr: '' })
  for (const words of [`id: ${ID}`, 'title: Cookery, level 2', '- C-1  Prepare vegetables', '- 2026  2026-01-01'])
    expect(shown.stdout).toContain(words)
  const listed = await sijil('list', '--search', 'vegetables cookery')
  expect(listed).toMatchObject({ code: 0, stdout: `${ID}  Cookery, level 2  TH  2026\n` })
}, 120_000)

test('a fault that the registry finds in a unit is named by its line', async () => {
  await write('twins.csv', 'code,title\nC-1,Prepare vegetables\n\nС-1,Prepare stocks\n')
  const run = await sijil('propose', 'cookery.json', '--issuer', ONEC, '--units', 'twins.csv', ...first)
  expect([run.code, run.stderr]).toEqual([65, expect.stringContaining('Line 4, column code: looks like the code of')])
})

test('a correction starts from an export, which by itself changes nothing', async () => {
  const { stdout } = await sijil('export', ID)
  await write('exported.json', stdout)
  expect(await sijil('diff', 'exported.json', '--issuer', ONEC)).toMatchObject({ code: 0, stdout: 'nothing differs\n' })
  await decide('propose', 'exported.json', '--issuer', ONEC)
  expect((await sijil('export', ID)).stdout).toBe(await readFile(join(folder, 'exported.json'), 'utf8'))
  await write('corrected.json', stdout.replace('Prepare vegetables', 'Prepare vegetables and fruit'))
  expect((await sijil('diff', 'corrected.json', '--issuer', ONEC)).stdout).toBe(
    'edition 2026: unit C-1\n  - Prepare vegetables\n  + Prepare vegetables and fruit\n',
  )
  const { stderr } = await decide('propose', 'corrected.json', '--issuer', ONEC)
  expect(stderr).toContain('What differs from the record:\nedition 2026: unit C-1\n  - Prepare vegetables\n')
  expect((await sijil('diff', 'corrected.json', '--issuer', ONEC)).stdout).toBe('nothing differs\n')
}, 120_000)

test('an authority states its framework and places the edition in it', async () => {
  const framework = {
    id: 'sqf',
    name: 'Skills framework',
    acronym: 'SQF',
    levels: 4,
    source,
    effectiveFrom: '2026-01-01',
  }
  await write('framework.json', framework)
  await decide('framework', 'framework.json', '--authority', ONEC)
  const placement = { qualification: ID, edition: '2026', framework: `${ONEC}.sqf` }
  await write('placement.json', { ...placement, level: 2, source: `${source}/register` })
  await decide('place', 'placement.json', '--authority', ONEC)
  expect((await sijil('show', ID)).stdout).toContain('level: 2\n')
  await write('end.json', { ...placement, basis: 'Resolution 4' })
  await decide('unplace', 'end.json', '--authority', ONEC)
  expect((await sijil('show', ID)).stdout).not.toContain('level: 2\n')
}, 120_000)

test('the proposals say what became of each, and a rejected one changes nothing', async () => {
  const proposed = await sijil(
    'propose',
    '--issuer',
    ONEC,
    '--retire',
    ID,
    '--basis',
    'Resolution 9',
    '--json',
    ...first,
  )
  const { id } = JSON.parse(proposed.stdout)
  expect((await sijil('proposals', '--issuer', ONEC, ...second)).stdout).toContain(
    `${id}  open  retire-qualification  ${ID}`,
  )
  expect(await sijil('reject', id, '--issuer', ONEC, '--why', 'not yet', ...second)).toMatchObject({ code: 0 })
  expect((await sijil('proposals', '--issuer', ONEC, ...second)).stdout).toContain(`${id}  rejected`)
  expect((await sijil('show', ID)).code).toBe(0)
})
