import { inflateSync } from 'node:zlib'
import { type Chunk, chunksOf } from './chunks.ts'
import { imageFault, logoLimits } from './image-fault.ts'

/** A picture as red, green, blue and alpha, a byte each, row by row. */
export interface Picture {
  width: number
  height: number
  rgba: Uint8Array
}

/** Samples in each pixel, and the depths that the specification allows (W3C PNG §11.2.1). */
const colours: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
}

interface Header {
  width: number
  height: number
  depth: number
  colour: number
  samples: number
}

const refused: Readonly<Record<string, 'image-animated' | 'image-with-texts'>> = {
  acTL: 'image-animated',
  fcTL: 'image-animated',
  fdAT: 'image-animated',
  tEXt: 'image-with-texts',
  zTXt: 'image-with-texts',
  iTXt: 'image-with-texts',
  eXIf: 'image-with-texts',
}
const known = ['IHDR', 'PLTE', 'IDAT', 'IEND']

/**
 * Reads the pixels of a PNG, and nothing else of it. The sizes are checked before anything is inflated, and inflating stops at the size
 * that the header states. Chunks that are not needed are never opened. Throws `validation-failed`.
 */
export function readPng(png: Uint8Array): Picture {
  if (png.length > logoLimits.bytes) throw imageFault('image-too-large')
  const chunks = chunksOf(png)
  for (const { type } of chunks) {
    const reason = refused[type]
    if (reason !== undefined) throw imageFault(reason)
    // A chunk that begins with a capital letter must be understood.
    if (/^[A-Z]/.test(type) && !known.includes(type)) throw imageFault('not-a-png')
  }
  const header = headerOf(chunks)
  const rows = rowsOf(chunks, header)
  return { width: header.width, height: header.height, rgba: coloured(rows, header, chunks) }
}

function headerOf([first, ...others]: readonly Chunk[]): Header {
  if (first?.type !== 'IHDR' || first.bytes.length !== 13 || others.some(({ type }) => type === 'IHDR'))
    throw imageFault('image-damaged')
  const view = new DataView(first.bytes.buffer, first.bytes.byteOffset, 13)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [depth, colour, compression, filter, interlace] = first.bytes.subarray(8) as unknown as number[]
  const kind = colours[colour as number]
  if (kind === undefined || !kind.depths.includes(depth as number) || compression !== 0 || filter !== 0)
    throw imageFault('not-a-png')
  if (width < logoLimits.smallest || height < logoLimits.smallest) throw imageFault('image-too-small')
  if (width > logoLimits.width || height > logoLimits.height || width * height > logoLimits.pixels)
    throw imageFault('image-too-large')
  if (interlace !== 0) throw imageFault('image-interlaced')
  return { width, height, depth: depth as number, colour: colour as number, samples: kind.samples }
}

/** The rows as samples of a byte each, without their filters (W3C PNG §9). */
function rowsOf(chunks: readonly Chunk[], { width, height, depth, samples }: Header): Uint8Array[] {
  const bits = depth * samples
  const length = Math.ceil((width * bits) / 8)
  const raw = inflated(chunks, (length + 1) * height)
  const step = Math.max(1, bits >> 3)
  const rows: Uint8Array[] = []
  let above = new Uint8Array(length)
  for (let y = 0; y < height; y++) {
    const at = y * (length + 1)
    const row = new Uint8Array(raw.subarray(at + 1, at + 1 + length))
    unfilter(raw[at] as number, row, above, step)
    rows.push(samplesOf(row, width * samples, depth))
    above = row
  }
  return rows
}

function inflated(chunks: readonly Chunk[], length: number): Uint8Array {
  const first = chunks.findIndex(({ type }) => type === 'IDAT')
  const last = chunks.findLastIndex(({ type }) => type === 'IDAT')
  const parts = chunks.slice(first, last + 1)
  if (first < 0 || parts.some(({ type }) => type !== 'IDAT')) throw imageFault('image-damaged')
  try {
    const raw = inflateSync(Buffer.concat(parts.map(({ bytes }) => bytes)), { maxOutputLength: length })
    if (raw.length === length) return raw
  } catch {
    // Of zlib, whose words say nothing to an officer.
  }
  throw imageFault('image-damaged')
}

