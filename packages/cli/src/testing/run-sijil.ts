import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

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

/** The command as somebody types it: a process of its own, that inherits nothing but the way to programs. */
export async function runSijil(
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
  const run: Run = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    run.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    run.stderr += text
  })
  // A command that does not read stdin closes it.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  run.code = await new Promise((resolve) => child.on('close', resolve))
  return run
}
