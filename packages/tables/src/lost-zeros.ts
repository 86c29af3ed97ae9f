/** The fixed beginning of a number, and the digits at its end. */
const PARTS = /^(.*?)(\d+)$/u
/** So many numbers of one beginning must have the same length. */
const MOST_COMMON = 0.5

/**
 * Returns each number that seems to have lost its leading zeros, by its place, with the zeros put back. A number only seems so if most
 * numbers with the same beginning are longer, and one of those begins with a zero. Numbers that count 1, 2 … 100 lost nothing.
 */
export function lostZeros(numbers: readonly (string | undefined)[]): ReadonlyMap<number, string> {
  const parsed = numbers.flatMap((number, place) => {
    const [, beginning, digits] = PARTS.exec(number ?? '') ?? []
    return beginning === undefined || digits === undefined ? [] : [{ place, beginning, digits }]
  })
  const found = new Map<number, string>()
  for (const group of Map.groupBy(parsed, ({ beginning }) => beginning).values()) {
    const full = Math.max(...lengthsOf(group).keys())
    const whole = group.filter(({ digits }) => digits.length === full)
    if (whole.length < group.length * MOST_COMMON || !whole.some(({ digits }) => digits.startsWith('0'))) continue
    for (const { place, beginning, digits } of group)
      if (digits.length < full) found.set(place, `${beginning}${digits.padStart(full, '0')}`)
  }
  return found
}

const lengthsOf = (group: readonly { digits: string }[]): ReadonlyMap<number, unknown> =>
  Map.groupBy(group, ({ digits }) => digits.length)
