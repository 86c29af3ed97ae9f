import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Json } from './inputs.ts'

export interface Answer {
  errors?: { name: string; message: string }[]
  log?: { id: string; valid?: boolean; error?: object }[]
  additionalInformation?: { id: string; results: { schema: string; result: { valid: boolean; errors?: object[] } }[] }[]
}
interface Found {
  answer: Answer
  asked: string[]
}

/** A schema that it cannot load keeps the library busy until its memory is gone. So each credential has this much time and no more. */
const DEADLINE_MS = 20_000
const MEMORY_MB = 96

/** @digitalcredentials/verifier-core, which reads Open Badges. It runs in a process of its own, so that it can be stopped. */
export function openVerifierCore(baseUrl: string): { judge(credential: Json): Promise<Found>; close(): void } {
  let running: Promise<ChildProcess> | undefined
  const start = async () => {
    const child = fork(join(import.meta.dirname, 'verifier-core-process.ts'), [baseUrl], {
      // Discards its long output about schemas.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${MEMORY_MB}`],
    })
    const [stated] = await Promise.race([once(child, 'message'), once(child, 'close')])
    if (stated !== 'ready') throw new Error(`verifier-core did not start: ${stated}`)
    return child
  }
  const stop = async () => {
    const child = await running
    running = undefined
    child?.kill('SIGKILL')
  }
  return {
    async judge(credential) {
      running ??= start()
      const child = await running
      const stopped = AbortSignal.timeout(DEADLINE_MS)
      try {
        const answered = Promise.race([
          once(child, 'message', { signal: stopped }),
          once(child, 'close').then(() => Promise.reject(new Error('verifier-core ended without an answer'))),
        ])
        child.send(credential)
        const [found] = await answered
        return found as Found
      } catch (error) {
        await stop()
        throw stopped.aborted ? new Error('verifier-core gave no answer in time') : error
      }
    },
    close: () => void stop(),
  }
}
