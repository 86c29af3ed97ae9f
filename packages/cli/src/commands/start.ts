import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { CommandFailure, usageFailure } from '../failure.ts'
import type { Surroundings } from '../surroundings.ts'
import { whenOrphaned } from '../when-orphaned.ts'

const localServer = fileURLToPath(new URL('../../../../infra/local/start.mjs', import.meta.url))

export function addStart(program: Command, { output, leaveWith }: Surroundings): void {
  program
    .command('start')
    .description('Start a local registry, with demonstration data')
    .addHelpText(
      'after',
      `
Example:
  $ sijil start`,
    )
    .action(async () => {
      if (!existsSync(localServer))
        throw usageFailure(
          'The local registry is not here',
          'It comes with the repository: clone it, then `npm ci && npm start`.',
        )
      leaveWith(await runToItsEnd({ json: output.json }))
    })
}

/** Its words are for people: with `json` they go to stderr, and stdout stays empty. */
async function runToItsEnd({ json }: { json: boolean }): Promise<number> {
  const { SIJIL_DATA: folder, npm_lifecycle_event: byNpm } = process.env
  const child = spawn(process.execPath, [localServer], {
    cwd: dirname(dirname(dirname(localServer))),
    // It runs in another folder, and its data belong where the other commands look for them.
    env: { ...process.env, SIJIL_DATA: resolve(folder || '.sijil') },
    stdio: ['inherit', json ? 2 : 'inherit', 'inherit'],
  })
  // A terminal sends SIGINT to both: this one only has to outlive the other.
  process.on('SIGINT', () => {}).on('SIGTERM', () => child.kill('SIGTERM'))
  if (byNpm !== undefined) whenOrphaned(process.ppid, () => child.kill('SIGTERM'))
  return await new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new CommandFailure('unexpected', { title: 'The local registry could not be started' }, { cause })),
    )
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 70)))
  })
}
