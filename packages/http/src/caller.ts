/** What an access token proves: a subject, and the most that it may be used for. Bodies and roles are in the registry. */
export interface Caller {
  subject: string
  scopes: readonly string[]
  /** When the person behind it signed in; absent for a program. */
  signedInAt?: Date
}

/** A person with a session of the desk (scope `session`). What may be done follows from memberships, never from the session. */
export interface SignedIn extends Caller {
  signedInAt: Date
  /** Stands in each form of this session, and is asked of each POST before its answer is. */
  formToken: string
}

/** How a session is known by a request's cookies. */
export interface Sessions {
  /** Absent: no session, or one that was forged, cut or ended. None of these is told apart. */
  find(cookies: readonly string[], now: Date): Promise<SignedIn | undefined>
}
