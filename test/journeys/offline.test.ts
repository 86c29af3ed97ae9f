import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueAt } from '../../infra/local/demonstration/beside.ts'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { resultOf, runCommand, runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, officerOf, TESDA } from './certificate.ts'

const NOBODY = 'http://localhost:9'
const PROOF = ['--proof', 'good.tlog-proof']

let registry: OpenRegistry
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-offline-'))
  registry = await openRegistry()
  const officer = officerOf(registry, TESDA)
  const good = await officer.issue(aBricklayer('OFFLINE-1'))
  const revoked = await officer.issue(aBricklayer('OFFLINE-2'))
  await officer.change(revoked, 'revoke', { reason: 'issued-in-error' })
  // This certificate is older than its status lists, so they can answer for it.
  const settled = { issuer: TESDA, input: aBricklayer('OFFLINE-3'), key: 'offline-3' }
  const hourAgo = new Date(Date.now() - 3_600_000)
  const { document } = await issueAt(hourAgo, settled, registry.baseUrl, localParts())
  const { handler: sequence } = await import('../../functions/sequence.ts')
  // The entry is older than the log looks back by itself, so `since` is given. A run of the schedule may be under way.
  await soon(async () => {
    const rounds = sequence({ since: { certificates: new Date(hourAgo.getTime() - 60_000).toISOString() } })
    return rounds.then(
      () => true,
      () => false,
    )
  })
  await writeFile(join(folder, 'settled.json'), JSON.stringify(document))
  await writeFile(join(folder, 'good.json'), JSON.stringify(good.verifiableCredential))
  await writeFile(join(folder, 'revoked.json'), JSON.stringify(revoked.verifiableCredential))
  await soon(async () => (await sijil(['log', 'proof', 'good.json', '--out', 'good.tlog-proof'])).code === 0)
  await soon(async () => (await sijil(['log', 'proof', 'settled.json', '--out', 'settled.tlog-proof'])).code === 0)
  await soon(async () => (await sijil(['bundle'])).code === 0)
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true })
})

const sijil = (words: string[], url = registry.baseUrl) =>
  runHere(words, { folder, environment: { SIJIL_URL: url }, now: registry.now })

/** Asks once the logs are written. The registry's clock is moved only if its indexes lag. */
async function soon(ask: () => Promise<boolean>): Promise<void> {
  await registry.sequence()
  expect(await ask()).toBe(true)
}

/** The address given to the command does not answer, so its whole answer comes from the files. */
const verify = (file: string, ...more: string[]) =>
  sijil(['verify', file, '--bundle', 'sijil-trust.json', '--json', ...more], NOBODY)

/** Runs with the registry in reach. The process exits with a code of its own if it asked any network. */
const unheard = (words: string[]) =>
  runCommand(words, { folder, environment: { SIJIL_URL: registry.baseUrl, ...heardAtItsTime() } })
const heard = pathToFileURL(join(import.meta.dirname, '../support/network-heard.ts')).href
/** If the indexes lag, the registry's clock was moved ahead. Its lists would be from the future by the clock of the machine. */
const heardAtItsTime = () => ({
  NODE_OPTIONS: [heard, clockAhead].map((module) => `--import ${module}`).join(' '),
  SIJIL_TEST_AHEAD: String(registry.now().getTime() - Date.now()),
})
const clockAhead = pathToFileURL(join(import.meta.dirname, '../support/clock-ahead.ts')).href
/** The exit code of `network-heard.ts`. */
const HEARD = 99

