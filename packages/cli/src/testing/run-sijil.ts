import { spawn } from 'node:child_process'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { run } from '../run.ts'

export interface Run {
  code: number | null
  stdout: string
  stderr: string
}

const command = fileURLToPath(new URL('../../bin/sijil.mjs', import.meta.url))

/** For `nodeOptions`: in the process that is given it, no file can be written. */
export const fullDisk = `--import=data:text/javascript,${encodeURIComponent(
  `import fs from 'node:fs/promises'
  import { syncBuiltinESMExports } from 'node:module'
  fs.writeFile = async () => { throw Object.assign(new Error('no space left'), { code: 'ENOSPC' }) }
  syncBuiltinESMExports()`,
)}`

/** The command in this process: what it is given stands in for its environment and its streams. */
export async function runSijil(
  words: readonly string[],
  { environment = {}, stdin = '' }: { environment?: Record<string, string>; stdin?: string } = {},
): Promise<Run> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await run(words, environment, { stdin: Readable.from([Buffer.from(stdin)]), stdout, stderr })
  const stated = [stdout, stderr].map((stream) => text(stream.end()))
  return { code, stdout: (await stated[0]) ?? '', stderr: (await stated[1]) ?? '' }
}

/** The command as somebody types it: a process of its own, that inherits nothing but the way to programs. */
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
    env: { PATH: process.env.PATH, ...environment },
    stdio: 'pipe',
  })
  const ran: Run = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (stated) => {
    ran.stdout += stated
  })
  child.stderr.setEncoding('utf8').on('data', (stated) => {
    ran.stderr += stated
  })
  // A command that does not read stdin closes it.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  ran.code = await new Promise((resolve) => child.on('close', resolve))
  return ran
}
