import middy from '@middy/core'
import { RegistryError } from '@sijil/registry'
import type { AccessTokens } from './access-tokens.ts'
import { readBody } from './body.ts'
import type { Caller, Sessions } from './caller.ts'
import { compressed } from './compress.ts'
import { EdgeError } from './edge-error.ts'
import { requireOnce } from './faults.ts'
import { type Log, type LoggedAnswer, traceOf } from './log.ts'
import { chosenLanguage, wantedForm } from './negotiate.ts'
import { requireOrder } from './orders.ts'
import { type ProblemBody, problemOf } from './problems.ts'
import { type Event, headersOf, isHead, type Rendered, render, routeKeyOf } from './render.ts'
import { requireScope } from './require-scope.ts'
import { responseHeaders } from './response-headers.ts'
import type { Endpoint } from './route.ts'
import { type Answers, paramsOf, type RouteRow, scopesOf } from './rows.ts'
import { requireSession, requireSessionForm } from './session-forms.ts'
import { answerUnmatched } from './unmatched.ts'

/** Milliseconds that remain to answer the caller before Lambda stops the function. */
const LAST_WORDS_MS = 1_000

export interface HandlerParts<Rows extends readonly RouteRow[]> {
  /** The rows that this function answers. */
  rows: Rows
  /** The rows of all functions, because several functions may answer one address by different methods. */
  everyRow?: readonly RouteRow[]
  answers: Answers<Rows>
  /** Address of the registry, without a slash at the end. It is also the audience of access tokens. */
  baseUrl: string
  /** `undefined` only for a function without a route that needs a token. */
  tokens: Rows[number]['scope'] extends 'public' | 'session' | 'order' ? AccessTokens | undefined : AccessTokens
  /** Only for a function with routes of scope `session`. */
  sessions?: Sessions
  /** Opens the orders of persons. Only for a function with routes of scope `order`, whose first parameter is the owner. */
  orders?: { open(owner: string, sealed: string): Promise<string> }
  log: Log
  /** Languages of the pages. The first one is used if the reader accepts none of them. */
  languages: readonly [string, ...string[]]
  now: () => Date
  /** Whether the memory of the function is too old for its answers to be cached. Absent for a function without a memory. */
  isBehind?: () => boolean
  /** Another origin to which pages of the desk may send a form. Absent: none. */
  formTarget?: string
  /** Makes the page of a problem, for routes without a token. */
  problemPage?: (
    problem: ProblemBody,
    view: {
      language: string
      languageChosen: boolean
      requestId: string
      method: string
      path: string
      /** Seconds that "Retry-After" names. */
      retryAfter?: number
      /** True if what was typed is kept until the person has signed in. */
      isKept: boolean
      unkept: Readonly<Record<string, string>>
    },
  ) => string
}

/** The Lambda handler of one function, for payload 2.0 of an HTTP API. An answer passes the stack from the bottom to the top. */
export function createHandler<const Rows extends readonly RouteRow[]>(parts: HandlerParts<Rows>) {
  const logged = new WeakMap<Event, LoggedAnswer>()
  const dispatch = dispatcher(parts, logged)
  return middy<Event, Rendered>({
    timeoutEarlyInMillis: LAST_WORDS_MS,
    timeoutEarlyResponse: () => {
      throw new RegistryError('dependency-unavailable', 'The answer took too long. Send the request again.')
    },
  })
    .use(requestLog(parts, logged))
    .use(commonHeaders(parts))
    .use(problemDetails(parts))
    .handler(dispatch)
}

type Parts = Pick<
  HandlerParts<readonly RouteRow[]>,
  'rows' | 'baseUrl' | 'log' | 'languages' | 'now' | 'isBehind' | 'formTarget' | 'problemPage' | 'sessions'
>
/** The argument of a hook of middy. */
interface Exchange {
  event: Event
  response: Rendered | null | undefined
  error: unknown
}

