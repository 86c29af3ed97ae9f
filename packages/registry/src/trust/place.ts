import { isRegion } from '@sijil/qualifications'

/** The state that a body speaks for. A body of the region speaks for none: its rights are asked about without a place. */
export const placeOf = ({ identity: { state } }: { identity: { state: string } }): string | undefined =>
  isRegion(state) ? undefined : state
