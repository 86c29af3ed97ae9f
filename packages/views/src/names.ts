import { findStateName, type Qualification } from '@sijil/qualifications'
import type { Identity } from '@sijil/registry/trust'
import type { StateOf } from '@sijil/web'
import { findEntity } from './entity.ts'
import type { ViewDeps } from './view.ts'

/** Returns the registered name of an id. */
export type Names = (id: string) => string

/** Reads the names of these ids. An id that is not registered stands for its own name. */
export async function namesOf(ids: readonly string[], deps: Pick<ViewDeps, 'trust' | 'now'>): Promise<Names> {
  return readNames(ids, deps, ({ name }) => name)
}

/** Reads the names of these ids, each with its state in brackets, because bodies of two states may have one name. In English. */
export async function namesInState(ids: readonly string[], deps: Pick<ViewDeps, 'trust' | 'now'>): Promise<Names> {
  return readNames(ids, deps, ({ name, state, stateName }) => `${name} (${findStateName(state, stateName) ?? state})`)
}

async function readNames(
  ids: readonly string[],
  deps: Pick<ViewDeps, 'trust' | 'now'>,
  written: (identity: Identity) => string,
): Promise<Names> {
  const known = [...new Set(ids)].map(async (id) => {
    const identity = (await findEntity(id, deps))?.identity
    return [id, identity === undefined ? id : written(identity)] as const
  })
  const names = new Map(await Promise.all(known))
  return (id) => names.get(id) ?? id
}

/** The fictional states of these records, each once. */
export function fictionalStates(records: readonly Pick<Qualification, 'state' | 'stateName'>[]): readonly StateOf[] {
  const found = records.flatMap(({ state, stateName }) =>
    state !== null && stateName !== undefined && findStateName(state, stateName) === stateName
      ? [[state, { state, stateName }] as const]
      : [],
  )
  return [...new Map(found).values()]
}
