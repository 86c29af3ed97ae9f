/** The bodies of the region have this in place of a state. */
export const REGION = 'ASEAN'

/** A body of the region belongs to no state and speaks for all of them. */
export const isRegion = (state: string): boolean => state === REGION
