import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer, problem } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const list = 'GET /issuers/demo-ph-tesda/proposals'
const approve = 'POST /issuers/demo-ph-tesda/proposals/approve'
const action = (id: string, change: object = {}) => ({
  id,
  state: 'open',
  kind: 'revoke',
  certificate: 'urn:uuid:0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7',
  askedBy: 'clerk',
  askedAt: '2026-03-02T12:00:00.000Z',
  ...change,
})

let server: AnsweringServer
beforeAll(async () => {
  server = await openAnsweringServer()
})
beforeEach(() => {
  server.heard.length = 0
})
afterAll(() => server.close())

const sijil = (...words: string[]) =>
  runSijil(['waiting', ...words, '--issuer', 'demo-ph-tesda'], { environment: server.environment })
const asApprover = (...words: string[]) => sijil(...words, '--client', 'demo-ph-tesda')
const scopes = () =>
  server.heard.flatMap(({ route, body }) => (route.endsWith('/token') ? [new URLSearchParams(body).get('scope')] : []))
const sent = () => server.heard.filter(({ route }) => route === approve).map(({ body }) => JSON.parse(body).ids)

describe('sijil waiting list', () => {
  test('names who asked at the top, and then what waits, a line each', async () => {
    const waitingBy = [
      { askedBy: 'thief', open: 200, atLeast: true },
      { askedBy: 'clerk', open: 1 },
    ]
    server.answer(list, { status: 200, body: { waitingBy, proposals: [action('one'), action('two\u001b[2J')] } })
    expect(await sijil('list')).toEqual({
      code: 0,
      stdout: `at least 200 open, asked for by thief
1 open, asked for by clerk
one  open  revoke  urn:uuid:0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7  clerk  2026-03-02T12:00:00.000Z
two\ufffd[2J  open  revoke  urn:uuid:0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7  clerk  2026-03-02T12:00:00.000Z
`,
      stderr: '',
    })
    expect(scopes()).toEqual(['credentials:status'])
  })

  test('of one member, a page at a time, as somebody who may approve', async () => {
    const page = { proposals: [action('one')], next: 'bmV4dA.x' }
    server.answer(`${list}?askedBy=a+clerk&limit=1&page=cGFnZQ.x`, { status: 200, body: page })
    const run = await asApprover('list', '--asked-by', 'a clerk', '--limit', '1', '--page', 'cGFnZQ.x')
    expect(run.stderr).toBe('There are more: the same command with --page bmV4dA.x\n')
    expect(scopes()).toEqual(['registry:approve'])
    const words = ['list', '--asked-by', 'a clerk', '--limit', '1', '--page', 'cGFnZQ.x', '--json']
    expect(JSON.parse((await asApprover(...words)).stdout)).toEqual(page)
  })

  test('an empty list is said to be one, and an answer without a list is not taken for it', async () => {
    server.answer(list, { status: 200, body: { waitingBy: [], proposals: [] } }, { status: 200, body: {} })
    expect(await sijil('list')).toEqual({ code: 0, stdout: 'nothing is waiting\n', stderr: '' })
    expect(await sijil('list')).toMatchObject({ code: 70, stdout: '' })
  })
})

