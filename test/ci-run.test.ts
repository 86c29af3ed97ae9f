import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resultOf } from './support/command.ts'

const script = join(import.meta.dirname, '../.ci/run')

/** In place of npm: each of its three commands ends as the test says, and the tests leave the report that they would leave. */
const npm = `#!/bin/sh
case "$1" in
  ci) exit "\${CI_ENDS:-0}" ;;
  run) exit "\${STATIC_ENDS:-0}" ;;
  test) for word; do case "$word" in --outputFile.json=*) printf %s "$REPORT" > "\${word#*=}" ;; esac; done
        exit "\${TESTS_END:-0}" ;;
esac
`
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-ci-'))
  await writeFile(join(folder, 'npm'), npm)
  await chmod(join(folder, 'npm'), 0o755)
})
afterAll(() => rm(folder, { recursive: true }))

const reportOf = (numPassedTests: number, numFailedTests: number, success: boolean) =>
  JSON.stringify({ numPassedTests, numFailedTests, success })

test.each([
  ['all is well', { REPORT: reportOf(7, 0, true) }, '7 passed, 0 failed', 0],
  ['a test fails', { REPORT: reportOf(5, 2, false), TESTS_END: '1' }, '5 passed, 2 failed', 1],
  ['a file of tests cannot be loaded', { REPORT: reportOf(5, 0, false), TESTS_END: '1' }, '5 passed, 1 failed', 1],
  ['something fails after the last test', { REPORT: reportOf(5, 0, true), TESTS_END: '3' }, '5 passed, 1 failed', 3],
  ['the tests end without a report', { REPORT: '', TESTS_END: '137' }, '0 passed, 1 failed', 137],
  ['a report is cut off', { REPORT: '{"numPassed', TESTS_END: '1' }, '0 passed, 1 failed', 1],
  ['a static check fails', { REPORT: reportOf(7, 0, true), STATIC_ENDS: '2' }, '0 passed, 1 failed', 2],
  ['the packages cannot be installed', { REPORT: reportOf(7, 0, true), CI_ENDS: '4' }, '0 passed, 1 failed', 4],
])('where %s, the last line counts the tests, and the exit code says the same', async (_, environment, line, code) => {
  const path = [folder, dirname(process.execPath), process.env.PATH].join(delimiter)
  const run = await resultOf(spawn(script, { env: { ...environment, PATH: path, TMPDIR: folder } }))
  expect({ code: run.code, last: run.stdout.trimEnd().split('\n').at(-1) }).toEqual({ code, last: line })
})
