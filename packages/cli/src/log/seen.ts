import { readFile } from 'node:fs/promises'
import type { Checkpoint } from '@sijil/tlog'
import { usageFailure } from '../failure.ts'
import { isObject, textAt } from '../json.ts'
import { writePrivate } from '../write-private.ts'

/** The last state of a log that was checked. With it, a later run can detect that the log contradicts it. */
export interface SeenLog {
  key: string
  size: number
  /** Base64. */
  root: string
}
export type Seen = Record<string, SeenLog>

/** Reads the state file. An empty object if there is no file yet. */
export async function readSeen(path: string): Promise<Seen> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`)
  })
  const value: unknown = parsed(text)
  if (!isObject(value) || !Object.values(value).every(isSeen))
    throw usageFailure(`${path} is not a state file of an earlier run`, 'It was not replaced. Find out who changed it.')
  return value as Seen
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isSeen = (value: unknown) =>
  isObject(value) &&
  textAt(value, 'key') !== undefined &&
  textAt(value, 'root') !== undefined &&
  Number.isSafeInteger(value.size)

export const writeSeen = (path: string, seen: Seen): Promise<void> =>
  writePrivate(path, `${JSON.stringify(seen, null, 2)}\n`, { force: true })

export const seenCheckpoint = (origin: string, { size, root }: SeenLog): Checkpoint => ({
  origin,
  size,
  root: new Uint8Array(Buffer.from(root, 'base64')),
  extensions: [],
})

export const seenOf = (key: string, { size, root }: Checkpoint): SeenLog => ({
  key,
  size,
  root: Buffer.from(root).toString('base64'),
})
