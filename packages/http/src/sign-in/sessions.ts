import { isSubject } from '../access-tokens.ts'
import type { Sessions } from '../caller.ts'
import { sealedCookie } from './sealed-cookie.ts'

/** A session is never extended. After an hour, the person signs in again. */
export const SESSION_SECONDS = 3_600

/** The whole content of a session: who signed in, and when. Each request reads authorities and roles from memberships. */
export interface Person {
  subject: string
  signedInAt: Date
}

export interface DeskSessions extends Sessions {
  /** The value of `Set-Cookie`. */
  begin(person: Person, now: Date): Promise<string>
  end(): string
}

/** Sessions without a store: the cookie holds everything. `secret` belongs to the deployment. A change of it signs everybody out. */
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
