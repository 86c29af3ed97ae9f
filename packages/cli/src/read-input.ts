import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { CommandFailure, usageFailure } from './failure.ts'

/** As much as the registry takes. */
const MAX_LENGTH = 64 * 1024

/** One JSON value from a file, or from stdin for `-`: strictly, so that nobody else can read it as something else. */
export async function readInput(path: string, stdin: Readable): Promise<unknown> {
  const name = path === '-' ? 'stdin' : path
  const text = decode(name, await readBytes(name, path === '-' ? stdin : createReadStream(path)))
  // Here and not above: most commands read no file, and start the sooner.
  const { DocumentFault, readJson } = await import('@sijil/credentials')
  try {
    return readJson(text)
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error
    throw new CommandFailure('usage', {
      title: `${name} is not JSON that everybody reads alike`,
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
      if (length > MAX_LENGTH)
        throw usageFailure(`${name} is longer than 64 KiB`, 'No certificate is, and the registry takes none that is.')
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
