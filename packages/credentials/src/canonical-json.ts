import { isObject } from './json-object.ts'

/**
 * The canonical text of a JSON value (RFC 8785). Recorded hashes depend on it. Omits members that are `undefined`. Throws `TypeError` for
 * any other value that is not JSON, so that nothing else is written in its place.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item)).join(',')}]`
  if (isPlainObject(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      // Sort by UTF-16 units (§3.2.3), as JavaScript compares texts.
      .sort(([one], [other]) => (one < other ? -1 : 1))
    return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join(',')}}`
  }
  const isJson =
    typeof value === 'string'
      ? value.isWellFormed()
      : typeof value === 'number'
        ? Number.isFinite(value)
        : typeof value === 'boolean' || value === null
  if (!isJson) throw new TypeError('not a value of JSON')
  return JSON.stringify(value)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false
  const kind: unknown = Object.getPrototypeOf(value)
  return kind === Object.prototype || kind === null
}
