import { type Entity, entityAt, noSuchIssuer, requireEntity as requireEntityAt } from '@sijil/registry/trust'
import type { ViewDeps } from './view.ts'

type EntityDeps = Pick<ViewDeps, 'trust' | 'now'>

/** The entity by all that is recorded now. `undefined` if it is not registered. */
export const findEntity = async (id: string, { trust, now }: EntityDeps): Promise<Entity | undefined> =>
  entityAt(id, await trust(id), now.toISOString())

export const requireEntity = (id: string, deps: EntityDeps): Promise<Entity> =>
  requireEntityAt(id, deps.now.toISOString(), deps)

export async function requireCentre(id: string, deps: EntityDeps): Promise<Entity> {
  const entity = await requireEntity(id, deps)
  if (entity.kind !== 'centre') throw noSuchIssuer()
  return entity
}
