import type { Fault } from '../errors.ts'
import type { Party } from '../joint/events.ts'
import { isOwnerId } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { isVouchedFor } from './overseers.ts'
import { actsForOwner } from './own-records.ts'

/** An authority that may decide anything here. One that was succeeded states nothing more. */
export async function findAuthority(id: string, deps: CarryOutDeps): Promise<Entity | undefined> {
  const entity = isOwnerId(id) ? entityAt(id, await trustOf(deps.store)(id), EVERYTHING) : undefined
  const isActing =
    entity?.kind === 'authority' && (await isVouchedFor(entity, deps)) && (await actsForOwner(id, id, deps))
  return isActing ? entity : undefined
}

/** The address of a registry, without the scheme. */
const HOST = /^[a-z0-9][a-z0-9.-]{0,252}(?::\d{1,5})?$/

/** Real authorities and those of a demonstration never join one text. */
export async function partyFaults(
  parties: readonly Party[],
  own: Entity,
  here: string,
  deps: CarryOutDeps,
): Promise<Fault[]> {
  // More of them are refused without a look (`proposeJoint`).
  const faults = await Promise.all(
    parties.slice(0, 10).map(async ({ registry, id }, at): Promise<Fault[]> => {
      const pointer = `/parties/${at}`
      if (registry !== here)
        return HOST.test(registry) && isOwnerId(id)
          ? []
          : [{ pointer, detail: 'must name a registry by its address, and an authority by its id' }]
      const party = await findAuthority(id, deps)
      return party?.identity.demonstration === own.identity.demonstration
        ? []
        : [{ pointer, detail: 'must be an authority of this registry, real as the others or of the demonstration' }]
    }),
  )
  return faults.flat()
}

/**
 * One authority says what it found. What several of them agree on needs one of each state whose qualification it is about: otherwise two of
 * one state would agree on that of another. Of a party in another registry only its name is known here.
 */
export async function stateFaults(
  states: readonly (string | null)[],
  { parties, here }: { parties: readonly Party[]; here: string },
  deps: CarryOutDeps,
): Promise<Fault[]> {
  if (parties.length < 2 || parties.some(({ registry }) => registry !== here)) return []
  const trust = trustOf(deps.store)
  const found = await Promise.all(
    parties.slice(0, 10).map(async ({ id }) => entityAt(id, await trust(id), EVERYTHING)?.identity.state),
  )
  return states.every((state) => state === null || found.includes(state))
    ? []
    : [
        {
          pointer: '/parties',
          detail: 'must have an authority of each state whose qualification it is about',
          reason: 'no-party-of-state',
        },
      ]
}
