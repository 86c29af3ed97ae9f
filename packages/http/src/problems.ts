import { type Fault, RegistryError, type RegistryErrorCode } from '@sijil/registry'
import { EdgeError, type EdgeErrorCode } from './edge-error.ts'

export type ProblemCode = RegistryErrorCode | EdgeErrorCode

interface Problem {
  status: number
  title: string
  /** What the caller can do about it; shown on the page of the problem type. */
  mend: string
  /** In seconds. */
  retryAfter?: number
  /** The type that a standard gives it, in place of one of ours. */
  type?: string
  /** The problem type that it is told as, where several codes are one thing to the caller. */
  toldAs?: ProblemCode
}

// biome-ignore format: it reads as a table
/** What the world is told for each code (RFC 9457). A code without a row does not compile. */
export const problems: Readonly<Record<ProblemCode, Problem>> = {
  'validation-failed':       { status: 422, title: 'The request is not of the expected form',            mend: 'Each entry of "errors" points at a member of the request and says what it must be. Correct these and send the request again.' },
  'malformed-request':       { status: 400, title: 'The request is not of the expected form',            mend: 'Correct the parameters or the form fields, each given once, or send a JSON object as the body. Then send the request again.', toldAs: 'validation-failed' },
  'no-such-page':            { status: 400, title: 'The request is not of the expected form',            mend: 'Begin the list again without "page", and go on by the "next" of each answer.', toldAs: 'validation-failed' },
  'malformed-json':          { status: 400, title: 'The body is not JSON that everybody reads alike',    mend: 'Send one JSON text in UTF-8 without a byte order mark, in which no object has two members of one name or one named __proto__, and no text half a character.' },
  'document-too-complex':    { status: 422, title: 'The document is too complex',                        mend: 'Documents of this kind are small and flat. Remove nesting, or check that the right file was sent.' },
  'unauthorized':            { status: 401, title: 'An access token is needed',                          mend: 'Send a fresh access token of this registry as "Authorization: Bearer …". Tokens last at most ten minutes; an ID token is not an access token.' },
  'insufficient-scope':      { status: 403, title: 'The access token does not allow this',               mend: 'Ask for a token with the scope that the description of the API names for this route.' },
  'sign-in-required':        { status: 403, title: 'A person must sign in first',                        mend: 'Open /desk and sign in. A session ends after sixty minutes; nothing was changed.' },
  'sign-in-failed':          { status: 403, title: 'The sign-in did not come to an end',                 mend: 'Nothing was changed. Open /desk and sign in again, in one window, without going back.' },
  'foreign-form':            { status: 403, title: 'This form was not sent from its own page',           mend: 'Nothing was changed. Open the page of the desk again, and send the form from there.' },
  'forbidden':               { status: 403, title: 'You may not do this',                                mend: 'Ask an administrator of your body for the role that allows it.' },
  'type-not-in-scope':       { status: 403, title: 'The issuer is not accredited for this qualification', mend: 'Check qualification, level, place, assessment centre and day against the scope of the accreditation, or ask the competent authority to extend it.' },
  'issuer-suspended':        { status: 403, title: 'The issuer is suspended',                            mend: 'Nothing can be issued until the competent authority lifts the suspension.' },
  'issuer-not-accredited':   { status: 403, title: 'The issuer is not accredited',                       mend: 'Ask the competent authority for an accreditation that covers this day.' },
  'four-eyes-required':      { status: 403, title: 'Another officer must do this',                       mend: 'Whoever proposed a change cannot approve it. Ask another officer of the same authority.' },
  'fresh-sign-in-required':  { status: 403, title: 'A fresh sign-in of a person is needed',              mend: 'Sign in again, as a person and not as a program, and approve within ten minutes.' },
  'not-found':               { status: 404, title: 'No such thing here',                                 mend: 'Check the address. What belongs to another body is answered in the same way as what does not exist.' },
  'authority-not-served':    { status: 404, title: 'This registry does not answer for that authority', mend: 'Ask the registry of that authority. The "detail" of the answer says where that is, and where this registry lists for whom it answers.' },
  'method-not-allowed':      { status: 405, title: 'This method is not offered here',                    mend: 'Use a method that the "Allow" header names.' },
  'not-acceptable':          { status: 406, title: 'Not available in a form that you accept',            mend: 'Widen the "Accept" header.' },
  'conflict':                { status: 409, title: 'It contradicts what is recorded',                    mend: 'Read the current record first; then decide whether the request is still wanted.' },
  'in-progress':             { status: 409, title: 'This is still being worked on',                      mend: 'Send the same request again, with the same Idempotency-Key, after the time that "Retry-After" names.', retryAfter: 2 },
  'write-conflict':          { status: 409, title: 'Changed by someone else meanwhile',                  mend: 'Nothing was changed. Send the request again after the time that "Retry-After" names.', retryAfter: 1 },
  'payload-too-large':       { status: 413, title: 'The request is too large',                           mend: 'A request may have 65,536 bytes.' },
  'unsupported-media-type':  { status: 415, title: 'The body is of another media type than expected',    mend: 'Send "Content-Type: application/json" (for the forms of the pages: what browsers send), in UTF-8, and without Content-Encoding.' },
  'idempotency-key-missing': { status: 400, title: 'An Idempotency-Key is needed',                       mend: 'Send a header "Idempotency-Key" with a value of your own choice, and the same one when you repeat the request.' },
  'idempotency-key-reuse':   { status: 422, title: 'The Idempotency-Key was used for another request',   mend: 'Use a new key for a new request. To repeat one, send exactly the same body.' },
  'rate-limited':            { status: 429, title: 'Too many requests',                                  mend: 'Wait for the time that "Retry-After" names, then go on more slowly.', retryAfter: 10 },
  'quota-exceeded':          { status: 429, title: 'This issuer has had its share of issuing for now',   mend: 'Nothing was issued. Send the same request again, with the same Idempotency-Key, after the time that "Retry-After" names. Unless the operator set it otherwise, an issuer may have 50 certificates a second and 200 at once, and one client half of that.', retryAfter: 4 },
  'member-limit-reached':    { status: 429, title: 'One member may do no more of this for now',          mend: 'Nothing was changed. The "detail" says what another member can do so that it goes on, and "Retry-After", where it is given, when there is room again.' },
  'status-not-retrievable':  { status: 400, title: 'There is no status list of that moment',            mend: 'Name a past moment as in 2026-03-02T08:30:00Z, or leave "timestamp" out for the list as of now.', type: 'https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR' },
  'not-implemented':         { status: 501, title: 'This optional part of the protocol is not offered here', mend: 'Ask in another way: the description of the API names what is offered.' },
  'internal':                { status: 500, title: 'Something went wrong here',                          mend: 'It is not your fault. Try again later; if it stays, tell us the "instance" of the answer.' },
  'dependency-unavailable':  { status: 503, title: 'A part of the service is not available now',         mend: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 5 },
  'clock-astray':            { status: 503, title: 'A part of the service is not available now',         mend: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 5, toldAs: 'dependency-unavailable' },
  'signing-key-unavailable': { status: 503, title: 'A part of the service is not available now',         mend: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 60, toldAs: 'dependency-unavailable' },
  'issuing-paused':          { status: 503, title: 'A part of the service is not available now',         mend: 'Nothing is lost. Send the same request again after the time that "Retry-After" names.', retryAfter: 600, toldAs: 'dependency-unavailable' },
}

