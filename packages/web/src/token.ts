/** Crockford's base 32 without I, L, O and U. A token has 26 characters (130 bits). */
const TOKEN = /^[0-9A-HJKMNP-TV-Z]{26}$/
const lookAlikes: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** Reads a token as people type it: any case, spaces and hyphens anywhere, `O` as 0, `I` and `L` as 1. */
export function parseToken(text: string): string | undefined {
  if (text.length > 100) return undefined
  const token = text
    .replace(/[\s\u2010-\u2015\u2212-]/gu, '')
    .toUpperCase()
    .replace(/[OIL]/g, (letter) => lookAlikes[letter] ?? letter)
  return TOKEN.test(token) ? token : undefined
}

/** The token in groups of four, as it is printed. */
export const showToken = (token: string): string => token.match(/.{1,4}/g)?.join(' ') ?? ''

/** The token of a link of this registry. The link needs exactly our origin and `/v/…`. Any other link has none (W020). */
export function linkToToken(link: string, baseUrl: string): string | undefined {
  const text = link.trim()
  if (text.length > 300 || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const base = new URL(baseUrl)
  if (url.origin !== base.origin || url.username !== '' || url.password !== '') return undefined
  const path = /^\/v\/([^/%]+)$/.exec(url.pathname)
  return path?.[1] === undefined ? undefined : parseToken(path[1])
}

/** The link of a token, as in the QR code. */
export const tokenToLink = (token: string, baseUrl: string): string => `${new URL(baseUrl).origin}/v/${token}`
