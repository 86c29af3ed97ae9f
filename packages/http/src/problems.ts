import { type Fault, type RefusalReason, RegistryError, type RegistryErrorCode } from '@sijil/registry'
import { EdgeError, type EdgeErrorCode } from './edge-error.ts'

export type ProblemCode = RegistryErrorCode | EdgeErrorCode

interface Problem {
  status: number
  title: string
  /** What the caller can do. The page of the problem type shows it. */
  remedy: string
  /** Seconds to wait before the request is sent again. */
  retryAfter?: number
  /** The problem type that a standard defines, in place of one of ours. */
  type?: string
  /** Another code whose problem type is shown, because the caller need not distinguish the two. */
  shownAs?: ProblemCode
}

// biome-ignore format: it reads as a table
/** The answer for each code (RFC 9457). A code without a row does not compile. */
export const problems: Readonly<Record<ProblemCode, Problem>> = {
  'validation-failed':       { status: 422, title: 'The request does not have the expected form',        remedy: 'Each entry of "errors" points at a member of the request and says what it must be. Correct these and send the request again.' },
  'malformed-request':       { status: 400, title: 'The request does not have the expected form',        remedy: 'Correct the parameters or the form fields, each given once, or send a JSON object as the body. Then send the request again.', shownAs: 'validation-failed' },
  'no-such-page':            { status: 400, title: 'The request does not have the expected form',        remedy: 'Ask for the list again without "page". Then send the "next" of each answer as "page".', shownAs: 'validation-failed' },
  'malformed-json':          { status: 400, title: 'The body is not JSON that every program reads alike', remedy: 'Send one JSON text in UTF-8 without a byte order mark. No object may have two members with the same name, or a member named __proto__. No text may contain half of a character.' },
  'document-too-complex':    { status: 422, title: 'The document is too complex',                        remedy: 'Documents of this kind are small and flat. Remove nesting, or check that the right file was sent.' },
  'unauthorized':            { status: 401, title: 'An access token is needed',                          remedy: 'Send a fresh access token of this registry as "Authorization: Bearer …". Tokens last at most ten minutes. An ID token is not an access token.' },
  'insufficient-scope':      { status: 403, title: 'The access token does not allow this',               remedy: 'Ask for a token with the scope that the description of the API names for this route.' },
  'sign-in-required':        { status: 403, title: 'A person must sign in first',                        remedy: 'Nothing was changed. Open /desk and sign in. A session ends after sixty minutes.' },
  'sign-in-failed':          { status: 403, title: 'The sign-in was not completed',                      remedy: 'Nothing was changed. Open /desk and sign in again. Use one window only, and do not go back.' },
  'foreign-form':            { status: 403, title: 'This form was not sent from its own page',           remedy: 'Nothing was changed. Open the page of the form again, and send it from there.' },
  'forbidden':               { status: 403, title: 'You may not do this',                                remedy: 'Ask an administrator of your body for the role that allows it.' },
  'type-not-in-scope':       { status: 403, title: 'The issuer is not accredited for this qualification', remedy: 'Check qualification, level, place, assessment centre and day against the scope of the accreditation, or ask the competent authority to extend it.' },
  'issuer-suspended':        { status: 403, title: 'The issuer is suspended',                            remedy: 'Nothing can be issued until the competent authority lifts the suspension.' },
  'issuer-not-accredited':   { status: 403, title: 'The issuer is not accredited',                       remedy: 'Ask the competent authority for an accreditation that covers this day.' },
  'four-eyes-required':      { status: 403, title: 'Another officer must do this',                       remedy: 'An officer cannot approve a change that they proposed. Ask another officer of the same authority.' },
  'fresh-sign-in-required':  { status: 403, title: 'A fresh sign-in of a person is needed',              remedy: 'Sign in again, as a person and not as a program, and approve within ten minutes.' },
  'stronger-sign-in-required': { status: 403, title: 'A stronger sign-in of a person is needed',         remedy: 'Sign in again in one of the ways that the "detail" names, such as with a passkey. Then approve within ten minutes.' },
  'not-found':               { status: 404, title: 'There is no such thing here',                        remedy: 'Check the address. The answer is the same for something that belongs to another body and for something that does not exist.' },
  'authority-not-served':    { status: 404, title: 'This registry does not answer for that authority', remedy: 'Ask the registry of that authority. The "detail" of the answer names it, and the list of authorities for which this registry answers.' },
  'method-not-allowed':      { status: 405, title: 'This method is not offered here',                    remedy: 'Use a method that the "Allow" header names.' },
  'not-acceptable':          { status: 406, title: 'Not available in a form that you accept',            remedy: 'Name more media types in the "Accept" header.' },
  'conflict':                { status: 409, title: 'It contradicts what is recorded',                    remedy: 'Read the current record first. Then decide whether the request is still wanted.' },
  'gone':                    { status: 410, title: 'It is no longer here',                               remedy: 'The "detail" says since when, and why. If a new link took the place of this one, ask the holder or the issuer for it.' },
  'in-progress':             { status: 409, title: 'This is still being worked on',                      remedy: 'Send the same request again, with the same Idempotency-Key, after the time that "Retry-After" names.', retryAfter: 2 },
  'write-conflict':          { status: 409, title: 'Somebody else changed it in the meantime',           remedy: 'Nothing was changed. Send the request again after the time that "Retry-After" names.', retryAfter: 1 },
  'payload-too-large':       { status: 413, title: 'The request is too large',                           remedy: 'Send at most as many bytes as the detail says.' },
  'unsupported-media-type':  { status: 415, title: 'The body does not have the expected media type',     remedy: 'Send "Content-Type: application/json" in UTF-8, without Content-Encoding. The forms of pages take the types that browsers send.' },
  'idempotency-key-missing': { status: 400, title: 'An Idempotency-Key is needed',                       remedy: 'Send a header "Idempotency-Key" with a value of your own choice, and the same one when you repeat the request.' },
  'idempotency-key-reuse':   { status: 422, title: 'The Idempotency-Key was used for another request',   remedy: 'Use a new key for a new request. To repeat one, send exactly the same body.' },
  'rate-limited':            { status: 429, title: 'Too many requests',                                  remedy: 'Wait for the time that "Retry-After" names, then send requests more slowly.', retryAfter: 60 },
  'quota-exceeded':          { status: 429, title: 'This issuer has reached its issuing quota for now',  remedy: 'Nothing was issued. Send the same request again, with the same Idempotency-Key, after the time that "Retry-After" names. Unless the operator set it otherwise, an issuer may have 50 certificates a second and 200 at once, and one client half of that.', retryAfter: 4 },
  'member-limit-reached':    { status: 429, title: 'This member has reached a limit for now',            remedy: 'Nothing was changed. The "detail" says what another member can do. "Retry-After", if it is given, says when this member may go on.' },
  'status-not-retrievable':  { status: 400, title: 'There is no status list for that moment',           remedy: 'Give a past moment, such as 2026-03-02T08:30:00Z, or leave out "timestamp" to get the list as of now.', type: 'https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR' },
  'not-implemented':         { status: 501, title: 'This optional part of the protocol is not offered here', remedy: 'Ask in another way. The description of the API at /openapi.json names the routes that are offered.' },
  'internal':                { status: 500, title: 'Something went wrong here',                          remedy: 'The fault is not in your request. Try again later. If it happens again, tell the operator the "instance" of the answer.' },
  'dependency-unavailable':  { status: 503, title: 'A part of the service is not available now',         remedy: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 5 },
  'store-access-denied':     { status: 503, title: 'A part of the service is not available now',         remedy: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 60, shownAs: 'dependency-unavailable' },
  'artefact-differs':        { status: 503, title: 'A part of the service is not available now',         remedy: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 60, shownAs: 'dependency-unavailable' },
  'clock-astray':            { status: 503, title: 'A part of the service is not available now',         remedy: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 5, shownAs: 'dependency-unavailable' },
  'signing-key-unavailable': { status: 503, title: 'A part of the service is not available now',         remedy: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 60, shownAs: 'dependency-unavailable' },
  'issuing-paused':          { status: 503, title: 'A part of the service is not available now',         remedy: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 600, shownAs: 'dependency-unavailable' },
}

