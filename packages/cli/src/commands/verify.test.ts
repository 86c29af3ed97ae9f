import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aJudgement, failedAt, notPerformed } from '../testing/a-judgement.ts'
import { type AnsweringServer, openAnsweringServer, problem } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const certificate = { id: 'urn:uuid:0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7', type: ['VerifiableCredential'] }

let server: AnsweringServer
beforeAll(async () => {
  server = await openAnsweringServer()
})
beforeEach(() => {
  server.heard.length = 0
})
afterAll(() => server.close())

const sijil = (words: string[], stdin = JSON.stringify(certificate), environment: Record<string, string> = {}) =>
  runSijil(['verify', ...words], { stdin, environment: { ...server.environment, ...environment } })
const answer = (body: unknown) => server.answer('POST /verify', { status: 200, body })

describe('sijil verify', () => {
  test.each([
    ['valid', 0, aJudgement(), 'VALID: every check passed'],
    ['invalid', 1, failedAt('status', 'revoked'), 'INVALID: failed at status (revoked)'],
    [
      'indeterminate',
      2,
      notPerformed('issuer-trust', 'issuer-unknown'),
      'INDETERMINATE: could not be checked: issuer-trust (issuer-unknown)',
    ],
  ])('%s ends with exit code %i, and the first line gives the reason', async (_, code, judgement, line) => {
    answer(judgement)
    const run = await sijil(['-'])
    expect(run).toMatchObject({ code, stderr: '' })
    expect(run.stdout.split('\n')[0]).toBe(line)
    const json = await sijil(['-', '--json'])
    expect(json).toMatchObject({ code, stderr: '' })
    expect(JSON.parse(json.stdout)).toEqual(judgement)
  })

  test('shows both answers about the issuer, each check with its reason, and the levels', async () => {
    answer(failedAt('status', 'revoked'))
    expect((await sijil(['-'])).stdout).toBe(`INVALID: failed at status (revoked)
Masonry NC II, by TESDA (demonstration)

issuer on the day of issue  authorised: It was authorised for this.
issuer today                withdrawn since 2026-10-01: It no longer is.

checks
  format        passed
  proof         passed
  status        FAILED: revoked
  issuer-trust  passed

levels
  PQF 2 (confirmed by the national authority): PQF table, 2025-06-01
  AQRF no framework level: no report was endorsed by then

evaluated at 2026-11-24T08:00:00Z
`)
  })

  test('shows a notice, which does not change the exit code', async () => {
    const notices = [{ code: 'edition-ended', sentence: 'The edition had ended.', since: '2018-10-29' }]
    answer({ ...aJudgement(), notices })
    const run = await sijil(['-'])
    expect(run.code).toBe(0)
    expect(run.stdout.split('\n')[2]).toBe('notice: The edition had ended.')
  })

  test('K008: shows what host countries decided after the checks, and keeps the exit code', async () => {
    const host = { id: 'demo-host', name: 'Host \u001b[31m', state: 'XL' }
    answer({ ...failedAt('status', 'revoked'), recognition: [{ host, result: 'full', applies: 'was' }] })
    const run = await sijil(['-'])
    expect(run.code).toBe(1)
    expect(run.stdout).toMatch(
      /\n\ndecided by host countries, which is no part of the checks\n {2}XL: full \(was\), by Host/,
    )
    expect(run.stdout).not.toContain('\u001b')
    answer({ ...aJudgement(), recognitionUnread: true })
    expect((await sijil(['-'])).stdout).toContain('\nwhat host countries decided could not be read\n')
  })

  test('sends a file as a document, and a link of this registry as a link', async () => {
    answer(aJudgement())
    const path = join(server.folder, 'certificate.json')
    await writeFile(path, JSON.stringify(certificate))
    await sijil([path])
    await sijil([`${server.url}/v/0123456789abcdefghjkmnpqrs`])
    expect(server.heard.map(({ body }) => JSON.parse(body))).toEqual([
      { verifiableCredential: certificate },
      { link: `${server.url}/v/0123456789abcdefghjkmnpqrs` },
    ])
    expect(server.heard.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  })

  test('requests the person of a link only with --person, which is refused for a file', async () => {
    answer(aJudgement())
    const link = `${server.url}/v/0123456789abcdefghjkmnpqrs`
    await sijil([link, '--person', '--json'])
    expect(server.heard.map(({ body }) => JSON.parse(body))).toEqual([{ link, options: { show: ['person'] } }])
    const run = await sijil([join(server.folder, 'certificate.json'), '--person'])
    expect([run.code, run.stderr]).toEqual([64, expect.stringContaining('A file already contains the person')])
  })

  test.each(['0123456789ABCDEFGHJKMNPQRS', '0123 4567 89ab cdef ghjk mnpq rs', '0123-4567-89ABCDEFGHJKMNPQRS'])(
    'sends a code, as it is printed under a link: %s',
    async (code) => {
      answer(aJudgement())
      expect(await sijil([code])).toMatchObject({ code: 0, stderr: '' })
      expect(server.heard.map(({ body }) => JSON.parse(body))).toEqual([{ link: code }])
      expect((await sijil([code, code])).stdout).not.toContain(code)
    },
  )

  test.each([
    'https://registry.example/v/0123456789',
    'http://localhost:1/v/0123456789',
    'HTTPS://user@registry.example/v/0123456789',
  ])('a link of another host is not sent: %s', async (link) => {
    const run = await sijil([link])
    expect(run.code).toBe(64)
    expect(run.stderr).toContain(`SIJIL_URL=${new URL(link).origin} sijil verify`)
    expect(run.stderr).not.toContain('0123456789')
    expect(server.heard).toEqual([])
  })

  test('a host that a shell would interpret is not shown in a command to paste', async () => {
    const run = await sijil(['https://a$(id).example/v/0123456789'])
    expect(run.code).toBe(64)
    expect(run.stderr).not.toContain('SIJIL_URL=')
  })

  test('a demonstration is never shown as a real certificate', async () => {
    answer(aJudgement({ demonstration: true }))
    expect((await sijil(['-'])).stdout.split('\n')[0]).toBe(
      'VALID: every check passed (demonstration, not a real certificate)',
    )
  })

  test.each([
    ['says valid although a check failed (I1)', { ...failedAt('status', 'revoked'), verdict: 'valid' }],
    ['says valid without a check (I1)', { ...aJudgement(), checks: [] }],
    ['has an unknown verdict', { ...aJudgement(), verdict: 'toString' }],
    ['has no verdict', { verified: true }],
    ['is not JSON', '<html>valid</html>'],
  ])('an answer that %s is refused', async (_, body) => {
    answer(body)
    expect(await sijil(['-'])).toMatchObject({ code: 70, stdout: '' })
  })

  test('text inside a certificate cannot move or imitate the verdict (I43)', async () => {
    answer(aJudgement({ title: '\u001b[2J\u009b1AMasonry\nVALID: every check passed\u202e' }))
    const { stdout } = await sijil(['-'])
    expect(stdout).not.toMatch(/[\u001b\u009b\u202e]/)
    expect(stdout.match(/^VALID/gm)).toHaveLength(1)
    const json = (await sijil(['-', '--json'])).stdout
    expect(json).not.toMatch(/[\u001b\u009b\u202e]/)
    expect(JSON.parse(json).certificate.qualification.title).toContain('\u009b1AMasonry\nVALID')
  })

  describe('for several certificates', () => {
    const asked = ['first.json', 'second.json', 'third.json']
    const paths = () => asked.map((name) => join(server.folder, name))
    beforeAll(async () => {
      for (const path of paths()) await writeFile(path, JSON.stringify(certificate))
    })
    const answers = (...bodies: unknown[]) =>
      server.answer('POST /verify', ...bodies.map((body) => ({ status: 200, body })))
    const valid = aJudgement()
    const invalid = failedAt('status', 'revoked')
    const open = notPerformed('issuer-trust', 'issuer-unknown')

    test('each has its own line, and --json prints a list with each answer', async () => {
      answers(valid, open, invalid)
      const [first, second, third] = paths()
      expect(await sijil(paths())).toEqual({
        code: 1,
        stderr: '',
        stdout: `${first}: VALID: every check passed
${second}: INDETERMINATE: could not be checked: issuer-trust (issuer-unknown)
${third}: INVALID: failed at status (revoked)
`,
      })
      answers(valid, open, invalid)
      const json = await sijil([...paths(), '--json'])
      expect(json).toMatchObject({ code: 1, stderr: '' })
      expect(JSON.parse(json.stdout)).toEqual([
        { what: first, verification: valid },
        { what: second, verification: open },
        { what: third, verification: invalid },
      ])
    })

    test.each([
      ['all are valid', [valid, valid, valid], 0],
      ['one is indeterminate', [valid, open, valid], 2],
      ['one is invalid, and one indeterminate', [open, invalid, valid], 1],
    ])('the worst exit code counts: %s', async (_, bodies, code) => {
      answers(...bodies)
      expect((await sijil(paths())).code).toBe(code)
    })

    test.each([
      ['an unreadable file is an error', ['/nowhere/at-all.json'], [valid, open, valid], 64],
      ['an invalid certificate is worse', ['/nowhere/at-all.json'], [valid, invalid, valid], 1],
    ])('after a failure the others are verified, and %s', async (_, more, bodies, code) => {
      answers(...bodies)
      const run = await sijil([...more, ...paths()])
      expect(run).toMatchObject({ code, stderr: '' })
      expect(run.stdout.split('\n')).toEqual([
        '/nowhere/at-all.json: NOT VERIFIED: /nowhere/at-all.json cannot be read (ENOENT)',
        ...paths().map((path) => expect.stringMatching(`^${path}: (?:IN)?(?:VALID|DETERMINATE): `)),
        '',
      ])
      expect(server.heard).toHaveLength(3)
    })

    test('after a refusal the others are sent, and after no answer they are not', async () => {
      server.answer('POST /verify', problem(422, 'some', 'Too complex'), { status: 200, body: valid })
      const refused = await sijil(paths())
      expect(refused).toMatchObject({
        code: 65,
        stdout: expect.stringContaining('first.json: NOT VERIFIED: Too complex'),
      })
      expect(refused.stdout.match(/: VALID: /g)).toHaveLength(2)
      server.heard.length = 0
      server.answer('POST /verify', problem(503, 'some', 'Not now'))
      const silent = await sijil([...paths(), '--json'])
      expect(silent).toMatchObject({ code: 69, stderr: '' })
      expect(JSON.parse(silent.stdout)).toEqual(
        paths().map((what) => ({ what, problem: expect.objectContaining({ title: 'Not now' }) })),
      )
      expect(server.heard).toHaveLength(1)
    })

    test('a long list shows its progress on stderr', async () => {
      answer(valid)
      const run = await sijil(Array.from({ length: 25 }, () => paths()[0] as string))
      expect(run).toMatchObject({ code: 0, stderr: '10 of 25\n20 of 25\n' })
      expect(run.stdout.match(/: VALID: /g)).toHaveLength(25)
    })

    test('links are not printed, because they open certificates', async () => {
      answer(valid)
      const run = await sijil([
        '-',
        `${server.url}/v/0123456789abcdefghjkmnpqrs`,
        'https://registry.example/v/0123456789',
      ])
      expect(run.code).toBe(64)
      expect(run.stdout).toContain('link, at place 2: VALID: every check passed')
      expect(run.stdout).toContain('link, at place 3: NOT VERIFIED: This link belongs to ')
      expect(run.stdout + run.stderr).not.toContain('0123456789')
    })

    test('R-052, R-113: links of a spreadsheet are verified into one report, which has no link and no name; the rest is printed', async () => {
      const file = (name: string) => join(server.folder, name)
      const code = (last: string) => `0123456789abcdefghjkmnpqr${last}`
      await writeFile(
        file('links.csv'),
        `line,certificate,link\n2,urn:uuid:one,${server.url}/v/${code('s')}\n3,urn:uuid:two,${code('t')}\n`,
      )
      await writeFile(file('more.csv'), `Link\n${code('v')}\nhttps://other.example/v/${code('w')}\n`)
      answers(valid, invalid, open)
      const words = ['--links', file('links.csv'), '--links', file('more.csv'), '--report', file('report.csv')]
      const run = await sijil(words)
      expect(run).toMatchObject({ code: 1, stderr: '' })
      expect(run.stdout.split('\n')).toEqual([
        'urn:uuid:two: INVALID: failed at status (revoked)',
        'line 2: INDETERMINATE: could not be checked: issuer-trust (issuer-unknown)',
        expect.stringMatching(/^line 3: NOT VERIFIED: This link belongs to other\.example/),
        '4 certificates: 1 valid, 1 invalid, 1 indeterminate, 1 not verified',
        '',
      ])
      const report = await readFile(file('report.csv'), 'utf8')
      expect(report).toMatch(
        /"urn:uuid:one","valid","VALID: every check passed","\d{4}-.*Z"\r\n"urn:uuid:two","invalid",/,
      )
      expect(report + run.stdout).not.toMatch(/0123456789|SITI/)
    })

    test('a spreadsheet without links is refused, and with a row without one nothing is verified', async () => {
      const file = join(server.folder, 'faulty.csv')
      for (const [text, expected] of [
        ['certificate\nurn:uuid:one', 'no column with the name link'],
        ['certificate,link\nurn:uuid:one,', 'line 2: there is no link'],
      ] as const) {
        await writeFile(file, text)
        expect(await sijil(['--links', file])).toMatchObject({ code: 64, stderr: expect.stringContaining(expected) })
      }
      expect(await sijil([])).toMatchObject({ code: 64, stderr: expect.stringContaining('--links') })
      expect(server.heard).toEqual([])
    })

    test('stdin can be given only once', async () => {
      expect(await sijil(['-', '-'])).toMatchObject({ code: 64, stdout: '' })
      expect(server.heard).toEqual([])
    })
  })

  test.each([
    ['a member twice', '{"id": "a", "id": "b"}', 'duplicate-member'],
    ['more than 64 KiB', ' '.repeat(65_537), 'longer than 64 KiB'],
    ['no JSON', 'Juan Dela Cruz', 'malformed-json'],
  ])('a file with %s is refused, and not quoted', async (_, stdin, message) => {
    const run = await sijil(['-'], stdin)
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain(message)
    expect(run.stderr).not.toContain('Juan')
    expect(server.heard).toEqual([])
  })

  test.each([
    ['no file there', ['/nowhere/at-all.json'], 'cannot be read (ENOENT)'],
    ['a folder', ['/'], 'cannot be read (EISDIR)'],
    ['nothing to verify', [], 'Give a file, a link or --links'],
  ])('%s is a usage error', async (_, words, message) => {
    const run = await sijil(words)
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain(message)
  })

  test('says how to get a registry if none answers', async () => {
    const closed = await openAnsweringServer()
    await closed.close()
    const { url } = closed
    const run = await sijil(['-'], undefined, { SIJIL_URL: url })
    expect(run.code).toBe(69)
    expect(run.stderr).toContain(`No registry answers at ${url}. Start one with \`npm start\`, or set SIJIL_URL`)
    expect(run.stderr).toContain('ECONNREFUSED')
    const json = await sijil(['-', '--json'], undefined, { SIJIL_URL: url })
    expect(json).toMatchObject({ code: 69, stdout: '' })
    expect(JSON.parse(json.stderr)).toMatchObject({ type: 'about:blank', title: expect.stringContaining(url) })
  })

  test.each([
    [404, 65],
    [422, 65],
    [500, 70],
    [503, 69],
  ])('a problem with status %i is not a verdict', async (status, code) => {
    server.answer('POST /verify', problem(status, 'some', 'Some problem'))
    expect(await sijil(['-'])).toEqual({ code, stdout: '', stderr: 'sijil: Some problem\n' })
  })

  test('a certificate is not sent to the address of a redirect (I40)', async () => {
    server.answer('POST /verify', { status: 307, headers: { location: `${server.url}/other` } })
    expect((await sijil(['-'])).code).toBe(70)
    expect(server.heard.map(({ route }) => route)).toEqual(['POST /verify'])
  })

  test.each([
    'http://registry.example',
    'ftp://localhost',
    'https://user:word@registry.example',
    'https://registry.example/path',
    'registry',
  ])('SIJIL_URL=%s is refused', async (url) => {
    const run = await sijil(['-'], undefined, { SIJIL_URL: url })
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain('SIJIL_URL')
  })
})
