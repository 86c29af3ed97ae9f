import { randomUUID } from 'node:crypto'
import { access, rename, rm, writeFile } from 'node:fs/promises'
import { usageFailure } from './failure.ts'

/** Asked before anything is issued: nobody shall be left with a certificate that has no place. */
export async function requireFree(path: string, { force }: { force: boolean }): Promise<void> {
  if (force) return
  const exists = await access(path).then(
    () => true,
    () => false,
  )
  if (exists) throw taken(path)
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
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw code === 'EEXIST' ? taken(path, how !== 'never') : usageFailure(`${path} cannot be written (${code})`)
  }
}

const taken = (path: string, mayForce = true) =>
  usageFailure(
    `${path} exists already`,
    `Nothing was overwritten. Choose another name${mayForce ? ', or add --force' : ''}.`,
  )
