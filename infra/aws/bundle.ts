import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync, type Metafile } from 'esbuild'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export interface Bundle {
  /** The folder to deploy. Its `index.mjs` exports `handler`. */
  folder: string
  metafile: Metafile
}

/** Modules that would add a network client or slow the start down. No function needs them, so each has a stand-in. */
const replaced = {
  '@digitalbazaar/http-client': here('stand-ins/no-network.ts'),
  '@aws-sdk/credential-provider-node': here('stand-ins/credentials-of-role.ts'),
  'node:process': here('stand-ins/process.ts'),
}

/** CommonJS packages require built-in modules at run time. With this `require` they can load no others. */
const banner = 'const require = process.getBuiltinModule;'

/** Bundles a function into a folder. Each dynamic import becomes a separate chunk, which is loaded when needed. Throws for a missing file. */
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
    charset: 'ascii', // a single letter beyond Latin-1 makes V8 store a whole chunk with two bytes a letter, which starts slower
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]', // in the folder of the entry, so that code in any chunk finds a file that lies beside it
    // Files of facts are copied and parsed as JSON at run time, not compiled into the code.
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

/** This module reads styles and scripts of the pages from the folder `assets/` beside it. */
const reader = 'packages/web/src/assets.ts'
const filesOfPages = (): [from: string, to: string][] => {
  const { resolve } = createRequire(import.meta.url)
  return [
    [here('../../packages/web/src/assets'), 'assets'],
    [resolve('qr'), 'assets/qr/index.js'],
    [resolve('qr/decode.js'), 'assets/qr/decode.js'],
  ]
}

/** Leaves out the type files of the scripts, which only the type check needs. */
const isServed = (path: string): boolean => !/\.(?:d\.ts|json)$/.test(path)

/** The entry file of a deployed function. */
export const functionEntry = (name: string): string => here(join('../../functions', `${name}.ts`))
export const originCheckEntry = here('origin-check.ts')
