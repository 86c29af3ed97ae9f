import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand, runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, DSD, type Issued, officerOf, TESDA } from './certificate.ts'
import { aThaiBricklayer, officersOf, type Proposal } from './trust.ts'

let registry: OpenRegistry
let folder: string
beforeAll(async () => {
  registry = await openRegistry()
  folder = await mkdtemp(join(tmpdir(), 'sijil-cli-'))
  await writeFile(input('input.json'), JSON.stringify(aBricklayer('CLI-1')))
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true })
})

const input = (name: string) => join(folder, name)

const optionsOf = ({ stdin = '', ...environment }: Record<string, string> = {}) => ({
  folder,
  stdin,
  environment: { SIJIL_URL: registry.baseUrl, SIJIL_DATA: registry.folder, ...environment },
})
const sijil = (words: string[], given?: Record<string, string>) => runHere(words, optionsOf(given))
/** The same command as a process of its own, as a user runs it. */
const start = (words: string[], given?: Record<string, string>) => runCommand(words, optionsOf(given))

describe('the command takes a certificate from an empty folder to its revocation', () => {
  let issued: Issued & { id: string }

  test('issue writes the certificate to a file that only its owner can read, and prints its link', async () => {
    const run = await start(['issue', '--issuer', TESDA, '--out', 'certificate.json', '--json', 'input.json'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    issued = JSON.parse(run.stdout)
    expect(issued.link).toMatch(/\/v\/\w{26}$/)
    expect(JSON.parse(await readFile(input('certificate.json'), 'utf8'))).toEqual(issued.verifiableCredential)
    expect((await stat(input('certificate.json'))).mode & 0o777).toBe(0o600)
  })

  test('the same command again gives the same certificate and overwrites nothing', async () => {
    const again = await sijil(['issue', '--issuer', TESDA, '--json', 'input.json'])
    expect(JSON.parse(again.stdout)).toEqual({ ...issued, before: true })
    const refused = await sijil(['issue', '--issuer', TESDA, '--out', 'certificate.json', 'input.json'])
    expect(refused.code).toBe(64)
  })

  test('verify by file, by stdin and by link exits with 0 for a valid certificate', async () => {
    const runs = await Promise.all([
      start(['verify', 'certificate.json']),
      start(['verify', '-'], { stdin: JSON.stringify(issued.verifiableCredential) }),
      start(['verify', issued.link]),
    ])
    for (const { code, stdout } of runs) {
      expect(code).toBe(0)
      expect(stdout).toMatch(/^VALID: /)
    }
  })

  test('list and show have the certificate, and no name', async () => {
    registry.showAll()
    const [list, show] = await Promise.all([
      sijil(['list', '--issuer', TESDA]),
      sijil(['show', issued.id, '--issuer', TESDA]),
    ])
    expect([list.code, show.code]).toEqual([0, 0])
    for (const { stdout } of [list, show]) {
      expect(stdout).toContain('CLI-1')
      expect(stdout).not.toContain('JUAN')
    }
  })

  test('after revoke it is invalid: verify exits with 1 and gives the reason', async () => {
    const revoked = await sijil(['revoke', issued.id, '--issuer', TESDA, '--reason', 'issued-in-error'])
    expect(revoked.code).toBe(0)
    for (const what of ['certificate.json', issued.link]) {
      const { code, stdout } = await start(['verify', what])
      expect(code).toBe(1)
      expect(stdout).toMatch(/^INVALID: failed at status \(revoked\)/)
    }
  })

  test('a suspension of it is refused in words, with exit code 65', async () => {
    const refused = await sijil(['suspend', issued.id, '--issuer', TESDA, '--reason', 'holder-request'])
    expect(refused).toMatchObject({ code: 65, stdout: '', stderr: expect.stringContaining('final') })
  })
})

describe('exit codes', () => {
  test('2: the certificate could not be checked', async () => {
    const file = registry.fileOf('issuer-unknown')
    expect((await sijil(['verify', file])).code).toBe(2)
  })

  test('R-052, R-112: of several certificates each is verified, and the worst one decides the code', async () => {
    const [good = '', revoked = '', unknown = ''] = ['in-force', 'revoked', 'issuer-unknown'].map(registry.fileOf)
    const run = await sijil(['verify', good, revoked, unknown])
    expect(run).toMatchObject({ code: 1, stderr: '' })
    expect(run.stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(`^${good}: VALID: `),
      expect.stringMatching(`^${revoked}: INVALID: .*revoked`),
      expect.stringMatching(`^${unknown}: INDETERMINATE: `),
    ])
    expect((await sijil(['verify', good, unknown])).code).toBe(2)
    expect((await sijil(['verify', good, good])).code).toBe(0)
  })

  test('64: the command was typed wrongly, and the registry was not asked', async () => {
    const runs = await Promise.all([
      sijil(['verify', 'nothing.json']),
      sijil(['verify', 'https://elsewhere.example/v/0123456789ABCDEFGHJKMNPQRS']),
      sijil(['revoke', 'x', '--issuer', TESDA, '--reason', 'misconduct']),
      sijil(['unknown']),
    ])
    for (const { code, stdout } of runs) expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
  })

  test('65: the registry refused, and programs get the problem as JSON', async () => {
    await writeFile(input('scope.json'), JSON.stringify({ ...aBricklayer('CLI-2'), qualification: 'ph-rn' }))
    const { code, stdout, stderr } = await start(['issue', '--issuer', TESDA, '--json', 'scope.json'])
    expect([code, stdout]).toEqual([65, ''])
    expect(JSON.parse(stderr)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/type-not-in-scope` })
  })

  test('69: the registry did not answer', async () => {
    expect((await sijil(['verify', 'certificate.json'], { SIJIL_URL: 'http://127.0.0.1:9' })).code).toBe(69)
  })
})

test('the API accepts a token that the command fetched', async () => {
  const { code, stdout } = await sijil(['token', '--client', TESDA, '--scope', 'credentials:read'])
  expect(code).toBe(0)
  const answer = await registry.ask(`/issuers/${TESDA}/credentials`, { token: stdout.trim() })
  expect(answer.status).toBe(200)
  const elsewhere = await sijil(['list', '--issuer', TESDA], { SIJIL_TOKEN: stdout.trim(), SIJIL_DATA: folder })
  expect(elsewhere.code).toBe(0)
})

test('two officers named in demo.json propose and approve with tokens that the command fetched', async () => {
  const { officers } = JSON.parse(await readFile(join(registry.folder, 'demo.json'), 'utf8'))
  const [one, two] = officers as { authority: string; client: string }[]
  if (one === undefined || two === undefined) throw new Error('no two officers')
  const token = async (client: string, scope: string) =>
    (await sijil(['token', '--client', client, '--scope', scope])).stdout.trim()
  const base = `/authorities/${one.authority}`
  const proposed = await registry.ask(`${base}/accreditations`, {
    token: await token(one.client, 'registry:propose'),
    body: { grantee: DSD, scope: { qualifications: ['th-belec-1'], places: ['TH'] }, basis: 'decision 12' },
  })
  expect(proposed.status).toBe(202)
  const { id, hash } = proposed.json<Proposal>()
  const approving = await token(two.client, 'registry:approve')
  // An officer who may only approve can read the waiting proposal and its hash.
  const waiting = (await registry.ask(`${base}/proposals`, { token: approving })).json<{ proposals: Proposal[] }>()
  expect(waiting.proposals).toContainEqual(expect.objectContaining({ id, hash, state: 'open' }))
  const approved = await registry.ask(`${base}/proposals/${id}/approve`, { token: approving, body: { hash } })
  expect(approved.json()).toMatchObject({ state: 'carried-out' })
})

test('the command lists, releases and rejects what waits for a second person', async () => {
  const officers = await officersOf(registry)
  // An officer of another authority, because nobody approves a role for themselves.
  const approver = registry.demonstration.officers.find(({ authority }) => authority !== officers.authority)?.client
  if (approver === undefined) throw new Error('no second officer')
  await officers.decide(`${officers.base}/members`, { owner: DSD, subject: approver, roles: ['approve'] })
  await officers.decide(`/issuers/${DSD}/brake`, { authority: officers.authority, limit: 0, basis: 'decision 9' })
  const body = officerOf(registry, DSD)
  const certificates = [await body.issue(aThaiBricklayer('CLI-W1')), await body.issue(aThaiBricklayer('CLI-W2'))]
  const reason = ['--reason', 'issued-in-error']
  const ids: string[] = []
  for (const { id } of certificates) {
    const run = await sijil(['revoke', id, '--issuer', DSD, ...reason, '--json'])
    expect(run.code).toBe(3)
    ids.push(JSON.parse(run.stdout).id)
  }
  const waiting = (...words: string[]) => {
    registry.showAll()
    return sijil(['waiting', ...words, '--issuer', DSD])
  }
  const listed = await waiting('list')
  expect(listed).toMatchObject({ code: 0, stderr: '' })
  expect(listed.stdout.split('\n')[0]).toBe(`2 open, asked for by ${DSD}`)
  for (const id of ids) expect(listed.stdout).toContain(`${id}  open  revoke`)

  const asApprover = ['--client', approver]
  expect(await waiting('reject', ids[0] ?? '', '--why', 'a mistake', ...asApprover)).toMatchObject({ code: 0 })
  const released = await waiting('approve', '--all', '--asked-by', DSD, ...asApprover)
  expect(released).toMatchObject({ code: 0, stderr: '' })
  expect(released.stdout).toContain('1 released, 0 refused')
  // The member who asked for the action cannot release it.
  expect(await waiting('approve', ids[1] ?? '')).toMatchObject({ code: 65, stdout: '' })
  const verdicts = await Promise.all(certificates.map(({ link }) => sijil(['verify', link])))
  expect(verdicts.map(({ code }) => code)).toEqual([0, 1])
})
