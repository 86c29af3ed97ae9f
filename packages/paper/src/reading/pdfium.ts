import { readFileSync } from 'node:fs'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { capMemory } from './cap-memory.ts'

/** The functions of PDFium for attachments, which its wrapper does not name. */
interface Native {
  HEAPU8: Uint8Array<ArrayBuffer>
  wasmExports: { malloc(bytes: number): number; free(at: number): void }
  _FPDFDoc_GetAttachmentCount(document: number): number
  _FPDFDoc_GetAttachment(document: number, index: number): number
  /** Returns 0 if the file cannot be decoded. With no buffer, it writes only the length. */
  _FPDFAttachment_GetFile(attachment: number, buffer: number, length: number, written: number): number
}

interface Limits {
  /** Bytes that the reader may use, with the file, its pages and its pictures. */
  memory: number
  attachments: number
  /** Bytes of one attachment. A certificate has fewer. */
  attachment: number
}

interface Page {
  width: number
  height: number
  /** RGBA. */
  data: Uint8Array
}

export interface OpenPdf {
  pageCount: number
  /** The attached files, those that are too large left out. */
  attachments(): Uint8Array[]
  /** Renders the page so that its longer side has this many pixels. */
  render(index: number, longerSide: number): Promise<Page>
}

/** Opens a PDF in a reader of its own. Throws for a file that cannot be read, or that is protected by a password. */
export async function openPdf(bytes: Uint8Array, wasm: URL | string, limits: Limits): Promise<OpenPdf> {
  const library = await PDFiumLibrary.init({ wasmBinary: capMemory(readFileSync(wasm), limits.memory).buffer })
  const document = await library.loadDocument(bytes)
  // Its wrapper keeps both private.
  const { module, documentIdx } = document as unknown as { module: Native; documentIdx: number }
  return {
    pageCount: document.getPageCount(),
    attachments: () => attachmentsOf(module, documentIdx, limits),
    async render(index, longerSide) {
      const page = document.getPage(index)
      const { originalWidth, originalHeight } = page.getOriginalSize()
      const scale = longerSide / Math.max(originalWidth, originalHeight, 1)
      const size = (points: number) => Math.max(1, Math.min(longerSide, Math.round(points * scale)))
      const { data, width, height } = await page.render({
        width: size(originalWidth),
        height: size(originalHeight),
        render: 'bitmap',
      })
      return { data, width, height }
    },
  }
}

function attachmentsOf(module: Native, document: number, limits: Limits): Uint8Array[] {
  const count = Math.min(module._FPDFDoc_GetAttachmentCount(document), limits.attachments)
  const written = module.wasmExports.malloc(8)
  const lengthAt = () => new DataView(module.HEAPU8.buffer).getUint32(written, true)
  return Array.from({ length: count }, (_, index) => {
    const attachment = module._FPDFDoc_GetAttachment(document, index)
    if (attachment === 0 || module._FPDFAttachment_GetFile(attachment, 0, 0, written) === 0) return undefined
    const length = lengthAt()
    if (length === 0 || length > limits.attachment) return undefined
    const buffer = module.wasmExports.malloc(length)
    const isRead = module._FPDFAttachment_GetFile(attachment, buffer, length, written) !== 0
    const content = module.HEAPU8.slice(buffer, buffer + length)
    module.wasmExports.free(buffer)
    return isRead ? content : undefined
  }).filter((content) => content !== undefined)
}
