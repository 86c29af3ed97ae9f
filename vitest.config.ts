import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** What measures a start or a hundred writers at once: a busy processor would be read as a slow one. */
const measured = ['test/journeys/restart.test.ts', 'infra/local/dynamodb.test.ts']
/** They start registries, and a registry is a process's only one: each of these files has a process of its own. */
const whole = ['test/**/*.test.ts', 'infra/**/*.test.ts']
// Journeys wait for what a registry remembers for seconds: three files keep two processors busy.
const maxWorkers = Math.max(3, availableParallelism() - 1)

export default defineConfig({
  test: {
    // On a slow machine three files at a time: what takes longer hangs.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    pool: 'forks',
    globalSetup: 'test/support/demonstrations.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['packages/*/src/**/*.test.ts', 'functions/**/*.test.ts'],
          exclude: whole,
          isolate: false,
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: whole, exclude: measured, maxWorkers, sequence: { groupOrder: 1 } },
      },
      { extends: true, test: { name: 'alone', include: measured, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
})
