import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A folder that only its owner may enter. */
export const privateFolder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 })

/** Writes a file that only its owner may read. After a crash there is the old file or the new one, never a part of one. */
export async function writeDurably(path: string, content: unknown): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.draft`)
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(content, undefined, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  const folder = await open(dirname(path))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** `undefined` if there is no such file. Throws if the file is not JSON. */
export async function findJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
