import { type Entity, entityAt } from '@sijil/registry/trust'
import type { ViewDeps } from './view.ts'

/** The entity as it is known now. */
export const findEntity = async (
  id: string,
  { trust, now }: Pick<ViewDeps, 'trust' | 'now'>,
): Promise<Entity | undefined> => entityAt(id, await trust(id), now.toISOString())
