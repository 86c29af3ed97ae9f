import { parseQuery, route, type SignedIn } from '@sijil/http'
import { bodyDeskView, membersView, requireMemberAt, requireOfficeAt } from '@sijil/views/desk'
import { bodyDeskPage, deskPathOf, membersPage } from '@sijil/web'
import * as z from 'zod/mini'
import { chosen, page } from '../pages/parts.ts'
import { atNow, type DeskParts, deskContext } from './parts.ts'

/** The words of a search among the qualifications of the body. */
const searchQuery = z.object({
  q: z.optional(z.string().check(z.maxLength(100, { error: 'must have at most 100 characters' }))),
})

/** The first page of a certification body's desk, and its members. */
export const bodyAnswers = (parts: DeskParts) => ({
  'GET /desk/issuers/{issuer}': route<{ issuer: string }, SignedIn>({
    async answer(asked) {
      const deps = atNow(parts)
      const office = await requireMemberAt(asked.params.issuer, asked.caller.subject, deps)
      const context = deskContext(asked, deskPathOf('issuers', office.authority.id), parts)
      const { q: search = '' } = parseQuery(searchQuery, chosen(asked.query))
      return page(bodyDeskPage(await bodyDeskView(office, { subject: asked.caller.subject, search }, deps), context))
    },
  }),
  'GET /desk/issuers/{issuer}/members': route<{ issuer: string }, SignedIn>({
    async answer(asked) {
      const deps = atNow(parts)
      const office = await requireOfficeAt('issuers', asked.params.issuer, asked.caller.subject, deps)
      const context = deskContext(asked, deskPathOf('issuers', office.authority.id, 'members'), parts)
      return page(membersPage(await membersView(office, deps), context))
    },
  }),
})
