#!/usr/bin/env node
// Plain JavaScript, so that an old Node can still run this file and print which version is needed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The first major version that runs TypeScript directly, with every feature that this code uses. */
const MIN_NODE = 24

if (Number.parseInt(process.versions.node, 10) >= MIN_NODE) await import('../src/main.ts')
else await startOn(bundledNode())

/** The binary of the npm package `node`, in the nearest `node_modules` of this folder or a parent. */
function bundledNode() {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (folder !== dirname(folder)) {
    const node = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(node)) return node
    folder = dirname(folder)
  }
}

async function startOn(node) {
  // The child gets this variable, so that a package `node` that is also too old ends here and does not start another one.
  if (node === undefined || process.env.SIJIL_RESTARTED === 'yes') {
    console.error(
      `sijil needs Node.js ${MIN_NODE} or newer, but this is ${process.versions.node}.\n` +
        'Run `npm ci` in the repository, which installs one (without --ignore-scripts), or install it from https://nodejs.org.',
    )
    process.exitCode = 70
    return
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, SIJIL_RESTARTED: 'yes' },
  })
  // A terminal sends SIGINT to both processes. This one waits until the other has ended.
  process.on('SIGINT', () => {}).on('SIGTERM', () => child.kill('SIGTERM'))
  process.exitCode = await new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`sijil could not start ${node}: ${error.message}`)
      resolve(70)
    })
    child.on('close', (code) => resolve(code ?? 70))
  })
}
