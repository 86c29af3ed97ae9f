import { type Answer, parseQuery, type Request, route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { compareStatesView, statesView, stateView } from '@sijil/views'
import { compareStatesPage, statePage, statesPage } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, contextOf, either, type PageParts, page } from './parts.ts'

const code = z.optional(z.string().check(z.maxLength(10)))
const compareQuery = z.looseObject({ one: code, other: code })

type Asked = Request<unknown, unknown, unknown, Readonly<Record<string, string>>>

/** The skills systems of the states of ASEAN. */
export const statesAnswers = (parts: PageParts) => {
  /** Shows which states exist to people who asked for one that does not. */
  const orOverview = async (asked: Asked, answer: () => Answer | Promise<Answer>): Promise<Answer> => {
    try {
      return await answer()
    } catch (error) {
      if (asked.wants === 'json' || !(error instanceof RegistryError && error.code === 'not-found')) throw error
      // The menu of languages must not ask again for what does not exist.
      const context = { ...contextOf(asked, '/states', parts), path: '/states' }
      return page(statesPage({ ...statesView().values(), missing: true }, context), 404)
    }
  }
  return {
    'GET /states': route<Record<never, string>, undefined>({
      answer(asked) {
        const { json, values } = statesView()
        return either(asked, json, () => statesPage(values(), contextOf(asked, '/states', parts)))
      },
    }),

    'GET /states/compare': route<Record<never, string>, undefined>({
      answer(asked) {
        const { one = '', other = '' } = parseQuery(compareQuery, asked.query)
        const isSent = 'one' in asked.query || 'other' in asked.query
        return orOverview(asked, () => {
          const { json, values } = compareStatesView({ one, other, isSent })
          return either(asked, json, () => {
            const shown = values()
            const path = shown.pair && `/states/compare?one=${shown.pair[0].state}&other=${shown.pair[1].state}`
            return compareStatesPage(shown, contextOf(asked, path ?? '/states/compare', parts))
          })
        })
      },
    }),

    'GET /states/{state}': route<{ state: string }, undefined>({
      answer(asked) {
        return orOverview(asked, async () => {
          const { json, values } = await stateView(asked.params.state, atNow(parts))
          return either(asked, json, () => {
            const shown = values()
            return statePage(shown, contextOf(asked, `/states/${shown.profile.state}`, parts))
          })
        })
      },
    }),
  }
}
