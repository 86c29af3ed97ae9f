import type { ShownParty } from '@sijil/web'
import { findEntity } from './entity.ts'
import type { ViewDeps } from './view.ts'

/** A party by its name of today. One of another registry has none here. */
export async function shownParty(
  party: { registry: string; id: string },
  deps: Pick<ViewDeps, 'trust' | 'now' | 'baseUrl'>,
): Promise<ShownParty> {
  if (party.registry !== new URL(deps.baseUrl).host) return party
  const identity = (await findEntity(party.id, deps))?.identity
  if (identity === undefined) return party
  const { name, state, stateName } = identity
  return { ...party, name, state, ...(stateName && { stateName }) }
}
