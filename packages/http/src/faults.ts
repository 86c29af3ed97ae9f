import { type Fault, type RefusalReason, RegistryError } from '@sijil/registry'
import { type $ZodIssue, type $ZodRawIssue, type $ZodType, util } from 'zod/v4/core'
import { EdgeError } from './edge-error.ts'
import { faultWords, usualReason } from './fault-words.ts'

const MOST_FAULTS = 50
/** The form of names of our members. A name of another form may be personal, so it is never repeated. */
const PLAIN_NAME = /^[\w$@:.-]{1,64}$/

/** JSON Pointer (RFC 6901) of a path. It ends before the first name that may not be repeated. */
function pointerOf(path: readonly PropertyKey[]): string {
  const last = path.findIndex((part) => typeof part !== 'number' && !PLAIN_NAME.test(String(part)))
  return (last === -1 ? path : path.slice(0, last))
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}

/** Replaces the input while messages are made, so that no message can repeat it (I48). */
const UNSAID = null

/** Like `safeParse`, but makes the messages without the input. They only know whether a member is missing. */
function issuesOf(schema: $ZodType, value: unknown): { data: unknown } | { issues: ReasonedIssue[] } {
  const result = schema._zod.run({ value, issues: [] }, { async: false })
  if (result instanceof Promise) throw new TypeError('schemas of inputs must be synchronous')
  if (result.issues.length === 0) return { data: result.value }
  const issues = result.issues
    .slice(0, MOST_FAULTS)
    .map((issue) => Object.assign(issue, { input: issue.input === undefined ? undefined : UNSAID }))
  return {
    issues: issues.map((issue) => {
      const reason = reasonOf(issue)
      return { issue: util.finalizeIssue(issue, { error: faultWords }, {}), ...(reason && { reason }) }
    }),
  }
}

interface ReasonedIssue {
  issue: $ZodIssue
  reason?: RefusalReason
}

/** The reason that a rule of a schema states, or the one of its kind. `must` in pieces.ts types it, so no list is needed at run time. */
function reasonOf(issue: $ZodRawIssue): RefusalReason | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'missing'
  const rule = issue.inst as { _zod?: { def?: { reason?: RefusalReason } } } | undefined
  const stated = rule?._zod?.def?.reason
  return stated ?? usualReason(issue)
}

const unknownAt = (path: readonly PropertyKey[]): Fault => ({
  pointer: pointerOf(path),
  detail: 'unknown member: leave it out',
  reason: 'unknown-member',
})

function faultsOf(issues: readonly ReasonedIssue[]): Fault[] {
  return issues.flatMap(({ issue, reason }) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, MOST_FAULTS).map((key) => unknownAt([...issue.path, key]))
      : [{ pointer: pointerOf(issue.path), detail: issue.message, ...(reason && { reason }) }],
  )
}

// Imports only the core of zod, so that schemas may use `zod` or, if a function must start fast, `zod/mini`.

/** Parses a body. No other function makes an input. Throws `validation-failed` (422) with a pointer for each fault. */
export function parseInput<T>(schema: $ZodType<T>, value: unknown): T {
  const result = issuesOf(schema, value)
  if ('data' in result) return result.data as T
  throw new RegistryError('validation-failed', 'The body does not have the expected form.', {
    faults: faultsOf(result.issues),
  })
}

/** Parses the parameters of the address. Throws `malformed-request` (400) with a pointer into the parameters for each fault. */
export function parseQuery<T>(schema: $ZodType<T>, query: Readonly<Record<string, string>>): T {
  const result = issuesOf(schema, query)
  if ('data' in result) return result.data as T
  throw malformed(faultsOf(result.issues))
}

/** For routes without a schema for their parameters. Throws `malformed-request` for unknown ones. */
export function requireKnown(query: Readonly<Record<string, string>>, known: readonly string[]): void {
  const others = Object.keys(query).filter((name) => !known.includes(name))
  if (others.length > 0) throw malformed(others.slice(0, MOST_FAULTS).map((name) => unknownAt([name])))
}

/** Throws `malformed-request` for a repeated parameter, because neither value is preferred. */
export function requireOnce(given: ReadonlyMap<string, readonly string[]>, mayRepeat: readonly string[]): void {
  const others = [...given].flatMap(([name, values]) => (values.length > 1 && !mayRepeat.includes(name) ? [name] : []))
  if (others.length === 0) return
  throw malformed(
    others.slice(0, MOST_FAULTS).map((name) => ({ pointer: pointerOf([name]), detail: 'must be given once' })),
  )
}

const malformed = (faults: readonly Fault[]) =>
  new EdgeError('malformed-request', 'The parameters do not have the expected form.', { faults })
