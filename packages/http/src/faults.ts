import { type Fault, RegistryError } from '@sijil/registry'
import { type $ZodError, type $ZodIssue, type $ZodType, safeParse } from 'zod/v4/core'
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

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    input,
  )
}

/** What a schema says is wrong, without what was sent: a schema's own message is dropped if it quotes the value. */
function detailOf(issue: $ZodIssue, value: unknown): string {
  const quotes = (typeof value === 'string' || typeof value === 'number') && String(value).length > 1
  return quotes && issue.message.includes(String(value)) ? 'does not have the form that is asked for' : issue.message
}

function faultsOf(error: $ZodError, input: unknown): Fault[] {
  return error.issues
    .slice(0, MOST_FAULTS)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, MOST_FAULTS)
            .map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: 'has a member that is not known here' }))
        : [{ pointer: pointerOf(issue.path), detail: detailOf(issue, valueAt(input, issue.path)) }],
    )
}

// Of zod's core only: its schemas may be written with `zod` or, where a start must be fast, with `zod/mini`.

/** The only way from a body to an input. Throws `validation-failed` (422) with a pointer for each fault. */
export function parseInput<T>(schema: $ZodType<T>, value: unknown): T {
  const result = safeParse(schema, value, { error: faultWords })
  if (result.success) return result.data
  throw new RegistryError('validation-failed', 'The body does not have the expected form.', {
    faults: faultsOf(result.error, value),
  })
}

/** The same for the parameters of the address, told as a 400. Pointers are into the parameters. */
export function parseQuery<T>(schema: $ZodType<T>, query: Readonly<Record<string, string>>): T {
  const result = safeParse(schema, query, { error: faultWords })
  if (result.success) return result.data
  throw new EdgeError('malformed-request', 'The parameters do not have the expected form.', {
    faults: faultsOf(result.error, query),
  })
}
