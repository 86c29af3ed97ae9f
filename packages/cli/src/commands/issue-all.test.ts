import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer, problem } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const ID = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
const BATCHES = '/issuers/demo-ph-tesda/batches'
const HASH = 'h'.repeat(43)

let server: AnsweringServer
beforeAll(async () => {
  server = await openAnsweringServer()
})
beforeEach(() => {
  server.heard.length = 0
})
afterAll(() => server.close())

const batch = (state: string, more: object = {}) => ({
  status: 200,
  body: { id: ID, state, submitted: 2, issued: 0, rejected: 0, pending: 2, ...more },
})
const previewed = (...faults: object[]) => ({ status: 200, body: { ready: 2 - faults.length, faults, misfits: [] } })
const row = (line: number, more: object) => ({ line, ...more })
/** A registry that issues both rows. */
function answers(more: Record<string, Parameters<AnsweringServer['answer']>[1]> = {}): void {
  const usual = {
    [`POST ${BATCHES}`]: batch('open'),
    [`GET ${BATCHES}/${ID}/preview`]: previewed(),
    [`POST ${BATCHES}/${ID}/close`]: batch('closed', { hash: HASH, second: false }),
    [`POST ${BATCHES}/${ID}/start`]: batch('running'),
    [`GET ${BATCHES}/${ID}`]: batch('finished', { issued: 2, pending: 0 }),
    [`GET ${BATCHES}/${ID}/results`]: {
      status: 200,
      body: {
        rows: [row(2, { state: 'issued', certificate: `urn:uuid:${ID}` }), row(3, { state: 'issued' })],
      },
    },
  }
  for (const [route, reply] of Object.entries({ ...usual, ...more })) server.answer(route, reply)
}
const file = (name: string) => join(server.folder, name)
async function issueAll(...more: string[]) {
  await writeFile(file('rows.csv'), 'qualification,name\nph-masonry-nc2,SITI SECRET')
  const words = ['issue-all', '--issuer', 'demo-ph-tesda', file('rows.csv'), ...more]
  return runSijil(words, { stdin: '', environment: server.environment })
}
const asked = () => server.heard.map(({ route }) => route).filter((route) => !route.endsWith('/token'))

