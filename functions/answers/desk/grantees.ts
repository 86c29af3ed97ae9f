import { createPageToken, readPage, route, type SignedIn } from '@sijil/http'
import { granteesView, granteeView, requireOffice } from '@sijil/views/desk'
import { deskPath, granteePage, granteesPage } from '@sijil/web'
import { page } from '../pages/parts.ts'
import { atNow, type DeskParts, deskContext } from './parts.ts'

/** The entities about which the authority may decide, and their accreditations. */
export const granteesAnswers = (parts: DeskParts) => ({
  'GET /desk/authorities/{authority}/grantees': route<{ authority: string }, SignedIn>({
    async answer(asked) {
      const { authority } = asked.params
      const deps = atNow(parts)
      const office = await requireOffice(authority, asked.caller.subject, deps)
      const question = { index: 'ENTITIES', filters: { desk: authority } }
      const { values, next } = await granteesView(office, readPage(asked.query, question), deps)
      const more = next && { next: createPageToken(next, question) }
      return page(granteesPage({ ...values, ...more }, deskContext(asked, deskPath(authority, 'grantees'), parts)))
    },
  }),

  'GET /desk/authorities/{authority}/grantees/{grantee}': route<{ authority: string; grantee: string }, SignedIn>({
    async answer(asked) {
      const { authority, grantee } = asked.params
      const deps = atNow(parts)
      const office = await requireOffice(authority, asked.caller.subject, deps)
      const values = await granteeView(office, grantee, deps)
      return page(granteePage(values, deskContext(asked, deskPath(authority, 'grantees', grantee), parts)))
    },
  }),
})
