import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Sessions, SignedIn } from './caller.ts'
import { EdgeError } from './edge-error.ts'

/** The field with the token, in each form of the desk. */
export const FORM_TOKEN = 'form-token'

/** `/desk/issuers/{issuer}`, `/desk/authorities/{authority}`, or the address itself. */
const officeOf = (path: string): string => path.split('?', 1)[0]?.split('/', 4).join('/') ?? ''

/**
 * The token of forms to this address. It holds for one session and one body or authority, so a page of one gives nothing for another of the
 * same officer. A button may lead to another address of the same body, so the token is not of the form alone. The token of the session
 * itself is on no page.
 */
export const formTokenFor = (sessionToken: string, path: string): string =>
  createHmac('sha256', sessionToken).update(officeOf(path)).digest('base64url')

interface Asked {
  keepsForm: boolean
  path: string
  cookies: readonly string[]
  headers: ReadonlyMap<string, string>
  baseUrl: string
  /** Reads the body as a form. */
  readForm: () => Promise<unknown>
}

/**
 * Finds the session, or throws `sign-in-required`. The answer is the same for any fault of the cookie. If the session has only ended,
 * and the form was its own, the error keeps what was typed.
 */
export async function requireSession(asked: Asked, sessions: Sessions | undefined, now: Date): Promise<SignedIn> {
  const session = await sessions?.find(asked.cookies, now)
  if (session !== undefined) return session
  const kept = sessions && asked.keepsForm ? await keptForm(asked, sessions, now) : {}
  throw new EdgeError('sign-in-required', '', kept)
}

interface Kept {
  cookies?: readonly string[]
  unkept?: Record<string, string>
}

/** A form of another site, or of nobody's session, is not kept: somebody else would have chosen what the officer reads. */
async function keptForm(asked: Asked, sessions: Sessions, now: Date): Promise<Kept> {
  const ended = await sessions.findEnded(asked.cookies, now)
  if (ended === undefined) return {}
  try {
    const fields = requireOwnForm(await asked.readForm(), { ...asked, session: ended })
    return await keep(fields, { ...asked, subject: ended.subject }, sessions, now)
  } catch (error) {
    if (error instanceof EdgeError) return {}
    throw error
  }
}

/** Files are not kept. */
async function keep(
  fields: Record<string, unknown>,
  { subject, path }: { subject: string; path: string },
  sessions: Sessions,
  now: Date,
): Promise<Kept> {
  const texts = Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
  const line = await sessions.keep({ subject, path, fields: texts }, now)
  return line === undefined ? { unkept: texts } : { cookies: [line] }
}

/**
 * The fields of a form of this session. A page that was opened before the person signed in again has the token of the session before. Its
 * form is refused like any other without the right token, and what was typed is kept, because the browser says that the page was ours.
 */
export async function requireSessionForm(
  value: unknown,
  { session, ...asked }: Pick<Asked, 'keepsForm' | 'path' | 'headers' | 'baseUrl'> & { session: SignedIn },
  sessions: Sessions | undefined,
  now: Date,
): Promise<Record<string, unknown>> {
  try {
    return requireOwnForm(value, { ...asked, session })
  } catch (error) {
    const { [FORM_TOKEN]: token, ...fields } = (value ?? {}) as Record<string, unknown>
    const isOlder = typeof token === 'string' && isFromHere(asked.headers, asked.baseUrl)
    if (!isOlder || !asked.keepsForm || sessions === undefined) throw error
    const kept = await keep(fields, { subject: session.subject, path: asked.path }, sessions, now)
    throw new EdgeError('foreign-form', '', kept)
  }
}

/** The fields of a form, without its token. Throws `foreign-form` unless a page of this registry sent it, in this session and for this body or authority. */
function requireOwnForm(
  value: unknown,
  { session, path, headers, baseUrl }: Pick<Asked, 'path' | 'headers' | 'baseUrl'> & { session: SignedIn },
): Record<string, unknown> {
  const { [FORM_TOKEN]: token, ...fields } = (value ?? {}) as Record<string, unknown>
  if (
    !isFromHere(headers, baseUrl) ||
    typeof token !== 'string' ||
    !isSame(token, formTokenFor(session.formToken, path))
  )
    throw new EdgeError('foreign-form', '')
  return fields
}

/**
 * Our pages send no referrer, so browsers send our own forms with `Origin: null` (Fetch §3.2.5). In that case, and without an Origin,
 * Sec-Fetch-Site must say `same-origin`. A request without either is refused.
 */
export function isFromHere(headers: ReadonlyMap<string, string>, baseUrl: string): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') return false
  return origin === baseUrl || (site === 'same-origin' && (origin === undefined || origin === 'null'))
}

/**
 * For a public form that changes something. Throws `foreign-form` if the browser says that a page of another site sent it. A program sends
 * neither header, and acts for nobody but itself.
 */
export function requireOwnSite(headers: ReadonlyMap<string, string>, baseUrl: string): void {
  const origin = headers.get('origin') ?? 'null'
  const site = headers.get('sec-fetch-site') ?? 'same-origin'
  if (site !== 'same-origin' || !(origin === baseUrl || origin === 'null')) throw new EdgeError('foreign-form', '')
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const isSame = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))