const keyOf = (row: RouteRow) => `${row.method} ${row.path}`
/** A person has a session of the desk, or sends what they checked there. Everybody else has a token, or needs none. */
const isOfPerson = ({ scope }: RouteRow) => scope === 'session' || scope === 'order'
const rowOf = (rows: readonly RouteRow[], event: Event) => rows.find((row) => keyOf(row) === routeKeyOf(event))

function viewOf(event: Event, { rows, languages }: Pick<Parts, 'rows' | 'languages'>) {
  const headers = headersOf(event)
  const lang = new URLSearchParams(event.rawQueryString).get('lang') ?? undefined
  return {
    headers,
    requestId: event.requestContext.requestId,
    languageChosen: lang !== undefined,
    language: chosenLanguage({ lang, acceptLanguage: headers.get('accept-language') }, languages),
    wants: wantedForm(headers.get('accept'), rowOf(rows, event)?.readers ?? 'programs'),
  }
}

/** Checks scope, path, query and body, in this order, and then calls the answer. */
function dispatcher<Rows extends readonly RouteRow[]>(parts: HandlerParts<Rows>, logged: WeakMap<Event, LoggedAnswer>) {
  const { rows, everyRow = rows, answers, tokens, sessions, orders, baseUrl, now } = parts
  const endpoints = new Map<string, Endpoint<Record<string, string>, Caller | undefined>>(Object.entries(answers))
  const knowing = ({ scope }: RouteRow) => (scope === 'session' ? sessions : scope === 'order' ? orders : tokens)
  const isKnown = (row: RouteRow) => row.scope === 'public' || knowing(row) !== undefined
  const undeclared = rows.find((row) => !endpoints.has(keyOf(row)) || !isKnown(row))
  if (undeclared !== undefined) throw new TypeError(`${keyOf(undeclared)} has no answer, or no way to know its callers`)

  return async (event: Event): Promise<Rendered> => {
    const view = viewOf(event, parts)
    const row = rowOf(rows, event)
    const endpoint = endpoints.get(routeKeyOf(event))
    if (row === undefined || endpoint === undefined) {
      const { method } = event.requestContext.http
      const asked = { rows: everyRow, baseUrl, query: event.rawQueryString }
      return render(answerUnmatched(method, event.rawPath, asked))
    }
    const authorization = view.headers.get('authorization')
    const cookies = event.cookies ?? []
    const asked = {
      keepsForm: endpoint.keepsForm === true,
      path: event.rawPath,
      cookies,
      headers: view.headers,
      baseUrl,
    }
    const readForm = async () => (await readBody(event, view.headers, endpoint.body)).value
    const session = row.scope === 'session' ? await requireSession({ ...asked, readForm }, sessions, now()) : undefined
    const isByToken = row.scope !== 'public' && !isOfPerson(row)
    const caller = isByToken ? await tokens?.read(authorization, { audience: baseUrl, now: now() }) : session
    if (isByToken) requireScope(caller, scopesOf(row))
    const params = paramsOf(row, event.pathParameters ?? {})
    if (params === undefined) throw new RegistryError('not-found', 'There is nothing at this address.')
    const { query, repeated } = queryOf(event.rawQueryString, endpoint.mayRepeat)
    const { text, value } = await readBody(event, view.headers, endpoint.body)
    const isForm = session !== undefined && row.method === 'POST'
    const input = isForm ? await requireSessionForm(value, { ...asked, session }, sessions, now()) : value
    const [owner = ''] = Object.values(params)
    const ordered =
      row.scope === 'order' && orders !== undefined
        ? await requireOrder(value, { ...asked, owner, now: now() }, orders)
        : { caller, fields: input }
    const asking = { caller: ordered.caller, input: ordered.fields }
    const answer = await endpoint.answer({ ...view, cookies, params, query, repeated, text, ...asking })
    if (answer.logged !== undefined) logged.set(event, answer.logged)
    return compressed(render(answer), view.headers.get('accept-encoding'))
  }
}

