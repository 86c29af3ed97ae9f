/** The facts that an access token proves: a subject, and the scopes that limit its use. Bodies and roles come from the registry. */
export interface Caller {
  subject: string
  scopes: readonly string[]
  /** The moment at which the person signed in. Absent for a program. */
  signedInAt?: Date
  /** How the person signed in, as the identity provider states it (`acr` and `amr`). */
  acr?: string
  amr?: readonly string[]
}

/** A person with a session of the desk (scope `session`). Their rights come from memberships, never from the session. */
export interface SignedIn extends Caller {
  signedInAt: Date
  /** A secret of this session. Each form contains a token that follows from it and from the form's address (`formTokenFor`). */
  formToken: string
}

/** A form that came after its session had ended. It is kept for the person whose session that was, and never sent by itself. */
export interface KeptForm {
  subject: string
  /** The path to which it was sent. */
  path: string
  fields: Readonly<Record<string, unknown>>
}

/** Finds the session of a request by its cookies. */
export interface Sessions {
  /** Answers `undefined` without a session, and for a forged, truncated or ended one. The caller cannot distinguish these. */
  find(cookies: readonly string[], now: Date): Promise<SignedIn | undefined>
  /** The session that the cookie held, if it ended at most half a day ago. It allows nothing but to keep a form. */
  findEnded(cookies: readonly string[], now: Date): Promise<SignedIn | undefined>
  /** The value of `Set-Cookie` that keeps a form, sealed. `undefined` for a form that is larger than a cookie. */
  keep(form: KeptForm, now: Date): Promise<string | undefined>
}
