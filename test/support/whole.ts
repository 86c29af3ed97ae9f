/** `npm run check:whole` goes through everything, `npm test` through a sample. Both show the same behaviour. */
export const isWhole = process.env.SIJIL_WHOLE === 'yes'

/** Everything, or the first `kept`, every `step`th after them, and the last. */
export function sampled<T>(all: readonly T[], { kept, step }: { kept: number; step: number }): readonly T[] {
  if (isWhole) return all
  return all.filter((_, at) => at < kept || (at - kept) % step === 0 || at === all.length - 1)
}

/** 1, 2, … up to `last`; a sample has the small ones, which differ most. */
export const sizesTo = (last: number): readonly number[] =>
  sampled(
    Array.from({ length: last }, (_, at) => at + 1),
    { kept: 40, step: 23 },
  )

/** How many runs of a property: so many in a sample, so many on the whole. */
export const runs = (sample: number, whole: number): number => (isWhole ? whole : sample)
