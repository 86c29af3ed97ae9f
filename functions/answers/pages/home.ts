import { route } from '@sijil/http'
import { homePage } from '@sijil/web'
import { scanning } from './again.ts'
import { contextOf, either, type PageParts } from './parts.ts'

/** The home page with its forms. `POST /check` answers them, in a function of its own. */
export const homeAnswers = (parts: PageParts) => ({
  'GET /': route<Record<never, string>, undefined>({
    answer: (asked) =>
      either(
        asked,
        { name: 'Sijil', verify: `${parts.baseUrl}/verify`, description: `${parts.baseUrl}/openapi.json` },
        () => homePage({}, contextOf(asked, '/', parts)),
        scanning,
      ),
  }),

  // The answer to the form has this address, so a reload or a bookmark asks for it by GET.
  'GET /check': route<Record<never, string>, undefined>({
    answer: ({ query, language }) => ({
      status: 303,
      headers: { location: query.lang === undefined ? '/' : `/?lang=${language}` },
    }),
  }),
})
