import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer, problem } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const OWNER = 'demo-ph-tesda'
const ID = `${OWNER}.cookery-2`
const proposals = `GET /issuers/${OWNER}/qualifications/proposals?limit=100`
const hash = `-${'h'.repeat(42)}`

let server: AnsweringServer
beforeAll(async () => {
  server = await openAnsweringServer()
})
beforeEach(() => {
  server.heard.length = 0
})
afterAll(() => server.close())

const sijil = (words: string[], given: { typed?: string; stdin?: string } = {}) =>
  runSijil(['catalogue', ...words], { environment: server.environment, ...given })
const file = async (name: string, content: unknown) => {
  const path = join(server.folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const posted = () => server.heard.filter(({ route }) => route.startsWith('POST /') && !route.endsWith('/token'))
const sent = () => posted().map(({ route, body }) => [route, JSON.parse(body)])
const scopes = () =>
  server.heard.flatMap(({ route, body }) => (route.endsWith('/token') ? [new URLSearchParams(body).get('scope')] : []))

const edition = {
  id: '2026',
  from: '2026-01-01',
  level: { framework: 'PQF', national: 2 },
  units: [
    { code: 'COOK1', title: 'Prepare vegetables' },
    { code: 'COOK2', title: 'Prepare stocks' },
  ],
  validity: { years: 5 },
  source: 'https://tesda.example/cookery',
}
const statement = {
  kind: 'skills-certificate',
  title: 'Cookery NC II',
  description: 'Found able to cook plain food for groups.',
  field: 'Food',
  source: 'https://tesda.example/cookery',
}
const input = { id: 'cookery-2', ...statement, edition }
const record = {
  id: ID,
  state: 'PH',
  title: 'Cookery NC II',
  edition: '2026',
  stated: { statement: { state: 'PH', ...statement }, editions: [edition] },
}
const proposal = (change: object = {}) => ({
  id: 'one',
  hash,
  state: 'open',
  change: { verb: 'state-qualification', qualification: ID, statement, edition, version: 0 },
  proposedAt: '2026-12-01T12:00:00.000Z',
  endsAt: '2026-12-31T12:00:00.000Z',
  ...change,
})

describe('sijil catalogue propose', () => {
  const propose = `POST /issuers/${OWNER}/qualifications`

  test('sends the file, and prints id, hash and the command of the second officer', async () => {
    server.answer(propose, { status: 202, body: proposal() })
    const run = await sijil(['propose', await file('cookery.json', input), '--issuer', OWNER])
    expect(run).toEqual({
      code: 0,
      stderr: '',
      stdout: `proposed: one
hash: ${hash}
Nothing has changed yet. Another officer approves it before 2026-12-31T12:00:00.000Z:
  $ sijil catalogue approve one --issuer ${OWNER} --hash=${hash} --client WHO-APPROVES
`,
    })
    expect([sent(), scopes()]).toEqual([[[propose, input]], ['registry:propose']])
  })

  test('takes the units from a spreadsheet, as Excel writes it', async () => {
    server.answer(propose, { status: 202, body: proposal() })
    const units = await file('units.csv', '\ufefftitle;code\r\n"Bake bread; plain";B-1\r\n\r\nBake cakes;B-2\r\n')
    const run = await sijil(['propose', await file('cookery.json', input), '--issuer', OWNER, '--units', units])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(sent()[0]?.[1].edition.units).toEqual([
      { code: 'B-1', title: 'Bake bread; plain' },
      { code: 'B-2', title: 'Bake cakes' },
    ])
  })

  test('names line and column of every fault of the spreadsheet, and sends nothing', async () => {
    const units = await file('units.csv', `code,title\nB-1,Bake bread\nB-1,Bake\n\n${'x'.repeat(65)},\n`)
    const run = await sijil([
      'propose',
      await file('cookery.json', input),
      '--issuer',
      OWNER,
      '--units',
      units,
      '--json',
    ])
    expect([run.code, JSON.parse(run.stderr).errors]).toEqual([
      64,
      [
        { pointer: 'Line 3, column code', detail: 'is also the code of line 2' },
        { pointer: 'Line 5, column code', detail: 'has more than 64 characters' },
        { pointer: 'Line 5, column title', detail: 'is empty' },
      ],
    ])
    expect(server.heard).toEqual([])
  })

  test.each(['code\nB-1\n', 'code,name\nB-1,Bake\n', 'code,title\n'])(
    'a spreadsheet without both columns, or without units, is refused: %j',
    async (text) => {
      const words = ['propose', await file('cookery.json', input), '--issuer', OWNER, '--units']
      expect(await sijil([...words, await file('units.csv', text)])).toMatchObject({ code: 64, stdout: '' })
    },
  )

  test('a fault that the registry finds in a unit has its line as well, and other faults stay as they are', async () => {
    const errors = [
      { pointer: '/edition/units/1/code', detail: 'looks like the code of unit 1' },
      { pointer: '/edition/units', detail: 'must be at most 76' },
      { pointer: '/title', detail: 'must not read like a verdict' },
    ]
    server.answer(propose, problem(422, 'validation-failed', 'Not like this', { errors }))
    const units = await file('units.csv', 'code,title\nB-1,Bake\n\nВ-1,Bake\n')
    const run = await sijil(['propose', await file('cookery.json', input), '--issuer', OWNER, '--units', units])
    expect(run.code).toBe(65)
    expect(run.stderr).toContain('Line 4, column code: looks like the code of unit 1')
    expect(run.stderr).toContain(`${units}: must be at most 76`)
    expect(run.stderr).toContain('/title: must not read like a verdict')
  })

  test('--edition and --retire go to the qualification that they name', async () => {
    const [editions, retire] = [`${propose}/${ID}/editions`, `${propose}/${ID}/retire`]
    server.answer(editions, { status: 202, body: proposal() })
    server.answer(retire, { status: 202, body: proposal() })
    await sijil(['propose', await file('edition.json', { edition }), '--issuer', OWNER, '--edition', ID])
    await sijil([
      'propose',
      '--issuer',
      OWNER,
      '--retire',
      ID,
      '--basis',
      'Resolution 9',
      '--effective-from',
      '2027-01-01',
    ])
    expect(sent()).toEqual([
      [editions, { edition }],
      [retire, { basis: 'Resolution 9', effectiveFrom: '2027-01-01' }],
    ])
  })

  test.each([
    [[]],
    [['--retire', ID]],
    [['cookery.json', '--retire', ID, '--basis', 'x']],
    [['cookery.json', '--basis', 'x']],
    [['--retire', ID, '--basis', 'x', '--units', 'units.csv']],
    [['--retire', '../x', '--basis', 'x']],
    [['list.json']],
  ])('with %j it asks nobody', async (words) => {
    await file('cookery.json', input)
    await file('list.json', [input])
    const named = words.map((word) => (word.endsWith('.json') ? join(server.folder, word) : word))
    expect(await sijil(['propose', '--issuer', OWNER, ...named])).toMatchObject({ code: 64, stdout: '' })
    expect(server.heard).toEqual([])
  })
})

describe('sijil catalogue proposals, approve and reject', () => {
  const approve = `POST /issuers/${OWNER}/qualifications/proposals/one/approve`
  const other = proposal({ id: 'key', change: { verb: 'compromise-key', issuer: OWNER, kid: 'certificates-1' } })
  beforeEach(() => {
    server.answer(proposals, { status: 200, body: { proposals: [other], next: 'n.x' } })
    server.answer(`${proposals}&page=n.x`, { status: 200, body: { proposals: [proposal()] } })
    server.answer(approve, { status: 200, body: proposal({ state: 'carried-out' }) })
  })

  test('the list has what is about the catalogue, and says that there is more', async () => {
    expect(await sijil(['proposals', '--issuer', OWNER])).toEqual({
      code: 0,
      stdout: 'none\n',
      stderr: 'There are more: the same command with --page n.x\n',
    })
    const { stdout } = await sijil(['proposals', '--issuer', OWNER, '--page', 'n.x'])
    expect(stdout).toBe(`one  open  state-qualification  ${ID}  2026-12-01T12:00:00.000Z\n`)
  })

  test('approve shows every member first, and sends the hash of what it showed', async () => {
    const run = await sijil(['approve', 'one', '--issuer', OWNER, `--hash=${hash}`, '--yes', '--client', OWNER])
    expect(run.stderr).toContain('This proposal states the qualification:')
    for (const words of ['title: Cookery NC II', '- COOK2  Prepare stocks', 'national: 2', 'years: 5'])
      expect(run.stderr).toContain(words)
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('approved: one  carried-out') })
    expect([sent(), new Set(scopes())]).toEqual([[[approve, { hash }]], new Set(['registry:approve'])])
  })

  test('approve shows first what differs from the record', async () => {
    const units = [edition.units[0], { code: 'COOK2', title: 'Prepare stock' }]
    const former = { ...record.stated, editions: [{ ...edition, units }] }
    server.answer(`GET /qualifications/${ID}`, { status: 200, body: { ...record, stated: former } })
    const words = ['approve', 'one', '--issuer', OWNER, '--yes']
    const { stderr } = await sijil(words)
    expect(stderr).toMatch(
      /^What differs from the record:\nedition 2026: unit COOK2\n {2}- Prepare stock\n {2}\+ Prepare stocks\n/,
    )
    server.answer(`GET /qualifications/${ID}`, { status: 200, body: record })
    expect((await sijil(words)).stderr).toMatch(/^What differs from the record:\nnothing\nThis proposal/)
    server.answer(`GET /qualifications/${ID}`, problem(404, 'not-found', 'There is no such thing here'))
    expect((await sijil(words)).stderr).toMatch(/^No owner has stated this qualification before\.\n/)
  })

  test('approve asks at a terminal, and nothing but yes approves', async () => {
    expect(await sijil(['approve', 'one', '--issuer', OWNER], { typed: 'y\n' })).toMatchObject({ code: 64, stdout: '' })
    expect(posted()).toEqual([])
    expect(await sijil(['approve', 'one', '--issuer', OWNER], { typed: 'yes\n' })).toMatchObject({ code: 0 })
    expect(posted()).toHaveLength(1)
  })

  test.each([
    ['without --yes, and without a terminal', ['one'], 64],
    ['if the hash is another one', ['one', '--yes', `--hash=${'x'.repeat(43)}`], 65],
    ['for a proposal about something else', ['key', '--yes'], 64],
    ['for an unknown proposal', ['two', '--yes'], 65],
    ['for a path', ['../one', '--yes'], 64],
  ])('nothing is approved %s', async (_, words, code) => {
    expect(await sijil(['approve', '--issuer', OWNER, ...words], { stdin: 'yes\n' })).toMatchObject({
      code,
      stdout: '',
    })
    expect(posted()).toEqual([])
  })

  test('an unknown AQRF level is shown in words', async () => {
    const table = { version: '1', rows: [{ national: 1, aqrf: null }], source: 'https://onec.example' }
    const change = { verb: 'confirm-levels', framework: `${OWNER}.nqf`, table }
    server.answer(proposals, { status: 200, body: { proposals: [proposal({ change })] } })
    const { stderr } = await sijil(['approve', 'one', '--issuer', OWNER, '--yes'])
    expect(stderr).toContain('- 1  not known')
  })

  test('reject sends why', async () => {
    const reject = `POST /issuers/${OWNER}/qualifications/proposals/one/reject`
    server.answer(reject, { status: 200, body: proposal({ state: 'rejected' }) })
    const run = await sijil(['reject', 'one', '--issuer', OWNER, '--why', 'a wrong unit'])
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('rejected: one  rejected') })
    expect(sent()).toEqual([[reject, { why: 'a wrong unit' }]])
  })
})

