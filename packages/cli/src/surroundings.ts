import type { Readable } from 'node:stream'
import type { Manner } from './client.ts'
import type { Output } from './output.ts'
import type { Settings } from './settings.ts'

/** What every command is given. */
export interface Surroundings {
  /** Read when a command runs, so that help needs no good environment. */
  settings: () => Settings
  output: Output
  stdin: Readable
  asking: Manner
  /** For `verify`, whose answer is also an exit code. */
  leaveWith: (code: number) => void
}