const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(problems, text)

export const problemType = (baseUrl: string, code: ProblemCode): string =>
  problems[code].type ?? `${baseUrl}/problems/${problems[code].shownAs ?? code}`

/** Title and remedy for the page `/problems/{id}`. `undefined` for an unknown type. */
export function explainProblem(code: string): { title: string; remedy: string } | undefined {
  if (!isProblemCode(code) || problems[code].shownAs !== undefined) return undefined
  const { title, remedy } = problems[code]
  return { title, remedy }
}

/** The members of a problem (RFC 9457 §3). */
export interface ProblemBody {
  type: string
  title: string
  status: number
  detail?: string
  instance?: string
  /** What a caller can act on, if the registry states it. */
  reason?: RefusalReason
  errors?: readonly Fault[]
}

/** Makes the problem of an error. An error of another class than ours may quote its input, so the answer contains nothing of it. */
export function problemOf(
  error: unknown,
  { baseUrl, requestId }: { baseUrl: string; requestId: string },
): { code: ProblemCode; body: ProblemBody; headers: Record<string, string> } {
  const known = error instanceof RegistryError || error instanceof EdgeError ? error : undefined
  const code = known?.code ?? 'internal'
  const { status, title, retryAfter } = problems[code]
  const given = { type: problemType(baseUrl, code), title, status }
  if (known === undefined || code === 'internal') return { code, body: { ...given, instance: requestId }, headers: {} }
  const wait = (known instanceof RegistryError ? known.retryAfter : undefined) ?? retryAfter
  return {
    code,
    body: {
      ...given,
      ...(known.message !== '' && { detail: known.message }),
      ...(known instanceof RegistryError && known.reason && { reason: known.reason }),
      ...(known.faults.length > 0 && {
        errors: known.faults.map(({ pointer, detail, reason }) => ({ pointer, detail, ...(reason && { reason }) })),
      }),
    },
    headers: {
      ...(wait !== undefined && { 'retry-after': String(wait) }),
      ...(known instanceof EdgeError && known.headers),
    },
  }
}
