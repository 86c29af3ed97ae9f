import type { $ZodType } from 'zod/v4/core'
import type { BodyKind } from './body.ts'
import type { Caller } from './caller.ts'
import { parseInput, parseQuery, requireKnown } from './faults.ts'
import type { LoggedAnswer } from './log.ts'
import type { ProblemBody } from './problems.ts'

/** What an answer is made from. */
export interface Request<Params, Who, Input, Query> {
  params: Params
  query: Query
  /** Every value of each parameter of the address, where the route lets some repeat. */
  repeated?: ReadonlyMap<string, readonly string[]>
  /** By names in lower case. */
  headers: ReadonlyMap<string, string>
  /** As `name=value`, as they came. */
  cookies?: readonly string[]
  /** The body, as its schema made it. */
  input: Input
  /** The body as it was sent; empty for a form with a file. */
  text: string
  /** Whose token it was; `undefined` on public routes, even if a token was sent. */
  caller: Who
  requestId: string
  language: string
  wants: 'json' | 'html'
}

export type Answer = {
  status: number
  headers?: Readonly<Record<string, string>>
  /** Stands in the line of the log, where an alarm sees it. */
  logged?: LoggedAnswer
  /** Each one whole, as `Set-Cookie` has it. */
  cookies?: readonly string[]
} & (
  | { body?: undefined; type?: undefined }
  /** Becomes JSON. */
  | { body: object; type?: string }
  /** Sent as it is. */
  | { body: string | Uint8Array; type: string }
)

export interface Endpoint<Params, Who> {
  body: BodyKind
  /** For the description of the API. */
  input?: $ZodType
  query?: $ZodType
  /** Without a schema for them, the only parameters that the address may have: another would be left out of the question in silence. */
  knows?: readonly string[]
  /** Parameters of the address that may be given more than once; every other is refused. */
  mayRepeat?: readonly string[]
  /** How a protocol with errors of its own tells a problem, to people too; what it leaves undefined is told as everywhere. */
  tellProblem?: (problem: ProblemBody) => Answer | undefined
  answer: (request: Request<Params, Who, unknown, Readonly<Record<string, string>>>) => Promise<Answer>
}

/**
 * One route: parse, answer. Without `body` it takes JSON if it has an `input`, and no body otherwise; without `input` the
 * body comes as parsed JSON or as the fields of the form, and is `unknown`.
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
  tellProblem?: (problem: ProblemBody) => Answer | undefined
  answer: (request: Request<Params, Who, Input, Query>) => Answer | Promise<Answer>
}): Endpoint<Params, Who> {
  const { input, query, knows, mayRepeat, tellProblem, answer } = definition
  const { body = input === undefined ? 'none' : 'json' } = definition
  return {
    body,
    ...(input && { input }),
    ...(query && { query }),
    ...(knows && { knows }),
    ...(mayRepeat && { mayRepeat }),
    ...(tellProblem && { tellProblem }),
    async answer(request) {
      if (knows !== undefined) requireKnown(request.query, knows)
      const parsed = {
        ...request,
        // Without a schema nothing is claimed of either: their types stay `unknown` and a record of strings.
        query: (query === undefined ? request.query : parseQuery(query, request.query)) as Query,
        input: (input === undefined ? request.input : parseInput(input, request.input)) as Input,
      }
      return answer(parsed)
    },
  }
}
