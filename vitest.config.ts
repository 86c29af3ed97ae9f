import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** What measures a start or a hundred writers at once: a busy processor would be read as a slow one. */
const alone = ['test/journeys/restart.test.ts', 'infra/local/dynamodb.test.ts']

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'infra/**/*.test.ts', 'functions/**/*.test.ts'],
          exclude: alone,
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
