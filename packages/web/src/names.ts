const MARK = ' (demonstration)'

/** A body's name with its short name, which need not say once more that it is a demonstration. */
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
  /** In the other languages of its state. */
  furtherNames?: readonly Text[]
}

/** Whatever it is called besides its legal name, the first first. */
export const localNamesOf = ({ localName, furtherNames = [] }: LocalNames): readonly Text[] =>
  localName === undefined ? furtherNames : [localName, ...furtherNames]
