import { type Answer, route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { findByLink, goneLink, withoutPerson } from '@sijil/registry/verification'
import { certificateView } from '@sijil/views'
import { gonePage, parseToken, resultPage, tokenToLink } from '@sijil/web'
import type * as z from 'zod/mini'
import { viewInput } from './inputs.ts'
import { atNow, contextOf, type PageParts, page } from './parts.ts'

/** Marks of a sentence that a chat application takes for the end of the link. */
const MARKS = /[.,);!]+$/

/** `GET /v/{token}` shows the verdict without the person. The page has a button that shows the person, by POST. */
export const certificateAnswers = (parts: PageParts) => {
  type Asked = Parameters<typeof contextOf>[0]
  type Found = Exclude<Awaited<ReturnType<typeof findByLink>>, { why: string }>

  /** What a link opens. A link that ended gets a page that says so, and a program the problem. */
  const opened = async (
    token: string | undefined,
    asked: Asked,
    answer: (found: Found, token: string, deps: ReturnType<typeof atNow>) => Answer | Promise<Answer>,
  ): Promise<Answer> => {
    if (token === undefined) throw new RegistryError('not-found', 'no certificate has this link')
    const deps = atNow(parts)
    const found = await findByLink(token, deps)
    if (!('why' in found)) return answer(found, token, deps)
    if (asked.wants === 'json') throw goneLink(found)
    return page(gonePage(found, contextOf(asked, `/v/${token}`, parts)), 410)
  }

  return {
    'GET /v/{token}': route<{ token: string }, undefined>({
      async answer(asked) {
        const token = parseToken(asked.params.token)
        const meant = token === undefined ? parseToken(asked.params.token.replace(MARKS, '')) : undefined
        if (meant !== undefined) return ownAddress(meant, asked.query, parts)
        return opened(token, asked, async ({ verification }, known, deps) => {
          if (asked.wants === 'json') return { status: 200, body: withoutPerson(verification) }
          const { host } = asked.query
          const values = await certificateView(verification, { person: 'hidden', token: known, host }, deps)
          return page(resultPage({ ...values, ...paperIn(asked.query) }, contextOf(asked, `/v/${known}`, parts)))
        })
      },
    }),
    'POST /v/{token}': route<{ token: string }, undefined, z.output<typeof viewInput>>({
      body: 'multipart',
      input: viewInput,
      answer: (asked) =>
        opened(parseToken(asked.params.token), asked, async ({ verification, document }, token, deps) => {
          if (asked.input.format === 'json') return download(document)
          if (asked.wants === 'json') return { status: 200, body: verification }
          const host = asked.input.host ?? asked.query.host
          const values = await certificateView(verification, { person: 'shown', token, host }, deps)
          return page(resultPage({ ...values, ...paperIn(asked.query) }, contextOf(asked, `/v/${token}`, parts)))
        }),
    }),
  }
}

/** The reader came from a paper (`POST /check`), so the page says to compare it. The verdict is the same. */
const paperIn = (query: Readonly<Record<string, string>>) =>
  query.from === 'contradiction'
    ? ({ paper: 'contradiction' } as const)
    : query.from === 'paper'
      ? ({ paper: 'with-code' } as const)
      : {}

const ownAddress = (token: string, query: Readonly<Record<string, string>>, { baseUrl }: PageParts): Answer => {
  const asked = new URLSearchParams(query).toString()
  return { status: 308, headers: { location: `${tokenToLink(token, baseUrl)}${asked && `?${asked}`}` } }
}

const download = (document: object): Answer => ({
  status: 200,
  body: JSON.stringify(document),
  type: 'application/vc+ld+json',
  headers: { 'content-disposition': 'attachment; filename="certificate.json"' },
})
