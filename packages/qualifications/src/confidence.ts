const ascending = ['low', 'medium-low', 'medium', 'medium-high', 'high'] as const
/** How well a fact is supported by what we read. Not how likely an authority is to agree. */
export type Confidence = (typeof ascending)[number]

/** Only these are shown as fact; whatever is less says "unconfirmed". */
export const isFact = (confidence: Confidence): boolean => confidence === 'high' || confidence === 'medium-high'

/** A statement is as good as the weakest thing that it rests on. */
export const weakest = (first: Confidence, ...others: Confidence[]): Confidence =>
  others.reduce((lowest, other) => (ascending.indexOf(other) < ascending.indexOf(lowest) ? other : lowest), first)
