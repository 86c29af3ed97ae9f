import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isFree } from '../../infra/local/loopback.ts'
import { freePort } from './free-port.ts'

/**
 * Test files run one after another in a few workers (`VITEST_POOL_ID`). A demonstration contains its address, so it is made once for
 * each worker, and each file gets a copy. Making it for each file took a sixth of the whole run.
 */
const FOLDER = 'SIJIL_TEST_DEMONSTRATIONS'

/** Called once, before the first file (`globalSetup`). */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-demonstrations-'))
  process.env[FOLDER] = folder
  return () => rm(folder, { recursive: true, force: true })
}

let isUsed = false

/** Copies the demonstration to `folder`, and returns its port. `undefined` if this file must make its own. */
export async function copyDemonstration(folder: string): Promise<number | undefined> {
  const { [FOLDER]: all, VITEST_POOL_ID: place } = process.env
  // A second registry of the same file needs another address.
  if (all === undefined || place === undefined || isUsed) return undefined
  isUsed = true
  const made = join(all, place)
  const ready = join(all, `${place}.port`)
  if (!existsSync(ready)) {
    const port = await freePort()
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'make-demonstration.ts'), made, `${port}`])
    await writeFile(ready, `${port}`)
  }
  const port = Number(await readFile(ready, 'utf8'))
  if (!(await isFree(port))) return undefined
  await cp(made, folder, { recursive: true })
  return port
}
