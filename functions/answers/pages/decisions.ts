import { parseQuery, route } from '@sijil/http'
import { decisionsView } from '@sijil/views'
import { decisionsPage } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, chosen, contextOf, type PageParts, shown } from './parts.ts'

const text = (max: number) =>
  z.optional(z.string().check(z.maxLength(max, { error: `must have at most ${max} characters` })))
const decisionsQuery = z.object({ qualification: text(300), host: text(64), lang: z.optional(z.string()) })

/** Class decisions of host authorities. Nobody finds a decision about one certificate here: that has only its link. */
export const decisionsAnswers = (parts: PageParts) => ({
  'GET /decisions': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { lang, ...question } = parseQuery(decisionsQuery, chosen(asked.query))
      const query = { ...question, ...(lang && { lang }) } as Record<string, string>
      return shown(asked, await decisionsView(question, atNow(parts)), (values) =>
        decisionsPage(values, contextOf({ ...asked, query }, '/decisions', parts)),
      )
    },
  }),
})
