import { foreign, type Html } from './html.ts'
import { type Language, phrase } from './messages/say.ts'

const MARK = ' (demonstration)'

/** A body's name with its short name. The mark of a demonstration stands only once. */
export function fullName({ name, acronym }: { name: string; acronym?: string | undefined }): string {
  if (acronym === undefined) return name
  if (!name.endsWith(MARK) || !acronym.endsWith(MARK)) return `${name} (${acronym})`
  return `${name.slice(0, -MARK.length)} (${acronym.slice(0, -MARK.length)})${MARK}`
}

interface Text {
  text: string
  /** BCP 47. */
  language: string
}

export interface LocalNames {
  localName?: Text
  /** Names in the other languages of its state. */
  furtherNames?: readonly Text[]
}

/** The name to use in a sentence: in the page's language if it is registered so, or else the short name, or else the legal name. */
export function registeredName(
  { name, acronym, localName }: { name: string; acronym?: string | undefined; localName?: Text },
  language: Language,
): Html {
  if (localName?.language !== language) return foreign(acronym ?? name, 'en')
  // Only the legal name has the mark of a demonstration.
  const mark = name.endsWith(MARK) ? ` ${phrase(language, 'demo.mark')}` : ''
  return foreign(`${localName.text}${mark}`, language)
}

/** The legal name and the first local name. The one in the page's language comes first. */
export function namesInOrder(
  { name, localName }: { name: string; localName?: Text },
  language: Language,
): [Html, ...Html[]] {
  if (localName === undefined) return [foreign(name, 'en')]
  const local = foreign(localName.text, localName.language)
  if (localName.language === language) return [registeredName({ name, localName }, language), foreign(name, 'en')]
  return [foreign(name, 'en'), local]
}

/** Its names besides the legal name. The first local name comes first. */
export const localNamesOf = ({ localName, furtherNames = [] }: LocalNames): readonly Text[] =>
  localName === undefined ? furtherNames : [localName, ...furtherNames]
