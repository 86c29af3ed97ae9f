import { spawn } from 'node:child_process'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { bareEnvironment } from '../../../../test/support/bare-environment.ts'
import { run } from '../run.ts'

export interface Run {
  code: number | null
  stdout: string
  stderr: string
}

const command = fileURLToPath(new URL('../../bin/sijil.mjs', import.meta.url))

/** For `nodeOptions`: no file can be written in that process. */
export const fullDisk = `--import=data:text/javascript,${encodeURIComponent(
  `import fs from 'node:fs/promises'
  import { syncBuiltinESMExports } from 'node:module'
  fs.writeFile = async () => { throw Object.assign(new Error('no space left'), { code: 'ENOSPC' }) }
  syncBuiltinESMExports()`,
)}`

/** Runs the command in this process, with the given environment and streams. */
export async function runSijil(
  words: readonly string[],
  {
    environment = {},
    stdin = '',
    typed,
    now,
  }: {
    environment?: Record<string, string | undefined>
    stdin?: string
    /** What a person types at a terminal. */
    typed?: string
    now?: () => Date
  } = {},
): Promise<Run> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const input = Object.assign(Readable.from([Buffer.from(typed ?? stdin)]), { isTTY: typed !== undefined })
  const code = await run(words, environment, { stdin: input, stdout, stderr }, now)
  const outputs = [stdout, stderr].map((stream) => text(stream.end()))
  return { code, stdout: (await outputs[0]) ?? '', stderr: (await outputs[1]) ?? '' }
}

/** Runs the command as a separate process, as a user does. It inherits only PATH and a cache. */
export async function startSijil(
  words: readonly string[],
  {
    environment = {},
    stdin = '',
    nodeOptions = [],
    script = command,
  }: { environment?: Record<string, string>; stdin?: string; nodeOptions?: string[]; script?: string } = {},
): Promise<Run> {
  const child = spawn(process.execPath, [...nodeOptions, script, ...words], {
    env: { ...bareEnvironment(), ...environment },
    stdio: 'pipe',
  })
  const ran: Run = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    ran.stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    ran.stderr += chunk
  })
  // Writing fails if the command ends without reading stdin.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  ran.code = await new Promise((resolve) => child.on('close', resolve))
  return ran
}