function unfilter(kind: number, row: Uint8Array, above: Uint8Array, step: number): void {
  if (kind > 4) throw imageFault('image-damaged')
  for (let x = 0; x < row.length; x++) {
    const left = x < step ? 0 : (row[x - step] as number)
    const up = above[x] as number
    row[x] = (row[x] as number) + predicted(kind, left, up, x < step ? 0 : (above[x - step] as number))
  }
}

/** What each of the five filters predicts for a byte (W3C PNG §9.2). */
export function predicted(kind: number, left: number, up: number, corner: number): number {
  if (kind === 0) return 0
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** One byte for each sample. Of 16 bits the upper byte stays. */
function samplesOf(row: Uint8Array, count: number, depth: number): Uint8Array {
  if (depth === 8) return row
  if (depth === 16) return Uint8Array.from({ length: count }, (_, at) => row[at * 2] as number)
  const each = 8 / depth
  return Uint8Array.from(
    { length: count },
    (_, at) => ((row[Math.floor(at / each)] as number) >> (8 - depth * ((at % each) + 1))) & ((1 << depth) - 1),
  )
}

/** Colours of the samples. The colour of a pixel that nobody can see is dropped. */
function coloured(rows: readonly Uint8Array[], header: Header, chunks: readonly Chunk[]): Uint8Array {
  const { width, height, samples } = header
  const pixelOf = pixels(header, chunks)
  const rgba = new Uint8Array(width * height * 4)
  rows.forEach((row, y) => {
    for (let x = 0; x < width; x++) {
      const pixel = pixelOf(row, x * samples)
      if (pixel[3] !== 0) rgba.set(pixel, (y * width + x) * 4)
    }
  })
  return rgba
}

type Pixel = readonly [number, number, number, number]

function pixels({ colour, depth }: Header, chunks: readonly Chunk[]): (row: Uint8Array, at: number) => Pixel {
  const one = (type: string) => {
    const found = chunks.filter((chunk) => chunk.type === type)
    if (found.length > 1) throw imageFault('image-damaged')
    return found[0]?.bytes
  }
  const transparent = one('tRNS')
  const palette = one('PLTE')
  const sample = (row: Uint8Array, at: number) => row[at] as number
  if (colour === 3) {
    if (palette === undefined || palette.length % 3 !== 0) throw imageFault('image-damaged')
    return (row, at) => {
      const entry = sample(row, at)
      const [r, g, b] = palette.subarray(entry * 3, entry * 3 + 3)
      if (r === undefined || g === undefined || b === undefined) throw imageFault('image-damaged')
      return [r, g, b, transparent?.[entry] ?? 255]
    }
  }
  // The one colour that is transparent has 16 bits a sample. Of a depth of 16 only the upper byte was kept, so it is compared alone.
  const keyed = (index: number) => transparent?.[index * 2 + (depth === 16 ? 0 : 1)]
  const scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1
  switch (colour) {
    case 0:
      return (row, at) => {
        const grey = sample(row, at)
        return [grey * scale, grey * scale, grey * scale, keyed(0) === grey ? 0 : 255]
      }
    case 2:
      return (row, at) => {
        const [r, g, b] = [sample(row, at), sample(row, at + 1), sample(row, at + 2)]
        return [r, g, b, keyed(0) === r && keyed(1) === g && keyed(2) === b ? 0 : 255]
      }
    case 4:
      return (row, at) => [sample(row, at), sample(row, at), sample(row, at), sample(row, at + 1)]
    default:
      return (row, at) => [sample(row, at), sample(row, at + 1), sample(row, at + 2), sample(row, at + 3)]
  }
}
