import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { CommandFailure, usageFailure } from '../failure.ts'
import type { Surroundings } from '../surroundings.ts'
import { whenOrphaned } from '../when-orphaned.ts'

const localServer = fileURLToPath(new URL('../../../../infra/local/start.mjs', import.meta.url))

export function addStart(program: Command, { output, setExitCode }: Surroundings): void {
  program
    .command('start')
    .description('Start a local registry, with demonstration bodies')
    .addHelpText(
      'after',
      `
Example:
  $ sijil start`,
    )
    .action(async () => {
      if (!existsSync(localServer))
        throw usageFailure(
          'There is no local registry here',
          'It is part of the repository. Clone it, then run `npm ci && npm start`.',
        )
      setExitCode(await runToItsEnd({ json: output.json }))
    })
}

/** The output of the local registry is for people. With `json` it goes to stderr, and stdout stays empty. */
async function runToItsEnd({ json }: { json: boolean }): Promise<number> {
  const { SIJIL_DATA: folder, npm_lifecycle_event: byNpm } = process.env
  const child = spawn(process.execPath, [localServer], {
    cwd: dirname(dirname(dirname(localServer))),
    // It runs in another folder, so it needs the absolute path of the folder that the other commands use.
    env: { ...process.env, SIJIL_DATA: resolve(folder || '.sijil') },
    stdio: ['inherit', json ? 2 : 'inherit', 'inherit'],
  })
  // A terminal sends SIGINT to both processes. This one waits until the other has ended.
  process.on('SIGINT', () => {}).on('SIGTERM', () => child.kill('SIGTERM'))
  if (byNpm !== undefined) whenOrphaned(process.ppid, () => child.kill('SIGTERM'))
  return await new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new CommandFailure('unexpected', { title: 'The local registry could not be started' }, { cause })),
    )
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 70)))
  })
}
