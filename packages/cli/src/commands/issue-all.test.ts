import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aJudgement, failedAt } from '../testing/a-judgement.ts'
import { type AnsweringServer, openAnsweringServer, problem } from '../testing/answering-server.ts'
import { fullDisk, runSijil, startSijil } from '../testing/run-sijil.ts'

const route = 'POST /issuers/demo-ph-tesda/credentials'
let server: AnsweringServer
beforeAll(async () => {
  server = await openAnsweringServer()
})
beforeEach(() => {
  server.heard.length = 0
})
afterAll(() => server.close())

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const issued = (n: number) => ({
  status: 201,
  body: {
    id: `urn:uuid:${uuid(n)}`,
    link: `${server.url}/v/TOKEN${n}`,
    verifiableCredential: { id: `urn:uuid:${uuid(n)}` },
  },
})
const file = (name: string) => join(server.folder, name)
const head = 'qualification,name,number,awardedOn,unit'
async function issueAll(name: string, text: string | Uint8Array, ...more: string[]) {
  await writeFile(file(`${name}.csv`), text)
  const words = ['issue-all', '--issuer', 'demo-ph-tesda', '--out', file(name), file(`${name}.csv`), ...more]
  return runSijil(words, { stdin: '', environment: server.environment })
}
const bodies = () => server.heard.filter((heard) => heard.route === route).map(({ body }) => JSON.parse(body))

test('if the first line is not column names, its cells are not repeated, because they may be personal', async () => {
  const run = await issueAll('headless', 'ph-masonry-nc2,SITI AMINAH,26-1\nph-masonry-nc2,JUAN,26-2')
  expect(run.code).toBe(64)
  expect(run.stderr).toContain('column that certificates do not have: column 1\n')
  expect(run.stderr).not.toContain('SITI')
})