describe('sijil issue-all', () => {
  test('R-004: sends the file as it is, issues it as a batch, shows its progress and keeps the outcome of each row', async () => {
    answers({
      [`GET ${BATCHES}/${ID}`]: batch('finished', { issued: 2, pending: 0, perMinute: 1_200, secondsLeft: 100 }),
    })
    const run = await issueAll('--out', file('results.csv'))
    expect([run.code, run.stdout]).toEqual([0, '2 rows: 2 issued, 0 rejected, 0 pending\n'])
    expect(run.stderr).toContain('2 of 2: 2 issued, 0 rejected, 1200 a minute, 2 min left')
    const sent = server.heard.find(({ route }) => route === `POST ${BATCHES}`)
    expect([sent?.headers['content-type'], sent?.body]).toEqual(['text/csv', expect.stringContaining('SITI SECRET')])
    expect(await readFile(file('results.csv'), 'utf8')).toContain(`"2","issued","urn:uuid:${ID}",""`)
    expect((await stat(file('results.csv'))).mode & 0o777).toBe(0o600)
    const start = server.heard.find(({ route }) => route.endsWith('/start'))
    expect(JSON.parse(start?.body ?? '')).toEqual({ hash: HASH })
  })

  test('the same file has the same key, another file or --key another one', async () => {
    answers()
    const keyOf = async (...more: string[]) => {
      server.heard.length = 0
      await issueAll(...more)
      return server.heard.find(({ route }) => route === `POST ${BATCHES}`)?.headers['idempotency-key']
    }
    const key = await keyOf()
    expect([await keyOf(), await keyOf('--key', 'mine')]).toEqual([key, 'mine'])
  })

  test('a batch that was stopped goes on where it is: nothing is closed or started again', async () => {
    answers({ [`POST ${BATCHES}`]: batch('running', { issued: 1, pending: 1 }) })
    expect((await issueAll()).code).toBe(0)
    expect(asked()).toEqual([`POST ${BATCHES}`, `GET ${BATCHES}/${ID}`, `GET ${BATCHES}/${ID}/results`])
  })

  test('rows with a fault are named with their lines, no cell is repeated, and nothing is issued without --leave-out', async () => {
    answers({ [`GET ${BATCHES}/${ID}/preview`]: previewed({ line: 3, kind: 'no-day', field: 'awardedOn' }) })
    const run = await issueAll()
    expect(run.code).toBe(65)
    expect(run.stdout).toContain(
      '1 rows can be issued, 1 have a fault. Nothing was issued.\n  line 3: no-day (awardedOn)',
    )
    expect(run.stdout + run.stderr).not.toContain('SECRET')
    expect(asked().some((route) => route.endsWith('/close'))).toBe(false)
    expect((await issueAll('--leave-out')).code).toBe(0)
  })

  test('--dry-run issues nothing, also if the file has no fault', async () => {
    answers()
    const run = await issueAll('--dry-run')
    expect([run.code, run.stdout]).toEqual([0, '2 rows can be issued, 0 have a fault. Nothing was issued.\n'])
    expect(asked()).toEqual([`POST ${BATCHES}`, `GET ${BATCHES}/${ID}/preview`])
  })

  test('a long file is closed until no part is left', async () => {
    answers()
    const parts = [1, 2].map((partsClosed) => batch('open', { partsClosed }))
    server.answer(`POST ${BATCHES}/${ID}/close`, ...parts, batch('closed', { hash: HASH, second: true }))
    expect(await issueAll()).toMatchObject({ code: 3 })
    expect(asked().filter((route) => route.endsWith('/close'))).toHaveLength(3)
  })

  test('what the command line says about the file is an answer about the batch', async () => {
    answers({ [`POST ${BATCHES}/${ID}/answers`]: previewed() })
    await issueAll(
      '--qualification',
      'ph-masonry-nc2',
      '--day-order',
      'day-month',
      '--accept',
      'merged',
      '--accept',
      'zawgyi',
    )
    const answer = server.heard.find(({ route }) => route.endsWith('/answers'))
    expect(JSON.parse(answer?.body ?? '')).toEqual({
      same: { qualification: 'ph-masonry-nc2' },
      order: 'day-month',
      accepted: ['merged', 'zawgyi'],
    })
  })

  test('I59: a batch that needs a second officer is not started, and the command says what to do', async () => {
    answers({ [`POST ${BATCHES}/${ID}/close`]: batch('closed', { hash: HASH, second: true }) })
    const run = await issueAll()
    expect([run.code, run.stdout]).toEqual([3, expect.stringContaining('wait for another officer')])
    expect(asked().some((route) => route.endsWith('/start'))).toBe(false)
  })

  test('I21: a rejected row is shown with its reason, and a paused batch with its cause', async () => {
    const rows = [row(2, { state: 'issued' }), row(3, { state: 'rejected', code: 'number-in-use' })]
    answers({
      [`GET ${BATCHES}/${ID}`]: batch('finished', { issued: 1, rejected: 1, pending: 0 }),
      [`GET ${BATCHES}/${ID}/results`]: { status: 200, body: { rows } },
    })
    const run = await issueAll()
    expect([run.code, run.stdout]).toEqual([65, '2 rows: 1 issued, 1 rejected, 0 pending\n  line 3: number-in-use\n'])
    answers({ [`GET ${BATCHES}/${ID}`]: batch('paused', { paused: 'key' }) })
    const paused = await issueAll()
    expect([paused.code, paused.stdout]).toEqual([69, expect.stringContaining('It is paused: key.')])
  })

  test('I42: an answer cannot control the terminal, and one that describes no batch is refused', async () => {
    answers({ [`GET ${BATCHES}/${ID}/preview`]: previewed({ line: 3, kind: 'x\u001b[2J' }) })
    expect((await issueAll()).stdout).not.toContain('\u001b')
    answers({ [`POST ${BATCHES}`]: { status: 201, body: { id: '../../x', state: 'open' } } })
    expect((await issueAll()).code).toBe(70)
  })

  test('a large file goes to the target that the registry names, without the token, and then the batch is read', async () => {
    answers({
      [`POST ${BATCHES}/uploads`]: { status: 201, body: { id: ID, url: `${server.url}/bucket`, fields: { key: 'k' } } },
      'POST /bucket': { status: 204, body: '' },
    })
    server.answer(`POST ${BATCHES}/${ID}/start`, batch('open'), batch('running'))
    await writeFile(file('large.csv'), `qualification,name\n${'ph-masonry-nc2,SITI SECRET\n'.repeat(800)}`)
    const words = ['issue-all', '--issuer', 'demo-ph-tesda', file('large.csv')]
    expect(await runSijil(words, { environment: server.environment })).toMatchObject({ code: 0 })
    const form = server.heard.find(({ route }) => route === 'POST /bucket')
    expect([form?.headers.authorization, form?.body]).toEqual([undefined, expect.stringContaining('SITI SECRET')])
    server.answer('POST /bucket', { status: 403, body: '' })
    expect(await runSijil(words, { environment: server.environment })).toMatchObject({ code: 69 })
  })

  test('a refusal of the registry is shown, and a file that is not there too', async () => {
    answers({ [`POST ${BATCHES}`]: problem(422, 'validation-failed', 'This file cannot be read') })
    expect(await issueAll()).toMatchObject({ code: 65, stderr: expect.stringContaining('This file cannot be read') })
    const words = ['issue-all', '--issuer', 'demo-ph-tesda', file('none.csv')]
    expect(await runSijil(words, { environment: server.environment })).toMatchObject({ code: 64 })
    expect(await runSijil(['issue-all', file('rows.csv')], { environment: server.environment })).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--issuer'),
    })
  })
})
