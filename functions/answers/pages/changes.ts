import { parseQuery, route } from '@sijil/http'
import { MEMORY_MS, rememberedEach } from '@sijil/registry'
import { changesView, changeView, entitiesOfState, listedKinds, noSuchChange, requireEntity } from '@sijil/views'
import { changePage, changesFeed, changesPage } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, chosen, contextOf, type PageParts, shown } from './parts.ts'

const state = z
  .string()
  .check(z.regex(/^(?:[A-Z]{2}|ASEAN)$/, { error: 'must be a state, ISO 3166-1 alpha-2, or ASEAN' }))
const query = z.looseObject({
  before: z.optional(z.string().check(z.regex(/^[0-9]{1,15}$/))),
  id: z.optional(z.string().check(z.maxLength(64))),
  statement: z.optional(z.string().check(z.regex(/^[0-9]{1,15}$/))),
  kind: z.optional(z.enum(listedKinds)),
  state: z.optional(state),
})

const placeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))

/** States whose entities one function remembers at a time. */
const MOST_STATES = 12

interface Asked {
  query: Readonly<Record<string, string>>
}

const addressOf = (path: string, query: Readonly<Record<string, string>>): string =>
  Object.keys(query).length === 0 ? path : `${path}?${new URLSearchParams(query)}`

/** The log of the registry in plain words. */
export const changesAnswers = (parts: PageParts) => {
  const remember = rememberedEach<string[]>(() => parts.clock().getTime(), { ms: MEMORY_MS, most: MOST_STATES })
  const ofState = (iso2: string) => remember(iso2, () => entitiesOfState(iso2, parts))

  function viewOf(asked: Asked['query']) {
    const { before, statement, id, kind, state: iso2 } = parseQuery(query, chosen(asked))
    const places = { before: placeOf(before), statement: placeOf(statement) }
    const question = { ...places, id, kind, state: iso2 }
    return changesView(question, { ...atNow(parts), ofState })
  }

  /** The same list as a feed at `path`. `own` is the part of the question that stands in the path. */
  async function feedOf({ query: asked }: Asked, path: string, own: { id?: string } = {}) {
    const { changes, statements, next, nextStatement, search } = await (await viewOf({ ...asked, ...own })).values()
    const { before, statement } = chosen(asked)
    const { id, ...rest } = search
    const kept = { ...(id !== undefined && own.id === undefined && { id }), ...rest }
    const addresses = {
      self: addressOf(path, {
        ...kept,
        ...(before !== undefined && { before }),
        ...(statement !== undefined && { statement }),
      }),
      page: addressOf('/changes', search),
      ...(next !== undefined && {
        next: addressOf(path, {
          ...kept,
          before: String(next),
          ...(nextStatement !== undefined && { statement: String(nextStatement) }),
        }),
      }),
    }
    return {
      status: 200,
      body: changesFeed({ changes, statements }, addresses, parts),
      type: 'application/atom+xml; charset=utf-8',
    }
  }

  return {
    'GET /changes': route<Record<never, string>, undefined>({
      async answer(asked) {
        return shown(asked, await viewOf(asked.query), (values) =>
          changesPage(values, contextOf(asked, '/changes', parts)),
        )
      },
    }),

    'GET /changes.atom': route<Record<never, string>, undefined>({
      answer: (asked) => feedOf(asked, '/changes.atom'),
    }),

    'GET /issuers/{issuer}/changes.atom': route<{ issuer: string }, undefined>({
      async answer(asked) {
        const { id } = await requireEntity(asked.params.issuer, atNow(parts))
        return feedOf(asked, `/issuers/${id}/changes.atom`, { id })
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
  }
}