describe('sijil issue-all', () => {
  test('a row that waits for a second person is pending, and the others are issued', async () => {
    const waits = { id: 'the-id-that-waits', owner: 'demo-ph-tesda', kind: 'replace', state: 'open' }
    server.answer(route, { status: 202, body: waits }, issued(2))
    const run = await issueAll(
      'waits',
      `${head}\nph-masonry-nc2,A B,26-1,2026-03-02,\nph-masonry-nc2,C D,26-2,2026-03-02,`,
    )
    expect(run.code).toBe(69)
    expect(run.stdout).toContain('2 rows: 1 issued, 0 rejected, 1 pending\n')
    expect(run.stdout).toContain('the-id-that-waits')
  })

  test('cells may be separated by semicolons, as Excel writes them where numbers have a decimal comma', async () => {
    server.answer(route, issued(1))
    const text =
      '\ufeffqualification;name;number;awardedOn;unit\r\nph-masonry-nc2;"Cruz, Juan";26-1;2026-03-02;"A1; A2"\r\n'
    expect(await issueAll('semicolons', text)).toMatchObject({ code: 0 })
    expect(bodies()).toMatchObject([{ holder: { name: 'Cruz, Juan' }, certificateNumber: '26-1', units: ['A1', 'A2'] }])
  })

  test('R-004: each row gives a certificate, with its own idempotency key, and a line in results.csv', async () => {
    server.answer(route, issued(1), issued(2))
    const rows = `\ufeff${head}\r\nph-masonry-nc2,"Cruz, Juan",26-1,2026-03-02,A1; A2\r\nph-masonry-nc2,ธนากร,26-2,2026-03-02,\r\n`
    const run = await issueAll('good', rows)
    expect(run).toMatchObject({ code: 0, stdout: '2 rows: 2 issued, 0 rejected, 0 pending\n' })
    expect(bodies()).toEqual([
      {
        qualification: 'ph-masonry-nc2',
        holder: { name: 'Cruz, Juan' },
        certificateNumber: '26-1',
        awardedOn: '2026-03-02',
        units: ['A1', 'A2'],
      },
      {
        qualification: 'ph-masonry-nc2',
        holder: { name: 'ธนากร' },
        certificateNumber: '26-2',
        awardedOn: '2026-03-02',
      },
    ])
    const keys = server.heard.filter((heard) => heard.route === route).map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(2)
    expect((await readdir(file('good'))).sort()).toEqual([`${uuid(1)}.json`, `${uuid(2)}.json`, 'results.csv'])
    expect(await readFile(join(file('good'), 'results.csv'), 'utf8')).toContain(
      `"2","26-1","issued","urn:uuid:${uuid(1)}","${server.url}/v/TOKEN1",""\r\n`,
    )
    for (const name of await readdir(file('good')))
      expect((await stat(join(file('good'), name))).mode & 0o777).toBe(0o600)
  })

  test('I21: a refused row does not stop the others, and is reported with its line but without the name', async () => {
    const refused = problem(422, 'validation-failed', 'It cannot be issued as described', {
      errors: [{ pointer: '/awardedOn', detail: 'must not lie ahead' }],
    })
    server.answer(route, issued(1), refused, issued(3))
    const rows = ['26-1', '=26-2', '26-3'].map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)
    const run = await issueAll('mixed', [head, ...rows].join('\n'))
    expect(run.code).toBe(65)
    expect(run.stdout).toBe(
      '3 rows: 2 issued, 1 rejected, 0 pending\n  line 3: It cannot be issued as described; /awardedOn must not lie ahead\n',
    )
    const results = await readFile(join(file('mixed'), 'results.csv'), 'utf8')
    expect(results).toContain(`"3","'=26-2","rejected"`)
    expect(results).not.toContain('JUAN')
  })

  test('I49: no cell of results.csv is a formula, not even with full-width characters or after a control character', async () => {
    const refusals = ['=1', '\uff1d1', '\u0000=1', '\u0085=1', '\n=1'].map((title) =>
      problem(422, 'validation-failed', title),
    )
    server.answer(route, ...refusals)
    const numbers = ['\uff1d1', '\uff0b2', '\uff0d3', '\uff204', '26-5']
    const rows = numbers.map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)
    await issueAll('formulas', [head, ...rows].join('\n'))
    const results = await readFile(join(file('formulas'), 'results.csv'), 'utf8')
    const cells = [...results.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell)
    expect(cells).toHaveLength(6 * 6)
    expect(cells.filter((cell) => /^[\p{Cc}=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(cell))).toEqual([])
    for (const number of numbers.slice(0, 4)) expect(cells).toContain(`'${number}`)
    expect(cells).toContain('26-5')
  })

  test('lines are counted like in a spreadsheet: blank lines count, and a cell with several lines counts once', async () => {
    server.answer(route, issued(1), problem(422, 'validation-failed', 'Refused'))
    const rows = `${head}\n\n,,,,\nph-masonry-nc2,"JUAN\nCRUZ",26-1,2026-03-02,\n\nph-masonry-nc2,ANA,26-2,2026-03-02,\n,,,,\n`
    const run = await issueAll('blank', rows)
    expect(run.stdout).toBe('2 rows: 1 issued, 1 rejected, 0 pending\n  line 6: Refused\n')
  })

  test('if the registry does not answer it stops and reports its progress, and the same file continues', async () => {
    server.answer(route, issued(1), { status: 500, body: {} })
    const rows = [head, ...['26-1', '26-2', '26-3'].map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)].join(
      '\n',
    )
    const run = await issueAll('stopped', rows, '--json')
    expect(JSON.parse(run.stdout)).toMatchObject({ submitted: 3, issued: 1, rejected: 0, pending: 2 })
    expect(run.code).toBe(70)
    expect(run.stderr).toContain('send the same file again')
    const first = server.heard.find((heard) => heard.route === route)?.headers['idempotency-key']
    server.heard.length = 0
    server.answer(route, issued(1), issued(2), issued(3))
    expect((await issueAll('stopped', rows)).code).toBe(0)
    expect(server.heard.find((heard) => heard.route === route)?.headers['idempotency-key']).toBe(first)
  })

  test('I21: a row is pending while another request works on its number, and the others are issued', async () => {
    const busy = { ...problem(409, 'in-progress', 'Still being worked on'), headers: { 'retry-after': '0' } }
    server.answer(route, ...Array.from({ length: 5 }, () => busy), issued(2))
    const rows = ['26-1', '26-2'].map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)
    const run = await issueAll('busy', [head, ...rows].join('\n'))
    expect(run.code).toBe(69)
    expect(run.stdout).toBe('2 rows: 1 issued, 0 rejected, 1 pending\n  line 2: Still being worked on\n')
    expect(run.stderr).toContain('send the same file again')
  })

  test('I21: on a full disk it stops, and prints the issued rows if results.csv cannot be written', async () => {
    server.answer(route, issued(1), issued(2), issued(3))
    const rows = [head, ...['26-1', '26-2'].map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)].join('\n')
    await writeFile(file('full.csv'), rows)
    const words = ['issue-all', '--issuer', 'demo-ph-tesda', '--out', file('full'), file('full.csv')]
    const run = await startSijil(words, { environment: server.environment, nodeOptions: [fullDisk] })
    expect(run.code).toBe(69)
    expect(run.stdout).toBe(
      `2 rows: 1 issued, 0 rejected, 1 pending\n  line 2: issued, urn:uuid:${uuid(1)}, ${server.url}/v/TOKEN1\n`,
    )
    expect(run.stderr).toContain(
      `urn:uuid:${uuid(1)} was issued, but ${file('full')}/${uuid(1)}.json cannot be written`,
    )
    expect(run.stderr).toContain('send the same file again')
    expect(await readdir(file('full'))).toEqual([])
  })

  test('I21: if the file of a certificate cannot be written, results.csv still lists it, and the same file continues', async () => {
    server.answer(route, issued(1), issued(2))
    const rows = ['26-1', '26-2'].map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)
    await mkdir(join(file('one-file'), `${uuid(1)}.json`), { recursive: true })
    const run = await issueAll('one-file', [head, ...rows].join('\n'), '--json')
    expect(run.code).toBe(69)
    expect(JSON.parse(run.stdout)).toMatchObject({ submitted: 2, issued: 1, rejected: 0, pending: 1 })
    expect(await readFile(join(file('one-file'), 'results.csv'), 'utf8')).toContain(`"issued","urn:uuid:${uuid(1)}"`)
  })

  test.each([
    ['a file', 'taken'],
    ['below a file', 'taken/below'],
    ['a folder in which results.csv is a folder', 'listed'],
  ])('an unusable folder (%s) is reported with its path before anything is issued', async (_, name) => {
    await writeFile(file('taken'), '')
    await mkdir(join(file('listed'), 'results.csv'), { recursive: true })
    await writeFile(file('place.csv'), `${head}\nph-masonry-nc2,JUAN,26-1,2026-03-02,`)
    const words = ['issue-all', '--issuer', 'demo-ph-tesda', '--out', file(name), file('place.csv')]
    const run = await runSijil(words, { environment: server.environment })
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain(file(name))
    expect(server.heard).toEqual([])
  })

  test('rows that were issued before and are in force are reported as such, and a row that was revoked since is rejected', async () => {
    const again = (n: number) => ({ ...issued(n), headers: { 'idempotency-replayed': 'true' } })
    server.answer(route, again(1), again(2), issued(3))
    server.answer(
      'POST /verify',
      { status: 200, body: aJudgement() },
      { status: 200, body: failedAt('status', 'revoked') },
    )
    const rows = ['26-1', '26-2', '26-3'].map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)
    const run = await issueAll('again', [head, ...rows].join('\n'))
    expect(run.code).toBe(65)
    expect(run.stdout).toContain('3 rows: 2 issued, 1 rejected, 0 pending\n  1 of them were issued before')
    expect(run.stdout).toContain(`  line 3: urn:uuid:${uuid(2)} was issued before`)
    expect(run.stdout).toContain('--key <key>')
    expect((await readdir(file('again'))).sort()).toEqual([`${uuid(1)}.json`, `${uuid(3)}.json`, 'results.csv'])
    expect(await readFile(join(file('again'), 'results.csv'), 'utf8')).toContain('"3","26-2","rejected"')
  })

  test('--key is a prefix of the key of each row', async () => {
    const rows = ['26-1', '26-2'].map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)
    const keysOf = async (...more: string[]) => {
      server.heard.length = 0
      server.answer(route, issued(1), issued(2))
      await issueAll('keys', [head, ...rows].join('\n'), ...more)
      return server.heard.flatMap((heard) => (heard.route === route ? [heard.headers['idempotency-key']] : []))
    }
    const plain = await keysOf()
    expect(await keysOf('--key', 'anew-1')).toEqual(plain.map((key) => `anew-1.${key}`))
    const refused = await issueAll('keys', [head, ...rows].join('\n'), '--key', 'x'.repeat(129))
    expect([refused.code, refused.stderr]).toEqual([64, expect.stringContaining('--key must be 1 to 128')])
  })

  test('I42: an answer can neither choose the path of a file nor control the terminal', async () => {
    const outside = `urn:uuid:../${'x'.repeat(33)}`
    const body = { id: outside, link: `${server.url}/v/T`, verifiableCredential: { id: outside } }
    server.answer(route, problem(422, 'validation-failed', 'No \u001b[2J'), { status: 201, body })
    const rows = ['26-1', '26-2'].map((number) => `ph-masonry-nc2,JUAN,${number},2026-03-02,`)
    const run = await issueAll('paths', [head, ...rows].join('\n'))
    expect(run.stdout).toContain('2 rows: 0 issued, 1 rejected, 1 pending')
    expect(run.stdout).not.toContain('\u001b')
    expect(await readdir(file('paths'))).toEqual(['results.csv'])
    expect((await readdir(server.folder)).filter((name) => name.startsWith('xxx'))).toEqual([])
  })

  test('it stops at the first row if the client may not act for the issuer', async () => {
    server.answer(route, problem(404, 'not-found', 'No such issuer'))
    const run = await issueAll(
      'other-issuer',
      `${head}\nph-masonry-nc2,A,1,2026-03-02,\nph-masonry-nc2,B,2,2026-03-02,`,
    )
    expect(run.code).toBe(65)
    expect(run.stdout).toContain('2 rows: 0 issued, 0 rejected, 2 pending')
  })

  test.each<[string, string | Uint8Array, string]>([
    [
      'an unknown column',
      'qualification,name,number,salary\na,b,c,d',
      'column that certificates do not have: column 4, "salary"',
    ],
    ['a column in another spelling', 'qualification,name,Number\na,b,c', 'column 3. Did you mean number?'],
    [
      'a centre without its id',
      'qualification,name,number,centreName\na,b,c,d',
      'Line 2: has a centreName and no centreId',
    ],
    ['a column twice', 'qualification,name,name,number\na,b,c,d', 'has the same column twice'],
    ['a cell that is missing', `${head}\nph-masonry-nc2,,26-1,2026-03-02,`, 'Line 2: has no name'],
    [
      'a number twice',
      `${head}\nq,A,26-1,2026-03-02,\nq,B,26-1,2026-03-02,`,
      'Lines 2 and 3: have the same certificate number',
    ],
    [
      'one number spelled in two ways',
      `${head}\nq,A,b 1,2026-03-02,\nq,B,B-1,2026-03-02,`,
      'Lines 2 and 3: have the same certificate number',
    ],
    [
      'an impossible day',
      `${head}\nph-masonry-nc2,A,26-1,2026-02-30,`,
      'Line 2: awardedOn must be a day of the calendar, YYYY-MM-DD',
    ],
    [
      'an unlisted route of assessment',
      `${head},route,method\nph-masonry-nc2,A,26-1,2026-03-02,,taught by ANA,interview`,
      'Line 2: route must be one of training, prior-learning, assessment-only, other\n',
    ],
    [
      'the value other without its text',
      `${head},method,otherMethod\nq,A,26-1,2026-03-02,,other,\nq,B,26-2,2026-03-02,,interview,by hand`,
      'Line 2: has no otherMethod, although method is other\n  Line 3: has otherMethod, although method is not other\n',
    ],
    ['a name without a letter', `${head}\nph-masonry-nc2,.,26-1,2026-03-02,`, 'Line 2: name has no letter'],
    ['no day', `${head}\nph-masonry-nc2,A,26-1,,`, 'Line 2: has neither awardedOn nor assessedOn'],
    ['tabs', 'qualification\tname\tnumber\nq\tA\t26-1', 'separated by tabs, not by commas or semicolons'],
    ['too few cells', `${head}\nq,A`, 'is not CSV at line 2'],
    ['no rows', head, 'has no rows'],
    ['another encoding', new Uint8Array([0xff, 0xfe, 0x41]), 'not UTF-8'],
  ])('%s is reported before anything is issued', async (name, text, message) => {
    const run = await issueAll(name.replaceAll(' ', '-'), text)
    expect(run.code).toBe(64)
    expect(run.stderr).toContain(message)
    expect(server.heard).toEqual([])
  })

  test('every row is reported in which replaces is not the id of a certificate', async () => {
    const rows = ['26-1', '26-2', '26-3'].map((number) => `ph-masonry-nc2,A,${number},2026-03-02,`)
    const text = `${head},replaces\n${rows[0]},SITI\n${rows[1]},urn:uuid:${uuid(1).toUpperCase()}\n${rows[2]},26-1\n`
    const run = await issueAll('replacing', text)
    expect(run).toMatchObject({ code: 64, stdout: '' })
    const detail = 'replaces must be the id of a certificate: a UUID, with or without the prefix urn:uuid:'
    expect(run.stderr.split('\n').slice(1, -1)).toEqual([`  Line 2: ${detail}`, `  Line 4: ${detail}`])
    expect(run.stderr).toContain(file('replacing.csv'))
    expect(server.heard).toEqual([])
  })

  test('all faults of all rows are reported together, and no cell is repeated', async () => {
    const rows = ['ph-masonry-nc2,,,2026-3-2,', 'ph-masonry-nc2,JUAN,26-1,2026-03-02,', ',SITI,26-2,,']
    const run = await issueAll('many', [head, ...rows].join('\n'))
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr.split('\n').slice(1, -1)).toEqual([
      '  Line 2: has no name',
      '  Line 2: has no number',
      '  Line 2: awardedOn must be a day of the calendar, YYYY-MM-DD',
      '  Line 4: has no qualification',
      '  Line 4: has neither awardedOn nor assessedOn',
    ])
    expect(server.heard).toEqual([])
  })
})
