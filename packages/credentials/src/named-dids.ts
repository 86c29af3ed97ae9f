import { isObjectOrList } from './json-object.ts'

const ANY_DID = /did:[a-z0-9]+:[^\s"'<>\\#?/]+/gi

/**
 * Every DID that a JSON value names, wherever it stands and whatever its member is called. Never throws. Whether a document is ours
 * to judge by the closed profile must not depend on how it spells `issuer`.
 */
export function namedDids(value: unknown): Set<string> {
  const dids = new Set<string>()
  const open: unknown[] = [value]
  while (open.length > 0) {
    const item = open.pop()
    if (typeof item === 'string') collect(item, dids)
    else if (isObjectOrList(item)) {
      for (const [name, member] of Object.entries(item)) {
        collect(name, dids)
        open.push(member)
      }
    }
  }
  return dids
}

function collect(text: string, dids: Set<string>): void {
  for (const [spelled] of text.matchAll(ANY_DID)) {
    dids.add(spelled)
    // The scheme has no case in URLs, nor have escapes: both spellings name the same.
    dids.add(
      spelled
        .replace(/^did:[a-z0-9]+:/i, (start) => start.toLowerCase())
        .replace(/%[0-9a-f]{2}/gi, (triplet) => triplet.toUpperCase()),
    )
  }
}
