import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fontFiles } from '@sijil/paper/fonts'
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

/**
 * Bundles a function into a folder. Each dynamic import becomes a separate chunk, which is loaded when needed. A native module is copied for
 * the processor that will run it. Throws for a missing file.
 */
export function bundle(entry: string, folder: string, processor: string = process.arch): Bundle {
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
    external: [typesetter],
    legalComments: 'external',
    logLevel: 'error',
    metafile: true,
  })
  if (metafile.inputs[reader] !== undefined) {
    for (const [from, to] of filesOfPages()) cpSync(from, join(folder, to), { recursive: true, filter: isServed })
  }
  if (metafile.inputs[maker] !== undefined) addPaper(folder, processor)
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

/** This module is in a bundle that makes and reads papers. */
const maker = 'packages/paper/src/typeset.ts'
const typesetter = '@myriaddreamin/typst-ts-node-compiler'

/** Adds what the typesetter and the reader of papers load at run time: a native module, fonts, and the program of a thread. */
function addPaper(folder: string, processor: string): void {
  const { resolve } = createRequire(here('../../packages/paper/package.json'))
  for (const name of [typesetter, `${typesetter}-linux-${processor}-gnu`])
    cpSync(packageFolder(name), join(folder, 'node_modules', name), { recursive: true })
  for (const { name, module } of fontFiles) cpSync(resolve(module), join(folder, 'fonts', name))
  cpSync(resolve('@hyzyla/pdfium/pdfium.wasm'), join(folder, 'pdfium.wasm'))
  buildSync({
    entryPoints: { 'paper-worker': here('../../packages/paper/src/reading/worker.ts') },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    outExtension: { '.js': '.mjs' },
    banner: { js: banner },
    // The reader gets its program as bytes. It could also fetch it, and must not.
    define: { fetch: 'undefined' },
    logLevel: 'error',
  })
}

/** npm installs the package of this machine, and `fetch-native.mjs` that of the functions. */
function packageFolder(name: string): string {
  const places = ['../../node_modules', '../../node_modules/.cache/arm64/node_modules'].map((place) =>
    here(join(place, name)),
  )
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`${name} is not installed. Run "npm ci" with a network.`)
  return found
}

/** Leaves out the type files of the scripts, which only the type check needs. */
const isServed = (path: string): boolean => !/\.(?:d\.ts|json)$/.test(path)

/** The entry file of a deployed function. */
export const functionEntry = (name: string): string => here(join('../../functions', `${name}.ts`))
export const originCheckEntry = here('origin-check.ts')
