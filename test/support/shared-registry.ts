import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

/** The variable with the folder of the registry that several test files read. */
const SHARED_FOLDER = 'SIJIL_TEST_SHARED'

const OUTCOME = 'test-outcome'

/**
 * Called once, before the first file (`globalSetup`). Starts a registry as a separate process, which all files of test/reading read. It
 * does not wait until the registry is ready: other files run first.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-shared-'))
  const program = join(import.meta.dirname, 'start-deployment.ts')
  const child = fork(program, [String(await freePort()), folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  void Promise.race([once(child, 'message'), once(child, 'close')]).then(([outcome]) =>
    writeFile(join(folder, OUTCOME), String(outcome)),
  )
  process.env[SHARED_FOLDER] = folder
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
    await rm(folder, { recursive: true, force: true })
  }
}

/** The folder of the shared registry, once it is ready. */
export async function sharedFolder(): Promise<string> {
  const { [SHARED_FOLDER]: folder } = process.env
  if (folder === undefined) throw new Error('there is no shared registry here: this file belongs in test/reading')
  let outcome = ''
  await until(async () => {
    outcome = await readFile(join(folder, OUTCOME), 'utf8').catch(() => '')
    return outcome !== ''
  })
  if (outcome !== 'ready') throw new Error(`the shared registry did not start: ${outcome}`)
  return folder
}
