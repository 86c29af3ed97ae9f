import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runSijil } from '../testing/run-sijil.ts'

/** The repository, with nothing in it but this command: what `start` finds there is up to each test. */
let repository: string
beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), 'sijil-start-'))
  await cp(fileURLToPath(new URL('../..', import.meta.url)), join(repository, 'packages/cli'), { recursive: true })
  await symlink(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(repository, 'node_modules'))
})
afterAll(() => rm(repository, { recursive: true }))

const start = (...words: string[]) =>
  runSijil(['start', ...words], { script: join(repository, 'packages/cli/bin/sijil.mjs') })

describe('sijil start', () => {
  test('says how to get a local registry, where there is none', async () => {
    const run = await start()
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain('npm ci && npm start')
  })

  test('starts the one of the repository, and ends as it ends', async () => {
    await mkdir(join(repository, 'infra/local'), { recursive: true })
    await writeFile(join(repository, 'infra/local/start.mjs'), "console.log('in', process.cwd()); process.exitCode = 3")
    expect(await start()).toEqual({ code: 3, stdout: `in ${repository}\n`, stderr: '' })
    expect(await start('--json')).toEqual({ code: 3, stdout: '', stderr: `in ${repository}\n` })
  })

  test('keeps its data where the other commands look for it, from whatever folder it is started', async () => {
    await writeFile(join(repository, 'infra/local/start.mjs'), 'console.log(process.env.SIJIL_DATA)')
    const script = join(repository, 'packages/cli/bin/sijil.mjs')
    const run = await runSijil(['start'], { script, environment: { SIJIL_DATA: 'my-data' } })
    expect(run).toEqual({ code: 0, stdout: `${resolve('my-data')}\n`, stderr: '' })
  })
})
