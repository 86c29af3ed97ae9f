import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseFoundings } from '@sijil/functions/answers/bootstrap-input.ts'
import { clock } from '@sijil/functions/clock.ts'
import { commitStoreOf, keyMakerOf, policyOf, readEnvironment, secretMakerOf } from '@sijil/functions/wiring.ts'
import type { Commit, RegistryError } from '@sijil/registry'
import { bootstrapRegistry, loadFirstBaseline, rehearseBootstrap } from '@sijil/registry/decisions'
import { readBaselineFile } from './baseline-file.ts'

const SHIPPED = new URL('../../packages/qualifications/data/baseline.json', import.meta.url)

/**
 * Loads the baseline of the catalogue, and records the first authority, bodies established by law, and the sandbox (docs/runbook.md, "Found a registry"). The operator runs it by hand
 * under the break-glass role, because no function may decide this without two officers. Without `--yes` it only prints what it would record.
 */
try {
  await run()
} catch (error) {
  const { message, cause, faults = [] } = error as Partial<RegistryError>
  const why = cause instanceof Error ? ` (${cause.name})` : ''
  process.stderr.write(`${message}${why}\n${faults.map(({ pointer, detail }) => `  ${pointer} ${detail}\n`).join('')}`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { yes: { type: 'boolean' } }, allowPositionals: true })
  const [deploymentFile, bootstrapFile] = positionals
  if (deploymentFile === undefined || bootstrapFile === undefined || positionals.length > 2)
    throw new Error('usage: node infra/aws/bootstrap-registry.ts deployment.json founding.json [--yes]')
  const environment = readEnvironment(jsonOf(deploymentFile) as NodeJS.ProcessEnv)
  const bootstraps = parseFoundings(jsonOf(bootstrapFile))
  const deps = () => ({
    store: commitStoreOf(environment),
    keys: keyMakerOf(environment),
    secrets: secretMakerOf(environment),
    policy: policyOf(environment),
    baseUrl: environment.BASE_URL,
    now: clock(),
  })
  // All sections are checked before any is written. Otherwise one could be refused after another was recorded.
  const baseline = readBaselineFile(SHIPPED)
  const planned = await rehearseBootstrap(bootstraps, deps(), baseline)
  say(`${environment.BASE_URL}, table ${environment.COMMITS_TABLE}`)
  const isBaseline = ({ actor }: Commit<object>) => actor === 'system:baseline'
  if (planned.some(isBaseline)) say(`  baseline version ${baseline.baseline.version}`)
  for (const commit of planned) if (!isBaseline(commit)) say(lineOf(commit))
  if (planned.length === 0) return say('All of this is recorded already. Nothing was changed.')
  if (!values.yes) return say('Nothing was changed. Add --yes to record this.')
  // First, because scopes name its records.
  await loadFirstBaseline(baseline, deps())
  for (const bootstrap of bootstraps) await bootstrapRegistry(bootstrap, deps())
  say('Recorded.')
}

function jsonOf(file: string): unknown {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${file} is not JSON: ${(cause as Error).message}`, { cause })
  }
}

/** The commit as it will be recorded, without the parts of keys and secrets that do not exist yet. */
function lineOf({ stream, events }: Commit<object>): string {
  const stated = events.map((event) => {
    const { type, key, ciphertext: _, ...rest } = event as Record<string, unknown>
    const { purpose, algorithm } = (key ?? {}) as Record<string, unknown>
    return `${type} ${JSON.stringify(key === undefined ? rest : { purpose, algorithm })}`
  })
  return `  ${stream.split('/')[0]} ${stated.join(', ')}`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
