import { parseToken } from './token.ts'

/** The result of reading typed or pasted text: a token, or why there is none. */
export type Typed = { token: string } | { fault: 'own' | 'foreign' | 'incomplete' | 'number' | 'code' }

/** Characters around a link or a code in a sentence that are not part of it. */
const around = /^[\s<>()[\]{}"'«»“”‘’*_,;:.!?…/]+|[\s<>()[\]{}"'«»“”‘’*_,;:.!?…/]+$/gu
const bare = (text: string): string => text.replace(around, '')
/** A code as it is printed, or without its gaps. */
const printed = /(?<![\w/=])(?:[0-9a-z]{4}[\s-]+){6}[0-9a-z]{2}(?!\w)|(?<![\w/=])[0-9a-z]{26}(?!\w)/i
/** An address: with a scheme, or as browsers show it, with a host (a dot or a port) and a path. */
const address = /:\/\/|(?:^|\s)\S*?[^\s/.](?:\.[^\s/.]|:\d)[^\s/]*\/\S/u

/**
 * Reads the one field of the first page. People type the link with or without its scheme, paste it inside a message or with a full stop,
 * or type only the code. Only the name of our own host is recognised. The code is looked up in this registry only (W020).
 */
export function readTyped(text: string, baseUrl: string): Typed {
  const whole = parseToken(bare(text))
  if (whole !== undefined) return { token: whole }
  const afterLink = behindOwn(text, baseUrl, '/v/')
  if (afterLink !== undefined) {
    const [first = ''] = afterLink.split(/[\s?#]/u)
    const token = parseToken(bare(first)) ?? codeIn(afterLink) ?? parseToken(bare(afterLink))
    return token === undefined ? { fault: 'incomplete' } : { token }
  }
  // On paper, the start page and a code stand side by side.
  if (namesOwnPage(text, baseUrl)) {
    const beside = codeIn(text)
    return beside === undefined ? { fault: 'own' } : { token: beside }
  }
  if (address.test(text)) return { fault: 'foreign' }
  const found = codeIn(text)
  if (found !== undefined) return { token: found }
  if (looksLikeNumber(bare(text))) return { fault: 'number' }
  return {
    fault: /^[0-9A-Z]{8,80}$/i.test(bare(text).replace(/[\s-]/gu, '')) && /\d/.test(text) ? 'incomplete' : 'code',
  }
}

/** A number has groups unlike those of a code, or only digits. A text about as long as a code may be a mistyped code, so it is none. */
function looksLikeNumber(text: string): boolean {
  if (!/^(?=.*\d)[0-9a-z]+(?:[-/][0-9a-z]+)*$/i.test(text)) return false
  const groups = text.split(/[-/]/)
  const length = groups.join('').length
  return (
    length >= 5 &&
    length <= 22 &&
    (/^\d+$/.test(groups.join('')) || groups.slice(0, -1).some((group) => group.length !== 4))
  )
}

function codeIn(text: string): string | undefined {
  const [code] = printed.exec(text) ?? []
  return code === undefined ? undefined : parseToken(code)
}

/** True if the text names another page of this host. After our host name, no text may follow that makes it part of another host. */
function namesOwnPage(text: string, baseUrl: string): boolean {
  const rest = behindOwn(text, baseUrl, '')
  return rest !== undefined && /^(?:[/?#\s]|[^\w@:]*(?:\s|$))/u.test(rest)
}

/** The text after that path in a link to this host. The link must begin where a word begins. */
function behindOwn(text: string, baseUrl: string, path: string): string | undefined {
  const { host } = new URL(baseUrl)
  const begins = [`https://${host}${path}`, `http://${host}${path}`, `${host}${path}`]
  for (const { index } of text.matchAll(/(?<!\S)\S/gu)) {
    const rest = text.slice(index).replace(/^[<([{"'«“‘*_]+/u, '')
    const begin = begins.find((each) => rest.slice(0, each.length).toLowerCase() === each)
    if (begin !== undefined) return rest.slice(begin.length)
  }
  return undefined
}
