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
