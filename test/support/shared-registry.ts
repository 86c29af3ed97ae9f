import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

/** The variable with the folder of the registry that several test files read. */
export const SHARED_FOLDER = 'SIJIL_TEST_SHARED'

/** Called once, before the first file of test/reading (`globalSetup`). Starts a registry as a separate process, which all of them read. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-shared-'))
  const program = join(import.meta.dirname, 'start-deployment.ts')
  const child = fork(program, [String(await freePort()), folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [outcome] = await Promise.race([once(child, 'message'), once(child, 'close')])
  if (outcome !== 'ready') throw new Error(`the shared registry did not start: ${outcome}`)
  process.env[SHARED_FOLDER] = folder
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
    await rm(folder, { recursive: true, force: true })
  }
}
