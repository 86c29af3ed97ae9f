import { generateKeyPairSync, sign } from 'node:crypto'
import {
  cosign,
  createVerifierKey,
  emptyFrontier,
  encodeTile,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  frontierRoot,
  growTree,
  leafHash,
  parseNote,
  signNote,
  tilePath,
  treeHash,
} from '@sijil/tlog'
import { beforeAll, describe, expect, test } from 'vitest'
import { sizesTo } from '../../../test/support/whole.ts'

/** Compares what the browser computes with the package that signs. The two implementations must agree. */

interface Tile {
  level: number
  index: number
  width: number
}
type ReadTile = (tile: Tile) => Promise<Uint8Array>
interface Head {
  size: number
  root: Uint8Array
}
interface Opened extends Head {
  signedBy: { name: string; id: string }[]
  cosigned: { name: string; id: string; time: number }[]
}
interface Asset {
  DoesNotHold: new () => Error
  tilePath(tile: Tile): string
  parseKey(text: string, type: 'log' | 'witness'): Promise<{ name: string; id: string }>
  openCheckpoint(
    note: string,
    known: { origin: string; keys: readonly unknown[]; witnesses: readonly unknown[] },
  ): Promise<Opened>
  isIncluded(entry: string, index: number, head: Head, readTile: ReadTile): Promise<boolean>
}
let asset: Asset
beforeAll(async () => {
  asset = (await import(new URL('./assets/tlog.js', import.meta.url).href)) as Asset
})

const entries = Array.from({ length: 70_000 }, (_, at) => `entry ${at}`)
const leaves = entries.map((entry) => leafHash(new TextEncoder().encode(entry)))
/** The tiles of a tree of this size, as bytes. */
async function tilesOf(size: number): Promise<Map<string, Uint8Array>> {
  const { tiles } = await growTree(emptyFrontier, leaves.slice(0, size), () => {
    throw new Error('an empty tree has no tiles')
  })
  return new Map(tiles.map(({ tile, hashes }) => [tilePath(tile), encodeTile(hashes)]))
}
const readerOf =
  (tiles: ReadonlyMap<string, Uint8Array>): ReadTile =>
  async (tile) => {
    const bytes = tiles.get(asset.tilePath(tile))
    if (bytes === undefined) throw new Error(`no tile ${asset.tilePath(tile)}`)
    return bytes
  }
const flipped = (bytes: Uint8Array, at: number) => bytes.with(at, (bytes[at] ?? 0) ^ 1)

describe('I31: an entry is in the tree', () => {
  test('at every size to 300, and at no other place', { timeout: 60_000 }, async () => {
    for (const size of sizesTo(300)) {
      const head = { size, root: treeHash(leaves.slice(0, size)) }
      const readTile = readerOf(await tilesOf(size))
      for (const index of new Set([0, 2 ** Math.floor(Math.log2(size)) - 1, size - 1])) {
        if (!(await asset.isIncluded(entries[index] ?? '', index, head, readTile))) expect.fail(`${index} of ${size}`)
        if (size > 1 && size < 40 && (await asset.isIncluded(entries[index] ?? '', (index + 1) % size, head, readTile)))
          expect.fail(`${index} of ${size}, elsewhere`)
      }
    }
  })

  test('with three levels of tiles, both full and partial', { timeout: 60_000 }, async () => {
    const size = 70_000
    const { frontier, tiles } = await growTree(emptyFrontier, leaves, () => [])
    const readTile = readerOf(new Map(tiles.map(({ tile, hashes }) => [tilePath(tile), encodeTile(hashes)])))
    const head = { size, root: frontierRoot(frontier) }
    for (const index of [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999])
      expect(await asset.isIncluded(entries[index] ?? '', index, head, readTile), `${index}`).toBe(true)
    expect(tiles.some(({ tile }) => tile.level === 2)).toBe(true)
  })

  test('every changed byte of a tile, of the entry or of the root is noticed', async () => {
    const size = 9
    const tiles = await tilesOf(size)
    const [[path, tile]] = [...tiles] as [[string, Uint8Array]]
    const head = { size, root: treeHash(leaves.slice(0, size)) }
    const index = 3
    for (let at = 0; at < tile.length; at++) {
      // The leaf hash does not come from the tile. It is computed from the entry on the page.
      const isOwn = Math.floor(at / 32) === index
      const readTile = readerOf(new Map([[path, flipped(tile, at)]]))
      expect(await asset.isIncluded('entry 3', index, head, readTile), `byte ${at}`).toBe(isOwn)
    }
    const readTile = readerOf(tiles)
    expect(await asset.isIncluded('entry 3', index, head, readTile)).toBe(true)
    for (const entry of ['entry 4', 'entry 3 ', ''])
      expect(await asset.isIncluded(entry, index, head, readTile)).toBe(false)
    for (let at = 0; at < 32; at++)
      expect(await asset.isIncluded('entry 3', index, { size, root: flipped(head.root, at) }, readTile)).toBe(false)
    for (const other of [-1, 9, 0.5, Number.NaN])
      expect(await asset.isIncluded('entry 3', other, head, readTile)).toBe(false)
    for (const width of [0, 8, 10]) {
      const short: ReadTile = async () => Uint8Array.from({ length: width * 32 }, (_, at) => tile[at] ?? 0)
      await expect(asset.isIncluded('entry 3', index, head, short)).rejects.toBeInstanceOf(asset.DoesNotHold)
    }
    await expect(asset.isIncluded('entry 3', index, head, readerOf(new Map()))).rejects.not.toBeInstanceOf(
      asset.DoesNotHold,
    )
  })
})

