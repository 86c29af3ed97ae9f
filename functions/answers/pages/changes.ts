import { parseQuery, route } from '@sijil/http'
import { changeKinds } from '@sijil/registry/log'
import { changesView, changeView, noSuchChange } from '@sijil/views'
import { changePage, changesFeed, changesPage } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, chosen, contextOf, type PageParts, shown } from './parts.ts'

const query = z.looseObject({
  before: z.optional(z.string().check(z.regex(/^[0-9]{1,15}$/))),
  id: z.optional(z.string().check(z.maxLength(64))),
  kind: z.optional(z.enum(changeKinds)),
})

/** The log of the registry in plain words. */
export const changesAnswers = (parts: PageParts) => ({
  'GET /changes': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { before, id, kind } = parseQuery(query, chosen(asked.query))
      const question = { before: before === undefined ? undefined : Number(before), id, kind }
      const view = await changesView(question, atNow(parts))
      return shown(asked, view, (values) => changesPage(values, contextOf(asked, '/changes', parts)))
    },
  }),

  'GET /changes.atom': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { changes } = await (await changesView({}, atNow(parts))).values()
      // There is one feed, in English, because its address names no language.
      const context = { ...contextOf(asked, '/changes', parts), language: 'en' } as const
      return { status: 200, body: changesFeed(changes, context), type: 'application/atom+xml; charset=utf-8' }
    },
  }),

  'GET /changes/{index}': route<{ index: string }, undefined>({
    async answer(asked) {
      const { index } = asked.params
      if (!/^(?:0|[1-9]\d{0,15})$/.test(index)) throw noSuchChange()
      const view = await changeView(Number(index), atNow(parts))
      return shown(asked, view, ({ change, log }) =>
        changePage(change, log, contextOf(asked, `/changes/${index}`, parts)),
      )
    },
  }),
})
