import { isObject } from './json.ts'
import { plain } from './output.ts'

/** One line for each member of a record, so that members of later versions of the registry are shown as well. */
export function recordLines(record: Record<string, unknown>, indent = ''): string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const label = `${indent}${plain(name)}:`
    if (Array.isArray(value))
      return [label, ...value.map((row) => `${indent}  - ${isObject(row) ? rowLine(row) : scalar(row)}`)]
    return isObject(value) ? [label, ...recordLines(value, `${indent}  `)] : [`${label} ${scalar(value)}`]
  })
}

/** One line for a row. Nested members are left out: `sijil show` and `--json` have them. */
export function rowLine(row: Record<string, unknown>): string {
  return Object.values(row)
    .filter((value) => typeof value !== 'object')
    .map(scalar)
    .join('  ')
}

const scalar = (value: unknown): string => plain(typeof value === 'string' ? value : JSON.stringify(value))
