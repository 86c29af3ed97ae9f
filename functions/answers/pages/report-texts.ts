import { textFault } from '@sijil/credentials'

/** Most characters of what a reporter may write. All of it is sealed as one text. */
export const MOST = { words: 500, contact: 200, source: 500 } as const

/** Browsers send a line end as two characters, and phones add a mark to emoji that nobody typed. */
export const plain = (text: string | undefined): string | undefined =>
  text?.replaceAll('\r\n', '\n').replaceAll('\ufe0f', '').normalize('NFC').trim()

export const isReadable = (text: string | undefined, most: number): boolean =>
  text === undefined || (text.length <= most && text.split('\n').every((line) => textFault(line) === undefined))

/** The same for a text of one line. */
export const isReadableLine = (text: string | undefined, most: number): boolean =>
  isReadable(text, most) && text?.includes('\n') !== true

/** The address as programs read it, so that letters that look like others in a host name are visible. Undefined: it is none. */
export function addressIn(text: string): string | undefined {
  const url = isReadableLine(text, MOST.source) && /^https?:\/\/\S+$/iu.test(text) ? URL.parse(text) : null
  const isPlain = url !== null && url.username === '' && url.password === '' && url.href.length <= MOST.source
  return isPlain ? url.href : undefined
}
