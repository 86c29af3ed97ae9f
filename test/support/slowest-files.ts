import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

const SHOWN = 10

/** Prints the ten slowest test files with their seconds, after a run of more than ten files. */
export default class SlowestFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length <= SHOWN) return
    const times = modules.map((module) => {
      const { collectDuration, setupDuration, duration } = module.diagnostic()
      return { file: relative(process.cwd(), module.moduleId), ms: collectDuration + setupDuration + duration }
    })
    const lines = times
      .toSorted((one, other) => other.ms - one.ms)
      .slice(0, SHOWN)
      .map(({ file, ms }) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${file}`)
    process.stdout.write(`\nThe slowest files:\n${lines.join('\n')}\n`)
  }
}
