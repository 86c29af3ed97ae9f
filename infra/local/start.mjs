// Node runs TypeScript directly from version 24 on. An older Node starts the binary of the npm package `node`.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const major = Number(process.versions.node.split('.')[0])
if (major >= 24) {
  await import('./start.ts')
} else {
  const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(node)) {
    console.error(
      `Sijil runs on Node 24 or later; this is ${process.version}. Run "npm ci" (with install scripts), or install Node 24.`,
    )
    process.exit(1)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends SIGINT to both processes. This one waits until the other has ended.
  process.on('SIGINT', () => {}).on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', ({ message }) => {
    console.error(`${node} could not be started: ${message}`)
    process.exit(1)
  })
  child.on('close', (status, signal) => process.exit(status ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
}
