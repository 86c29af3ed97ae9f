import { findEntity } from './entity.ts'
import type { ViewDeps } from './view.ts'

/** Returns the registered name of an id. */
export type Names = (id: string) => string

/** Reads the names of these ids. An id that is not registered stands for its own name. */
export async function namesOf(ids: readonly string[], deps: Pick<ViewDeps, 'trust' | 'now'>): Promise<Names> {
  const known = [...new Set(ids)].map(async (id) => [id, (await findEntity(id, deps))?.identity.name ?? id] as const)
  const names = new Map(await Promise.all(known))
  return (id) => names.get(id) ?? id
}