describe('R-022, R-115: at a border post without a network', () => {
  test('the files answer each check; the certificate was signed just now, so its lists cannot answer yet', async () => {
    const { code, stdout } = await verify('good.json', ...PROOF)
    const answer = JSON.parse(stdout)
    expect(code).toBe(2)
    expect(answer).toMatchObject({
      verdict: 'indeterminate',
      issuer: { onIssueDate: { standing: 'authorised' }, today: { standing: 'authorised' } },
      certificate: { certificateNumber: 'OFFLINE-1' },
      list: { registry: registry.baseUrl, size: expect.any(Number) },
    })
    const open = answer.checks.filter(({ outcome }: { outcome: string }) => outcome !== 'passed')
    expect(open).toEqual([expect.objectContaining({ name: 'recorded', reason: 'not-finished' })])
  })

  test('without the proof one question stays open: whether the registry ever recorded the certificate', async () => {
    const { code, stdout } = await verify('good.json')
    expect(code).toBe(2)
    expect(JSON.parse(stdout).checks).toContainEqual(
      expect.objectContaining({ name: 'recorded', reason: 'kept-elsewhere' }),
    )
  })

  test('a revoked certificate is invalid, and so is a changed one', async () => {
    const revoked = await verify('revoked.json')
    expect(revoked.code).toBe(1)
    expect(JSON.parse(revoked.stdout).checks).toContainEqual(
      expect.objectContaining({ name: 'status', outcome: 'failed', reason: 'revoked' }),
    )
    const document = JSON.parse(await readFile(join(folder, 'good.json'), 'utf8'))
    await writeFile(join(folder, 'changed.json'), JSON.stringify({ ...document, validUntil: '2040-01-01T00:00:00Z' }))
    expect((await verify('changed.json', ...PROOF)).code).toBe(1)
  })

  test('R-112: several certificates get a line each; a proof serves one certificate, and only its registry can open a link', async () => {
    const link = `${NOBODY}/v/0123456789abcdefghjkmnpqrs`
    const several = ['verify', 'revoked.json', 'good.json', link, '--bundle', 'sijil-trust.json']
    const run = await sijil(several, NOBODY)
    expect(run).toMatchObject({ code: 1, stderr: '' })
    expect(run.stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^revoked\.json: INVALID: failed at status \(revoked\)/),
      expect.stringMatching(/^good\.json: INDETERMINATE: .*kept-elsewhere/),
      'link, at place 3: NOT VERIFIED: Only its registry can open a link',
    ])
    expect(await sijil([...several, ...PROOF], NOBODY)).toMatchObject({ code: 64, stdout: '' })
  })

  test('R-008: a host that accepts another root alone reads that no accepted authority lists the issuer', async () => {
    const { code, stdout } = await verify('good.json', ...PROOF, '--root', 'demo-th-onec')
    expect(code).toBe(2)
    expect(JSON.parse(stdout).checks).toContainEqual(
      expect.objectContaining({ name: 'issuer-trust', reason: 'issuer-unknown' }),
    )
    expect((await verify('good.json', ...PROOF, '--no-demonstration')).code).toBe(2)
    const refusing = await verify('good.json', ...PROOF, '--refuse', 'demo-ph-tesda')
    expect([refusing.code, refusing.stdout]).toEqual([2, expect.stringContaining('issuer-refused')])
  })

  test('with all files the verdict is valid; the exit code says the same, and no network is asked', async () => {
    const proof = ['--proof', 'settled.tlog-proof']
    const document = JSON.parse(await readFile(join(folder, 'settled.json'), 'utf8'))
    await writeFile(join(folder, 'forged.json'), JSON.stringify({ ...document, validUntil: '2040-01-01T00:00:00Z' }))
    for (const [file, more, code, verdict] of [
      ['settled.json', proof, 0, 'valid'],
      ['forged.json', proof, 1, 'invalid'],
      ['revoked.json', [], 1, 'invalid'],
      ['settled.json', [], 2, 'indeterminate'],
      ['settled.json', [...proof, '--root', 'demo-th-onec'], 2, 'indeterminate'],
    ] as const) {
      const stated = await unheard(['verify', file, '--bundle', 'sijil-trust.json', '--json', ...more])
      expect([stated.code, JSON.parse(stated.stdout).verdict, stated.stderr], `${file} ${more}`).toEqual([
        code,
        verdict,
        '',
      ])
    }
    const forPeople = await unheard(['verify', 'settled.json', '--bundle', 'sijil-trust.json', ...proof])
    expect([forPeople.code, forPeople.stdout]).toEqual([0, expect.stringMatching(/^valid\b/i)])
    // The same process does notice a request.
    const asking = await unheard(['verify', 'settled.json'])
    expect([asking.code, asking.stderr]).toEqual([
      HEARD,
      expect.stringContaining(`asked: ${new URL(registry.baseUrl).host}`),
    ])
  })

  test('for people it names the registry of the list and says how old the list is', async () => {
    const { stdout } = await sijil(['verify', 'good.json', '--bundle', 'sijil-trust.json'], NOBODY)
    expect(stdout).toContain(`by the list of ${registry.baseUrl}, made at 20`)
  })
})

