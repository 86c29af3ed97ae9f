#!/usr/bin/env node
// Plain JavaScript: whatever Node starts it must at least be able to say which Node it needs.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The first that runs TypeScript as it is, with every feature that this code uses. */
const NEEDED = 24

if (Number.parseInt(process.versions.node, 10) >= NEEDED) await import('../src/main.ts')
else await startOn(bundledNode())

/** The binary of the npm package `node`, in the nearest node_modules above. */
function bundledNode() {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (folder !== dirname(folder)) {
    const node = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(node)) return node
    folder = dirname(folder)
  }
}

async function startOn(node) {
  // Said to the child, so that a package `node` that is itself too old ends here and not in a circle.
  if (node === undefined || process.env.SIJIL_RESTARTED === 'yes') {
    console.error(
      `sijil needs Node.js ${NEEDED} or newer, and this is ${process.versions.node}.\n` +
        'Run `npm ci` in the repository, which brings one along (not with --ignore-scripts), or install it from https://nodejs.org.',
    )
    process.exitCode = 70
    return
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, SIJIL_RESTARTED: 'yes' },
  })
  // A terminal sends SIGINT to both: this one only has to outlive the other.
  process.on('SIGINT', () => {}).on('SIGTERM', () => child.kill('SIGTERM'))
  process.exitCode = await new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`sijil could not start ${node}: ${error.message}`)
      resolve(70)
    })
    child.on('close', (code) => resolve(code ?? 70))
  })
}
