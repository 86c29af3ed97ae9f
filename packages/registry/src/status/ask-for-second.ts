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
 * The id is a hash of the request, so it also names what is approved. The same request waits only once, whichever member repeats it.
 * A note is left out, because each sealing of it gives other bytes.
 */
function idOf(action: BrakedAction, seen: number): string {
  const { note: _, ...stated } = { note: undefined, ...action }
  return hashOf({ action: stated, seen })
}

/**
 * Records an action that waits until another member with the role `approve` decides. Changes nothing else. Throws
 * `member-limit-reached` if too many actions of this member are already waiting.
 */
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
