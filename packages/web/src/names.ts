const MARK = ' (demonstration)'

/** A body's name with its short name, which need not say once more that it is a demonstration. */
export function fullName({ name, acronym }: { name: string; acronym?: string | undefined }): string {
  if (acronym === undefined) return name
  if (!name.endsWith(MARK) || !acronym.endsWith(MARK)) return `${name} (${acronym})`
  return `${name.slice(0, -MARK.length)} (${acronym.slice(0, -MARK.length)})${MARK}`
}
