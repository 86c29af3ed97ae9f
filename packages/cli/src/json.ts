export { canonicalJson } from '@sijil/credentials/canonical-json'
export { isObject } from '@sijil/credentials/json-object'

export function textAt(value: Record<string, unknown>, name: string): string | undefined {
  const member = value[name]
  return typeof member === 'string' ? member : undefined
}
