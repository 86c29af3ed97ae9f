import { states } from '@sijil/qualifications'
import { findEntity } from './entity.ts'
import type { ViewDeps } from './view.ts'

/** Returns the registered name of an id. */
export type Names = (id: string) => string

/** Reads the names of these ids. An id that is not registered stands for its own name. */
export async function namesOf(ids: readonly string[], deps: Pick<ViewDeps, 'trust' | 'now'>): Promise<Names> {
  return readNames(ids, deps, ({ name }) => name)
}

/** Reads the names of these ids, each with its state in brackets, because two states may have one name. */
export async function namesInState(ids: readonly string[], deps: Pick<ViewDeps, 'trust' | 'now'>): Promise<Names> {
  return readNames(ids, deps, ({ name, state }) => `${name} (${nameOfState(state)})`)
}

/** In English. A body of the region has the name of the region. */
const nameOfState = (iso2: string): string => states.find((state) => state.iso2 === iso2)?.name ?? iso2

async function readNames(
  ids: readonly string[],
  deps: Pick<ViewDeps, 'trust' | 'now'>,
  written: (identity: { name: string; state: string }) => string,
): Promise<Names> {
  const known = [...new Set(ids)].map(async (id) => {
    const identity = (await findEntity(id, deps))?.identity
    return [id, identity === undefined ? id : written(identity)] as const
  })
  const names = new Map(await Promise.all(known))
  return (id) => names.get(id) ?? id
}
