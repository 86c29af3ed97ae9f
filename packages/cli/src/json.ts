import { isObject } from '@sijil/credentials/json-object'

export { isObject }

export function textAt(value: Record<string, unknown>, name: string): string | undefined {
  const member = value[name]
  return typeof member === 'string' ? member : undefined
}

/** One text for one value, whatever the order its members were written in. For hashing only: RFC 8785 asks for more. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`
}
