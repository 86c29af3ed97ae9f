type Unit = { code: string; title: string }

export interface SuggestedUnit {
  unit: Unit
  /** How many words of the title both have. */
  words: number
  isSameCode: boolean
}

/** Shorter words are not counted: they stand in every title. */
const SHORTEST = 4
/** A title is one line, so more words are not looked at. */
const MOST_WORDS = 40

const wordsOf = (title: string): Set<string> =>
  new Set(
    (
      title
        .normalize('NFKC')
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
    )
      .filter((word) => word.length >= SHORTEST)
      .slice(0, MOST_WORDS),
  )

/**
 * The units of another edition, those first that have the code or the most words of this one. An officer chooses: that two titles are alike
 * says nothing about what was assessed.
 */
export function suggestUnits(asked: Unit, offered: readonly Unit[]): readonly SuggestedUnit[] {
  const words = wordsOf(asked.title)
  return offered
    .map((unit) => ({
      unit,
      words: [...wordsOf(unit.title)].filter((word) => words.has(word)).length,
      isSameCode: unit.code === asked.code,
    }))
    .toSorted((one, other) => Number(other.isSameCode) - Number(one.isSameCode) || other.words - one.words)
}
