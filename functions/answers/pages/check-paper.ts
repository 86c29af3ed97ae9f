import type { Answer } from '@sijil/http'
import { PaperFault, type PaperReader, type ReadPaper } from '@sijil/paper'
import { comparePaper, verifyDocument, verifyLink } from '@sijil/registry/verification'
import { certificateView } from '@sijil/views'
import { linkToToken, paperPage, resultPage } from '@sijil/web'
import { again } from './again.ts'
import { type Asked, atNow, contextOf, type PageParts, page } from './parts.ts'

interface PaperCheckParts extends PageParts {
  paperReader: () => Promise<PaperReader>
}

/** The first bytes of PDF, JPEG and PNG, and of pictures that are refused. A certificate as JSON begins with none of them. */
const notJson = /^(?:%PDF-|\xff\xd8\xff|\x89PNG|GIF8|II\*\0|MM\0\*|RIFF|BM|.{4}ftyp|\0\0\0\x0cjP)/s

export const isPaper = (bytes: Uint8Array): boolean =>
  notJson.test(Buffer.from(bytes.subarray(0, 16)).toString('latin1'))

/** Leads to the verdict of a link. `from`: the reader has a paper, so the page says to compare it. */
export const seeVerdict = (token: string, from: { from?: 'paper' }, asked: Asked): Answer => {
  const query = String(
    new URLSearchParams({ ...from, ...(asked.query.lang !== undefined && { lang: asked.language }) }),
  )
  return { status: 303, headers: { location: `/v/${token}${query && `?${query}`}` } }
}

/**
 * Checks what a PDF or a photograph carries: the attached certificate and the QR codes. If they disagree, that is the answer. No text of the
 * page is read, so the page says to compare the paper with what was signed.
 */
export async function checkPaper(bytes: Uint8Array, asked: Asked, parts: PaperCheckParts): Promise<Answer> {
  const read = await readPaper(bytes, parts)
  if (read === undefined) return again('paper', asked, parts)
  const deps = atNow(parts)
  const codes = read.codes.map((text) => ({ text, token: linkToToken(text, parts.baseUrl) }))
  const answer = await comparePaper({ ...read, codes }, deps)
  const { carries } = answer
  const isJson = asked.wants === 'json'
  switch (carries) {
    case 'nothing':
      return again('paperEmpty', asked, parts)
    case 'link': {
      if (!isJson || !answer.attached) return seeVerdict(answer.token, { from: 'paper' }, asked)
      const { verification } = await verifyLink(answer.token, deps)
      return { status: 200, body: { ...verification, paper: { carries } } }
    }
    case 'document': {
      const verification = await verifyDocument(answer.document, deps)
      if (isJson) return { status: 200, body: { ...verification, paper: { carries } } }
      const values = await certificateView(verification, { person: 'shown', host: asked.query.host }, deps)
      return page(resultPage({ ...values, paper: 'without-code' }, contextOf(asked, '/', parts)))
    }
    case 'contradiction': {
      const { findings, attached, document } = answer
      const verification = document && (await verifyDocument(document, deps))
      if (isJson) return { status: 200, body: { ...verification, paper: { carries, attached, findings } } }
      const values = verification && (await certificateView(verification, { person: 'hidden' }, deps))
      return page(paperPage({ findings, attached, ...(values && { values }) }, contextOf(asked, '/', parts)))
    }
    default:
      return carries satisfies never
  }
}

/** Undefined if the file cannot be read. */
async function readPaper(bytes: Uint8Array, { paperReader }: PaperCheckParts): Promise<ReadPaper | undefined> {
  const read = await paperReader()
  try {
    return await read(bytes)
  } catch (error) {
    if (error instanceof PaperFault) return undefined
    throw error
  }
}
