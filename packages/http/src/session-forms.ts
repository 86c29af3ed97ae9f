import { createHash, timingSafeEqual } from 'node:crypto'
import type { Sessions, SignedIn } from './caller.ts'
import { EdgeError } from './edge-error.ts'

/** The field of every form of the desk that holds the session's own token. */
export const FORM_TOKEN = 'form-token'

/** Whatever is wrong with a cookie, the answer is the same. */
export async function requireSession(
  cookies: readonly string[],
  sessions: Sessions | undefined,
  now: Date,
): Promise<SignedIn> {
  const session = await sessions?.find(cookies, now)
  if (session === undefined) throw new EdgeError('sign-in-required', '')
  return session
}

/** The fields of a form that was sent from a page of ours, in this session; without its token, which no answer needs to see. */
export function requireOwnForm(
  value: unknown,
  { session, headers, baseUrl }: { session: SignedIn; headers: ReadonlyMap<string, string>; baseUrl: string },
): Record<string, unknown> {
  const { [FORM_TOKEN]: token, ...fields } = (value ?? {}) as Record<string, unknown>
  if (!isFromHere(headers, baseUrl) || typeof token !== 'string' || !isSame(token, session.formToken))
    throw new EdgeError('foreign-form', '')
  return fields
}

/**
 * Our pages send no referrer, and so browsers say `Origin: null` of our own forms (Fetch §3.2.5): then, and where there is no Origin,
 * it is Sec-Fetch-Site that must say so. A browser that says neither is refused.
 */
function isFromHere(headers: ReadonlyMap<string, string>, baseUrl: string): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') return false
  return origin === baseUrl || (site === 'same-origin' && (origin === undefined || origin === 'null'))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const isSame = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))
