import { DocumentFault, isObjectOrList, readJson } from '@sijil/credentials'
import { type Answer, type Request, route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { openLink, verifyDocument } from '@sijil/registry/verification'
import { certificateView } from '@sijil/views'
import {
  errorWords,
  fieldOf,
  type HomeError,
  homePage,
  linkToToken,
  parseToken,
  readTyped,
  resultPage,
  type Typed,
} from '@sijil/web'
import type * as z from 'zod/mini'
import { checkInput } from './inputs.ts'
import { atNow, contextOf, either, type PageParts, page } from './parts.ts'

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

  // The answer to the form has this address, so a reload or a bookmark asks for it by GET.
  'GET /check': route<Record<never, string>, undefined>({
    answer: ({ query, language }) => ({
      status: 303,
      headers: { location: query.lang === undefined ? '/' : `/?lang=${language}` },
    }),
  }),

  'POST /check': route<Record<never, string>, undefined, Check>({
    body: 'multipart',
    input: checkInput,
    async answer(asked) {
      const { code, link, document, photo, form } = asked.input
      const typed = link ?? code
      // Several inputs may lead to different answers, so none of them is preferred.
      const given = [code, link, document].filter((each) => each !== undefined)
      if (given.length > 1) return again('several', asked, parts, typed)
      if (document !== undefined) return checkDocument(document.bytes, asked, parts)
      if (typed === undefined) return again(photo ? 'photoOff' : form ? 'noFile' : 'empty', asked, parts)
      const read = link === undefined ? readTyped(typed, parts.baseUrl) : readLink(link, parts.baseUrl)
      if ('fault' in read) return again(read.fault, asked, parts, typed)
      // After a mistyped letter, the form comes back with what was typed, in place of a page that says "not found".
      if ((await openLink(read.token, parts)) === undefined) return again('unknown', asked, parts, typed)
      const language = asked.query.lang === undefined ? '' : `?lang=${asked.language}`
      return { status: 303, headers: { location: `/v/${read.token}${language}` } }
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

/**
 * Shows the form again with an error. Typed text may be a code, so it is only in this answer, which no cache keeps. The answer to a program
 * does not contain it.
 */
function again(error: HomeError, asked: Asked, parts: PageParts, typed = ''): Answer {
  const context = contextOf(asked, '/', parts)
  if (asked.wants === 'json') {
    if (error === 'unknown') throw new RegistryError('not-found', errorWords(error, context))
    const fault = { pointer: `/${fieldOf(error)}`, detail: errorWords(error, context) }
    throw new RegistryError('validation-failed', 'The request does not lead to a certificate.', { faults: [fault] })
  }
  const status = error === 'unknown' ? 404 : 422
  return { ...page(homePage({ error, typed }, context), status), headers: scanning }
}
