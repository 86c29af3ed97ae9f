import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { bareEnvironment } from '../support/bare-environment.ts'
import { resultOf } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { officerOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, officersOf, type Proposal } from './trust.ts'

/**
 * docs/runbook.md, "Found a registry". Runs its commands on its file, as a separate process over the embedded store and the KMS emulator.
 */
const root = join(import.meta.dirname, '../..')
const [AUTHORITY, BOARD, SCHOOL, SANDBOX] = ['example-authority', 'example-board', 'example-school', 'example-sandbox']
/** The local identity provider knows these officers. Their roles in other authorities give them no right here. */
const CLERK = TESDA
let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let folder: string
let manual: string
type File = Record<'authority' | 'sandbox', object> & { bodies: object[] }
let file: File
const environmentOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, process.env[name]]))

beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  folder = await mkdtemp(join(tmpdir(), 'sijil-founding-'))
  manual = (await readFile(join(root, 'docs/runbook.md'), 'utf8')).split('### Found a registry')[1] ?? ''
  const [one, two] = registry.demonstration.officers.map(({ client }) => client)
  const [, written = ''] = /```json\n(.*?)```/s.exec(manual) ?? []
  file = JSON.parse(
    written
      .replaceAll('subject-of-the-first', one ?? '')
      .replaceAll('subject-of-the-second', two ?? '')
      .replaceAll('subject-of-a-clerk', CLERK),
  )
  const given = [
    'BASE_URL',
    'COMMITS_TABLE',
    'BOXES_TABLE',
    'ARTEFACTS_BUCKET',
    'SECRETS_KEY_ID',
    'ROLES',
    'KEY_ADMINISTRATOR',
    'APPROVING_SIGN_IN',
    'TOKEN_ISSUER',
    'TOKEN_JWKS_URL',
    'DEMONSTRATION',
  ]
  await writeFile(join(folder, 'deployment.json'), JSON.stringify(environmentOf(given)))
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true, force: true })
})

const credentials = ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL_KMS']

/** The same command lines as in the runbook. */
async function run(content: object | string, { yes = false, store = process.env.AWS_ENDPOINT_URL_DYNAMODB } = {}) {
  await writeFile(join(folder, 'founding.json'), typeof content === 'string' ? content : JSON.stringify(content))
  const lines = [
    ...manual.matchAll(/^node (infra\/aws\/bootstrap-registry\.ts) (deployment\.json founding\.json(?: --yes)?)$/gm),
  ]
  const [, script = '', words = ''] = lines.find(([line]) => line.endsWith('--yes') === yes) ?? []
  const env = { ...bareEnvironment(), ...environmentOf(credentials), AWS_ENDPOINT_URL_DYNAMODB: store }
  return resultOf(spawn(process.execPath, [join(root, script), ...words.split(' ')], { cwd: folder, env }))
}
const isThere = async (id: string) => (await localParts().store.read(`${id}/trust` as never)).length > 0

test('a dry run says what it would record, and records nothing', async () => {
  const { code, stdout, stderr } = await run(file)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain(`${registry.baseUrl}, table SijilCommits`)
  expect(stdout).toMatch(/example-authority authority-registered .*Example Skills Authority/)
  expect(stdout).toMatch(/example-board established .*Example Act \(2026\), section 4.*th-brick-1/)
  expect(stdout).toMatch(new RegExp(`example-board member-added .*${CLERK}.*"issue"`))
  expect(stdout).toContain('Nothing was changed. Add --yes')
  expect(await Promise.all([AUTHORITY, BOARD].map(isThere))).toEqual([false, false])
})

