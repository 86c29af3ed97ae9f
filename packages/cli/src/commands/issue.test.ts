import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { scanHalfBlocks } from '../../../../test/support/half-blocks.ts'
import { aJudgement, failedAt, notPerformed } from '../testing/a-judgement.ts'
import { type AnsweringServer, openAnsweringServer, problem, secret } from '../testing/answering-server.ts'
import { fullDisk, runSijil, startSijil } from '../testing/run-sijil.ts'

const route = 'POST /issuers/demo-ph-tesda/credentials'
const id = 'urn:uuid:0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7'
const input = {
  qualification: 'ph-masonry-nc2',
  holder: { name: 'Juan Dela Cruz' },
  certificateNumber: '26-0001',
  awardedOn: '2026-03-02',
}

let server: AnsweringServer
let issued: { id: string; link: string; verifiableCredential: object }
beforeAll(async () => {
  server = await openAnsweringServer()
  issued = {
    id,
    link: `${server.url}/v/0123456789abcdefghjkmnpqrs`,
    verifiableCredential: { id, type: ['VerifiableCredential'] },
  }
})
beforeEach(() => {
  server.heard.length = 0
  server.answer(route, { status: 201, body: issued })
})
afterAll(() => server.close())

const sijil = (words: string[], { stdin = JSON.stringify(input), ...environment }: Record<string, string> = {}) =>
  runSijil(['issue', '--issuer', 'demo-ph-tesda', ...words], {
    stdin,
    environment: { ...server.environment, ...environment },
  })
const heardIssue = () => server.heard.filter((request) => request.route === route)
const keys = () => heardIssue().map(({ headers }) => headers['idempotency-key'])
const file = (name: string) => join(server.folder, name)

