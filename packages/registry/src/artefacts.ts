import { hash } from 'node:crypto'
import { type Tile, tilePath } from '@sijil/tlog'
import type { ArtefactName, ArtefactReader, ArtefactStore } from './ports.ts'

const named = (name: string) => name as ArtefactName

/**
 * Every kind of file. A signed file has its digest in its name, so that two publishers never put different bytes under one name. Tiles
 * follow from the log alone.
 */
export const artefacts = {
  bundle: (digest: string) => named(`bundles/${digest}.json`),
  /** One version of one status list. */
  list: (list: string, digest: string) => named(`lists/${list}/${digest}.json`),
  /** A full tile, or the bundle of its entries. */
  tile: (log: string, tile: Tile) => named(`tiles/${log}/${tilePath(tile)}`),
  /** One statement about a qualification or a framework, as the log `catalogue` holds its hash. */
  record: (digest: string) => named(`records/${digest}.json`),
  /** A sealed part of a batch, in the bucket that is emptied: the file, the answers about it, or some of its rows. */
  upload: (owner: string, batch: string, digest: string) => named(`uploads/${owner}/${batch}/${digest}`),
  /** A large file of rows as it arrives in that bucket. It is read once, and then sealed. `sender`: a keyed tag of the member who sends it. */
  incoming: (owner: string, batch: string, sender: string) => named(`incoming/${owner}/${batch}/${sender}`),
  /** A file that was made of an issued batch, in the same bucket. It holds links or papers. */
  result: (owner: string, batch: string, digest: string) => named(`results/${owner}/${batch}/${digest}`),
  /** The logo of a body, as pixels that were encoded anew. */
  logo: (digest: string) => named(`logos/${digest}.png`),
}

/** After so many days a file of this kind is removed. A kind that is not here stays. */
export const artefactLifetimes = { bundles: 90, lists: 90 } as const

/** After so many days a sealed part of a batch is removed. S3 removes it in the night after, so it is gone after seven. */
export const UPLOAD_DAYS = 6

/** After so many days a file that was made of an issued batch is removed. */
export const RESULT_DAYS = 30

/** A file as a commit names it. */
export interface NamedArtefact {
  name: ArtefactName
  /** SHA-256, in hexadecimal digits. */
  digest: string
}

export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

export interface ArtefactFault {
  artefact: ArtefactName
  fault: 'missing' | 'changed'
}

export interface CheckedReader {
  /** The bytes that the commit names. Undefined, after a report, if they are missing or differ. */
  read(artefact: NamedArtefact): Promise<Uint8Array | undefined>
}

export interface CheckedStore extends CheckedReader {
  /** Stores bytes, which may then be named in a commit. */
  put(nameOf: (digest: string) => ArtefactName, bytes: Uint8Array): Promise<NamedArtefact>
}

interface CheckedHow {
  /** Raises an alarm. */
  report: (fault: ArtefactFault) => void
  /** Files never change, so up to so many bytes of them stay in memory, and are answered from there while the store is away. */
  memory?: number
}

/** Never returns bytes with another digest than the commit states. */
export function checkedReader(reader: ArtefactReader, { report, memory = 0 }: CheckedHow): CheckedReader {
  const kept = recentBytes(memory)
  return {
    async read({ name, digest }) {
      const known = kept.find(digest)
      if (known !== undefined) return known
      const bytes = await reader.read(name)
      if (bytes !== undefined && digestOf(bytes) === digest) {
        kept.keep(digest, bytes)
        return bytes
      }
      report({ artefact: name, fault: bytes === undefined ? 'missing' : 'changed' })
      return undefined
    },
  }
}

export const checkedStore = (store: ArtefactStore, how: CheckedHow): CheckedStore => ({
  ...checkedReader(store, how),
  async put(nameOf, bytes) {
    const digest = digestOf(bytes)
    const name = nameOf(digest)
    await store.put(name, bytes)
    return { name, digest }
  },
})

/** Keeps at most so many bytes. The oldest leave first. */
function recentBytes(most: number) {
  const kept = new Map<string, Uint8Array>()
  let total = 0
  return {
    find: (digest: string) => kept.get(digest),
    keep(digest: string, bytes: Uint8Array) {
      if (bytes.length > most || kept.has(digest)) return
      kept.set(digest, bytes)
      total += bytes.length
      for (const [oldest, { length }] of kept) {
        if (total <= most) break
        kept.delete(oldest)
        total -= length
      }
    },
  }
}
