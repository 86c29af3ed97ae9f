import { isObject } from './json.ts'

/** What a script may branch on, beside the three verdicts of `verify` (0, 1, 2). The numbers are those of sysexits.h. */
export const exitCodes = {
  /** A log is not what it was, or should be. */
  wrong: 1,
  /** Nothing was changed yet: a second person decides. */
  waits: 3,
  /** Typed wrongly, or a file that cannot be used. */
  usage: 64,
  /** The registry, or who hands out tokens, said no. */
  refused: 65,
  /** Nobody answers, or not now. */
  unavailable: 69,
  /** An answer that cannot be understood. */
  unexpected: 70,
} as const
export type FailureKind = keyof typeof exitCodes

/** RFC 9457; a problem of the registry keeps every member that it came with. */
export interface Problem {
  type: string
  title: string
  detail?: string
  errors?: { pointer: string; detail: string }[]
  /** Of a token endpoint (RFC 6749 §5.2). */
  error?: string
}

/** The one error of this command. It carries no secret, and of a person only what was typed. */
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

/** Only what has the shape of a problem is told on; a proxy's page of HTML is not. */
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
