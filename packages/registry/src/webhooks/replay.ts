import { RegistryError } from '../errors.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Patience, untilWon } from '../lost-race.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { requireMember } from '../trust/members.ts'
import { findDelivery, noSuchEvent } from './delivery.ts'
import { endpointHistory, presentEndpoint } from './endpoint.ts'

/** `event` absent: every event that failed for the last time. */
export type ReplayEvent = { type: 'replay-asked'; event?: string }

const shapes: EventShapes<ReplayEvent> = { 'replay-asked': [] }

/** The requests from one number on, oldest first. */
export async function replaysFrom(
  body: string,
  from: number,
  reader: CommitReader,
): Promise<readonly Commit<ReplayEvent>[]> {
  const commits = await reader.read<ReplayEvent>(streams.webhookReplays(body), { from })
  requireKnown(commits, shapes)
  return commits
}

export const lastReplay = (body: string, reader: CommitReader): Promise<Commit<ReplayEvent> | undefined> =>
  reader.latest<ReplayEvent>(streams.webhookReplays(body))

/**
 * Asks to have one event sent again, or all that failed. Either ends a pause of the endpoint. The request is recorded, and carried out
 * within a minute. Throws `not-found` for an event of another body, and `conflict` for one that is on its way or without an endpoint.
 */
export async function askReplay(
  { body, subject, event: id }: { body: string; subject: string; event?: string },
  { store, now, patience }: { store: CommitStore; now: Date; patience: Patience },
): Promise<void> {
  await requireMember({ owner: body, subject, role: 'propose' }, { reader: store })
  const delivery = id === undefined ? undefined : await findDelivery(body, id, store)
  if (id !== undefined && delivery === undefined) throw noSuchEvent()
  if (presentEndpoint(await endpointHistory(body, store), now) === undefined)
    throw new RegistryError('conflict', 'the body has no endpoint now: two officers can record one')
  if (delivery?.state === 'waiting')
    throw new RegistryError('conflict', 'this event is on its way: look again after its next attempt', {
      reason: 'nothing-changes',
    })
  const event: ReplayEvent = { type: 'replay-asked', ...(id !== undefined && { event: id }) }
  await untilWon(async () => {
    const last = await lastReplay(body, store)
    const index = `TRAIL#${body}` as const
    const change = { events: [event], actor: subject, now, index }
    await store.append(nextCommit(streams.webhookReplays(body), last === undefined ? [] : [last], change))
  }, patience)
}
