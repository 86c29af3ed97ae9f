import { route, type SignedIn } from '@sijil/http'
import { bodyDeskView, requireOfficeAt } from '@sijil/views/desk'
import { bodyDeskPage, deskPathOf } from '@sijil/web'
import { page } from '../pages/parts.ts'
import { atNow, type DeskParts, deskContext } from './parts.ts'

/** The first page of a certification body's desk. */
export const bodyAnswers = (parts: DeskParts) => ({
  'GET /desk/issuers/{issuer}': route<{ issuer: string }, SignedIn>({
    async answer(asked) {
      const deps = atNow(parts)
      const office = await requireOfficeAt('issuers', asked.params.issuer, asked.caller.subject, deps)
      const context = deskContext(asked, deskPathOf('issuers', office.authority.id), parts)
      return page(bodyDeskPage(await bodyDeskView(office, deps), context))
    },
  }),
})
