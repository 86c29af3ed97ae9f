// Fetches the typesetter for the processors of the functions (arm64) while a network is there, so that a later synthesis needs neither
// network nor Docker. npm itself installs only the package of this machine. Runs after `npm ci`, with any Node that npm runs on.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const name = '@myriaddreamin/typst-ts-node-compiler-linux-arm64-gnu'
const folder = join(root, 'node_modules/.cache/arm64')
const read = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** @returns {string | undefined} the digest of the installed package, as npm checked it */
function installed() {
  const lock = join(folder, 'node_modules/.package-lock.json')
  return existsSync(lock) ? read(lock).packages[`node_modules/${name}`]?.integrity : undefined
}

const { version, integrity } = read(join(root, 'package-lock.json')).packages[`node_modules/${name}`]
const npm = process.env.npm_execpath
if (process.arch !== 'arm64' && installed() !== integrity && npm !== undefined) {
  // Without it, npm refuses a package of another processor.
  const flags = ['--force', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save']
  // Without the settings of the outer run, which name its own folder and command.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_(?!config_(?:registry|cache))/i.test(key)),
  )
  const asked = [npm, 'install', ...flags, '--prefix', folder, `${name}@${version}`]
  spawnSync(process.execPath, asked, { stdio: 'ignore', env })
  if (installed() !== integrity)
    console.error(
      `${name} ${version} could not be fetched. Only "npm run synth" and "npm run deploy" need it: repeat "npm ci" for them.`,
    )
}