describe('D006: a signed head', () => {
  const origin = 'log.example/log/registry'
  const held = (type: 'ed25519' | 'cosignature', name: string) => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const { x = '' } = publicKey.export({ format: 'jwk' })
    const key = createVerifierKey(type, name, new Uint8Array(Buffer.from(x, 'base64url')))
    return { key, sign: async (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)) }
  }
  const log = held('ed25519', origin) as Parameters<typeof signNote>[1][number]
  const other = held('ed25519', origin) as typeof log
  const witness = held('cosignature', 'witness.example') as Parameters<typeof cosign>[1]
  const TIME = 1_800_000_000
  const root = leaves[0] ?? new Uint8Array()
  let note: string
  let known: Parameters<Asset['openCheckpoint']>[1]
  beforeAll(async () => {
    const text = formatCheckpoint({ origin, size: 7, root, extensions: ['sijil/released/v1 3'] })
    const signed = parseNote(await signNote(text, [log]))
    const line = await cosign(text, { ...witness, time: TIME })
    note = Buffer.from(formatNote({ text, signatures: [...signed.signatures, line] })).toString()
    known = {
      origin,
      keys: [await asset.parseKey(formatVerifierKey(log.key), 'log')],
      witnesses: [await asset.parseKey(formatVerifierKey(witness.key), 'witness')],
    }
  })

  test('gives size, root, key and witnesses', async () => {
    const opened = await asset.openCheckpoint(note, known)
    expect(opened).toMatchObject({
      size: 7,
      root,
      cosigned: [{ name: 'witness.example', id: witness.key.id, time: TIME }],
    })
    expect(opened.signedBy.map(({ id }) => id)).toEqual([log.key.id])
    expect((await asset.openCheckpoint(note, { ...known, witnesses: [] })).cosigned).toEqual([])
  })

  test('every changed character is noticed, and so is another key or log', async () => {
    for (let at = 0; at < note.length; at++) {
      const changed = `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`
      // A change may turn a line into one of another signer. That line then does not count. Without the line of the log, it must throw.
      const opened = await asset.openCheckpoint(changed, known).catch((error: unknown) => error)
      if (opened instanceof asset.DoesNotHold) continue
      expect(opened, `character ${at}`).toMatchObject({ size: 7, root, cosigned: [] })
    }
    const stranger = await asset.parseKey(formatVerifierKey(other.key), 'log')
    for (const [text, about] of [
      [note, { ...known, keys: [] }],
      [note, { ...known, keys: [stranger] }],
      [note, { ...known, origin: 'another.example' }],
      [note.slice(0, -1), known],
      [note.replaceAll('\n', '\r\n'), known],
      ['', known],
    ] as const)
      await expect(asset.openCheckpoint(text, about)).rejects.toBeInstanceOf(asset.DoesNotHold)
  })

  test('a key must match its name, type and bytes', async () => {
    const text = formatVerifierKey(log.key)
    await expect(asset.parseKey(text, 'witness')).rejects.toBeInstanceOf(asset.DoesNotHold)
    for (const wrong of ['', 'a', text.slice(0, -4), text.replace(origin, 'other'), `${text}=`])
      await expect(asset.parseKey(wrong, 'log')).rejects.toBeInstanceOf(asset.DoesNotHold)
  })
})
