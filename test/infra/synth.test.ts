import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { functionNames } from '../../functions/routes.ts'
import manifest from '../../package.json' with { type: 'json' }
import { resultOf } from '../support/command.ts'
import { constructName, propertiesOf } from './synthesise.ts'

const root = join(import.meta.dirname, '../..')
/** Makes the process end with its own exit code if a connection was opened or a host name was looked up. */
const heard = pathToFileURL(join(root, 'test/support/network-heard.ts')).href

test('npm run synth makes the templates and every bundle with no account, no network and no Docker', {
  timeout: 540_000,
}, async ({ onTestFinished }) => {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-synth-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [program, ...words] = manifest.scripts.synth.split(' ')
  expect(program).toBe('node')
  // The environment has no variables of AWS, and its PATH has no other program.
  const run = await resultOf(
    spawn(process.execPath, ['--import', heard, ...words], { cwd: root, env: { PATH: '', CDK_OUTDIR: folder } }),
  )
  expect(run, run.stderr).toMatchObject({ code: 0 })
  for (const stack of ['SijilData', 'SijilEdge', 'SijilApi', 'SijilTrail', 'SijilAlarms'])
    expect(existsSync(join(folder, `${stack}.template.json`)), stack).toBe(true)
  const api = Template.fromJSON(JSON.parse(await readFile(join(folder, 'SijilApi.template.json'), 'utf8')))
  const codes = new Map(
    propertiesOf<{ Code: { S3Key?: string } }>(api, 'AWS::Lambda::Function').map(([id, { Code }]) => [
      id.replace(/Function[0-9A-F]{8}$/, ''),
      `asset.${Code.S3Key?.replace(/\.zip$/, '')}`,
    ]),
  )
  const hasCode = (name: string) => existsSync(join(folder, codes.get(constructName(name)) ?? '', 'index.mjs'))
  const names = [...functionNames, 'sweep', 'erase', 'sequence', 'deliver', 'audit']
  expect(names.filter((name) => !hasCode(name))).toEqual([])
  expect(new Set(names.map((name) => codes.get(constructName(name)))).size).toBe(names.length)
})
