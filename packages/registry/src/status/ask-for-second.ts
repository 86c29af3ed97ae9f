import { hashOf } from '../four-eyes.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { takeWaitingPlace } from './asked-by.ts'
import {
  type BrakedAction,
  type PendingAction,
  type PendingEvent,
  pendingOf,
  requirePending,
} from './pending-action.ts'

/**
 * The id follows from what is asked, so it also says what is approved. The same thing asked again, by any member, waits once. A note
 * is sealed anew each time and stays out of it.
 */
function idOf(action: BrakedAction, seen: number): string {
  const { note: _, ...stated } = { note: undefined, ...action }
  return hashOf({ action: stated, seen })
}

/** Nothing has changed yet: another member who may approve decides. Throws where too many actions of this member wait already. */
export async function askForSecond(
  { owner, action, seen, actor }: { owner: string; action: BrakedAction; seen: number; actor: string },
  deps: { store: CommitStore; now: Date },
): Promise<PendingAction> {
  const { store, now } = deps
  const id = idOf(action, seen)
  const stream = streams.pending(owner, id)
  const history = await store.read<PendingEvent>(stream)
  const known = pendingOf(owner, id, history, now)
  if (known !== undefined && known.state !== 'rejected' && known.state !== 'ended') return known
  await takeWaitingPlace({ owner, id, actor }, deps)
  const event: PendingEvent = { type: 'asked', action, seen }
  await store.append(nextCommit(stream, history, { events: [event], actor, now, index: `WAITING#${owner}` }))
  return requirePending(owner, id, deps)
}
