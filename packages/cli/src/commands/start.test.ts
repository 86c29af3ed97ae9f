import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSijil } from '../testing/run-sijil.ts'

const script = () => join(repository, 'packages/cli/bin/sijil.mjs')

/** A copy of the repository with only this command. Each test adds the local registry that it needs. */
let repository: string
beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), 'sijil-start-'))
  await cp(fileURLToPath(new URL('../..', import.meta.url)), join(repository, 'packages/cli'), { recursive: true })
  await symlink(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(repository, 'node_modules'))
})
afterAll(() => rm(repository, { recursive: true }))

const start = (...words: string[]) => startSijil(['start', ...words], { script: script() })

describe('sijil start', () => {
  test('without a local registry, says how to get one', async () => {
    const run = await start()
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain('npm ci && npm start')
  })

  test('starts the registry of the repository, and ends with its exit code', async () => {
    await mkdir(join(repository, 'infra/local'), { recursive: true })
    await writeFile(join(repository, 'infra/local/start.mjs'), "console.log('in', process.cwd()); process.exitCode = 3")
    expect(await start()).toEqual({ code: 3, stdout: `in ${repository}\n`, stderr: '' })
    expect(await start('--json')).toEqual({ code: 3, stdout: '', stderr: `in ${repository}\n` })
  })

  test('uses the same folder as the other commands, from any working folder', async () => {
    await writeFile(join(repository, 'infra/local/start.mjs'), 'console.log(process.env.SIJIL_DATA)')
    const dataOf = async (environment: Record<string, string>) =>
      (await startSijil(['start'], { script: script(), environment })).stdout
    expect(await dataOf({ SIJIL_DATA: 'my-data' })).toBe(`${resolve('my-data')}\n`)
    expect(await dataOf({ SIJIL_DATA: '' })).toBe(`${resolve('.sijil')}\n`)
    expect(await dataOf({})).toBe(`${resolve('.sijil')}\n`)
  })

  test('ends together with the registry when npx gets a signal, although its shell passes no signal on', async () => {
    const registry = `
      console.log('began')
      process.once('SIGTERM', () => { console.log('ended'); process.exit(0) })
      setTimeout(() => {}, 60_000)`
    await writeFile(join(repository, 'infra/local/start.mjs'), registry)
    const env = { ...process.env, npm_lifecycle_event: 'npx' }
    // With two commands, the shell stays as a process in between.
    const shell = spawn('/bin/sh', ['-c', `'${process.execPath}' '${script()}' start; true`], { env })
    const [began] = await once(shell.stdout, 'data')
    expect(String(began)).toBe('began\n')
    shell.kill('SIGTERM')
    const [ended] = await once(shell.stdout, 'data')
    expect(String(ended)).toBe('ended\n')
    await once(shell, 'close')
  })
})
