import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'infra/**/*.test.ts', 'functions/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Many journeys wait for what is a few seconds behind: on two cores one worker, which is the default there, would idle.
    maxWorkers: 2,
  },
})
