import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const ID = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
const ISSUER = '/issuers/demo-ph-tesda'
const BATCH = `${ISSUER}/batches/${ID}`

let server: AnsweringServer
beforeAll(async () => {
  server = await openAnsweringServer()
})
beforeEach(() => {
  server.heard.length = 0
})
afterAll(() => server.close())

const list = (state: string, more: object = {}) => ({
  status: 200,
  body: { id: ID, state, submitted: 2, issued: 0, changed: 0, rejected: 0, pending: 2, ...more },
})
const previewed = (...faults: object[]) => ({ status: 200, body: { ready: 2 - faults.length, faults, misfits: [] } })
/** A registry that keeps a list for a second officer. */
function answers(act: string, more: Record<string, Parameters<AnsweringServer['answer']>[1]> = {}): void {
  const usual = {
    [`POST ${ISSUER}/credentials/${act}`]: list('open'),
    [`GET ${BATCH}/preview`]: previewed(),
    [`POST ${BATCH}/answers`]: previewed(),
    [`POST ${BATCH}/close`]: list('closed', { hash: 'h'.repeat(43), second: true }),
  }
  for (const [route, reply] of Object.entries({ ...usual, ...more })) server.answer(route, reply)
}
async function changeAll(verb: string, ...more: string[]) {
  const file = join(server.folder, 'list.csv')
  await writeFile(file, 'number\nSECRET-1\nSECRET-2')
  return runSijil([verb, '--issuer', 'demo-ph-tesda', file, ...more], { environment: server.environment })
}
const asked = () => server.heard.filter(({ route }) => !route.endsWith('/token'))
const scopes = () =>
  server.heard.flatMap(({ route, body }) => (route.endsWith('/token') ? [new URLSearchParams(body).get('scope')] : []))

describe('sijil revoke-all, suspend-all, reinstate-all', () => {
  test.each([
    ['revoke-all', 'revoke', 'issued-in-error'],
    ['suspend-all', 'suspend', 'under-investigation'],
    ['reinstate-all', 'reinstate', 'surveillance-overdue'],
  ])('I59: %s sends the list, closes it, and leaves it to another officer', async (verb, act, reason) => {
    answers(act)
    const run = await changeAll(verb, '--reason', reason)
    expect([run.code, run.stdout]).toEqual([3, expect.stringContaining('2 rows wait for another officer')])
    expect(run.stdout + run.stderr).not.toContain('SECRET')
    const paths = [`${ISSUER}/credentials/${act}`, `${BATCH}/answers`, `${BATCH}/close`]
    expect(asked().map(({ route }) => route)).toEqual(paths.map((path) => `POST ${path}`))
    expect(asked()[0]?.body).toContain('SECRET-1')
    expect(JSON.parse(asked()[1]?.body ?? '')).toEqual({ same: { reason } })
    expect(new Set(scopes())).toEqual(new Set(['credentials:status']))
  })

  test('a long list goes to the target that the registry names, which then reads it for this act', async () => {
    answers('revoke', {
      [`POST ${ISSUER}/batches/uploads`]: {
        status: 201,
        body: { id: ID, url: `${server.url}/bucket`, fields: { key: 'k' } },
      },
      'POST /bucket': { status: 204, body: '' },
      [`POST ${BATCH}/start`]: list('open'),
    })
    await writeFile(join(server.folder, 'long.csv'), `number\n${'SECRET-1\n'.repeat(3_000)}`)
    const words = ['revoke-all', '--issuer', 'demo-ph-tesda', join(server.folder, 'long.csv')]
    expect(await runSijil(words, { environment: server.environment })).toMatchObject({ code: 3 })
    expect(asked().map(({ route }) => route)).toContain(`POST /bucket`)
    expect(asked().find(({ route }) => route === `POST ${BATCH}/start`)?.body).toBe('{"act":"revoke"}')
    expect(new Set(scopes())).toEqual(new Set(['credentials:status']))
  })

  test('once it was approved, the same command follows it and shows the outcome of each row', async () => {
    const rows = [
      { line: 2, state: 'changed', certificate: `urn:uuid:${ID}` },
      { line: 3, state: 'rejected', code: 'certificate-changed' },
    ]
    answers('suspend', {
      [`POST ${ISSUER}/credentials/suspend`]: list('running'),
      [`GET ${BATCH}`]: list('finished', { changed: 1, rejected: 1, pending: 0 }),
      [`GET ${BATCH}/results`]: { status: 200, body: { rows } },
    })
    const run = await changeAll('suspend-all')
    expect([run.code, run.stdout]).toEqual([
      65,
      '2 rows: 1 changed, 1 rejected, 0 pending\n  line 3: certificate-changed\n',
    ])
    expect(run.stderr).toContain('2 of 2: 1 changed, 1 rejected')
  })

  test('a row with a fault is named, and nothing is closed; --dry-run closes nothing either', async () => {
    answers('revoke', { [`GET ${BATCH}/preview`]: previewed({ line: 3, kind: 'already-revoked' }) })
    const run = await changeAll('revoke-all')
    expect([run.code, run.stdout]).toEqual([
      65,
      expect.stringContaining('1 rows can be changed, 1 have a fault. Nothing was changed.\n  line 3: already-revoked'),
    ])
    answers('revoke')
    expect(await changeAll('revoke-all', '--dry-run')).toMatchObject({ code: 0 })
    expect(asked().some(({ route }) => route.endsWith('/close'))).toBe(false)
    expect(await changeAll('revoke-all', '--leave-out')).toMatchObject({ code: 3 })
  })

  test('the same list has another key for another act, and a reason of no list is a wrong command line', async () => {
    const keyOf = async (verb: string, act: string) => {
      answers(act)
      server.heard.length = 0
      await changeAll(verb)
      return asked()[0]?.headers['idempotency-key']
    }
    const key = await keyOf('suspend-all', 'suspend')
    expect([await keyOf('suspend-all', 'suspend'), await keyOf('revoke-all', 'revoke')]).toEqual([
      key,
      expect.not.stringMatching(String(key)),
    ])
    expect(await changeAll('revoke-all', '--reason', 'superseded')).toMatchObject({ code: 64 })
  })
})
