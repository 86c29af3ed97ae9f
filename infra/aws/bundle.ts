import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync, type Metafile } from 'esbuild'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export interface Bundle {
  /** The folder to deploy; `index.mjs` exports `handler`. */
  folder: string
  metafile: Metafile
}

/** What would bring a network client or waste the start, and that nothing here may need. */
const replaced = {
  '@digitalbazaar/http-client': here('stand-ins/no-network.ts'),
  '@aws-sdk/credential-provider-node': here('stand-ins/credentials-of-role.ts'),
  'node:process': here('stand-ins/process.ts'),
}

/** CommonJS packages ask for built-in modules at run time, and may have no others. */
const banner = 'const require = process.getBuiltinModule;'

/** Whatever is imported dynamically becomes a chunk of its own, loaded when it is needed. */
export function bundle(entry: string, folder: string): Bundle {
  if (!existsSync(entry)) throw new Error(`cannot bundle ${entry}: there is no such file`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { metafile } = buildSync({
    entryPoints: { index: entry },
    outdir: folder,
    absWorkingDir: here('../..'),
    bundle: true,
    splitting: true,
    minify: true,
    charset: 'ascii', // one letter of a further alphabet makes all of a chunk two bytes a letter, and slower to start
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]', // beside the entry: code that reads a file beside itself finds it from any chunk
    // Facts are not code: they lie beside it and are parsed as JSON.
    loader: { '.data.json': 'copy' },
    assetNames: '[name]-[hash]',
    alias: replaced,
    banner: { js: banner },
    legalComments: 'external',
    logLevel: 'error',
    metafile: true,
  })
  if (metafile.inputs[reader] !== undefined) {
    for (const [from, to] of filesOfPages()) cpSync(from, join(folder, to), { recursive: true, filter: isServed })
  }
  return { folder, metafile }
}

/** Reads styles and scripts of the pages from `assets/` beside itself. */
const reader = 'packages/web/src/assets.ts'
const filesOfPages = (): [from: string, to: string][] => {
  const { resolve } = createRequire(import.meta.url)
  return [
    [here('../../packages/web/src/assets'), 'assets'],
    [resolve('qr'), 'assets/qr/index.js'],
    [resolve('qr/decode.js'), 'assets/qr/decode.js'],
  ]
}

/** The types of the scripts stay behind: they only serve the check. */
const isServed = (path: string): boolean => !/\.(?:d\.ts|json)$/.test(path)

/** The file that a deployed function starts from. */
export const functionEntry = (name: string): string => here(join('../../functions', `${name}.ts`))
export const originCheckEntry = here('origin-check.ts')
