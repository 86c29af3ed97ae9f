import { type Answer, parseQuery, type Request, route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { compareStatesView, listFictionalStates, statesView, stateView } from '@sijil/views'
import { compareStatesPage, statePage, statesPage } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, contextOf, type PageParts, page, shown } from './parts.ts'

const code = z.optional(z.string().check(z.maxLength(10)))
const compareQuery = z.looseObject({ one: code, other: code })

type Asked = Request<unknown, unknown, unknown, Readonly<Record<string, string>>>

/** The skills systems of the states of ASEAN. */
export const statesAnswers = (parts: PageParts) => {
  /** Shows the list of states to people who asked for a state that does not exist. */
  const orOverview = async (asked: Asked, answer: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await answer()
    } catch (error) {
      if (asked.wants === 'json' || !(error instanceof RegistryError && error.code === 'not-found')) throw error
      // The language menu leads to the list, because the requested address does not exist.
      const context = { ...contextOf(asked, '/states', parts), path: '/states' }
      const { values } = await statesView(atNow(parts))
      return page(statesPage({ ...values(), missing: true }, context), 404)
    }
  }
  return {
    'GET /states': route<Record<never, string>, undefined>({
      answer: async (asked) =>
        shown(asked, await statesView(atNow(parts), await listFictionalStates(atNow(parts))), (values) =>
          statesPage(values, contextOf(asked, '/states', parts)),
        ),
    }),

    'GET /states/compare': route<Record<never, string>, undefined>({
      answer(asked) {
        const { one = '', other = '' } = parseQuery(compareQuery, asked.query)
        const isSent = 'one' in asked.query || 'other' in asked.query
        return orOverview(asked, async () =>
          shown(asked, await compareStatesView({ one, other, isSent }, atNow(parts)), (values) => {
            const [first, second] = values.pair ?? []
            const pair = first && second ? `?one=${first.state}&other=${second.state}` : ''
            return compareStatesPage(values, contextOf(asked, `/states/compare${pair}`, parts))
          }),
        )
      },
    }),

    'GET /states/{state}': route<{ state: string }, undefined>({
      answer: (asked) =>
        orOverview(asked, async () =>
          shown(asked, await stateView(asked.params.state, atNow(parts)), (values) =>
            statePage(values, contextOf(asked, `/states/${values.profile.state}`, parts)),
          ),
        ),
    }),
  }
}
