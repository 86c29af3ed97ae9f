import type { RefusalReason } from '@sijil/registry'
import type { $ZodErrorMap, $ZodRawIssue } from 'zod/v4/core'

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

/**
 * Our own messages, for faults where a schema has none. The messages of the library address the author of the schema. Ours address the
 * caller, and contain nothing of the input.
 */
export const faultWords: $ZodErrorMap = (issue: $ZodRawIssue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? 'of another kind'}`
    case 'too_small':
      return bound(issue.origin, Number(issue.minimum), 'least')
    case 'too_big':
      return bound(issue.origin, Number(issue.maximum), 'most')
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'unrecognized_keys':
      return 'unknown member: leave it out'
    case 'invalid_union':
      return 'does not have any of the allowed forms'
    default:
      return 'does not have the expected form'
  }
}

function bound(origin: string, limit: number, side: 'least' | 'most'): string {
  const unit = { string: 'character', array: 'item', set: 'item' }[origin]
  if (unit === undefined) return `must be at ${side} ${limit}`
  if (side === 'least' && limit === 1) return 'must not be empty'
  return `must have at ${side} ${limit} ${unit}${limit === 1 ? '' : 's'}`
}

/** The reason of a fault where a schema states none. */
export function usualReason(issue: $ZodRawIssue): RefusalReason | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? 'not-a-number' : undefined
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? 'not-a-number'
        : Number(issue.minimum) === 1
          ? 'missing'
          : undefined
    case 'too_big':
      return issue.origin === 'string' ? 'too-long' : issue.origin === 'array' ? undefined : 'not-a-number'
    case 'invalid_value':
      return 'not-a-choice'
    case 'unrecognized_keys':
      return 'unknown-member'
    default:
      return undefined
  }
}
