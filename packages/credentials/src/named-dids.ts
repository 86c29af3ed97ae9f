import { isObjectOrList } from './json-object.ts'

const ANY_DID = /did:[a-z0-9]+:[^\s"'<>\\#?/]+/gi

/**
 * Every DID in a JSON value, in any place and under any member name. Never throws. The closed profile must apply to a document of ours even
 * if the document spells `issuer` in another way.
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
    // The scheme of a URL and its escapes have no case, so add the normal spelling as well.
    dids.add(
      spelled
        .replace(/^did:[a-z0-9]+:/i, (start) => start.toLowerCase())
        .replace(/%[0-9a-f]{2}/gi, (triplet) => triplet.toUpperCase()),
    )
  }
}
