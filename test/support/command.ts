import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { runSijil } from '../../packages/cli/src/testing/run-sijil.ts'
import { bareEnvironment } from './bare-environment.ts'

const script = join(import.meta.dirname, '../../packages/cli/bin/sijil.mjs')

interface Result {
  code: number | null
  stdout: string
  stderr: string
}

let running = 0
let home = ''

/**
 * Runs `sijil` in this process, whose current folder is `folder` meanwhile. A process of its own takes a third of a second longer, so only
 * tests of what differs between the two start one.
 */
export async function runHere(
  words: readonly string[],
  {
    folder,
    ...options
  }: { folder: string; stdin?: string; environment?: Record<string, string | undefined>; now?: () => Date },
): Promise<Result> {
  if (running === 0) home = process.cwd()
  running += 1
  process.chdir(folder)
  try {
    return await runSijil(words, options)
  } finally {
    running -= 1
    if (running === 0) process.chdir(home)
  }
}

/** Runs `sijil` as a separate process in this folder. Its environment has only PATH, a cache and the given variables. */
export async function runCommand(
  words: readonly string[],
  {
    folder,
    stdin = '',
    environment = {},
  }: { folder: string; stdin?: string; environment?: Record<string, string | undefined> },
): Promise<Result> {
  const child = spawn(process.execPath, [script, ...words], {
    cwd: folder,
    env: { ...bareEnvironment(), ...environment },
  })
  child.stdin.end(stdin)
  return resultOf(child)
}

export async function resultOf(child: ChildProcessWithoutNullStreams): Promise<Result> {
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once('close', done)),
  ])
  return { code, stdout, stderr }
}
