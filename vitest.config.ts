import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Workers and the programs that tests start load code that was compiled before.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

/** They measure time, so they run at the end, with the machine for themselves. */
const alone = ['test/journeys/first-paint.test.ts']
/** They start registries, one at a time in a process, each with functions as new modules (test/support/fresh-modules.ts). */
const registries = ['test/**/*.test.ts', 'infra/**/*.test.ts']
/** They only read, and share one registry. */
const reading = ['test/reading/**/*.test.ts']
const units = ['packages/*/src/**/*.test.ts', 'functions/**/*.test.ts']
/** They make every bundle, which takes as long as a tenth of all tests. */
const onlyWhole = ['test/infra/bundles.test.ts', 'test/infra/synth.test.ts']
const found = new Map<string, string[]>()
/** Globs each pattern once. */
function filesOf(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const files = found.get(pattern) ?? globSync(pattern)
    found.set(pattern, files)
    return files
  })
}

/** They go through a sample by `npm test`, and through everything by `npm run check:whole` (test/support/whole.ts). */
const sampled = filesOf([...units, ...registries]).filter((file) =>
  /from '[^']*support\/whole\.ts'/.test(readFileSync(file, 'utf8')),
)

const inWhole = new Set([...onlyWhole, ...sampled])

/**
 * Node loads our packages itself, as in production, so a worker compiles each of them once. Only functions read their environment when
 * they are imported, so only they, the local registry and the tests are loaded again for each file (docs/decisions/120).
 */
const asInProduction = /\/packages\/[a-z]+\/src\/.*(?<!\.test)\.ts$/

/** Small files that take long. They begin first, so that none of them runs alone at the end. */
const long = [
  'test/attacks/catalogue.test.ts',
  'test/attacks/mutants.test.ts',
  'test/audit-past.test.ts',
  'test/journeys/offline.test.ts',
  'test/journeys/restart.test.ts',
  'test/journeys/killed-batch.test.ts',
  'test/journeys/first-certificate-page.test.ts',
  'test/journeys/spreadsheet.test.ts',
  'test/journeys/log-keys.test.ts',
  'test/journeys/faults.test.ts',
  'test/journeys/faults-of-records.test.ts',
  'test/journeys/bootstrap.test.ts',
  'test/journeys/two-deployments.test.ts',
  'test/journeys/start.test.ts',
  'test/reading/browser-pages.test.ts',
  'test/reading/browser.test.ts',
  'test/reading/by-law.test.ts',
  'infra/local/dynamodb-killed.test.ts',
]

/** The projects that share the workers, in their order. A worker ends before one of another project begins, so each has its files together. */
const order = ['units', 'registries', 'reading']

/** Without the times of an earlier run, vitest begins with the largest files. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isShort = ({ moduleId }: TestSpecification) => !long.some((file) => moduleId.endsWith(`/${file}`))
    const place = (file: TestSpecification) => 2 * order.indexOf(file.project.name) + Number(isShort(file))
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other))
  }
}

// Journeys wait for answers: three files keep two processors busy, and a fourth makes each of them slower.
const maxWorkers = Math.max(3, availableParallelism() - 1)

/**
 * The contract of the store, and a part of the journeys, over another implementation of DynamoDB (`npm run check:moto`). It is one process
 * of Python that answers a tenth as fast, so only those that together ask each kind of question: reservations and claims, races for a
 * commit, decisions, lists by index and page, batches, files and deliveries.
 */
const overMoto = {
  extends: true as const,
  test: {
    name: 'moto',
    include: [
      'test/support/store.test.ts',
      ...['batches', 'faults', 'issuing', 'one-verifier', 'published-files', 'recognition', 'status', 'webhooks'],
      ...['accreditation', 'changes', 'keys', 'proposals', 'registers', 'suspension'].map((part) => `trust-${part}`),
    ].map((name) => (name.includes('/') ? name : `test/journeys/${name}.test.ts`)),
    globalSetup: 'test/support/demonstrations.ts',
    setupFiles: 'test/support/fresh-modules.ts',
    isolate: false,
    maxWorkers,
    // One process of Python answers the requests of a file one after another.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    env: { SIJIL_MOTO: 'yes', SIJIL_WHOLE: 'no' },
  },
}

export default defineConfig(({ mode }) => {
  const isWhole = mode === 'whole'
  const project = (name: string, include: readonly string[], exclude: readonly string[]) => ({
    name,
    include: isWhole ? filesOf(include).filter((file) => inWhole.has(file)) : [...include],
    exclude: isWhole ? [...exclude] : [...exclude, ...onlyWhole],
    env: { SIJIL_WHOLE: isWhole ? 'yes' : 'no' },
  })
  return {
    test: {
      reporters: ['default', './test/support/slowest-files.ts'],
      // A test that takes longer hangs, on a slow machine too.
      testTimeout: 90_000,
      hookTimeout: 180_000,
      server: { deps: { external: [asInProduction] } },
      pool: 'forks',
      // Requests leave much behind that lives for milliseconds. More room for it takes 6 per cent off the processor time.
      execArgv: ['--max-semi-space-size=64'],
      sequence: { sequencer: LongFirst },
      projects:
        mode === 'moto'
          ? [overMoto]
          : [
              {
                extends: true,
                test: { ...project('units', units, []), isolate: false, maxWorkers, sequence: { groupOrder: 0 } },
              },
              {
                extends: true,
                test: {
                  ...project('registries', registries, [...reading, ...alone]),
                  globalSetup: ['test/support/demonstrations.ts', 'test/support/one-browser.ts'],
                  setupFiles: 'test/support/fresh-modules.ts',
                  isolate: false,
                  maxWorkers,
                  sequence: { groupOrder: 0 },
                },
              },
              {
                extends: true,
                test: {
                  ...project('reading', reading, []),
                  globalSetup: ['test/support/shared-registry.ts', 'test/support/one-browser.ts'],
                  isolate: false,
                  maxWorkers,
                  sequence: { groupOrder: 0 },
                },
              },
              {
                extends: true,
                test: {
                  ...project('alone', alone, []),
                  globalSetup: 'test/support/one-browser.ts',
                  maxWorkers: 1,
                  sequence: { groupOrder: 1 },
                },
              },
            ],
    },
  }
})