describe('sijil catalogue export and diff', () => {
  beforeEach(() => server.answer(`GET /qualifications/${ID}`, { status: 200, body: record }))

  test('what is exported can be proposed, and changes nothing', async () => {
    const { stdout } = await sijil(['export', ID])
    expect(JSON.parse(stdout)).toEqual(input)
    const run = await sijil(['diff', await file('exported.json', stdout), '--issuer', OWNER])
    expect(run).toEqual({ code: 0, stdout: 'nothing differs\n', stderr: '' })
    const one = await sijil(['export', ID, '--edition', '2026'])
    expect(JSON.parse(one.stdout)).toEqual({ edition })
    const again = await sijil(['diff', '-', '--edition', ID], { stdin: one.stdout })
    expect(again).toMatchObject({ code: 0, stdout: 'nothing differs\n' })
  })

  test('diff names each field, and units by their codes', async () => {
    const { kind: _, ...short } = statement
    const units = [
      { code: 'COOK2', title: 'Prepare stocks and sauces' },
      { code: 'COOK3', title: 'Prepare desserts' },
    ]
    const changed = {
      id: 'cookery-2',
      ...short,
      title: 'Cookery',
      code: 'C2',
      edition: { ...edition, level: { framework: 'PQF', national: 3 }, units },
    }
    const run = await sijil(['diff', await file('changed.json', changed), '--issuer', OWNER])
    expect(run.stdout).toBe(`title
  - Cookery NC II
  + Cookery
code
  + C2
edition 2026: level.national
  - 2
  + 3
edition 2026: unit COOK1
  - Prepare vegetables
edition 2026: unit COOK2
  - Prepare stocks
  + Prepare stocks and sauces
edition 2026: unit COOK3
  + Prepare desserts
`)
  })

  test('a code whose scheme a file leaves out is of the scheme that the registry sets', async () => {
    const code = { code: '5120', title: 'Cooks', url: 'https://codes.example/5120', assignedBy: 'TESDA' }
    const named = { ...statement, occupation: { scheme: 'ISCO-08', version: '2008', ...code } }
    const body = { ...record, stated: { ...record.stated, statement: { state: 'PH', ...named } } }
    server.answer(`GET /qualifications/${ID}`, { status: 200, body })
    const short = await file('short.json', { ...input, occupation: code })
    expect((await sijil(['diff', short, '--issuer', OWNER])).stdout).toBe('nothing differs\n')
  })

  test('another order of the units is a difference', async () => {
    const units = edition.units.toReversed()
    const words = ['diff', await file('order.json', { edition: { ...edition, units } }), '--edition', ID, '--json']
    expect(JSON.parse((await sijil(words)).stdout)).toEqual({
      differences: [
        { field: 'edition 2026: order of the units', before: ['COOK1', 'COOK2'], after: ['COOK2', 'COOK1'] },
      ],
    })
  })

  test('all of a new qualification is new', async () => {
    const fresh = await file('new.json', { ...input, id: 'baking-2' })
    const { stdout } = await sijil(['diff', fresh, '--issuer', OWNER])
    expect(stdout).toContain('title\n  + Cookery NC II\n')
    expect(stdout).not.toContain('\n  - ')
  })

  test('a record that no owner stated cannot be exported, and neither can an unknown edition', async () => {
    server.answer('GET /qualifications/ph-masonry-nc2', {
      status: 200,
      body: { id: 'ph-masonry-nc2', edition: '2018' },
    })
    expect(await sijil(['export', 'ph-masonry-nc2'])).toMatchObject({ code: 65, stdout: '' })
    server.answer('GET /qualifications/ph-masonry-nc3', { status: 200, body: { ...record, id: 'ph-masonry-nc3' } })
    expect(await sijil(['export', 'ph-masonry-nc3'])).toMatchObject({ code: 64, stdout: '' })
    expect(await sijil(['export', ID, '--edition', '2001'])).toMatchObject({ code: 64, stdout: '' })
  })
})

