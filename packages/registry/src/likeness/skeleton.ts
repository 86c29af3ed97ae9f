let prototypes: ReadonlyMap<string, string> | undefined

/** Loaded at the first use, because most functions compare no names and start faster without it. */
async function loadPrototypes(): Promise<ReadonlyMap<string, string>> {
  const { confusables } = await import('./confusables.generated.ts')
  return new Map(
    confusables
      .trim()
      .split('\n')
      .flatMap((row) => {
        const [look = '', characters = ''] = row.split('=')
        return characters.split(' ').map((character): [string, string] => [textOf(character), textOf(look)])
      }),
  )
}

const textOf = (codePoints: string): string =>
  String.fromCodePoint(...codePoints.split(' ').map((code) => Number.parseInt(code, 16)))

/**
 * Texts with the same skeleton look alike. A skeleton is for comparing only, never for showing.
 * @see https://www.unicode.org/reports/tr39/#Confusable_Detection
 */
export async function loadSkeleton(): Promise<(text: string) => string> {
  prototypes ??= await loadPrototypes()
  const known = prototypes
  return (text) => {
    const visible = text.normalize('NFD').replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    return Array.from(visible, (character) => known.get(character) ?? character)
      .join('')
      .normalize('NFD')
  }
}

/** Upper case first, because `ß` folds to `ss`. */
const foldCase = (text: string): string => text.toUpperCase().toLowerCase()

/** The looks of a name. Two names look alike if they have a look in common. */
export type LooksOf = (name: string) => ReadonlySet<string>

/**
 * A name has three looks: as it is written, in small letters and in capitals. A Cyrillic Т looks like a Latin T, but their small letters
 * differ. A capital I looks like a small l, but a small i does not.
 */
export async function loadLooks(): Promise<LooksOf> {
  const skeleton = await loadSkeleton()
  return (name) => {
    // "(demonstration)" does not distinguish two names.
    const plain = name.replaceAll('(demonstration)', '').normalize('NFKC')
    const text = plain.replace(/[\s\p{Z}\p{Default_Ignorable_Code_Point}]+/gu, '')
    const looks = [text, foldCase(text), text.toUpperCase()].map((each) => foldCase(skeleton(each)))
    return new Set(looks.filter((look) => look !== ''))
  }
}
