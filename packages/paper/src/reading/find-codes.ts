import { decodeQRBatch } from 'qr/decode.js'
import type { OpenPdf } from './pdfium.ts'

/** Longer sides in pixels. A page at 150 dpi suffices. A photograph may show a small code, or one that is not sharp. */
const sizes = { page: [1754], photograph: [1600, 2600] } as const
const MILLISECONDS = 500
/** Texts that one paper may carry. Ours carries one. */
const MOST_CODES = 8

/** The texts of all QR codes on the first pages, each once. */
export async function findCodes(pdf: OpenPdf, pages: number, kind: keyof typeof sizes): Promise<string[]> {
  const found = new Set<string>()
  for (let page = 0; page < Math.min(pages, pdf.pageCount); page += 1) {
    for (const longerSide of sizes[kind]) {
      const image = await pdf.render(page, longerSide)
      const [results = []] = await decodeQRBatch([image], { format: 'RGBA', timeLimit: MILLISECONDS })
      // Where there is no further code, the last result is an error.
      for (const result of results) if (typeof result === 'string' && found.size < MOST_CODES) found.add(result)
      if (found.size > 0 && kind === 'photograph') break
    }
  }
  return [...found]
}
