import { isSubject } from '../access-tokens.ts'
import type { Sessions } from '../caller.ts'
import { sealedCookie } from './sealed-cookie.ts'

/** A session is never prolonged: whoever still works signs in again. */
export const SESSION_SECONDS = 3_600

/** Who signed in, and when: all that a session holds. Authorities and roles are read from memberships at each request. */
export interface Person {
  subject: string
  signedInAt: Date
}

export interface DeskSessions extends Sessions {
  /** The line of `Set-Cookie`. */
  begin(person: Person, now: Date): Promise<string>
  end(): string
}

/** Without a store: what a browser brings is all there is. `secret` is the deployment's; another one signs everybody out. */
export function deskSessions(secret: string): DeskSessions {
  const cookie = sealedCookie({ name: 'sijil-desk', secret, seconds: SESSION_SECONDS })
  return {
    begin: ({ subject, signedInAt }, now) =>
      cookie.set({ sub: subject, auth_time: Math.floor(signedInAt.getTime() / 1_000) }, now),
    end: cookie.clear,
    async find(cookies, now) {
      const opened = await cookie.open(cookies, now)
      const { sub, auth_time } = opened?.claims ?? {}
      if (opened === undefined || !isSubject(sub) || typeof auth_time !== 'number') return undefined
      const signedInAt = new Date(auth_time * 1_000)
      return { subject: sub, scopes: [], signedInAt, formToken: cookie.companion(opened.sealed) }
    },
  }
}
