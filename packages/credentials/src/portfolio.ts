import { sha256Hex } from './crypto.ts'
import { isObjectOrList } from './json-object.ts'

/** The first version of the form. */
const KIND = 'sijil-portfolio-1'

/** One file of a portfolio. The title is for those who get the files, and the manifest is for nobody else. */
export interface PortfolioFile {
  title: string
  bytes: number
  /** Hex, in small letters. */
  sha256: string
}

/** What a worker hands in for step 7a, by hashes alone. It names no person unless a title does. */
export interface Portfolio {
  corridor: string
  track: string
  /** The address of the registry. */
  registry: string
  madeOn: string
  /** 16 random bytes in hex. Without them, a hash would show which known files somebody handed in. */
  random: string
  files: readonly PortfolioFile[]
}

export const MOST_FILES = 500
export const MAX_TITLE = 200
const HASH = /^[0-9a-f]{64}$/
const EMPTY = sha256Hex('')

export type PortfolioFault = 'not-a-manifest' | 'no-files' | 'too-many-files' | 'empty-file' | 'same-file'

/** The bytes of the manifest. The browser writes the same ones (`packages/web/src/assets/manifest.js`). */
export function manifestOf({ corridor, track, registry, madeOn, random, files }: Portfolio): string {
  const sorted = files
    .map(({ bytes, sha256, title }) => ({ bytes, sha256, title }))
    .toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1))
  return `${JSON.stringify({ corridor, files: sorted, kind: KIND, madeOn, random, registry, track }, undefined, 2)}\n`
}

/** Reads what `manifestOf` wrote, also after a person changed its titles. */
export function readManifest(text: string): Portfolio | PortfolioFault {
  const value = parsed(text)
  if (value?.kind !== KIND || !Array.isArray(value.files)) return 'not-a-manifest'
  const { corridor, track, registry, madeOn, random, files } = value
  const texts = [corridor, track, registry, madeOn, random]
  if (!texts.every((one) => typeof one === 'string') || !files.every(isFile)) return 'not-a-manifest'
  return faultOf(files) ?? ({ corridor, track, registry, madeOn, random, files } as Portfolio)
}

/** What no portfolio may have: nothing, too much, an empty file, or one file twice (Z001). */
export function faultOf(files: readonly Pick<PortfolioFile, 'sha256'>[]): PortfolioFault | undefined {
  if (files.length === 0) return 'no-files'
  if (files.length > MOST_FILES) return 'too-many-files'
  if (files.some(({ sha256 }) => sha256 === EMPTY)) return 'empty-file'
  return new Set(files.map(({ sha256 }) => sha256)).size < files.length ? 'same-file' : undefined
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObjectOrList(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const isFile = (value: unknown): value is PortfolioFile =>
  isObjectOrList(value) &&
  'title' in value &&
  'sha256' in value &&
  'bytes' in value &&
  typeof value.title === 'string' &&
  value.title.length <= MAX_TITLE &&
  typeof value.sha256 === 'string' &&
  HASH.test(value.sha256) &&
  Number.isSafeInteger(value.bytes)
