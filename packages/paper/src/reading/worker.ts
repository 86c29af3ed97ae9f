import { parentPort, workerData } from 'node:worker_threads'
import { findCodes } from './find-codes.ts'
import { limits } from './limits.ts'
import { openPdf } from './pdfium.ts'
import { type Kind, pictureAsPdf } from './pictures.ts'

/** Reads one file in a thread that can be ended. It answers once. Every failure means that the file cannot be read. */
async function read({ bytes, kind, wasm }: { bytes: Uint8Array; kind: Kind; wasm: string }) {
  if (kind === 'pdf') {
    const pdf = await openPdf(bytes, wasm, limits)
    return { attachments: pdf.attachments(), codes: await findCodes(pdf, limits.pages, 'page') }
  }
  const picture = pictureAsPdf(bytes, kind, limits.pixels)
  if (picture === undefined) throw new TypeError('not a photograph')
  return { attachments: [], codes: await findCodes(await openPdf(picture, wasm, limits), 1, 'photograph') }
}

parentPort?.postMessage(await read(workerData))
