import { type Fault, RegistryError } from '@sijil/registry'
import { type $ZodIssue, type $ZodType, util } from 'zod/v4/core'
import { EdgeError } from './edge-error.ts'
import { faultWords } from './fault-words.ts'

const MOST_FAULTS = 50
/** A name that a member of ours could have. Other names are the caller's own words, and are not repeated. */
const PLAIN_NAME = /^[\w$@:.-]{1,64}$/

/** JSON Pointer (RFC 6901) of a path, down to the last part that may be repeated. */
function pointerOf(path: readonly PropertyKey[]): string {
  const last = path.findIndex((part) => typeof part !== 'number' && !PLAIN_NAME.test(String(part)))
  return (last === -1 ? path : path.slice(0, last))
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}

/** What words are made of in the place of what was sent, so that none of them can repeat it (I48). */
const UNSAID = null

/** As `safeParse`, whose messages are made with the value at hand: ours are made without, and still know what is missing. */
function issuesOf(schema: $ZodType, value: unknown): { data: unknown } | { issues: $ZodIssue[] } {
  const result = schema._zod.run({ value, issues: [] }, { async: false })
  if (result instanceof Promise) throw new TypeError('no schema of an input waits for anything')
  if (result.issues.length === 0) return { data: result.value }
  const issues = result.issues
    .slice(0, MOST_FAULTS)
    .map((issue) => Object.assign(issue, { input: issue.input === undefined ? undefined : UNSAID }))
  return { issues: issues.map((issue) => util.finalizeIssue(issue, { error: faultWords }, {})) }
}

const unknownAt = (path: readonly PropertyKey[]): Fault => ({
  pointer: pointerOf(path),
  detail: 'has a member that is not known here',
})

function faultsOf(issues: readonly $ZodIssue[]): Fault[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, MOST_FAULTS).map((key) => unknownAt([...issue.path, key]))
      : [{ pointer: pointerOf(issue.path), detail: issue.message }],
  )
}

// Of zod's core only: its schemas may be written with `zod` or, where a start must be fast, with `zod/mini`.

/** The only way from a body to an input. Throws `validation-failed` (422) with a pointer for each fault. */
export function parseInput<T>(schema: $ZodType<T>, value: unknown): T {
  const result = issuesOf(schema, value)
  if ('data' in result) return result.data as T
  throw new RegistryError('validation-failed', 'The body does not have the expected form.', {
    faults: faultsOf(result.issues),
  })
}

/** The same for the parameters of the address, told as a 400. Pointers are into the parameters. */
export function parseQuery<T>(schema: $ZodType<T>, query: Readonly<Record<string, string>>): T {
  const result = issuesOf(schema, query)
  if ('data' in result) return result.data as T
  throw malformed(faultsOf(result.issues))
}

/** Where parameters are read one by one: throws where there are others. */
export function requireKnown(query: Readonly<Record<string, string>>, known: readonly string[]): void {
  const others = Object.keys(query).filter((name) => !known.includes(name))
  if (others.length > 0) throw malformed(others.slice(0, MOST_FAULTS).map((name) => unknownAt([name])))
}

/** Of two values none is chosen. */
export function requireOnce(given: ReadonlyMap<string, readonly string[]>, mayRepeat: readonly string[]): void {
  const others = [...given].flatMap(([name, values]) => (values.length > 1 && !mayRepeat.includes(name) ? [name] : []))
  if (others.length === 0) return
  throw malformed(
    others.slice(0, MOST_FAULTS).map((name) => ({ pointer: pointerOf([name]), detail: 'must be given once' })),
  )
}

const malformed = (faults: readonly Fault[]) =>
  new EdgeError('malformed-request', 'The parameters do not have the expected form.', { faults })
