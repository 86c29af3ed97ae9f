import { createPageToken, readPage, route, type SignedIn } from '@sijil/http'
import { readOnce } from '@sijil/registry'
import { retentionOf } from '@sijil/registry/trust'
import { dueView, namedEntity, requireMemberAt } from '@sijil/views/desk'
import { deskPathOf, duePage } from '@sijil/web'
import { deskContext } from '../desk/parts.ts'
import { page } from '../pages/parts.ts'
import type { OfficeParts } from './parts.ts'

/** Whole years from 1 to 99. Any other text asks for no list. */
const YEARS = /^[1-9]\d?$/

/**
 * Certificates that are older than a period of retention, which the address states. The form begins with that
 * of the policy of the body, if it states one.
 */
export const dueAnswers = (parts: OfficeParts) => ({
  'GET /desk/issuers/{issuer}/due': route<{ issuer: string }, SignedIn>({
    async answer(asked) {
      const { issuer } = asked.params
      const { subject } = asked.caller
      const deps = { store: readOnce(parts.store), policy: parts.policy, now: parts.clock() }
      const office = await requireMemberAt(issuer, subject, deps)
      const context = deskContext(asked, deskPathOf('issuers', issuer, 'due'), parts)
      const { years = '', ...query } = asked.query
      if (!YEARS.test(years)) {
        const today = deps.now.toISOString()
        const retention = await retentionOf(issuer, { effective: today, recorded: today }, deps.store)
        return page(
          duePage({ body: namedEntity(office.authority), ...(retention && { years: retention.years }) }, context),
        )
      }
      const question = { index: `CERTIFICATES#${issuer}`, filters: { due: years } }
      const { values, next } = await dueView(
        office,
        { subject, years: Number(years), ...readPage(query, question) },
        deps,
      )
      return page(duePage({ ...values, ...(next && { next: createPageToken(next, question) }) }, context))
    },
  }),
})
