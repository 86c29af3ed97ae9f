import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Environment } from '../functions/environment.ts'
import { bundle, functionEntry } from '../infra/aws/bundle.ts'
import { type Spread, spreadOf } from './rounds.ts'

const entries = {
  'verify path': fileURLToPath(new URL('cold/verify-path.ts', import.meta.url)),
  'verify function': functionEntry('verify'),
} as const
export type ColdEntry = keyof typeof entries

const environment: Environment & { AWS_REGION: string } = {
  BASE_URL: 'https://registry.example',
  COMMITS_TABLE: 'commits',
  BOXES_TABLE: 'boxes',
  SECRETS_KEY_ID: 'arn:aws:kms:ap-southeast-1:111122223333:key/secrets',
  TOKEN_ISSUER: 'https://identity.example',
  TOKEN_JWKS_URL: 'https://identity.example/jwks',
  DEMONSTRATION: 'no',
  WITNESSES: '',
  ROOTS: '',
  REFUSED: '',
  KEY_ACCOUNTS: '',
  AWS_REGION: 'ap-southeast-1',
}

export interface Cold {
  /** Milliseconds more than a process that imports an empty module, on the clock. */
  clock: Spread
  /** The same in processor time, which other programs of the machine hardly change. */
  processor: Spread
}

/** Bundled as they are deployed, each started in a process of its own, in turns with an empty module. */
export function measureCold(rounds: number): Record<ColdEntry, Cold> {
  const folder = mkdtempSync(join(tmpdir(), 'sijil-bench-'))
  try {
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, 'export {}\n')
    const names = Object.keys(entries) as ColdEntry[]
    const more = Object.fromEntries(names.map((name) => [name, { clock: [] as number[], processor: [] as number[] }]))
    const files = names.map((name): [ColdEntry, string] => {
      const made = bundle(entries[name], join(folder, name.replace(' ', '-')))
      return [name, join(made.folder, 'index.mjs')]
    })
    // The first round fills the disk's cache, and does not count.
    for (let round = -1; round < rounds; round++) {
      const base = start(empty)
      for (const [name, file] of files) {
        const { clock, processor } = start(file)
        if (round < 0) continue
        more[name]?.clock.push(clock - base.clock)
        more[name]?.processor.push(processor - base.processor)
      }
    }
    const spread = (name: ColdEntry): Cold => ({
      clock: spreadOf(more[name]?.clock ?? []),
      processor: spreadOf(more[name]?.processor ?? []),
    })
    return { 'verify path': spread('verify path'), 'verify function': spread('verify function') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function start(file: string): { clock: number; processor: number } {
  const script = `import(${JSON.stringify(pathToFileURL(file).href)}).then(() => {
    const { user, system } = process.cpuUsage()
    process.stdout.write(String((user + system) / 1000))
  })`
  const began = performance.now()
  const { status, stdout } = spawnSync(process.execPath, ['-e', script], { env: { ...environment }, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} does not start`)
  return { clock: performance.now() - began, processor: Number(stdout) }
}
