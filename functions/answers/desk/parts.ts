import {
  type Answer,
  FORM_TOKEN,
  formTokenFor,
  type ProblemBody,
  problemOf,
  type Request,
  type SignedIn,
} from '@sijil/http'
import type { KeptForms } from '@sijil/http/sessions'
import { RegistryError, type RegistryErrorCode, readOnce } from '@sijil/registry'
import type { CatalogueDeps } from '@sijil/views/desk'
import { type DeskContext, type DeskProblem, deskPathOf } from '@sijil/web'
import type { DecisionParts } from '../officer-verbs.ts'
import { contextOf, page } from '../pages/parts.ts'

export type DeskParts = DecisionParts & {
  /** All qualifications, as indexes show them now. */
  qualifications: CatalogueDeps['qualifications']
}

type Query = Readonly<Record<string, string>>
/** A request of a signed-in person. */
export type DeskRequest = Pick<
  Request<unknown, SignedIn, unknown, Query>,
  'language' | 'query' | 'wants' | 'caller' | 'cookies'
>

/** `path` also says whose desk it is. */
export const deskContext = (
  asked: DeskRequest,
  path: string,
  parts: Pick<DeskParts, 'baseUrl' | 'policy'>,
): DeskContext => ({
  ...contextOf(asked, path, parts),
  desk: path.startsWith(deskPathOf('issuers', '')) ? 'issuers' : 'authorities',
  officer: asked.caller.subject,
  formToken: { name: FORM_TOKEN, of: (path) => formTokenFor(asked.caller.formToken, path) },
})

/** Redirects after a POST, so that a reload of the page does not send the form again. Keeps the chosen language. */
export function seeOther(
  path: string,
  { language, query }: Pick<DeskRequest, 'language' | 'query'>,
  more: Readonly<Record<string, string>> = {},
): Answer {
  const asked = new URLSearchParams({ ...more, ...(query.lang !== undefined && { lang: language }) })
  return { status: 303, headers: { location: asked.size === 0 ? path : `${path}?${asked}` } }
}

/** The same request, with whose desk it is. */
export const ofAuthority = <R extends { params: { authority: string } }>(asked: R) => ({
  ...asked,
  desk: 'authorities' as const,
  owner: asked.params.authority,
})
export const ofBody = <R extends { params: { issuer: string } }>(asked: R) => ({
  ...asked,
  desk: 'issuers' as const,
  owner: asked.params.issuer,
})

/** Dependencies of a view of the desk. The clock is read once for each request, and each stream once for each view. */
export const atNow = ({ store, policy, clock, qualifications }: DeskParts): CatalogueDeps => ({
  store: readOnce(store),
  policy,
  qualifications,
  now: clock(),
})

/**
 * A page with the fields of a form that came to `path` after its session had ended, or without any. They are shown once, for a new
 * press, and never sent by themselves.
 */
export async function withKept(
  { cookies = [], caller }: DeskRequest,
  path: string,
  { kept, clock }: { kept: KeptForms; clock: () => Date },
  shown: (fields?: Readonly<Record<string, unknown>>) => Promise<string>,
): Promise<Answer> {
  const fields = await kept.find(cookies, { subject: caller.subject, path }, clock())
  const answer = page(await shown(fields))
  return fields === undefined ? answer : { ...answer, cookies: [kept.forget()] }
}

/** The person can correct these problems, so the page of the form shows them, with what was typed. Other problems have their own page. */
const mendable: readonly RegistryErrorCode[] = [
  'validation-failed',
  'conflict',
  'write-conflict',
  'member-limit-reached',
]

/** As these. `not-found` means that something named in the form is not the authority's to decide about. */
export const correctable: readonly RegistryErrorCode[] = [...mendable, 'not-found']

/**
 * Does what a form asks. If it fails with one of `codes`, the same page comes back with the problem at its top. A program that sends the
 * form gets the problem itself.
 */
export async function orReturned(
  work: () => Promise<Answer>,
  returned: (problem: DeskProblem) => Promise<string>,
  {
    baseUrl,
    wants,
    codes = mendable,
  }: Pick<DeskParts, 'baseUrl'> & Pick<DeskRequest, 'wants'> & { codes?: readonly RegistryErrorCode[] },
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (wants === 'json' || !(error instanceof RegistryError) || !codes.includes(error.code)) throw error
    const { body, headers } = problemOf(error, { baseUrl, requestId: '' })
    return { ...page(await returned(problemFrom(body, error.retryAfter)), body.status), headers }
  }
}

export const problemFrom = (
  { type, status, detail, reason, errors }: ProblemBody,
  retryAfter?: number,
): DeskProblem => ({
  code: type.slice(type.lastIndexOf('/') + 1),
  ...(detail && { detail }),
  ...(reason && { reason }),
  ...(errors && { faults: errors }),
  ...(status === 429 && retryAfter !== undefined && { wait: retryAfter }),
})
