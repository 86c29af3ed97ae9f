import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resultOf } from './support/command.ts'

const script = join(import.meta.dirname, '../.ci/run')

/** Replaces npm. Each of its four commands exits with the code that the test sets, and the test commands write the report that it sets. */
const npm = `#!/bin/sh
leave() { for word; do case "$word" in --outputFile.json=*) printf %s "$report" > "\${word#*=}" ;; esac; done; }
case "$1 $2" in
  'ci ') exit "\${CI_ENDS:-0}" ;;
  'test '*) report=$REPORT; leave "$@"; exit "\${TESTS_END:-0}" ;;
  'run --silent') exit "\${STATIC_ENDS:-0}" ;;
  'run check:whole') report=$WHOLE; leave "$@"; exit "\${WHOLE_ENDS:-0}" ;;
esac
exit 99
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

const WHOLE = reportOf(3, 0, true)

test.each([
  ['everything passes', { REPORT: reportOf(7, 0, true), WHOLE }, '10 passed, 0 failed', 0],
  ['a test fails', { REPORT: reportOf(5, 2, false), TESTS_END: '1', WHOLE }, '5 passed, 2 failed', 1],
  [
    'a test fails in the second run',
    { REPORT: reportOf(7, 0, true), WHOLE: reportOf(2, 1, false), WHOLE_ENDS: '1' },
    '9 passed, 1 failed',
    1,
  ],
  ['a file of tests cannot be loaded', { REPORT: reportOf(5, 0, false), TESTS_END: '1' }, '5 passed, 1 failed', 1],
  ['something fails after the last test', { REPORT: reportOf(5, 0, true), TESTS_END: '3' }, '5 passed, 1 failed', 3],
  ['the tests end without a report', { REPORT: '', TESTS_END: '137' }, '0 passed, 1 failed', 137],
  ['a report is truncated', { REPORT: '{"numPassed', TESTS_END: '1' }, '0 passed, 1 failed', 1],
  ['a static check fails', { REPORT: reportOf(7, 0, true), STATIC_ENDS: '2', WHOLE }, '7 passed, 1 failed', 2],
  ['the packages cannot be installed', { CI_ENDS: '4' }, '0 passed, 1 failed', 4],
])('if %s, the last line counts the tests, and the exit code agrees', async (_, environment, line, code) => {
  const path = [folder, dirname(process.execPath), process.env.PATH].join(delimiter)
  const run = await resultOf(spawn(script, { env: { ...environment, PATH: path, TMPDIR: folder } }))
  expect({ code: run.code, last: run.stdout.trimEnd().split('\n').at(-1) }).toEqual({ code, last: line })
})
