const ascending = ['low', 'medium-low', 'medium', 'medium-high', 'high'] as const
/** How well our sources support a fact. It does not say how likely an authority is to agree. */
export type Confidence = (typeof ascending)[number]

/** Whether to show a statement as a fact. Anything below `medium-high` is shown as "unconfirmed". */
export const isFact = (confidence: Confidence): boolean => confidence === 'high' || confidence === 'medium-high'

/** A statement that rests on several facts has the confidence of the weakest one. */
export const weakest = (first: Confidence, ...others: Confidence[]): Confidence =>
  others.reduce((lowest, other) => (ascending.indexOf(other) < ascending.indexOf(lowest) ? other : lowest), first)
