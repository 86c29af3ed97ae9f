import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { type Grounds, groundsOf, type TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'

/** The most that may be set: what was counted in the last hour is read and written as one item. */
export const MOST_ROOM = 500

/** So many certificates may be taken out of force in the name of `id` in an hour. None: each waits for a second person. */
export async function setBrake(
  request: { id: string; limit: number; actor: string } & Grounds,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const { id, limit, actor } = request
  if (!Number.isInteger(limit) || limit < 0 || limit > MOST_ROOM)
    throw new RegistryError('validation-failed', 'the brake cannot be set so', {
      faults: [{ pointer: '/limit', detail: `must be a whole number from 0 to ${MOST_ROOM}` }],
    })
  const history = await trustOf(store)(id)
  const entity = entityAt(id, history, EVERYTHING)
  if (entity === undefined) throw new RegistryError('not-found', 'no such issuer')
  if (entity.brake === limit) throw new RegistryError('conflict', 'the brake of this issuer is set so already')
  const event: TrustEvent = { type: 'brake-set', limit, ...groundsOf(request) }
  await store.append(nextCommit(streams.trust(id), history, { events: [event], actor, now, index: 'TRUST' }))
}
