import { isObject } from '../json-object.ts'
import { DocumentFault, pointerTo } from '../read-json.ts'

export type JsonObject = Record<string, unknown>
export type Path = readonly (string | number)[]

export { isObject }

export function malformed(path: Path, message: string): DocumentFault {
  return new DocumentFault('malformed-value', pointerTo(path), message)
}

/** Checks one object, or each object of an array. Throws `DocumentFault` for any other value. */
export function each(value: unknown, path: Path, check: (node: JsonObject, at: Path) => void): void {
  const items: [unknown, Path][] = Array.isArray(value)
    ? value.map((item, index) => [item, [...path, index]])
    : [[value, path]]
  for (const [item, at] of items) {
    if (!isObject(item)) throw malformed(at, 'not an object')
    check(item, at)
  }
}
