import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isFree } from '../../infra/local/loopback.ts'
import { freePort } from './free-port.ts'

/**
 * Test files run one after another in a few places (`VITEST_POOL_ID`). Demonstration data contains its address, so it is made once
 * for each place, and each file there gets a copy: to make it anew for each of them took a sixth of the whole run.
 */
const FOLDER = 'SIJIL_TEST_DEMONSTRATIONS'

/** Called once, before the first file (`globalSetup`). */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-demonstrations-'))
  process.env[FOLDER] = folder
  return () => rm(folder, { recursive: true, force: true })
}

let isTaken = false

/** Puts a copy of it into `folder`, and answers the port at which it is served; nothing where it must be made anew. */
export async function copyDemonstration(folder: string): Promise<number | undefined> {
  const { [FOLDER]: all, VITEST_POOL_ID: place } = process.env
  // Two registries of one file stand at two addresses.
  if (all === undefined || place === undefined || isTaken) return undefined
  isTaken = true
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
