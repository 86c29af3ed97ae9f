/** Edits of a JSON document by pointer (RFC 6901). Every edit works on a copy. */
export type Doc = Record<string, unknown>

type Part = Record<string, unknown> | unknown[]

function parentOf(document: Doc, pointer: string): { parent: Part; name: string } {
  const names = pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const name = names.pop() ?? ''
  let parent: unknown = document
  for (const step of names) parent = (parent as Doc)[step]
  if (typeof parent !== 'object' || parent === null) throw new TypeError(`nothing at ${pointer}`)
  return { parent: parent as Part, name }
}

export function at(document: Doc, pointer: string): unknown {
  const { parent, name } = parentOf(document, pointer)
  return (parent as Doc)[name]
}

export function put(document: Doc, pointer: string, value: unknown): Doc {
  const copy = structuredClone(document)
  const { parent, name } = parentOf(copy, pointer)
  // In JSON `__proto__` is a member like any other.
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true })
  return copy
}

export function take(document: Doc, pointer: string): Doc {
  const copy = structuredClone(document)
  const { parent, name } = parentOf(copy, pointer)
  if (Array.isArray(parent)) parent.splice(Number(name), 1)
  else delete parent[name]
  return copy
}

/** Renames a member, which keeps its place and its value. */
export function rename(document: Doc, pointer: string, next: string): Doc {
  const copy = structuredClone(document)
  const { parent, name } = parentOf(copy, pointer)
  const entries = Object.entries(parent).map(([key, value]) => [key === name ? next : key, value] as const)
  for (const key of Object.keys(parent)) delete (parent as Doc)[key]
  for (const [key, value] of entries) {
    Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })
  }
  return copy
}

export const withContext = (document: Doc, ...more: unknown[]): Doc =>
  put(document, '/@context', [...(document['@context'] as unknown[]), ...more])

/** Removes members of the top level. All others stay unchanged. */
export const without = (document: Doc, ...names: string[]): Doc =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)))
