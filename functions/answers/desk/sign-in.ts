import { route, type SignedIn } from '@sijil/http'
import { type DeskSessions, returnPath } from '@sijil/http/sessions'
import type { SignIn } from '@sijil/http/sign-in'
import { deskHomeView } from '@sijil/views/desk'
import { deskHomePage, signInPage } from '@sijil/web'
import { nothingInput } from '../decision-inputs.ts'
import { contextOf, page } from '../pages/parts.ts'
import { atNow, type DeskParts, deskContext, seeOther } from './parts.ts'

export interface SigningIn {
  sessions: DeskSessions
  signIn: SignIn
}

type Nothing = Record<never, string>

/** Signing in and out, and the choice of the authority. */
export const signInAnswers = ({ sessions, signIn, ...parts }: DeskParts & SigningIn) => ({
  'GET /desk/sign-in': route<Nothing, undefined>({
    answer: (asked) => {
      const returnTo = returnPath(asked.query.return)
      const path = `/desk/sign-in?${new URLSearchParams({ return: returnTo })}`
      return page(signInPage({ returnTo }, contextOf(asked, path, parts)))
    },
  }),

  'GET /desk/sign-in/start': route<Nothing, undefined>({
    async answer({ query, language }) {
      const { location, cookie } = await signIn.start({ returnTo: query.return, language }, parts.clock())
      return { status: 303, headers: { location }, cookies: [cookie] }
    },
  }),

  'GET /desk/callback': route<Nothing, undefined>({
    async answer({ query, cookies = [] }) {
      const now = parts.clock()
      const { person, returnTo, cookie } = await signIn.finish({ cookies, query }, now)
      return { status: 303, headers: { location: returnTo }, cookies: [cookie, await sessions.begin(person, now)] }
    },
  }),

  'POST /desk/sign-out': route<Nothing, SignedIn, object>({
    body: 'form',
    input: nothingInput,
    answer(asked) {
      const { headers, ...left } = seeOther('/desk/sign-in', asked)
      // No page of the desk may be cached. On a shared computer this also ends what a browser or an extension kept of it for "Back".
      return { ...left, headers: { ...headers, 'clear-site-data': '"cache"' }, cookies: sessions.end() }
    },
  }),

  'GET /desk': route<Nothing, SignedIn>({
    async answer(asked) {
      const values = await deskHomeView(asked.caller.subject, atNow(parts))
      return page(deskHomePage(values, deskContext(asked, '/desk', parts)))
    },
  }),
})
