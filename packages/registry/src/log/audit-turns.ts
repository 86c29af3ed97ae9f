/** A run begins another part only if it has this long for it. */
export const PART_TAKES_MS = 120_000

/** Parts of the past of one kind. Each is compared again after so many hours. */
export interface PastParts {
  count: number
  hours: number
  /** Names the differences of the part at this place. */
  compare(place: number): Promise<string[]>
}

interface Compared {
  differences: string[]
  /** Parts that were due an hour ago and that this run did not come to either. */
  missed: number
}

/**
 * Hours until a part comes again, if a run compares at most so many. The number only doubles, so each turn of the longer rhythm is one of
 * the shorter. A part that the growth delays still comes within the longer one.
 */
export function hoursBetween(count: number, most: number): number {
  let hours = 1
  while (count > most * hours) hours *= 2
  return hours
}

/**
 * Compares the parts that were due an hour ago, and then those of this hour. The hour alone decides which these are, so no progress is
 * stored, and nobody can move it. A run lists the parts of the hour before in the opposite order. So it begins with those that a
 * stopped run did not come to.
 */
export async function compareInTurns(
  kinds: readonly PastParts[],
  { hour, remaining }: { hour: number; remaining: () => number },
): Promise<Compared> {
  const former = partsOf(kinds, hour - 1).reverse()
  const isFormer = new Set(former.map(({ name }) => name))
  const due = [...former, ...partsOf(kinds, hour).filter(({ name }) => !isFormer.has(name))]
  const differences: string[] = []
  let compared = 0
  for (const part of due) {
    if (remaining() < PART_TAKES_MS) break
    differences.push(...(await part.compare()))
    compared += 1
  }
  return { differences, missed: Math.max(0, former.length - compared) }
}

/** Even hours go forward, odd ones backward. If everything is due each hour, two runs in a row so begin at different ends. */
function partsOf(kinds: readonly PastParts[], hour: number) {
  const parts = kinds.flatMap(({ count, hours, compare }, kind) =>
    Array.from({ length: count }, (_, place) => place)
      .filter((place) => (hour - place) % hours === 0)
      .map((place) => ({ name: `${kind}/${place}`, compare: () => compare(place) })),
  )
  return hour % 2 === 0 ? parts : parts.reverse()
}
