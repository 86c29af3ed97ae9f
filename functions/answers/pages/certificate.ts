import { type Answer, route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { verifyLink, withoutPerson } from '@sijil/registry/verification'
import { certificateView, type ViewDeps } from '@sijil/views'
import { parseToken, resultPage, tokenToLink } from '@sijil/web'
import type * as z from 'zod/mini'
import { viewInput } from './inputs.ts'
import { atNow, contextOf, type PageParts, page } from './parts.ts'

/** Marks of a sentence that a chat application takes for the end of the link. */
const MARKS = /[.,);!]+$/

/** `GET /v/{token}` shows the verdict without the person. The page has a button that shows the person, by POST. */
export const certificateAnswers = (parts: PageParts) => {
  const open = (token: string | undefined, deps: ViewDeps) => {
    if (token === undefined) throw new RegistryError('not-found', 'no certificate has this link')
    return verifyLink(token, deps)
  }
  return {
    'GET /v/{token}': route<{ token: string }, undefined>({
      async answer(asked) {
        const deps = atNow(parts)
        const token = parseToken(asked.params.token)
        const meant = token === undefined ? parseToken(asked.params.token.replace(MARKS, '')) : undefined
        if (meant !== undefined) return ownAddress(meant, asked.query, parts)
        const { verification } = await open(token, deps)
        if (asked.wants === 'json') return { status: 200, body: withoutPerson(verification) }
        const values = await certificateView(verification, { person: 'hidden', token, host: asked.query.host }, deps)
        return page(resultPage(values, contextOf(asked, `/v/${token}`, parts)))
      },
    }),
    'POST /v/{token}': route<{ token: string }, undefined, z.output<typeof viewInput>>({
      body: 'multipart',
      input: viewInput,
      async answer(asked) {
        const deps = atNow(parts)
        const token = parseToken(asked.params.token)
        const { verification, document } = await open(token, deps)
        if (asked.input.format === 'json') return download(document)
        if (asked.wants === 'json') return { status: 200, body: verification }
        const host = asked.input.host ?? asked.query.host
        const values = await certificateView(verification, { person: 'shown', token, host }, deps)
        return page(resultPage(values, contextOf(asked, `/v/${token}`, parts)))
      },
    }),
  }
}

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