describe('sijil waiting approve', () => {
  test('releases the ids that it is given, as a person who may approve', async () => {
    const proposals = [action('one', { state: 'carried-out' }), action('two', { state: 'approved', kind: 'replace' })]
    server.answer(approve, { status: 200, body: { proposals } })
    const run = await asApprover('approve', 'one', 'two')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('released: one  revoke')
    expect(run.stdout).toContain('send the same request again to issue it')
    expect(run.stdout).toContain('2 released, 0 refused')
    expect([scopes(), sent()]).toEqual([['registry:approve'], [['one', 'two']]])
  })

  test('takes an id that begins with "-" for an id, and a wrong option for an option', async () => {
    const id = `-${'a'.repeat(42)}`
    server.answer(approve, { status: 200, body: { proposals: [action(id, { state: 'carried-out' })] } })
    expect(await asApprover('approve', id)).toMatchObject({ code: 0, stderr: '' })
    expect(sent()).toEqual([[id]])
    expect((await asApprover('approve', '-unknown')).code).toBe(64)
  })

  test('what is refused is told with its reason, and leaves with the code of a refusal', async () => {
    const refused = { id: 'two', refused: 'conflict', detail: 'this certificate has changed' }
    server.answer(approve, { status: 200, body: { proposals: [action('one', { state: 'carried-out' }), refused] } })
    const run = await asApprover('approve', 'one', 'two')
    expect(run).toMatchObject({ code: 65, stderr: '' })
    expect(run.stdout).toContain('refused: two  this certificate has changed\n1 released, 1 refused\n')
    const json = await asApprover('approve', 'one', 'two', '--json')
    expect([json.code, JSON.parse(json.stdout).proposals[1]]).toEqual([65, refused])
  })

  test('--all takes what waits of each member, page by page, fifty in one step', async () => {
    const many = Array.from({ length: 60 }, (_, place) => action(`id-${place}`))
    server.answer(`${list}?limit=1`, {
      status: 200,
      body: {
        waitingBy: [
          { askedBy: 'thief', open: 60 },
          { askedBy: 'clerk', open: 1 },
        ],
        proposals: [many[0]],
      },
    })
    server.answer(`${list}?askedBy=thief&limit=100`, {
      status: 200,
      body: { proposals: many.slice(0, 40), next: 'n.x' },
    })
    server.answer(`${list}?askedBy=thief&limit=100&page=n.x`, { status: 200, body: { proposals: many.slice(40) } })
    server.answer(`${list}?askedBy=clerk&limit=100`, { status: 200, body: { proposals: [action('of-clerk')] } })
    server.answer(approve, { status: 200, body: { proposals: [] } })
    expect(await asApprover('approve', '--all')).toMatchObject({ code: 0 })
    expect(sent()).toEqual([many.slice(0, 50).map(({ id }) => id), [...many.slice(50).map(({ id }) => id), 'of-clerk']])
  })

  test('--all of one member leaves what others asked for', async () => {
    server.answer(`${list}?askedBy=clerk&limit=100`, { status: 200, body: { proposals: [action('of-clerk')] } })
    server.answer(approve, { status: 200, body: { proposals: [action('of-clerk', { state: 'carried-out' })] } })
    expect(await asApprover('approve', '--all', '--asked-by', 'clerk')).toMatchObject({ code: 0 })
    expect(sent()).toEqual([['of-clerk']])
  })

  test.each([[[]], [['one', '--all']], [['one', '--asked-by', 'clerk']]])(
    'with %j it asks nobody: it needs ids, or --all',
    async (words) => {
      expect(await asApprover('approve', ...words)).toMatchObject({ code: 64, stdout: '' })
      expect(server.heard).toEqual([])
    },
  )
})

describe('sijil waiting reject', () => {
  test('ends an action, with a reason where one is given', async () => {
    const rejected = action('one', { state: 'rejected' })
    server.answer('POST /issuers/demo-ph-tesda/proposals/one/reject', { status: 200, body: rejected })
    expect(await sijil('reject', 'one', '--why', 'the wrong list')).toEqual({
      code: 0,
      stdout: 'rejected: one\n1 rejected\n',
      stderr: '',
    })
    expect(JSON.parse(server.heard.at(-1)?.body ?? '')).toEqual({ why: 'the wrong list' })
    await sijil('reject', 'one')
    expect(JSON.parse(server.heard.at(-1)?.body ?? '')).toEqual({})
  })

  test('U005: --all of one member ends what a stolen token asked for, and leaves what others asked for', async () => {
    server.answer(`${list}?askedBy=thief&limit=100`, {
      status: 200,
      body: { proposals: [action('of-thief-1'), action('of-thief-2')] },
    })
    for (const id of ['of-thief-1', 'of-thief-2'])
      server.answer(`POST /issuers/demo-ph-tesda/proposals/${id}/reject`, {
        status: 200,
        body: action(id, { state: 'rejected' }),
      })
    const run = await asApprover('reject', '--all', '--asked-by', 'thief')
    expect(run).toEqual({ code: 0, stdout: 'rejected: of-thief-1\nrejected: of-thief-2\n2 rejected\n', stderr: '' })
    expect(server.heard.filter(({ route }) => route.endsWith('/reject'))).toHaveLength(2)
  })

  test('an id that would leave its place in the path is refused before anything is sent', async () => {
    expect(await sijil('reject', '../approve')).toMatchObject({ code: 64, stdout: '' })
    expect(server.heard).toEqual([])
  })

  test('what the registry refuses is told in its words', async () => {
    server.answer(
      'POST /issuers/demo-ph-tesda/proposals/one/reject',
      problem(409, 'conflict', 'It contradicts what is recorded', { detail: 'this action is rejected' }),
    )
    expect(await sijil('reject', 'one')).toEqual({
      code: 65,
      stdout: '',
      stderr: 'sijil: It contradicts what is recorded\nthis action is rejected\n',
    })
  })
})
