import type { Readable } from 'node:stream'
import type { RetryPolicy } from './client.ts'
import type { Output } from './output.ts'
import type { Settings } from './settings.ts'

/** The arguments of every command. */
export interface Surroundings {
  /** Read when a command runs, so that `--help` works with wrong environment variables. */
  settings: () => Settings
  output: Output
  stdin: Readable
  now: () => Date
  retry: RetryPolicy
  /** For commands whose result is also an exit code, such as `verify`. */
  setExitCode: (code: number) => void
}
