import { isObject } from './json.ts'
import { plain } from './output.ts'

/** A record as the registry tells it, a line a member: a member that comes later is shown without a new version of this command. */
export function recordLines(record: Record<string, unknown>, indent = ''): string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const label = `${indent}${plain(name)}:`
    if (Array.isArray(value))
      return [label, ...value.map((row) => `${indent}  - ${isObject(row) ? rowLine(row) : scalar(row)}`)]
    return isObject(value) ? [label, ...recordLines(value, `${indent}  `)] : [`${label} ${scalar(value)}`]
  })
}

/** What is inside a row is left to `show` and to `--json`. */
export function rowLine(row: Record<string, unknown>): string {
  return Object.values(row)
    .filter((value) => typeof value !== 'object')
    .map(scalar)
    .join('  ')
}

const scalar = (value: unknown): string => plain(typeof value === 'string' ? value : JSON.stringify(value))