test('after the bootstrap two officers accredit a body that issues, and a body established by law issues at once', async () => {
  expect(await run(file, { yes: true })).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/Recorded\.\n$/),
  })
  const decide = async (path: string, body: object) => {
    const proposed = await officers.first(`/authorities/${AUTHORITY}${path}`, body)
    expect([proposed.status, proposed.text]).toEqual([202, expect.anything()])
    const { id, hash } = proposed.json<Proposal>()
    const approval = `/authorities/${AUTHORITY}/proposals/${id}/approve`
    expect((await officers.first(approval, { hash })).status).toBe(403)
    expect((await officers.second(approval, { hash })).json()).toMatchObject({ state: 'carried-out' })
  }
  const identity = { name: 'Example School', state: 'TH', website: 'https://school.example' }
  await decide('/bodies', { id: SCHOOL, identity })
  const scope = { qualifications: ['th-brick-1'], places: ['TH'] }
  await decide('/accreditations', { grantee: SCHOOL, scope, basis: 'decision 1', effectiveFrom: '2026-01-01' })
  await decide('/members', { owner: SCHOOL, subject: CLERK, roles: ['issue'] })

  const token = await registry.token(CLERK, 'credentials:issue')
  for (const body of [SCHOOL, BOARD]) {
    const issued = await registry.ask(`/issuers/${body}/credentials`, {
      body: aThaiBricklayer('FOUNDED-1'),
      token,
      headers: { 'idempotency-key': 'founded-1' },
    })
    expect([issued.status, issued.text]).toEqual([201, expect.anything()])
    const { verdict, issuer } = await verify(registry, { link: issued.json<{ link: string }>().link })
    const chain = issuer.today.chain.map(({ id }) => id)
    expect([verdict, chain]).toEqual(['valid', expect.arrayContaining([body === SCHOOL ? AUTHORITY : BOARD])])
  }
})

test('the same file again changes nothing, and a different one is refused', async () => {
  const before = await localParts().store.read(`${BOARD}/trust` as never)
  const again = await run(file, { yes: true })
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing was changed') })
  const [board] = file.bodies
  const wider = { grant: 'main', law: 'Example Act (2026), section 4', scope: { places: ['TH'] } }
  for (const yes of [false, true]) {
    const { code, stderr } = await run({ bodies: [{ ...board, established: [wider] }] }, { yes })
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${BOARD} is registered already, by another request`)])
  }
  expect(await localParts().store.read(`${BOARD}/trust` as never)).toEqual(before)
})

test('a registry that accepts demonstrations can bootstrap a sandbox, which signs any document', async () => {
  const sandbox = {
    id: SANDBOX,
    identity: {
      name: 'Second sandbox (demonstration)',
      state: 'ASEAN',
      website: 'https://sandbox.example',
      demonstration: true,
    },
    effectiveFrom: '2026-01-01',
    members: [{ subject: CLERK, roles: ['issue', 'status'] }],
  }
  expect(await run({ sandbox }, { yes: true })).toMatchObject({ code: 0, stderr: '' })
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: `did:web:${new URL(registry.baseUrl).host.replace(':', '%3A')}:issuers:${SANDBOX}`,
    credentialSubject: { id: 'urn:example:1' },
  }
  const signed = await officerOf(registry, CLERK).token.then((token) =>
    registry.ask(`/issuers/${SANDBOX}/credentials/issue`, { body: { credential, options: {} }, token }),
  )
  expect([signed.status, signed.text]).toEqual([201, expect.stringContaining('proof')])
})

test('an unreadable file, or one with a wrong member, is refused with the place of the fault', async () => {
  const misspelt = await run({ ...file, authoritty: {} }, { yes: true })
  expect(misspelt).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('/authoritty unknown member') })
  const { code, stderr } = await run('{', { yes: true })
  expect([code, stderr]).toEqual([1, expect.stringContaining('founding.json is not JSON')])
})

test('if the store cannot be reached, the operator reads so in one line without internals', async () => {
  const { code, stdout, stderr } = await run(file, { yes: true, store: 'http://127.0.0.1:1' })
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^.+\n$/)
})

/** Runs last: the programs above use the machine's clock, and this test moves the registry's. */
test('the authority is listed with its legal reference', async () => {
  const listed = async () => {
    const answer = await registry.ask('/authorities?state=TH&limit=100')
    return answer.json<{ authorities: { id: string }[] }>().authorities.find(({ id }) => id === AUTHORITY)
  }
  expect(await registry.later(listed)).toMatchObject({ accepted: true, legalReference: 'Example Act (2026)' })
})
