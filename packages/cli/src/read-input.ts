import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { CommandFailure, usageFailure } from './failure.ts'
import { isObject } from './json.ts'

/** The limit of the registry. */
const MAX_BYTES = 64 * 1024

/** Like `readInput`, for a file that must hold an object. */
export async function readObject(path: string, stdin: Readable): Promise<Record<string, unknown>> {
  const value = await readInput(path, stdin)
  if (isObject(value)) return value
  throw usageFailure(`${path === '-' ? 'stdin' : path} must hold one JSON object`)
}

/** Reads one JSON value from a file, or from stdin for `-`. It is strict, so that every parser reads the same value. */
export async function readInput(path: string, stdin: Readable): Promise<unknown> {
  const name = path === '-' ? 'stdin' : path
  const text = decode(name, await readBytes(name, path === '-' ? stdin : createReadStream(path)))
  // Imported only here, because most commands read no file and start faster without it.
  const { DocumentFault, readJson } = await import('@sijil/credentials')
  try {
    return readJson(text)
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error
    throw new CommandFailure('usage', {
      title: `${name} is not JSON that every parser reads in the same way`,
      errors: [{ pointer: error.pointer, detail: `${error.code}: ${error.message}` }],
    })
  }
}

async function readBytes(name: string, source: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of source) {
      const bytes = Buffer.from(chunk)
      length += bytes.length
      if (length > MAX_BYTES)
        throw usageFailure(`${name} is longer than 64 KiB`, 'The registry accepts no longer request.')
      chunks.push(bytes)
    }
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw usageFailure(`${name} cannot be read (${code})`)
  }
  return Buffer.concat(chunks)
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw usageFailure(`${name} is not UTF-8 text`)
  }
}