test('show has every member and every edition, and marks of direction cannot move them', async () => {
  const answer = { ...record, title: 'Cookery\u202e NC II', editions: [edition] }
  server.answer(`GET /qualifications/${ID}`, { status: 200, body: answer })
  const run = await sijil(['show', ID])
  expect(run.stdout).toContain('title: Cookery\ufffd NC II\n')
  expect(run.stdout).toContain('editions:\n  - 2026  2026-01-01  https://tesda.example/cookery\n')
})

test('list prints a line for each qualification that matches, and how to go on', async () => {
  const qualifications = [
    { id: ID, title: 'Cookery NC II', state: 'PH', edition: '2026', framework: 'PQF', level: 2, units: 2 },
    { id: 'asean-acpa', title: 'ASEAN\u202e CPA', state: null, edition: '2014', units: 0 },
  ]
  const route = 'GET /qualifications?q=plain+food&state=PH&page=m.x'
  server.answer(route, { status: 200, body: { qualifications, next: 'n.x' } })
  server.answer('GET /qualifications', { status: 200, body: { qualifications: [] } }, { status: 200, body: {} })
  expect(await sijil(['list', '--search', 'plain food', '--state', 'PH', '--page', 'm.x'])).toEqual({
    code: 0,
    stdout: `${ID}  Cookery NC II  PH  2026  PQF.2\nasean-acpa  ASEAN\ufffd CPA  -  2014\n`,
    stderr: 'There are more: the same command with --page n.x\n',
  })
  expect(await sijil(['list'])).toMatchObject({ code: 0, stdout: 'none\n' })
  expect(await sijil(['list'])).toMatchObject({ code: 70, stdout: '' })
})

describe('sijil catalogue for an authority', () => {
  test.each([
    ['framework', [], '/frameworks'],
    ['referencing', ['--framework', `${OWNER}.nqf`], `/frameworks/${OWNER}.nqf/referencings`],
    ['levels', ['--framework', `${OWNER}.nqf`], `/frameworks/${OWNER}.nqf/levels/confirm`],
    ['place', [], '/placements'],
    ['unplace', [], '/placements/end'],
    ['assign', [], '/assignments'],
    ['state', [], '/state-descriptions'],
  ])('%s sends the file as it is', async (verb, words, path) => {
    const route = `POST /authorities/${OWNER}${path}`
    server.answer(route, { status: 202, body: proposal() })
    const run = await sijil([verb, await file('any.json', { a: 1 }), '--authority', OWNER, ...words])
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining(`approve one --issuer ${OWNER}`) })
    expect(sent()).toEqual([[route, { a: 1 }]])
  })

  test('levels needs its framework', async () => {
    expect(await sijil(['levels', 'any.json', '--authority', OWNER])).toMatchObject({ code: 64 })
  })
})
