import { type Entity, entityAt, noSuchIssuer } from '@sijil/registry/trust'
import type { ViewDeps } from './view.ts'

type EntityDeps = Pick<ViewDeps, 'trust' | 'now'>

/** The entity by all that is recorded now. `undefined` if it is not registered. */
export const findEntity = async (id: string, { trust, now }: EntityDeps): Promise<Entity | undefined> =>
  entityAt(id, await trust(id), now.toISOString())

export async function requireEntity(id: string, deps: EntityDeps): Promise<Entity> {
  const entity = await findEntity(id, deps)
  if (entity === undefined) throw noSuchIssuer()
  return entity
}

export async function requireCentre(id: string, deps: EntityDeps): Promise<Entity> {
  const entity = await requireEntity(id, deps)
  if (entity.kind !== 'centre') throw noSuchIssuer()
  return entity
}
