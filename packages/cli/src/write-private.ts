import { randomUUID } from 'node:crypto'
import { access, constants, lstat, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { usageFailure } from './failure.ts'

/** Asked before anything is issued: nobody shall be left with a certificate that has no place. */
export async function requireFree(path: string, { force }: { force: boolean }): Promise<void> {
  const there = await lstat(path).catch(() => undefined)
  if (there !== undefined && !force) throw taken(path)
  if (there?.isDirectory()) throw unwritable(path, { code: 'EISDIR' })
  // With a slash at the end: a file is no folder.
  await access(join(dirname(path), '/'), constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw unwritable(path, error)
  })
}

/** For the eyes of its owner only. With `force` what was there is replaced whole, never written through: it may be a link. */
export async function writePrivate(
  path: string,
  text: string,
  // `never`: what is there is not to be replaced, whatever is said.
  { force: how }: { force: boolean | 'never' },
): Promise<void> {
  const force = how === true
  const target = force ? `${path}.${randomUUID()}` : path
  try {
    await writeFile(target, text, { flag: 'wx', mode: 0o600 })
    if (force) await rename(target, path)
  } catch (error) {
    if (force) await rm(target, { force: true })
    throw codeOf(error) === 'EEXIST' ? taken(path, how !== 'never') : unwritable(path, error)
  }
}

export const unwritable = (path: string, error: unknown) => usageFailure(`${path} cannot be written (${codeOf(error)})`)

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown'

const taken = (path: string, mayForce = true) =>
  usageFailure(
    `${path} exists already`,
    `Nothing was overwritten. Choose another name${mayForce ? ', or add --force' : ''}.`,
  )
