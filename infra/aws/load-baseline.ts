import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { clock } from '@sijil/functions/clock.ts'
import { commitStoreOf, readEnvironment } from '@sijil/functions/wiring.ts'
import { RegistryError } from '@sijil/registry'
import { loadBaseline, rehearseBaseline } from '@sijil/registry/decisions'
import { readBaselineFile } from './baseline-file.ts'

/**
 * Loads a baseline of the catalogue into a registry (docs/runbook.md, "Load a baseline"). The operator runs it by hand under the break-glass
 * role, once after an update from a version without it, and later for each corrected file. Without `--yes` it only counts.
 */
try {
  await run()
} catch (error) {
  if (!(error instanceof Error)) throw error
  const faults = error instanceof RegistryError ? (error.faults ?? []) : []
  process.stderr.write(`${error.message}\n${faults.map(({ pointer, detail }) => `  ${pointer} ${detail}\n`).join('')}`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { yes: { type: 'boolean' } }, allowPositionals: true })
  const [deploymentFile, baselineFile, ...others] = positionals
  if (deploymentFile === undefined || baselineFile === undefined || others.length > 0)
    throw new Error('usage: node infra/aws/load-baseline.ts deployment.json baseline.json [--yes]')
  const environment = readEnvironment(JSON.parse(readFileSync(deploymentFile, 'utf8')) as NodeJS.ProcessEnv)
  const request = readBaselineFile(baselineFile)
  const deps = () => ({ store: commitStoreOf(environment), now: clock() })
  const { version, readOn } = request.baseline
  const planned = await rehearseBaseline(request, deps())
  say(`${environment.BASE_URL}, table ${environment.COMMITS_TABLE}`)
  say(`  version ${version}, read on ${readOn}, SHA-256 ${request.digest}`)
  say(`  records that are new or changed: ${planned.stated.length}`)
  for (const stream of planned.stated) say(`    ${stream}`)
  if (planned.isLoaded) return say('This version is loaded already. Nothing was changed.')
  if (!values.yes) return say('Nothing was changed. Add --yes to load this.')
  const { written } = await loadBaseline(request, deps())
  say(`Loaded: ${written} records.`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
