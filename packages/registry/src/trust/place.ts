import { isRegion } from '@sijil/qualifications'
import type { Identity } from './events.ts'

/** The state that a body speaks for. Undefined for a body of the region: questions about its rights have no place. */
export const placeOf = ({ identity: { state } }: { identity: { state: string } }): string | undefined =>
  isRegion(state) ? undefined : state

/** The state of an entity. A fictional one has its name beside its code, because nothing else knows it. */
export const stateOf = ({
  identity: { state, stateName },
}: {
  identity: Pick<Identity, 'state' | 'stateName'>
}): Pick<Identity, 'state' | 'stateName'> => ({ state, ...(stateName && { stateName }) })
