import { randomUUID } from 'node:crypto'
import { access, constants, lstat, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { usageFailure } from './failure.ts'

/** Checks before issuing that the file can be written, so that no certificate is issued without a place to store it. */
export async function requireFree(path: string, { force }: { force: boolean }): Promise<void> {
  const there = await lstat(path).catch(() => undefined)
  if (there !== undefined && !force) throw alreadyExists(path)
  if (there?.isDirectory()) throw unwritable(path, { code: 'EISDIR' })
  // The trailing slash makes this fail if the path is a file.
  await access(join(dirname(path), '/'), constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw unwritable(path, error)
  })
}

/** Writes a file that only its owner can read. With `force` an existing file is replaced and not written to: it may be a link. */
export async function writePrivate(
  path: string,
  text: string,
  // `never`: an existing file is never replaced, and the error does not suggest --force.
  { force: how }: { force: boolean | 'never' },
): Promise<void> {
  const force = how === true
  const target = force ? `${path}.${randomUUID()}` : path
  try {
    await writeFile(target, text, { flag: 'wx', mode: 0o600 })
    if (force) await rename(target, path)
  } catch (error) {
    if (force) await rm(target, { force: true })
    throw codeOf(error) === 'EEXIST' ? alreadyExists(path, how !== 'never') : unwritable(path, error)
  }
}

const unwritable = (path: string, error: unknown) => usageFailure(`${path} cannot be written (${codeOf(error)})`)

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown'

const alreadyExists = (path: string, mayForce = true) =>
  usageFailure(
    `${path} already exists`,
    `Nothing was overwritten. Choose another name${mayForce ? ', or add --force' : ''}.`,
  )
