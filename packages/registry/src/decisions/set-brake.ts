import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { type Grounds, groundsOf, type TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'

/** The highest limit, in certificates an hour. The counts of the last hour are read and written as one item. */
export const MOST_ROOM = 500

/**
 * Sets how many certificates `id` may take out of force in an hour before a second person is needed. With 0, each one waits. Throws
 * `validation-failed` unless `limit` is a whole number from 0 to `MOST_ROOM`.
 */
export async function setBrake(
  request: { id: string; limit: number; actor: string } & Grounds,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const { id, limit, actor } = request
  if (!Number.isInteger(limit) || limit < 0 || limit > MOST_ROOM)
    throw new RegistryError('validation-failed', 'the brake cannot be set to this limit', {
      faults: [{ pointer: '/limit', detail: `must be a whole number from 0 to ${MOST_ROOM}` }],
    })
  const history = await trustOf(store)(id)
  const entity = entityAt(id, history, EVERYTHING)
  if (entity === undefined) throw new RegistryError('not-found', 'no such issuer', { reason: 'may-not-propose' })
  if (entity.brake === limit)
    throw new RegistryError('conflict', 'the brake of this issuer already has this limit', { reason: 'same-limit' })
  const event: TrustEvent = { type: 'brake-set', limit, ...groundsOf(request) }
  await store.append(nextCommit(streams.trust(id), history, { events: [event], actor, now, index: 'TRUST' }))
}
