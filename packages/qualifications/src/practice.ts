/** How a body assesses and certifies, in one form for all bodies, so that two of them can be read side by side. */
export interface Practice {
  assessment: string
  /** What is required of those who assess. */
  assessors: string
  /** What its certificates state. */
  certificate: string
  /** How a candidate appeals against a result. */
  appeal: string
}
export const practiceParts = ['assessment', 'assessors', 'certificate', 'appeal'] as const satisfies (keyof Practice)[]
