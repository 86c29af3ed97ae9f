import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { PaperFault } from '../fault.ts'
import { limits } from './limits.ts'
import { kindOf } from './pictures.ts'

/** What a file of paper carries. No text of a page is read: it proves nothing. */
export interface ReadPaper {
  /** Attached files of a PDF. */
  attachments: readonly Uint8Array[]
  /** The texts of its QR codes, not followed and not checked. */
  codes: readonly string[]
}

/** Reads a PDF, or a photograph of a page. Throws `PaperFault`. */
export type PaperReader = (bytes: Uint8Array) => Promise<ReadPaper>

/** The program of the thread, and the reader that it loads. A bundle has both beside this module. */
function programs(): { program: URL; wasm: string } {
  const bundled = new URL('./paper-worker.mjs', import.meta.url)
  if (existsSync(bundled)) return { program: bundled, wasm: new URL('./pdfium.wasm', import.meta.url).pathname }
  const wasm = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')
  return { program: new URL('./worker.ts', import.meta.url), wasm }
}

/** Milliseconds between two looks at the time that a thread took. */
const LOOK_MS = 100

/** Reads one file after another, so that several large ones do not fill the memory together. */
export function openReader(): PaperReader {
  let last: Promise<unknown> = Promise.resolve()
  return (bytes) => {
    if (kindOf(bytes) === undefined) return Promise.reject(new PaperFault('kind-not-accepted'))
    const next = last.then(() => readInThread(bytes))
    last = next.catch(() => {})
    return next
  }
}

async function readInThread(bytes: Uint8Array): Promise<ReadPaper> {
  const { program, wasm } = programs()
  const thread = new Worker(program, {
    workerData: { bytes, kind: kindOf(bytes), wasm },
    resourceLimits: { maxOldGenerationSizeMb: limits.heap, maxYoungGenerationSizeMb: 16 },
    // The reader prints its complaints, which may quote the file.
    stdout: true,
    stderr: true,
    env: {},
    execArgv: [],
  })
  try {
    return await withinLimits(thread)
  } catch {
    throw new PaperFault('not-readable')
  } finally {
    await thread.terminate()
  }
}

/** The answer of the thread. Rejects if it fails or takes too long. */
function withinLimits(thread: Worker): Promise<ReadPaper> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadPaper>()
  const tooLong = () => reject(new TypeError('it took too long'))
  const end = setTimeout(tooLong, limits.wallMs)
  const looks = setInterval(() => {
    const spent = thread.cpuUsage().then(({ user, system }) => (user + system) / 1_000)
    spent.then((milliseconds) => milliseconds > limits.processorMs && tooLong()).catch(() => {})
  }, LOOK_MS)
  thread.once('message', resolve)
  thread.once('error', reject)
  thread.once('exit', () => reject(new TypeError('it ended without an answer')))
  return promise.finally(() => {
    clearTimeout(end)
    clearInterval(looks)
  })
}