describe('sijil issue', () => {
  test('a replacement that waits for a second person says so, and what to do then', async () => {
    const body = { id: 'the-id-that-waits', owner: 'demo-ph-tesda', kind: 'replace', state: 'open' }
    server.answer(route, { status: 202, body })
    const run = await sijil(['-'])
    expect([run.code, run.stdout]).toEqual([3, ''])
    expect(run.stderr).toContain('releases the-id-that-waits of demo-ph-tesda\n')
    expect(run.stderr).toContain('Then send the same again')
  })

  test('sends the content of the file with a token of the issuer, and prints link and id', async () => {
    const run = await sijil(['-'])
    expect(run).toEqual({ code: 0, stdout: `link  ${issued.link}\nid    ${id}\n`, stderr: '' })
    expect(heardIssue().map(({ body }) => JSON.parse(body))).toEqual([input])
    expect(heardIssue()[0]?.headers.authorization).toBe('Bearer token.of.tesda')
    expect(new URLSearchParams(server.heard[0]?.body).get('scope')).toBe('credentials:issue')
  })

  test('builds the same input from options', async () => {
    const words = [
      '--qualification',
      'ph-masonry-nc2',
      '--name',
      'Juan Dela Cruz',
      '--number',
      '26-0001',
      '--awarded-on',
      '2026-03-02',
    ]
    const more = [
      '--birth-date',
      '1990-01-31',
      '--unit',
      'A1',
      '--unit',
      'A2',
      '--centre-id',
      'c1',
      '--centre-name',
      'Centre One',
      '--route',
      'prior-learning',
      '--method',
      'other',
      '--other-method',
      'by hand',
    ]
    await sijil(['-'])
    await sijil(words)
    await sijil([...words, ...more, '--replaces', id.toUpperCase()])
    expect(keys()[1]).toBe(keys()[0])
    expect(JSON.parse(heardIssue()[2]?.body ?? '')).toEqual({
      ...input,
      holder: { ...input.holder, birthDate: '1990-01-31' },
      units: ['A1', 'A2'],
      centre: { id: 'c1', name: 'Centre One' },
      route: 'prior-learning',
      method: 'other',
      otherMethod: 'by hand',
      replaces: id.slice('urn:uuid:'.length),
    })
  })

  test('the key depends on the input, not on the order of its members, and --key replaces it', async () => {
    await sijil(['-'])
    await sijil(['-'], { stdin: JSON.stringify(Object.fromEntries(Object.entries(input).reverse()), null, 4) })
    await sijil(['-'], { stdin: JSON.stringify({ ...input, certificateNumber: '26-0002' }) })
    await sijil(['-', '--key', 'mine'])
    const [first, reordered, other, own] = keys()
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(reordered).toBe(first)
    expect(other).not.toBe(first)
    expect(own).toBe('mine')
  })

  test('with a token no identity is needed', async () => {
    await sijil(['-'], { SIJIL_TOKEN: 'from.environment', SIJIL_DATA: '/nowhere' })
    await sijil(['-', '--token', 'from.option'], { SIJIL_TOKEN: 'from.environment', SIJIL_DATA: '/nowhere' })
    expect(server.heard.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer from.environment',
      'Bearer from.option',
    ])
  })

  test('retries with the same key if the answer asks for it, and says so (F1)', async () => {
    server.answer(
      route,
      { ...problem(503, 'dependency-unavailable', 'Not now'), headers: { 'retry-after': '0' } },
      { ...problem(409, 'in-progress', 'Still working'), headers: { 'retry-after': '0' } },
      { status: 201, body: issued },
    )
    const run = await sijil(['-'])
    expect(run.code).toBe(0)
    expect(run.stdout).toContain(issued.link)
    expect(run.stderr.split('\n').filter((line) => line.includes('asks to retry'))).toHaveLength(2)
    expect(keys()).toHaveLength(3)
    expect(new Set(keys()).size).toBe(1)
  })

  test('gives up after five attempts, and with --json prints one problem', async () => {
    server.answer(route, { ...problem(503, 'dependency-unavailable', 'Not now'), headers: { 'retry-after': '0' } })
    const run = await sijil(['-', '--json'])
    expect(run.code).toBe(69)
    expect(run.stdout).toBe('')
    expect(JSON.parse(run.stderr)).toMatchObject({ title: 'Not now', status: 503 })
    expect(keys()).toHaveLength(5)
  })

  test('a permanent conflict is not retried', async () => {
    server.answer(
      route,
      problem(409, 'conflict', 'It contradicts what is recorded', { detail: 'This number is taken.' }),
    )
    const run = await sijil(['-'])
    expect(run).toEqual({
      code: 65,
      stdout: '',
      stderr: 'sijil: It contradicts what is recorded\nThis number is taken.\n',
    })
    expect(keys()).toHaveLength(1)
  })

  test('shows each fault with its pointer, and nothing about the person', async () => {
    const errors = [{ pointer: '/awardedOn', detail: 'must be a day, YYYY-MM-DD' }]
    server.answer(route, problem(422, 'validation-failed', 'Not of the expected form', { errors }))
    const run = await sijil(['-'])
    expect(run.code).toBe(65)
    expect(run.stderr).toBe('sijil: Not of the expected form\n  /awardedOn: must be a day, YYYY-MM-DD\n')
    expect(JSON.parse((await sijil(['-', '--json'])).stderr)).toMatchObject({ status: 422, errors })
  })

  test('--out writes the signed certificate to a file that only its owner can read', async () => {
    const run = await sijil(['-', '--out', file('own.json')])
    expect(run.code).toBe(0)
    expect(JSON.parse(await readFile(file('own.json'), 'utf8'))).toEqual(issued.verifiableCredential)
    expect((await stat(file('own.json'))).mode & 0o777).toBe(0o600)
  })

  test('if the file exists, --out overwrites and issues nothing, and --force replaces the file and its mode', async () => {
    await writeFile(file('there.json'), 'before', { mode: 0o644 })
    const refused = await sijil(['-', '--out', file('there.json')])
    expect(refused.code).toBe(64)
    expect(refused.stderr).toContain('--force')
    expect(server.heard).toEqual([])
    expect(await readFile(file('there.json'), 'utf8')).toBe('before')
    expect((await sijil(['-', '--out', file('there.json'), '--force'])).code).toBe(0)
    expect(JSON.parse(await readFile(file('there.json'), 'utf8'))).toEqual(issued.verifiableCredential)
    expect((await stat(file('there.json'))).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['a folder that does not exist', 'nowhere/x.json', []],
    ['a folder that is a file', 'plain/x.json', []],
    ['the name of a folder', 'folder', ['--force']],
  ])('--out in %s is refused before anything is issued', async (_, name, more) => {
    await writeFile(file('plain'), '')
    await mkdir(file('folder'), { recursive: true })
    const run = await sijil(['-', '--out', file(name), ...more])
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain(`${file(name)} cannot be written`)
    expect(server.heard).toEqual([])
  })

  test('if the file cannot be written after issuing, link and id are printed, and that it was issued', async () => {
    const run = await startSijil(['issue', '--issuer', 'demo-ph-tesda', '-', '--out', file('late.json')], {
      stdin: JSON.stringify(input),
      environment: server.environment,
      nodeOptions: [fullDisk],
    })
    expect(run).toMatchObject({ code: 69, stdout: `link  ${issued.link}\nid    ${id}\n` })
    expect(run.stderr).toContain(`${id} was issued, but ${file('late.json')} cannot be written (ENOSPC)`)
    expect(run.stderr).toContain('You get the same certificate')
  })

  test('--qr shows a code that opens the link', async () => {
    const { stdout } = await sijil(['-', '--qr'])
    expect(scanHalfBlocks(stdout)).toBe(issued.link)
  })

  test('--json prints only the answer of the registry', async () => {
    expect(JSON.parse((await sijil(['-', '--json', '--qr'])).stdout)).toEqual(issued)
  })

  describe('a certificate that the same request issued before', () => {
    const judged = (body: object) => server.answer('POST /verify', { status: 200, body })
    beforeEach(() => server.answer(route, { status: 201, body: issued, headers: { 'idempotency-replayed': 'true' } }))

    test('is returned again while it is in force, with a notice', async () => {
      judged(aJudgement())
      const run = await sijil(['-', '--out', file('before.json')])
      expect(run).toMatchObject({ code: 0, stdout: `link  ${issued.link}\nid    ${id}\n` })
      expect(run.stderr).toContain('issued before')
      expect(JSON.parse(await readFile(file('before.json'), 'utf8'))).toEqual(issued.verifiableCredential)
      const asked = server.heard.find((heard) => heard.route === 'POST /verify')
      expect(JSON.parse(asked?.body ?? '')).toEqual({ verifiableCredential: issued.verifiableCredential })
      expect(asked?.headers.authorization).toBeUndefined()
    })

    test('is marked in JSON as well', async () => {
      judged(aJudgement())
      expect(JSON.parse((await sijil(['-', '--json'])).stdout)).toEqual({ ...issued, before: true })
    })

    test.each([
      ['revoked', '--key'],
      ['superseded', '--key'],
      ['suspended', 'sijil reinstate'],
    ])('is an error if it is %s, with a remedy, and nothing is written', async (reason, remedy) => {
      judged(failedAt('status', reason))
      const run = await sijil(['-', '--out', file(`${reason}.json`)])
      expect(run).toMatchObject({ code: 65, stdout: '' })
      expect(run.stderr).toContain(`${id} was issued before by the same request, and is no longer in force: ${reason}`)
      expect(run.stderr).toContain(remedy)
      await expect(stat(file(`${reason}.json`))).rejects.toThrow('ENOENT')
    })

    test('is an error if its status is unknown', async () => {
      judged(notPerformed('status', 'record-not-readable'))
      expect(await sijil(['-'])).toMatchObject({ code: 69, stdout: '' })
      judged({})
      expect(await sijil(['-'])).toMatchObject({ code: 70, stdout: '' })
    })
  })

  test('an answer without a certificate is an error', async () => {
    server.answer(route, { status: 200, body: { id } })
    expect(await sijil(['-'])).toMatchObject({ code: 70, stdout: '' })
  })

  test.each([
    ['a member twice', '{"qualification": "a", "qualification": "b"}', 'duplicate-member'],
    ['no JSON', '{', 'malformed-json'],
    ['a byte order mark', `\ufeff${JSON.stringify(input)}`, 'malformed-json'],
    ['no object', '[]', 'must contain one JSON object'],
    ['too much', `"${'x'.repeat(65_536)}"`, 'longer than 64 KiB'],
  ])('a file with %s is refused before anything is sent', async (_, stdin, words) => {
    const run = await sijil(['-'], { stdin })
    expect(run.code).toBe(64)
    expect(run.stderr).toContain(words)
    expect(server.heard).toEqual([])
  })

  test.each([
    ['neither file nor options', [], '--qualification, --name, --number'],
    ['both', ['-', '--name', 'Juan Dela Cruz'], 'not both'],
    [
      'a centre without its id',
      ['--qualification', 'q', '--name', 'A', '--number', '1', '--centre-name', 'Hall'],
      'Give --centre-id as well',
    ],
    ['an unknown option', ['-', '--nmae', 'x'], 'Did you mean --name'],
    ['a key that cannot be a header', ['-', '--key', 'a b'], '--key must be'],
    ['a token that cannot be a header', ['-', '--token', 'a\nb'], 'not a bearer token'],
  ])('%s is a usage error', async (_, words, message) => {
    const run = await sijil(words)
    expect(run.code).toBe(64)
    expect(run.stderr).toContain(message)
    expect(heardIssue()).toEqual([])
  })

  test('no output contains a secret or a token', async () => {
    server.answer(route, problem(401, 'unauthorized', 'An access token is needed'))
    for (const words of [['-'], ['-', '--json'], ['-', '--token', 'a.secret.token']]) {
      const { stdout, stderr } = await sijil(words)
      expect(stderr).toContain('An access token is needed')
      for (const hidden of [secret, encodeURIComponent(secret), 'token.of.tesda', 'a.secret.token', 'Juan'])
        expect(stdout + stderr).not.toContain(hidden)
    }
  })
})
