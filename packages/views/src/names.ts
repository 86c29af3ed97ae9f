import { findEntity } from './entity.ts'
import type { ViewDeps } from './view.ts'

/** From an id to its registered name. */
export type Names = (id: string) => string

/** An id that is not registered keeps its id as a name. */
export async function namesOf(ids: readonly string[], deps: Pick<ViewDeps, 'trust' | 'now'>): Promise<Names> {
  const known = [...new Set(ids)].map(async (id) => [id, (await findEntity(id, deps))?.identity.name ?? id] as const)
  const names = new Map(await Promise.all(known))
  return (id) => names.get(id) ?? id
}
