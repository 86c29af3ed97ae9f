/** `npm run check:whole` tests everything, and `npm test` a sample. Both show the same behaviour. */
export const isWhole = process.env.SIJIL_WHOLE === 'yes'

/** Everything, or a sample: the first `kept`, every `step`th after them, and the last. */
export function sampled<T>(all: readonly T[], { kept, step }: { kept: number; step: number }): readonly T[] {
  if (isWhole) return all
  return all.filter((_, at) => at < kept || (at - kept) % step === 0 || at === all.length - 1)
}

/** 1, 2, … up to `last`. A sample has all small sizes, because they differ most. */
export const sizesTo = (last: number): readonly number[] =>
  sampled(
    Array.from({ length: last }, (_, at) => at + 1),
    { kept: 40, step: 23 },
  )

/** The number of runs of a property in a sample and in `check:whole`. */
export const runs = (sample: number, whole: number): number => (isWhole ? whole : sample)
