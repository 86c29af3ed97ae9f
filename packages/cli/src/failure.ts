import { isObject } from './json.ts'

/** Exit codes for scripts, in addition to the three verdicts of `verify` (0, 1, 2). 64 to 70 have the numbers of sysexits.h. */
export const exitCodes = {
  /** A log contradicts its earlier state, or the registry contradicts its log. */
  wrong: 1,
  /** Nothing was changed yet, because a second person must decide. */
  waits: 3,
  /** The command line is wrong, or a file cannot be used. */
  usage: 64,
  /** The registry or the token endpoint refused the request. */
  refused: 65,
  /** The registry does not answer, or cannot answer now. */
  unavailable: 69,
  /** The answer cannot be understood. */
  unexpected: 70,
} as const
export type FailureKind = keyof typeof exitCodes

/** RFC 9457. A problem from the registry keeps all its members. */
export interface Problem {
  type: string
  title: string
  detail?: string
  errors?: { pointer: string; detail: string }[]
  /** The error code of a token endpoint (RFC 6749 §5.2). */
  error?: string
}

/** The only error class of the command line. It contains no secret, and nothing personal except what the user typed. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly kind: FailureKind
  readonly problem: Problem
  constructor(kind: FailureKind, problem: Omit<Problem, 'type'> & { type?: string }, options?: ErrorOptions) {
    super(problem.title, options)
    this.kind = kind
    this.problem = { type: 'about:blank', ...problem }
  }
}

export const usageFailure = (title: string, detail?: string) =>
  new CommandFailure('usage', detail === undefined ? { title } : { title, detail })

/** `undefined` unless the body is a problem, so that the HTML page of a proxy is never shown. */
export function parseProblem(body: unknown): Problem | undefined {
  if (!isObject(body) || typeof body.title !== 'string') return undefined
  const { type, title, detail, errors, ...rest } = body
  return {
    ...rest,
    type: typeof type === 'string' ? type : 'about:blank',
    title,
    ...(typeof detail === 'string' && { detail }),
    ...(Array.isArray(errors) && { errors: errors.filter(isFault) }),
  }
}

function isFault(value: unknown): value is { pointer: string; detail: string } {
  return isObject(value) && typeof value.pointer === 'string' && typeof value.detail === 'string'
}
