import { isSubject } from '../access-tokens.ts'
import { statedSignIn } from '../approving-sign-in.ts'
import type { Sessions, SignedIn } from '../caller.ts'
import { type KeptForms, keptForms } from './kept-forms.ts'
import { type ReadSecret, sealedCookie } from './sealed-cookie.ts'

/** A session is never extended. After an hour, the person signs in again. */
export const SESSION_SECONDS = 3_600

/** The whole content of a session: who signed in, when and how. Each request reads authorities and roles from memberships. */
export interface Person {
  subject: string
  signedInAt: Date
  acr?: string
  amr?: readonly string[]
}

/** The browser keeps the cookie of an ended session for half a day, so that a form that comes late can be kept. */
const COOKIE_SECONDS = 12 * 3_600

export interface DeskSessions extends Sessions {
  /** The value of `Set-Cookie`. */
  begin(person: Person, now: Date): Promise<string>
  /** Each is the value of one `Set-Cookie`. They also remove a kept form. */
  end(): readonly string[]
  kept: KeptForms
}

/** Sessions without a store: the cookie holds everything. `secret` belongs to the deployment. A change of it signs everybody out. */
export function deskSessions(secret: ReadSecret): DeskSessions {
  const cookie = sealedCookie({
    name: 'sijil-desk',
    secret,
    seconds: SESSION_SECONDS,
    keptSeconds: COOKIE_SECONDS,
  })
  const kept = keptForms(secret)
  const signedIn = async (opened: Awaited<ReturnType<typeof cookie.open>>): Promise<SignedIn | undefined> => {
    const { sub, auth_time, acr, amr } = opened?.claims ?? {}
    if (opened === undefined || !isSubject(sub) || typeof auth_time !== 'number') return undefined
    const signedInAt = new Date(auth_time * 1_000)
    const formToken = await cookie.companion(opened.sealed)
    return { subject: sub, scopes: [], signedInAt, ...statedSignIn({ acr, amr }), formToken }
  }
  return {
    begin: ({ subject, signedInAt, ...stated }, now) =>
      cookie.set({ sub: subject, auth_time: Math.floor(signedInAt.getTime() / 1_000), ...statedSignIn(stated) }, now),
    end: () => [cookie.clear(), kept.forget()],
    find: async (cookies, now) => signedIn(await cookie.open(cookies, now)),
    findEnded: async (cookies, now) => signedIn(await cookie.openExpired(cookies, now)),
    keep: kept.keep,
    kept,
  }
}
