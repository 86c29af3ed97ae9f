/** A picture as a PDF of one page, so that one decoder, within one set of limits, reads every kind of file. */
export type Kind = 'pdf' | 'jpeg' | 'png'

const startsWith = (bytes: Uint8Array, ...first: number[]): boolean => first.every((byte, at) => bytes[at] === byte)

/** The kind of a file by its first bytes, whatever its name or its sender says. Undefined for every other kind. */
export function kindOf(bytes: Uint8Array): Kind | undefined {
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'pdf'
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg'
  return startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? 'png' : undefined
}

interface Picture {
  width: number
  height: number
  /** The entries of an image XObject (ISO 32000-1, 8.9.5) that say how its bytes are read. */
  entries: string
  bytes: Uint8Array
}

/** The start of a frame, but for tables and for the kinds that no camera writes (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean => marker === 0xc0 || marker === 0xc1 || marker === 0xc2

function readJpeg(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (isFrame(marker)) {
      const spaces = { 1: '/DeviceGray', 3: '/DeviceRGB' } as const
      const space = spaces[view.getUint8(at + 9) as keyof typeof spaces]
      if (space === undefined) return undefined
      const entries = `/ColorSpace ${space} /BitsPerComponent 8 /Filter /DCTDecode`
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), entries, bytes }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

/** Components and colour space by the colour type (PNG, 11.2.1). Of a picture with transparency, the colours alone are read. */
const spacesOfPng: Readonly<Record<number, { colors: number; space: string }>> = {
  0: { colors: 1, space: '/ColorSpace /DeviceGray' },
  2: { colors: 3, space: '/ColorSpace /DeviceRGB' },
  // Red, green and blue are read as inverted ink, and the fourth component as no ink.
  6: { colors: 4, space: '/ColorSpace /DeviceCMYK /Decode [1 0 1 0 1 0 0 0]' },
}

function readPng(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33) return undefined
  const [width, height, depth, type, interlaced] = [
    view.getUint32(16),
    view.getUint32(20),
    view.getUint8(24),
    view.getUint8(25),
    view.getUint8(28),
  ]
  const pieces: Uint8Array[] = []
  let palette: Uint8Array | undefined
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (name === 'IDAT') pieces.push(content)
    if (name === 'PLTE') palette = content
    if (name === 'acTL') return undefined // an animation
    at += 12 + length
  }
  const { colors, space } = spacesOfPng[type] ?? { colors: 1, space: '' }
  const indexed =
    type === 3 && palette !== undefined && palette.length <= 768
      ? `/ColorSpace [/Indexed /DeviceRGB ${palette.length / 3 - 1} <${Buffer.from(palette).toString('hex')}>]`
      : ''
  if (interlaced !== 0 || (space === '' && indexed === '')) return undefined
  const parameters = `/Predictor 15 /Colors ${colors} /BitsPerComponent ${depth} /Columns ${width}`
  const entries = `${space || indexed} /BitsPerComponent ${depth} /Filter /FlateDecode /DecodeParms << ${parameters} >>`
  return { width, height, entries, bytes: Buffer.concat(pieces) }
}

/** The same picture as a page of a PDF. Undefined if it has more than `pixels`, or is of a kind that no camera and no screen writes. */
export function pictureAsPdf(bytes: Uint8Array, kind: 'jpeg' | 'png', pixels: number): Uint8Array | undefined {
  const picture = kind === 'jpeg' ? readJpeg(bytes) : readPng(bytes)
  if (picture === undefined) return undefined
  const { width, height, entries } = picture
  if (width === 0 || height === 0 || width * height > pixels) return undefined
  const drawing = `q ${width} 0 0 ${height} 0 0 cm /P Do Q`
  const parts = [
    `%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources << /XObject << /P 5 0 R >> >> /Contents 4 0 R >> endobj
4 0 obj << /Length ${drawing.length} >> stream\n${drawing}\nendstream endobj
5 0 obj << /Type /XObject /Subtype /Image /Width ${width} /Height ${height} ${entries} /Length ${picture.bytes.length} >> stream\n`,
    picture.bytes,
    // Without a table of objects: the reader looks for them.
    '\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n',
  ]
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
}
