/** The facts that an access token proves: a subject, and the scopes that limit its use. Bodies and roles come from the registry. */
export interface Caller {
  subject: string
  scopes: readonly string[]
  /** The moment at which the person signed in. Absent for a program. */
  signedInAt?: Date
}

/** A person with a session of the desk (scope `session`). Their rights come from memberships, never from the session. */
export interface SignedIn extends Caller {
  signedInAt: Date
  /** Each form of this session contains it, and each POST must send it. */
  formToken: string
}

/** Finds the session of a request by its cookies. */
export interface Sessions {
  /** Answers `undefined` without a session, and for a forged, truncated or ended one. The caller cannot distinguish these. */
  find(cookies: readonly string[], now: Date): Promise<SignedIn | undefined>
}
