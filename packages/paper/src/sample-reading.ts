import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { openPdf } from './reading/pdfium.ts'

/** Generous, because a test may print many pages. */
const limits = { memory: 512 * 1024 * 1024, attachments: 8, attachment: 1_000_000 }
const wasm = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')

/** Opens a PDF for a test, without a process of its own. */
export const openForTest = (bytes: Uint8Array) => openPdf(bytes, wasm, limits)

/** The text of each page, as a program that copies or reads aloud gets it. */
export async function textsOf(bytes: Uint8Array): Promise<string[]> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes)
  return [...document.pages()].map((page) => page.getText())
}

/** Everything that the file says, with its streams inflated. */
export function insidesOf(bytes: Uint8Array): string {
  const whole = Buffer.from(bytes).toString('latin1')
  const streams = [...whole.matchAll(/\/Length (\d+)[^>]*>>\s*stream\r?\n/g)].map(({ 0: head, 1: length, index }) => {
    const begin = index + head.length
    const content = bytes.subarray(begin, begin + Number(length))
    try {
      return inflateSync(content).toString('latin1')
    } catch {
      return Buffer.from(content).toString('latin1')
    }
  })
  return [whole, ...streams].join('\n')
}
