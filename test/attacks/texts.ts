import type { Doc } from './edit.ts'

/** Reverses the order of members at every level. Lists stay unchanged. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  )
}

/** The same JSON value with escaped letters. */
export function rewritings(document: Doc): Record<string, string> {
  const text = JSON.stringify(document)
  return {
    'white space': JSON.stringify(document, null, '\t\r\n '),
    'order of members': JSON.stringify(turned(document)),
    'escapes of letters': text.replaceAll(/RODEL|issuer/g, (word) =>
      [...word].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    ),
    'escaped slashes': text.replaceAll('/', '\\/'),
  }
}

/** Texts that some readers read differently from others, or accept although they are not JSON. */
export function twistedTexts(document: Doc): Record<string, string> {
  const text = JSON.stringify(document)
  const doubled = (name: string, value: string) => text.replace(`"${name}":`, `"${name}":${value},"${name}":`)
  return {
    'a member twice, the second wins': doubled('validUntil', '"2099-01-01T00:00:00Z"'),
    'a member twice, the first wins': text.replace(/("validUntil":"[^"]+")/, '$1,"validUntil":"2099-01-01T00:00:00Z"'),
    'a member twice, once escaped': text.replace('"name":', '"\\u006eame":"Another","name":'),
    'a member twice, deep inside': doubled('targetCode', '"9"'),
    'a member twice, with space before the colon': text.replace('"name":', '"name" :"Another","name":'),
    'the same member twice': doubled('type', '["VerifiableCredential","OpenBadgeCredential"]'),
    'a list twice': doubled('credentialStatus', '[]'),
    'a member named __proto__': text.replace('"issuer":{', '"issuer":{"__proto__":{"name":"Another"},'),
    'a member named __proto__, escaped': text.replace('"issuer":{', '"issuer":{"\\u005f_proto__":{"name":"Another"},'),
    'half of a surrogate pair': text.replace('RODEL', 'RODEL\\ud800'),
    'a byte order mark inside': `\ufeff${text}`,
    'a comment': text.replace('{', '{/* harmless */'),
    'a trailing comma': text.replace(/}$/, ',}'),
    NaN: text.replace('"hashed":false', '"hashed":NaN'),
    'single quotes': text.replaceAll('"', "'"),
    'two values': `${text}${text}`,
    'a NUL after it': `${text}\u0000`,
    'a raw control character': text.replace('RODEL', 'RO\u0001DEL'),
    'cut off': text.slice(0, -1),
  }
}
