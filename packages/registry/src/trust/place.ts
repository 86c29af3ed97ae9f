import { isRegion } from '@sijil/qualifications'

/** The state that a body speaks for. Undefined for a body of the region: questions about its rights have no place. */
export const placeOf = ({ identity: { state } }: { identity: { state: string } }): string | undefined =>
  isRegion(state) ? undefined : state
