import type { Entity } from './entity.ts'
import type { Right } from './events.ts'

/** The right to ask about if the question names none. */
export const usualRight = ({ kind }: Pick<Entity, 'kind'>): Right =>
  kind === 'centre' ? 'assess' : kind === 'authority' ? 'accredit' : 'issue'