const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(problems, text)

export const problemType = (baseUrl: string, code: ProblemCode): string =>
  problems[code].type ?? `${baseUrl}/problems/${problems[code].toldAs ?? code}`

/** For the page `/problems/{id}`. */
export function explainProblem(code: string): { title: string; mend: string } | undefined {
  if (!isProblemCode(code) || problems[code].toldAs !== undefined) return undefined
  const { title, mend } = problems[code]
  return { title, mend }
}

/** RFC 9457 §3. */
export interface ProblemBody {
  type: string
  title: string
  status: number
  detail?: string
  instance?: string
  errors?: readonly Fault[]
}

/** An error of a kind that is not ours may quote what it choked on: of it the world is told nothing. */
export function problemOf(
  error: unknown,
  { baseUrl, requestId }: { baseUrl: string; requestId: string },
): { code: ProblemCode; body: ProblemBody; headers: Record<string, string> } {
  const known = error instanceof RegistryError || error instanceof EdgeError ? error : undefined
  const code = known?.code ?? 'internal'
  const { status, title, retryAfter } = problems[code]
  const told = { type: problemType(baseUrl, code), title, status }
  if (known === undefined || code === 'internal') return { code, body: { ...told, instance: requestId }, headers: {} }
  const wait = (known instanceof RegistryError ? known.retryAfter : undefined) ?? retryAfter
  return {
    code,
    body: {
      ...told,
      ...(known.message !== '' && { detail: known.message }),
      ...(known.faults.length > 0 && { errors: known.faults.map(({ pointer, detail }) => ({ pointer, detail })) }),
    },
    headers: {
      ...(wait !== undefined && { 'retry-after': String(wait) }),
      ...(known instanceof EdgeError && known.headers),
    },
  }
}
