import type { Caller } from './caller.ts'
import { EdgeError } from './edge-error.ts'

/** The sign-ins that suffice to approve. Any of them does. */
export interface SignInPolicy {
  /** Values of `acr` (OpenID Connect Core §2). */
  acr: readonly string[]
  /** Values of which one must be in `amr` (RFC 8176). */
  amr: readonly string[]
  /** The identity provider lets nobody sign in in a weaker way, and its tokens cannot state how. The operator asserts this. */
  provider: boolean
}

const WORD = /^(acr|amr)=([\x21\x23-\x5b\x5d-\x7e]{1,200})$/

/** Reads words such as `acr=phr amr=hwk`, or `provider` alone. `undefined` if a word is unknown, or there is none. */
export function parseSignInPolicy(text: string): SignInPolicy | undefined {
  const words = text.split(' ').filter((word) => word !== '')
  if (words.length === 1 && words[0] === 'provider') return { acr: [], amr: [], provider: true }
  const parsed = words.map((word) => WORD.exec(word))
  if (words.length === 0 || parsed.includes(null)) return undefined
  const of = (name: string) => parsed.flatMap((word) => (word?.[1] === name && word[2] ? [word[2]] : []))
  return { acr: of('acr'), amr: of('amr'), provider: false }
}

/**
 * The moment of a sign-in that suffices to approve. `undefined` for a program, which never signed in. Throws `stronger-sign-in-required` if
 * the token or the session does not state a sufficient sign-in. The header is that of RFC 9470, so that a client can ask for one.
 */
export function approvingSignIn({ signedInAt, acr, amr = [] }: Caller, policy: SignInPolicy): Date | undefined {
  if (signedInAt === undefined || policy.provider) return signedInAt
  if (acr !== undefined && policy.acr.includes(acr)) return signedInAt
  if (amr.some((method) => policy.amr.includes(method))) return signedInAt
  const accepted = [...policy.acr.map((one) => `acr "${one}"`), ...policy.amr.map((one) => `amr "${one}"`)]
  const values = policy.acr.length === 0 ? '' : `, acr_values="${policy.acr.join(' ')}"`
  throw new EdgeError(
    'stronger-sign-in-required',
    `An approval needs a sign-in that states ${accepted.join(' or ')}. Sign in again in that way. If the identity provider does not state it, tell the operator.`,
    { headers: { 'www-authenticate': `Bearer error="insufficient_user_authentication"${values}` } },
  )
}

/** What a token states about the way in which a person signed in. Anything of another form is left out, and so suffices for nothing. */
export const statedSignIn = ({ acr, amr }: { acr?: unknown; amr?: unknown }): Pick<Caller, 'acr' | 'amr'> => ({
  ...(typeof acr === 'string' && { acr }),
  ...(Array.isArray(amr) && { amr: amr.filter((one) => typeof one === 'string') }),
})
