import { parseQuery, route } from '@sijil/http'
import { setHeldView, skillSetView } from '@sijil/views'
import { setHeldPage, skillSetPage } from '@sijil/web'
import * as z from 'zod/mini'
import { heldAnswer } from './held.ts'
import { heldInput } from './inputs.ts'
import { atNow, chosen, contextAt, contextOf, type PageParts, shown } from './parts.ts'

type Named = { id: string; version: string }
const text = (max: number) =>
  z.optional(z.string().check(z.maxLength(max, { error: `must have at most ${max} characters` })))
const setQuery = z.object({ qualification: text(105), edition: text(200) })

/** Sets of units that authorities agreed on. No answer by GET depends on a certificate or a person. */
export const skillSetAnswers = (parts: PageParts) => ({
  'GET /skill-sets/{id}/{version}': route<Named, undefined>({
    async answer(asked) {
      const { id, version } = asked.params
      const given = chosen(asked.query)
      const standard = parseQuery(setQuery, given)
      const query = { ...standard, ...(given.lang && { lang: given.lang }) } as Record<string, string>
      return shown(asked, await skillSetView({ id, version }, standard, atNow(parts)), (values) =>
        skillSetPage(values, contextOf({ ...asked, query }, `/skill-sets/${id}/${version}`, parts)),
      )
    },
  }),

  'POST /skill-sets/{id}/{version}/held': route<Named, undefined, z.output<typeof heldInput>>({
    body: 'multipart',
    input: heldInput,
    async answer(asked) {
      const { id, version } = asked.params
      const deps = atNow(parts)
      const context = contextAt(asked, `/skill-sets/${id}/${version}`, parts)
      const set = await skillSetView({ id, version }, {}, deps)
      return heldAnswer(asked, parts, {
        again: async (fault) => skillSetPage(await set.values(), context, fault),
        answer: async ({ verification }) =>
          shown(asked, await setHeldView({ id, version }, verification, deps), (values) =>
            setHeldPage(values, context),
          ),
      })
    },
  }),
})
