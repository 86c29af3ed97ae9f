import { vi } from 'vitest'

/**
 * Runs before each file. Files share a process one after another, and each needs our modules to be loaded again, because a function
 * reads its environment when it is imported. Packages of others stay loaded, because loading them is slow.
 */
vi.resetModules()