describe('R-006: the program that the page shows', () => {
  const root = join(import.meta.dirname, '../..')
  const example = join(root, 'docs/verify-offline.ts')
  const page = readFileSync(join(root, 'docs/offline.md'), 'utf8')
  const shown = (language: string) =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text)
  const run = (...words: string[]) => {
    const child = spawn(process.execPath, words, { cwd: folder, env: { ...process.env, ...heardAtItsTime() } })
    return resultOf(child)
  }

  test('is the same as the file, word for word', async () => {
    expect(shown('ts')).toEqual([await readFile(example, 'utf8')])
  })

  test.each([
    ['good.json', 0],
    ['revoked.json', 1],
  ])('says of %s what the page says, and asks no network', async (file, place) => {
    expect(await run(example, file, 'sijil-trust.json')).toEqual({ code: 0, stdout: shown('text')[place], stderr: '' })
  })

  test('would be noticed if it asked a network', async () => {
    const { code, stderr } = await run('--eval', "await fetch('http://127.0.0.1:65535').catch(() => {})")
    expect([code, stderr]).toEqual([HEARD, expect.stringContaining('asked: 127.0.0.1:65535')])
  })
})

describe('a refused command', () => {
  const DEEP = 'nested 5,000 deep'
  const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
  const changed = async (change: (pack: Record<string, never>) => void) => {
    const pack = JSON.parse(await readFile(join(folder, 'sijil-trust.json'), 'utf8'))
    change(pack)
    // JSON.stringify cannot nest 5,000 deep, so the depth is inserted afterwards.
    await writeFile(join(folder, 'changed-trust.json'), JSON.stringify(pack).replaceAll(`"${DEEP}"`, nested))
    return sijil(['verify', 'good.json', '--bundle', 'changed-trust.json'], NOBODY)
  }

  test('a changed bundle: there is no verdict, and the exit code is that of an error', async () => {
    const { code, stdout, stderr } = await changed((pack: Record<string, { bundle?: { validUntil: string } }>) => {
      if (pack.trust?.bundle) pack.trust.bundle.validUntil = '2040-01-01T00:00:00.000Z'
    })
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
    expect(stderr).toContain('not what was signed')
    expect(stderr).toContain('Nothing was verified')
  })

  test('I10: a bundle nested 5,000 deep, in the trust or in a status list: it is refused in words', async () => {
    const { code, stdout, stderr } = await changed((pack: Record<string, { bundle?: object }>) => {
      Object.assign(pack.trust?.bundle ?? {}, { more: DEEP })
    })
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
    expect(stderr).toContain('nested more than 16 deep')
    expect(stderr).toContain('Nothing was verified')
    const lists = await changed((pack: Record<string, Record<string, { credentialSubject: unknown }>>) => {
      for (const list of Object.values(pack.statusLists ?? {})) list.credentialSubject = DEEP
    })
    expect(`${lists.stdout}${lists.stderr}`).not.toMatch(/RangeError|call stack/)
    expect(lists.stdout).toContain('INDETERMINATE')
  })

  test('a log that is smaller than the remembered one; nothing is overwritten', async () => {
    const path = join(folder, 'sijil-trust.json')
    const before = await readFile(path, 'utf8')
    const pack = JSON.parse(before)
    await writeFile(path, JSON.stringify({ ...pack, tree: { ...pack.tree, size: pack.tree.size + 1_000 } }))
    const { code, stderr } = await sijil(['bundle'])
    expect(code).toBe(1)
    expect(stderr).toContain('were seen before')
    expect(JSON.parse(await readFile(path, 'utf8')).tree.size).toBe(pack.tree.size + 1_000)
    await writeFile(path, before)
    expect((await sijil(['bundle'])).code).toBe(0)
  })

  test('the proof of another certificate, a link, a missing file, and options without a bundle', async () => {
    expect((await verify('revoked.json', ...PROOF)).stderr).toContain('does not prove that the log holds this document')
    expect(await verify(`${registry.baseUrl}/v/AAAA`)).toMatchObject({ code: 64 })
    expect((await sijil(['verify', 'good.json', '--bundle', 'none.json'])).stderr).toContain('sijil bundle')
    expect(await sijil(['verify', 'good.json', '--root', 'x'])).toMatchObject({ code: 64 })
    expect((await sijil(['bundle', '--issuer', 'nobody', '--out', 'other.json'])).stderr).toContain('not a body')
  })

  test('a key that the operator named and that did not sign', async () => {
    const other = `${new URL(registry.baseUrl).host}/log/registry+00000000+AAAA`
    const { code, stderr } = await sijil(['bundle', '--out', 'other.json', '--key', other])
    expect(code).toBe(1)
    expect(stderr).toContain('not a trust bundle signed by a known key')
  })
})
