import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer, problem } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const uuid = '0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7'
const row = { id: uuid, state: 'in-force', issuedAt: '2026-03-02T00:00:00Z' }
const listed = 'GET /issuers/demo-ph-tesda/credentials'

let server: AnsweringServer
beforeAll(async () => {
  server = await openAnsweringServer()
})
beforeEach(() => {
  server.heard.length = 0
})
afterAll(() => server.close())

const sijil = (...words: string[]) =>
  runSijil([...words, '--issuer', 'demo-ph-tesda'], { environment: server.environment })

describe('sijil list', () => {
  test('prints one row for each certificate, and the command for the next page', async () => {
    server.answer(`${listed}?limit=1`, { status: 200, body: { certificates: [row], next: 'bmV4dA.x_-' } })
    const run = await sijil('list', '--limit', '1')
    expect(run).toEqual({
      code: 0,
      stdout: `${uuid}  in-force  2026-03-02T00:00:00Z\n`,
      stderr: 'There are more: sijil list --issuer demo-ph-tesda --limit 1 --page bmV4dA.x_-\n',
    })
    expect(new URLSearchParams(server.heard[0]?.body).get('scope')).toBe('credentials:read')
  })

  test('--page gives the next page, and --json prints only the page', async () => {
    const page = { certificates: [row], next: 'another' }
    server.answer(`${listed}?page=bmV4dA.x_-`, { status: 200, body: page })
    const run = await sijil('list', '--page', 'bmV4dA.x_-', '--json')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(run.stdout)).toEqual(page)
  })

  test('an empty list prints none, and an answer without a list is an error', async () => {
    server.answer(listed, { status: 200, body: { certificates: [] } }, { status: 200, body: {} })
    expect(await sijil('list')).toEqual({ code: 0, stdout: 'none\n', stderr: '' })
    expect(await sijil('list')).toMatchObject({ code: 70, stdout: '' })
  })
})

describe('sijil show', () => {
  test('prints the record with its history', async () => {
    const history = [
      { state: 'in-force', at: '2026-03-02T00:00:00Z' },
      { state: 'revoked', at: '2026-04-01T00:00:00Z', reason: 'misconduct' },
    ]
    const record = { id: uuid, state: 'revoked', status: { list: 'one\u001b[2J', index: 7 }, history }
    server.answer(`${listed}/${uuid}`, { status: 200, body: record })
    const run = await sijil('show', `urn:uuid:${uuid}`)
    expect(run).toEqual({
      code: 0,
      stdout: `id: ${uuid}
state: revoked
status:
  list: one\ufffd[2J
  index: 7
history:
  - in-force  2026-03-02T00:00:00Z
  - revoked  2026-04-01T00:00:00Z  misconduct
`,
      stderr: '',
    })
    expect(JSON.parse((await sijil('show', uuid, '--json')).stdout)).toEqual(record)
  })

  test('an unknown certificate is refused with the title that the registry gives', async () => {
    server.answer(`${listed}/${uuid}`, problem(404, 'not-found', 'There is no such thing here'))
    expect(await sijil('show', uuid)).toEqual({ code: 65, stdout: '', stderr: 'sijil: There is no such thing here\n' })
  })
})
