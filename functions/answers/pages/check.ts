import { DocumentFault, readJson } from '@sijil/credentials'
import { type Answer, type Request, route, upload } from '@sijil/http'
import { verifyDocument } from '@sijil/registry'
import { type HomeError, homePage, linkToToken, parseToken, resultPage } from '@sijil/web'
import * as z from 'zod/mini'
import { resultValues } from './certificate.ts'
import { contextOf, either, type PageParts, page } from './parts.ts'

const checkInput = z.strictObject({
  code: z.optional(z.string().check(z.maxLength(500))),
  link: z.optional(z.string().check(z.maxLength(500))),
  document: z.optional(upload),
  // Read by the script alone; a browser without it may still send one, and is told so.
  photo: z.optional(upload),
})
type Check = z.output<typeof checkInput>
type Asked = Request<unknown, unknown, Check, Readonly<Record<string, string>>>

/** The only page that may ask for the camera. */
const scanning = { 'permissions-policy': 'camera=(self), geolocation=(), microphone=()' }

/** The home page and its forms. A file is checked in memory and not kept. */
export const checkAnswers = (parts: PageParts) => ({
  'GET /': route<Record<never, string>, undefined>({
    answer: (asked) =>
      either(
        asked,
        { name: 'Sijil', verify: `${parts.baseUrl}/verify`, description: `${parts.baseUrl}/openapi.json` },
        () => homePage({}, contextOf(asked, '/', parts)),
        scanning,
      ),
  }),

  'POST /check': route<Record<never, string>, undefined, Check>({
    body: 'multipart',
    input: checkInput,
    async answer(asked) {
      const { code, link, document } = asked.input
      const typed = link ?? code
      if (document !== undefined) return checkDocument(document.bytes, asked, parts)
      if (typed === undefined) return again(asked.input.photo ? 'photoOff' : 'empty', asked, parts)
      const token = linkToToken(typed, parts.baseUrl) ?? parseToken(typed)
      if (token === undefined) return again(/^\w+:/.test(typed.trim()) ? 'foreign' : 'code', asked, parts)
      const language = asked.query.lang === undefined ? '' : `?lang=${asked.language}`
      return { status: 303, headers: { location: `/v/${token}${language}` } }
    },
  }),
})

async function checkDocument(bytes: Uint8Array, asked: Asked, parts: PageParts): Promise<Answer> {
  let document: unknown
  try {
    document = readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (fault) {
    if (!(fault instanceof DocumentFault || fault instanceof TypeError)) throw fault
    return again('file', asked, parts)
  }
  // As `sijil issue` and the API hand it out: the certificate, or an answer that holds it.
  if (typeof document === 'object' && document !== null && 'verifiableCredential' in document)
    document = document.verifiableCredential
  const verification = await verifyDocument(document, { ...parts, now: parts.clock() })
  if (asked.wants === 'json') return { status: 200, body: verification }
  return page(
    resultPage(
      { ...(await resultValues(verification, asked.query.host, parts)), person: 'shown' },
      contextOf(asked, '/', parts),
    ),
  )
}

const again = (error: HomeError, asked: Asked, parts: PageParts): Answer => ({
  ...page(homePage({ error }, contextOf(asked, '/', parts)), 422),
  headers: scanning,
})
