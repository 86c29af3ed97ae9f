import type { Entity } from './entity.ts'
import type { Right } from './events.ts'

/** What somebody of this kind is asked about, where nobody says which right is meant. */
export const usualRight = ({ kind }: Pick<Entity, 'kind'>): Right =>
  kind === 'centre' ? 'assess' : kind === 'authority' ? 'accredit' : 'issue'
