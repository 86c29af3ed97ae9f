import { parseToken } from './token.ts'

/** What somebody typed or pasted: a token, or why it is none. */
export type Typed = { token: string } | { fault: 'own' | 'foreign' | 'incomplete' | 'number' | 'code' }

/** What stands around a link or a code in a sentence, and is no part of it. */
const around = /^[\s<>()[\]{}"'«»“”‘’*_,;:.!?…/]+|[\s<>()[\]{}"'«»“”‘’*_,;:.!?…/]+$/gu
const bare = (text: string): string => text.replace(around, '')
/** As it is printed, or without its gaps. */
const printed = /(?<![\w/=])(?:[0-9a-z]{4}[\s-]+){6}[0-9a-z]{2}(?!\w)|(?<![\w/=])[0-9a-z]{26}(?!\w)/i
/** With a scheme, or as browsers show an address: a host with a dot or a port, and a path. */
const address = /:\/\/|(?:^|\s)\S*?[^\s/.](?:\.[^\s/.]|:\d)[^\s/]*\/\S/u

/**
 * Reads the one field of the first page as people fill it in: the link with or without its scheme, inside a message, with a full stop
 * behind it, or the code alone. The own host is known by its name alone: what is found is looked up here and nowhere else (W020).
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
  // The start page and a code beside it, as they stand on paper.
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

/** In groups as no code is printed, or of digits alone; what is about as long as a code may be one with a slip. */
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

/** Another page of this host: what follows its name may not make it the beginning of another host's. */
function namesOwnPage(text: string, baseUrl: string): boolean {
  const rest = behindOwn(text, baseUrl, '')
  return rest !== undefined && /^(?:[/?#\s]|[^\w@:]*(?:\s|$))/u.test(rest)
}

/** What follows that path in a link of this host; the link begins where a word does. */
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
