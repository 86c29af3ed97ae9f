import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BoxStore, CommitStore } from '@sijil/registry'
import { MemoryArtefacts } from '../test/support/memory-artefacts.ts'
import { MemoryStore } from '../test/support/memory-store.ts'

/** What the process of a batch measured of itself. */
export interface BatchMeasured {
  rows: number
  issued: number
  /** Rows that get their certificate in a second of processor time. */
  perSecond: number
  /** Seconds of real time for the whole job, of the file and of its rows. */
  seconds: number
  /** The most memory that the process had at any moment, in MiB. */
  peakMiB: number
}

export interface StoreAsked {
  call: number
  verb: keyof (CommitStore & BoxStore) | 'readFile' | 'putFile'
  given: unknown[]
}
export type StoreAnswered = { call: number; value: unknown } | { call: number; code: string; message: string }

/** Rows that are issued unless more are asked for. All 100,000 take a quarter of an hour. */
export const DEFAULT_ROWS = 1_000
/** Of the objects of the process. Its code, buffers and new objects come to it. */
const HEAP_MIB = 220

/**
 * Issues a batch in a process of its own, from the bytes of its file to the last row. The store is here, as DynamoDB is in another place,
 * so the memory that is measured is that of the job. The file always has 100,000 rows. Those from `rows` on have no name and are left out.
 */
export function measureBatch(rows: number): Promise<BatchMeasured> {
  const store = new MemoryStore()
  const files = new MemoryArtefacts()
  const verbs = {
    ...Object.fromEntries(
      (['read', 'latest', 'list', 'append', 'claim', 'find', 'put'] as const).map((verb) => [
        verb,
        (...given: never[]) => (store[verb] as (...all: never[]) => Promise<unknown>).apply(store, given),
      ]),
    ),
    readFile: (...given: never[]) => (files.read as (...all: never[]) => Promise<unknown>).apply(files, given),
    putFile: (...given: never[]) => (files.put as (...all: never[]) => Promise<unknown>).apply(files, given),
  } as Record<StoreAsked['verb'], (...given: never[]) => Promise<unknown>>
  const child = fork(fileURLToPath(new URL('batch-process.ts', import.meta.url)), [String(rows)], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
  })
  return new Promise((resolved, rejected) => {
    child.on('message', (message: StoreAsked | BatchMeasured) => {
      if (!('call' in message)) return resolved(message)
      const { call, verb, given } = message
      verbs[verb](...(given as never[])).then(
        (value) => child.send({ call, value } satisfies StoreAnswered),
        (error: { code?: string; message: string }) =>
          child.send({ call, code: error.code ?? 'internal', message: error.message } satisfies StoreAnswered),
      )
    })
    child.on('exit', (code) => code !== 0 && rejected(new Error(`the process of the batch ended with ${code}`)))
  })
}

/** Alone: `node bench/batch.ts 100000`. The store of so many certificates takes some gigabytes. */
if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(await measureBatch(Number(process.argv[2] ?? DEFAULT_ROWS)))
