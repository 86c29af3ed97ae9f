import type { Entity } from './entity.ts'

/** ISO 3166-1 alpha-2. A body that speaks for no state is asked about no place. */
export const placeOf = ({ identity }: Pick<Entity, 'identity'>): string | undefined =>
  identity.state === 'ASEAN' ? undefined : identity.state
