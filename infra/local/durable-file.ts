import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A folder that only its owner may enter. */
export const privateFolder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 })

/** Writes a file that only its owner may read. After a crash there is the old file or the new one, never a part of one. */
export async function writeDurably(path: string, content: unknown): Promise<void> {
  const draft = await writeDraft(path, `${JSON.stringify(content, undefined, 2)}\n`)
  await rename(draft, path)
  await syncFolderOf(path)
}

/** The same for bytes. */
export async function replaceBytes(path: string, bytes: Uint8Array): Promise<void> {
  await rename(await writeDraft(path, bytes), path)
  await syncFolderOf(path)
}

/** Writes a file like `writeDurably`, but never over another. Answers whether it did. */
export async function writeOnce(path: string, bytes: Uint8Array): Promise<boolean> {
  const draft = await writeDraft(path, bytes)
  try {
    await link(draft, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await unlink(draft)
  }
  await syncFolderOf(path)
  return true
}

async function writeDraft(path: string, content: string | Uint8Array): Promise<string> {
  const draft = join(dirname(path), `.${randomUUID()}.draft`)
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  return draft
}

async function syncFolderOf(path: string): Promise<void> {
  const folder = await open(dirname(path))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** `undefined` if there is no such file. */
export async function findBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** `undefined` if there is no such file. Throws if the file is not JSON. */
export async function findJson(path: string): Promise<unknown> {
  const bytes = await findBytes(path)
  return bytes && JSON.parse(bytes.toString('utf8'))
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
