import { RegistryError } from '../errors.ts'
import type { DeliveryMessage, MessageQueue } from '../ports.ts'
import { type CommitStore, isOwnerId } from '../stream.ts'
import { isEventId } from './delivery.ts'

/** Events of one message are sent at the same time, so a slow receiver holds up one call for one attempt. */
const AT_ONCE = 10

export type DeliveryQueue = MessageQueue<DeliveryMessage>

export interface CollectDeps {
  store: CommitStore
  queue: DeliveryQueue
  now: Date
  /** Milliseconds until the process is stopped. Absent: nothing stops it. */
  remaining?: () => number
}

export async function sendEvents(owner: string, ids: readonly string[], queue: DeliveryQueue): Promise<void> {
  const messages: DeliveryMessage[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE)
    messages.push({ version: 1, owner, events: ids.slice(at, at + AT_ONCE) })
  if (messages.length > 0) await queue.send(messages)
}

export const notOurs = () => new RegistryError('validation-failed', 'no message about events of this registry')

/** A message holds ids only. Everything that is sent comes from the record. */
export function parseMessage(message: unknown): DeliveryMessage {
  const { version, owner, events } = (message ?? {}) as Partial<DeliveryMessage>
  if (version !== 1 || typeof owner !== 'string' || !isOwnerId(owner) || !Array.isArray(events)) throw notOurs()
  if (events.length > AT_ONCE || !events.every((id) => typeof id === 'string' && isEventId(id))) throw notOurs()
  return { version, owner, events }
}
