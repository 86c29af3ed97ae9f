import { join } from 'node:path'
import { vi } from 'vitest'

/**
 * Runs before each file. Files share a process one after another, and each needs functions to be loaded again, because a function
 * reads its environment when it is imported. Packages stay loaded, because loading them is slow: those of others, and ours, which read
 * no environment (`asInProduction` in vitest.config.ts).
 */
vi.resetModules()

// A test that ran a command here and was stopped leaves its own folder, which is removed, as the current one.
process.chdir(join(import.meta.dirname, '../..'))

/** Each request writes a line of log. Thousands of them would hide what a test says, so lines about what went well are left out. */
const QUIET = Symbol.for('sijil.quiet')
const state = globalThis as { [QUIET]?: true }
if (state[QUIET] === undefined) {
  state[QUIET] = true
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = ((chunk: string | Uint8Array, ...more: []) =>
    (typeof chunk === 'string' && /^\{"at":"[^"]+","level":"info"/.test(chunk)) ||
    write(chunk, ...more)) as typeof process.stdout.write
}
