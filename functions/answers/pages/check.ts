import { DocumentFault, isObjectOrList, readJson } from '@sijil/credentials'
import { type Answer, BODY_LIMIT, type Request, route, tooLarge } from '@sijil/http'
import type { PaperReader } from '@sijil/paper'
import { openLink, verifyDocument } from '@sijil/registry/verification'
import { certificateView } from '@sijil/views'
import { linkToToken, parseToken, readTyped, resultPage, type Typed } from '@sijil/web'
import type * as z from 'zod/mini'
import { again } from './again.ts'
import { checkPaper, isPaper, seeVerdict } from './check-paper.ts'
import { checkInput } from './inputs.ts'
import { atNow, contextOf, type PageParts, page } from './parts.ts'

type Check = z.output<typeof checkInput>
type Asked = Request<unknown, unknown, Check, Readonly<Record<string, string>>>

export interface CheckParts extends PageParts {
  /** Loads the reader of PDF files and photographs when it is first asked for. */
  paperReader: () => Promise<PaperReader>
}

/** The forms of the home page. A file is checked in memory and not kept. */
export const checkAnswers = (parts: CheckParts) => ({
  'POST /check': route<Record<never, string>, undefined, Check>({
    body: 'multipart-paper',
    input: checkInput,
    async answer(asked) {
      const { code, link, document, photo, form } = asked.input
      const typed = link ?? code
      // Several inputs may lead to different answers, so none of them is preferred.
      const file = document ?? photo
      const given = [code, link, document, photo].filter((each) => each !== undefined)
      if (given.length > 1) return again('several', asked, parts, typed)
      if (file !== undefined)
        return isPaper(file.bytes) ? checkPaper(file.bytes, asked, parts) : checkDocument(file.bytes, asked, parts)
      if (typed === undefined) return again(form ? 'noFile' : 'empty', asked, parts)
      const read = link === undefined ? readTyped(typed, parts.baseUrl) : readLink(link, parts.baseUrl)
      if ('fault' in read) return again(read.fault, asked, parts, typed)
      // After a mistyped letter, the form comes back with what was typed, in place of a page that says "not found".
      if ((await openLink(read.token, parts)) === undefined) return again('unknown', asked, parts, typed)
      return seeVerdict(read.token, {}, asked)
    },
  }),
})

/** Parses a link that a program sends. Unlike typed text, it may have nothing around it. */
function readLink(link: string, baseUrl: string): Typed {
  const token = linkToToken(link, baseUrl) ?? parseToken(link)
  if (token !== undefined) return { token }
  return { fault: URL.parse(link)?.origin === new URL(baseUrl).origin ? 'own' : 'foreign' }
}

async function checkDocument(bytes: Uint8Array, asked: Asked, parts: PageParts): Promise<Answer> {
  if (bytes.length > BODY_LIMIT) throw tooLarge(BODY_LIMIT)
  let document: unknown
  try {
    document = readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (fault) {
    if (!(fault instanceof DocumentFault || fault instanceof TypeError)) throw fault
    return again('file', asked, parts)
  }
  // A presentation may hold several certificates, and it answers the challenge of another verifier. This page shows one certificate.
  if (isPresentation(document)) return again('presentation', asked, parts)
  // The file may be the certificate, or the answer of `sijil issue` or of the API that contains it.
  if (has(document, 'verifiableCredential')) document = document.verifiableCredential
  // A person who chose the wrong file gets a message at the form. A program gets the verdict that it asked for.
  if (asked.wants === 'html' && !isLikeACredential(document)) return again('file', asked, parts)
  const deps = atNow(parts)
  const verification = await verifyDocument(document, deps)
  if (asked.wants === 'json') return { status: 200, body: verification }
  const values = await certificateView(verification, { person: 'shown', host: asked.query.host }, deps)
  return page(resultPage(values, contextOf(asked, '/', parts)))
}

const isLikeACredential = (document: unknown): boolean =>
  has(document, '@context') || isOfType(document, 'VerifiableCredential')

const isPresentation = (document: unknown): boolean =>
  has(document, 'verifiablePresentation') || isOfType(document, 'VerifiablePresentation')

const has = <N extends string>(document: unknown, name: N): document is Record<N, unknown> =>
  isObjectOrList(document) && name in document

const isOfType = (document: unknown, type: string): boolean =>
  has(document, 'type') && [document.type].flat().includes(type)
