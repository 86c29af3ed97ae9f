import { vi } from 'vitest'

/**
 * Before each file: files follow one another in a process, and each starts with our modules as new ones, since a function reads its
 * environment when it is imported. Packages of others stay loaded, which is what takes long.
 */
vi.resetModules()
