import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer, problem } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const uuid = '0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7'
const successor = '7b0c3f4e-5f0a-4a5c-9a57-1c9d54d6a1f8'
const routeOf = (verb: string) => `POST /issuers/demo-ph-tesda/credentials/${uuid}/${verb}`

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

describe('sijil revoke, suspend, reinstate', () => {
  test.each([
    ['revoke', ['--reason', 'superseded', '--successor', successor], { reason: 'superseded', successor }],
    [
      'suspend',
      ['--reason', 'under-investigation', '--note', 'complaint 12'],
      { reason: 'under-investigation', note: 'complaint 12' },
    ],
    ['reinstate', ['--reason', 'surveillance-overdue'], { reason: 'surveillance-overdue' }],
    ['reinstate', [], {}],
  ])('%s sends its reason in the name of the issuer', async (verb, words, body) => {
    server.answer(routeOf(verb), { status: 200, body: { id: `urn:uuid:${uuid}`, state: 'in-force' } })
    const run = await sijil(verb, `urn:uuid:${uuid.toUpperCase()}`, ...words)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain(uuid)
    const [token, request] = server.heard
    expect(new URLSearchParams(token?.body).get('scope')).toBe('credentials:status')
    expect(request?.route).toBe(routeOf(verb))
    expect(JSON.parse(request?.body ?? '')).toEqual(body)
  })

  test.each([
    ['revoke', 'revoked'],
    ['suspend', 'suspended'],
  ])('%s that waits for a second person says so, with an id and its own exit code', async (verb, done) => {
    const body = { id: 'the-id-that-waits', owner: 'demo-ph-tesda', kind: verb, state: 'open' }
    server.answer(routeOf(verb), { status: 202, body })
    const reason = ['--reason', 'holder-request']
    const run = await sijil(verb, uuid, ...reason)
    expect([run.code, run.stderr]).toEqual([3, ''])
    expect(run.stdout).toContain(`not ${done} yet, it is waiting for a second person: ${uuid}\n`)
    expect(run.stdout).toContain('the-id-that-waits of demo-ph-tesda')
    expect(run.stdout).toContain('$ sijil waiting approve the-id-that-waits --issuer demo-ph-tesda --client')
    const json = await sijil(verb, uuid, ...reason, '--json')
    expect([json.code, JSON.parse(json.stdout)]).toEqual([3, body])
  })

  test('an answer without a body is accepted', async () => {
    server.answer(routeOf('reinstate'), { status: 204, body: '' })
    expect(await sijil('reinstate', uuid)).toEqual({ code: 0, stdout: `reinstated: ${uuid}\n`, stderr: '' })
    expect(JSON.parse((await sijil('reinstate', uuid, '--json')).stdout)).toEqual({ id: uuid, done: 'reinstated' })
  })

  test.each([
    ['revoke', 'revoked', ['--reason', 'misconduct']],
    ['suspend', 'suspended', ['--reason', 'holder-request']],
    ['reinstate', 'in-force', []],
  ])('if %s changes nothing, it says so and shows the state', async (verb, state, words) => {
    const body = { id: `urn:uuid:${uuid}`, state, reason: 'issued-in-error' }
    server.answer(routeOf(verb), { status: 200, headers: { 'sijil-unchanged': 'true' }, body })
    const run = await sijil(verb, uuid, ...words)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain(`nothing changed, it was already ${state}: ${uuid}\n`)
    expect(run.stdout).toContain('reason: issued-in-error')
    const json = await sijil(verb, uuid, ...words, '--json')
    expect(JSON.parse(json.stdout)).toEqual({ ...body, unchanged: true })
  })

  test.each([
    [
      'revoke',
      'issued-in-error, obtained-by-fraud, superseded, requirements-no-longer-met, misconduct, holder-request, key-compromise',
    ],
    ['suspend', 'under-investigation, surveillance-overdue, holder-request'],
    ['reinstate', 'under-investigation, surveillance-overdue, holder-request'],
  ])('%s with a wrong reason lists the right ones, and sends nothing', async (verb, reasons) => {
    for (const words of [[], ['--json']]) {
      const run = await sijil(verb, uuid, '--reason', 'because', ...words)
      expect(run).toMatchObject({ code: 64, stdout: '' })
      expect(run.stderr).toContain(reasons)
    }
    expect(server.heard).toEqual([])
  })

  test.each(['revoke', 'suspend'])('%s without a reason is a usage error', async (verb) => {
    expect(await sijil(verb, uuid)).toMatchObject({ code: 64, stdout: '' })
  })

  test.each([
    ['an id that is not a UUID', ['../issue', '--issuer', 'demo-ph-tesda']],
    ['an issuer that would change the path', [uuid, '--issuer', '..']],
  ])('%s is refused before anything is sent', async (_, words) => {
    const run = await runSijil(['suspend', ...words, '--reason', 'holder-request'], { environment: server.environment })
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(server.heard).toEqual([])
  })

  test('a refusal is shown in the words of the registry', async () => {
    server.answer(
      routeOf('suspend'),
      problem(409, 'conflict', 'It contradicts what is recorded', { detail: 'It is revoked.' }),
    )
    const run = await sijil('suspend', uuid, '--reason', 'holder-request')
    expect(run).toEqual({ code: 65, stdout: '', stderr: 'sijil: It contradicts what is recorded\nIt is revoked.\n' })
  })
})