function queryOf(rawQueryString: string, mayRepeat: readonly string[] = []) {
  const asked = new URLSearchParams(rawQueryString)
  const repeated = new Map([...asked.keys()].map((name) => [name, asked.getAll(name)]))
  requireOnce(repeated, mayRepeat)
  return { query: Object.fromEntries(asked), repeated }
}

/** Turns a thrown error into a problem (RFC 9457), or into its page. */
function problemDetails(parts: Parts & { answers: object }) {
  const tellers = new Map<string, Pick<Endpoint<never, never>, 'tellProblem'>>(Object.entries(parts.answers))
  return {
    onError(exchange: Exchange) {
      const { event, error } = exchange
      const row = rowOf(parts.rows, event)
      const { language, languageChosen, wants, requestId } = viewOf(event, parts)
      const { body, headers } = problemOf(error, { baseUrl: parts.baseUrl, requestId })
      const given = tellers.get(routeKeyOf(event))?.tellProblem?.(body)
      if (given !== undefined) {
        exchange.response = render({ ...given, headers: { ...headers, ...given.headers } })
        return
      }
      // A function with sessions has only pages of the desk, which are no answer to a public address for programs.
      const isPublicPage = row?.scope === 'public' && (row.readers === 'people' || parts.sessions === undefined)
      const isForPeople = wants === 'html' && (row === undefined || isPublicPage || isOfPerson(row))
      const { method, path } = event.requestContext.http
      const { cookies, unkept } = error instanceof EdgeError ? error : { cookies: [], unkept: {} }
      const wait = headers['retry-after']
      const view = {
        language,
        languageChosen,
        requestId,
        method,
        path,
        isKept: cookies.length > 0,
        unkept,
        ...(wait !== undefined && { retryAfter: Number(wait) }),
      }
      exchange.response = render(
        isForPeople && parts.problemPage !== undefined
          ? {
              status: body.status,
              headers,
              cookies,
              body: parts.problemPage(body, view),
              type: 'text/html; charset=utf-8',
            }
          : { status: body.status, headers, cookies, body, type: 'application/problem+json' },
      )
    },
  }
}

function commonHeaders({ rows, baseUrl, isBehind, formTarget }: Parts) {
  const dress = (exchange: Exchange) => {
    const { event, response } = exchange
    if (response === null || response === undefined) throw new TypeError('there is no answer')
    const headers = responseHeaders(response, {
      row: rowOf(rows, event),
      baseUrl,
      requestId: event.requestContext.requestId,
      clientRequestId: headersOf(event).get('x-request-id'),
      isBehind: isBehind?.() === true,
      ...(formTarget && { formTarget }),
    })
    const { body, isBase64Encoded, ...head } = response
    exchange.response = { ...(isHead(event) ? head : response), headers }
  }
  return { after: dress, onError: dress }
}

/** Writes one line for each request, after everything else. Requests of one process may overlap, so each has its own start. */
function requestLog({ rows, log, baseUrl, now }: Parts, logged: WeakMap<Event, LoggedAnswer>) {
  const starts = new WeakMap<Event, number>()
  const write = ({ event, response, error }: Exchange) => {
    const status = response?.statusCode ?? 500
    const { requestId } = event.requestContext
    const row = rowOf(rows, event)
    const stated = logged.get(event)
    // A 501 is a deliberate answer, so it is no error of this registry.
    const isOurs = status >= 500 && status !== 501
    const isUnexpected = error !== undefined && isOurs
    log({
      level: isOurs ? (status === 503 ? 'warn' : 'error') : 'info',
      routeKey: row === undefined ? 'unmatched' : keyOf(row),
      requestId,
      status,
      milliseconds: now().getTime() - (starts.get(event) ?? now().getTime()),
      ...stated,
      ...(error !== undefined && { code: problemOf(error, { baseUrl, requestId }).code }),
      ...(isUnexpected && { error: traceOf(error) }),
    })
  }
  return {
    before: ({ event }: Exchange) => {
      starts.set(event, now().getTime())
    },
    after: write,
    onError: write,
  }
}
