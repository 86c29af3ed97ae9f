import type { $ZodType } from 'zod/v4/core'
import type { BodyKind } from './body.ts'
import type { Caller } from './caller.ts'
import { parseInput, parseQuery, requireKnown } from './faults.ts'
import type { LoggedAnswer } from './log.ts'
import type { ProblemBody } from './problems.ts'

/** The request as an answer sees it. */
export interface Request<Params, Who, Input, Query> {
  params: Params
  query: Query
  /** All values of each parameter of the address, for routes that allow repeated ones. */
  repeated?: ReadonlyMap<string, readonly string[]>
  /** Names are in lower case. */
  headers: ReadonlyMap<string, string>
  /** As `name=value`, unparsed. */
  cookies?: readonly string[]
  /** The body, parsed by its schema. */
  input: Input
  /** The body as it was sent. Empty for a form with a file. */
  text: string
  /** The owner of the token. `undefined` on public routes, even if a token was sent. */
  caller: Who
  requestId: string
  language: string
  wants: 'json' | 'html'
}

export type Answer = {
  status: number
  headers?: Readonly<Record<string, string>>
  /** Added to the log line of the request, where an alarm counts it. */
  logged?: LoggedAnswer
  /** Each is the whole value of one `Set-Cookie` header. */
  cookies?: readonly string[]
} & (
  | { body?: undefined; type?: undefined }
  /** Sent as JSON. */
  | { body: object; type?: string }
  /** Sent unchanged. */
  | { body: string | Uint8Array; type: string }
)

export interface Endpoint<Params, Who> {
  body: BodyKind
  /** For the description of the API. */
  input?: $ZodType
  query?: $ZodType
  /** For a route without a `query` schema: the allowed parameters. Others are refused, because silently ignoring them would change the question. */
  knows?: readonly string[]
  /** Parameters of the address that may be repeated. Any other repeated parameter is refused. */
  mayRepeat?: readonly string[]
  /** What was typed is kept if the session has ended. Only for a form whose page shows it again. */
  keepsForm?: boolean
  /** Answers a problem in the form of a protocol, to browsers too. If it returns `undefined`, the problem keeps its usual form. */
  tellProblem?: (problem: ProblemBody) => Answer | undefined
  answer: (request: Request<Params, Who, unknown, Readonly<Record<string, string>>>) => Promise<Answer>
}

/**
 * Defines one route, which parses and then answers. Without `body`, it takes JSON if it has an `input`, and no body otherwise. Without
 * `input`, the answer gets the parsed JSON or the fields of the form as `unknown`.
 */
export function route<
  Params = Readonly<Record<string, string>>,
  Who extends Caller | undefined = Caller | undefined,
  Input = unknown,
  Query = Readonly<Record<string, string>>,
>(definition: {
  body?: BodyKind
  input?: $ZodType<Input>
  query?: $ZodType<Query>
  knows?: readonly string[]
  mayRepeat?: readonly string[]
  keepsForm?: boolean
  tellProblem?: (problem: ProblemBody) => Answer | undefined
  answer: (request: Request<Params, Who, Input, Query>) => Answer | Promise<Answer>
}): Endpoint<Params, Who> {
  const { input, query, knows, mayRepeat, keepsForm, tellProblem, answer } = definition
  const { body = input === undefined ? 'none' : 'json' } = definition
  return {
    body,
    ...(input && { input }),
    ...(query && { query }),
    ...(knows && { knows }),
    ...(mayRepeat && { mayRepeat }),
    ...(keepsForm && { keepsForm }),
    ...(tellProblem && { tellProblem }),
    async answer(request) {
      if (knows !== undefined) requireKnown(request.query, knows)
      const parsed = {
        ...request,
        // Without a schema, these keep their default types: `unknown` and a record of strings.
        query: (query === undefined ? request.query : parseQuery(query, request.query)) as Query,
        input: (input === undefined ? request.input : parseInput(input, request.input)) as Input,
      }
      return answer(parsed)
    },
  }
}
