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
  ARTEFACTS_BUCKET: 'artefacts',
  SECRETS_KEY_ID: 'arn:aws:kms:ap-southeast-1:111122223333:key/secrets',
  TOKEN_ISSUER: 'https://identity.example',
  TOKEN_JWKS_URL: 'https://identity.example/jwks',
  TOKEN_CLIENTS: '',
  APPROVING_SIGN_IN: 'acr=phr',
  DEMONSTRATION: 'no',
  WITNESSES: '',
  ROOTS: '',
  REFUSED: '',
  KEY_ACCOUNTS: '',
  ROLES: 'arn:aws:iam::111122223333:role/sijil/ap-southeast-1/',
  KEY_ADMINISTRATOR: 'arn:aws:iam::111122223333:role/KeyAdministrator',
  KEY_REPLICA_REGION: '',
  SIGNATURES_PER_SECOND: '',
  ISSUING_QUOTA: '',
  WEBHOOK_RECEIVERS: 'public',
  OPERATOR_FILE: '',
  AWS_REGION: 'ap-southeast-1',
}

export interface Cold {
  /** Milliseconds of real time, less those of a process that imports an empty module. */
  clock: Spread
  /** The same in processor time, which depends less on other programs. */
  processor: Spread
  /** The lowest processor time of all turns, because other programs can only add to it. */
  atBest: number
}

interface ProcessTime {
  clock: number
  processor: number
}

/** Starts each bundle, built as for deployment, in its own process, in turns with an empty module, whose time is `empty`. */
export function measureCold(rounds: number): Record<ColdEntry | 'empty', Cold> {
  const folder = mkdtempSync(join(tmpdir(), 'sijil-bench-'))
  try {
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, 'export {}\n')
    const bundled = (entry: ColdEntry) =>
      join(bundle(entries[entry], join(folder, entry.replace(' ', '-'))).folder, 'index.mjs')
    const files = { empty, 'verify path': bundled('verify path'), 'verify function': bundled('verify function') }
    const turn = (): Record<keyof typeof files, ProcessTime> => ({
      empty: start(files.empty),
      'verify path': start(files['verify path']),
      'verify function': start(files['verify function']),
    })
    turn() // not counted: it fills the disk cache
    const turns = Array.from({ length: rounds }, turn)
    const spread = (name: keyof typeof files): Cold => {
      const over = (of: keyof ProcessTime) =>
        spreadOf(turns.map((turn) => turn[name][of] - (name === 'empty' ? 0 : turn.empty[of])))
      const best = (of: keyof typeof files) => Math.min(...turns.map((turn) => turn[of].processor))
      const atBest = name === 'empty' ? best('empty') : best(name) - best('empty')
      return { clock: over('clock'), processor: over('processor'), atBest: Number(atBest.toPrecision(3)) }
    }
    return {
      empty: spread('empty'),
      'verify path': spread('verify path'),
      'verify function': spread('verify function'),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function start(file: string): ProcessTime {
  const script = `import(${JSON.stringify(pathToFileURL(file).href)}).then(() => {
    const { user, system } = process.cpuUsage()
    process.stdout.write(String((user + system) / 1000))
  })`
  const began = performance.now()
  const { status, stdout } = spawnSync(process.execPath, ['-e', script], { env: { ...environment }, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} does not start`)
  return { clock: performance.now() - began, processor: Number(stdout) }
}
