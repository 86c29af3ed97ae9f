import { describe, expect, test } from 'vitest'
import { runSijil, startSijil } from './testing/run-sijil.ts'

const commands = [
  'verify',
  'issue',
  'revoke',
  'suspend',
  'reinstate',
  'list',
  'show',
  'log',
  'domain',
  'token',
  'start',
]

/** Makes the process report an older version of Node. */
const older = `--import=data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })",
)}`

describe('sijil', () => {
  test('--help names every command and exit code', async () => {
    const { code, stdout } = await runSijil(['--help'])
    expect(code).toBe(0)
    for (const word of [...commands, 'SIJIL_URL', 'SIJIL_DATA', '64', '65', '69', '70']) expect(stdout).toContain(word)
  })

  test.each(commands)('%s --help gives an example, and offers --json', async (command) => {
    const { code, stdout } = await runSijil([command, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`$ sijil ${command}`)
    expect(stdout).toContain('--json')
  })

  test('--help works with wrong environment variables', async () => {
    expect((await runSijil(['verify', '--help'], { environment: { SIJIL_URL: 'nonsense' } })).code).toBe(0)
  })

  test('without arguments it shows the help, as an error', async () => {
    const run = await runSijil([])
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain('Usage: sijil')
  })

  test('an unknown command and a missing argument are usage errors, also in JSON', async () => {
    expect(await runSijil(['verfy'])).toEqual({
      code: 64,
      stdout: '',
      stderr: "sijil: unknown command 'verfy' (Did you mean verify?)\n",
    })
    const run = await runSijil(['show', '--issuer', 'x', '--json'])
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(JSON.parse(run.stderr)).toEqual({ type: 'about:blank', title: "missing required argument 'uuid'" })
  })
})

describe('the launcher', () => {
  test('on an older Node it continues with the Node of the repository', async () => {
    const run = await startSijil(['--version'], { nodeOptions: [older] })
    expect(run).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
  })

  test('keeps exit code and output when it does so', async () => {
    const run = await startSijil(['show', '--issuer', 'x'], { nodeOptions: [older] })
    expect(run).toEqual({ code: 64, stdout: '', stderr: "sijil: missing required argument 'uuid'\n" })
  })

  test('says what to do if that Node is too old as well, and does not start it again', async () => {
    const run = await startSijil(['--version'], { environment: { NODE_OPTIONS: older } })
    expect(run).toMatchObject({ code: 70, stdout: '' })
    expect(run.stderr).toContain('npm ci')
    expect(run.stderr).toContain('20.19.0')
  })
})
