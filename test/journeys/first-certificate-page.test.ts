import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'

/** Types the commands of docs/first-certificate.md word for word, in a clone in which nothing was started yet. */

const root = join(import.meta.dirname, '../..')
const page = await readFile(join(root, 'docs/first-certificate.md'), 'utf8')
const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block)
const [prepare = '', start = '', issue = '', byHand = '', check = '', change = '', refusal = '', ...more] = blocks

let clone: string
let environment: NodeJS.ProcessEnv
let registry: ChildProcess | undefined
beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'sijil-clone-'))
  for (const name of await readdir(root))
    if (!/^\.(?:git|sijil)$/.test(name)) await symlink(join(root, name), join(clone, name))
  const port = String(await freePort())
  environment = {
    // Uses the PATH of the machine. `npm test` puts a newer Node in front, which a reader of the page may not have.
    PATH: [
      ...(process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules')),
      dirname(process.execPath),
    ].join(':'),
    HOME: clone,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    PORT: port,
    SIJIL_URL: `http://localhost:${port}`,
    npm_config_offline: 'true',
  }
})
afterAll(async () => {
  if (registry?.pid !== undefined && registry.exitCode === null) {
    process.kill(-registry.pid, 'SIGTERM')
    await once(registry, 'close')
  }
  await rm(clone, { recursive: true, force: true })
})

/** Starts the same program as `npx`, in a third of the time. */
const quickly = 'npx() { node_modules/.bin/"$@"; }'

/** Runs one block in one shell. A command that does not exit with 0 is reported at its end. */
async function type(block: string, before = ''): Promise<string[]> {
  const script = `trap 'echo "ended in $?"' ERR\n${before}\n${block.replaceAll('http://localhost:4700', '$SIJIL_URL')}`
  const child = execFile('bash', ['-c', script], { cwd: clone, env: environment })
  const [stated, wrong] = await Promise.all([text(child.stdout as never), text(child.stderr as never)])
  return [...stated.split('\n'), ...wrong.split('\n')].filter((line) => line !== '')
}
const endings = (lines: readonly string[]) => lines.filter((line) => line.startsWith('ended in'))
const verdicts = (lines: readonly string[]) => lines.filter((line) => /^(?:IN)?VALID/.test(line))
/** Each test runs several commands in separate processes, which take several times as long on a busy machine. */
const PATIENCE_MS = 240_000

test('this file types every block of the page', () => {
  expect([prepare, start, issue, byHand, check, change, refusal].filter((block) => block === '')).toEqual([])
  expect(more).toEqual([])
  expect(start).toBe('npm start\n')
})

test('1 and 2: with a body of one’s own, the first start says that it is ready', { timeout: PATIENCE_MS }, async () => {
  // The packages are installed already, so `true` stands for `npm ci`.
  expect(await type(prepare.replace(/^npm ci$/m, 'true'))).toEqual([])
  registry = spawn('npm', ['start'], {
    cwd: clone,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stated = ''
  registry.stdout?.on('data', (chunk) => (stated += chunk))
  await expect.poll(() => stated, { timeout: PATIENCE_MS / 2 }).toContain(`Sijil is ready: ${environment.SIJIL_URL}`)
  expect(
    await (await fetch(`${environment.SIJIL_URL}/issuers/harbour-crafts`, { headers: { accept: 'text/html' } })).text(),
  ).toContain('Harbour Crafts Certification (demonstration)')
})

test('3: the command issues a certificate, and so does a request by hand (R-017)', {
  timeout: PATIENCE_MS,
}, async () => {
  // Here `npx` finds the program. The tests below start the same one.
  const issued = await type(issue)
  expect(endings(issued)).toEqual([])
  expect(issued.join('\n')).toContain(`${environment.SIJIL_URL}/v/`)
  const answered = await type(byHand)
  expect(endings(answered)).toEqual([])
  expect(answered.join('\n')).toContain('"verifiableCredential"')
  const missing = await type(byHand.replace('"BENITO"', '""'), quickly)
  expect(missing.join('\n')).toContain('/problems/validation-failed')
})

test('4: an altered certificate fails at the check that the page names', { timeout: PATIENCE_MS }, async () => {
  const checked = await type(check, quickly)
  expect(verdicts(checked).map((line) => line.split(':')[0])).toEqual(['VALID', 'INVALID'])
  expect(endings(checked)).toEqual(['ended in 1'])
  const [words = ''] = /`INVALID: [^`]+`/.exec(page) ?? []
  expect(verdicts(checked)[1]).toContain(words.slice(1, -1))
})

test('5: a suspension, a reinstatement and a revocation each count for the next check', {
  timeout: PATIENCE_MS,
}, async () => {
  const changed = await type(change, quickly)
  expect(verdicts(changed)).toEqual([
    expect.stringMatching(/^INVALID: failed at status \(suspended\)/),
    expect.stringMatching(/^VALID: /),
    expect.stringMatching(/^INVALID: failed at status \(revoked\)/),
  ])
  // Only the two verdicts end in an error: suspend, reinstate, revoke and show succeed.
  expect(endings(changed)).toEqual(['ended in 1', 'ended in 1'])
  expect(changed.join('\n')).toContain('the name was typed wrongly')
})

test('6: a qualification that the body may not issue is refused in the words of the page', {
  timeout: PATIENCE_MS,
}, async () => {
  const refused = await type(refusal, quickly)
  expect(endings(refused)).toEqual(['ended in 65'])
  const [, words = ''] = /so this ends in `([^`]+)`/.exec(page) ?? []
  expect(words).not.toBe('')
  expect(refused.join('\n')).toContain(words)
})
