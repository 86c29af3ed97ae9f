import { HOUR_MS, MINUTE_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import type { DeliveryAnswer } from '../ports.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import { type EventKind, eventKinds } from './endpoint.ts'

/** Pauses after each failed attempt but the last. Nine attempts take nearly three days. */
export const pauses: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
]

/** What an event says: ids only. `at` is the moment of the change. */
export interface Announced {
  kind: EventKind
  /** UUID of the certificate, or id of the batch. */
  subject: string
  at: string
}

export type DeliveryEvent =
  | ({ type: 'queued' } & Announced)
  /** `attempt` counts from the first, or from the last request to send it again. */
  | { type: 'attempted'; attempt: number; answer: DeliveryAnswer }
  | { type: 'given-up'; why: 'failed' | 'paused' | 'ended' }
  | { type: 'queued-again' }

const shapes: EventShapes<DeliveryEvent> = {
  queued: ['kind', 'subject', 'at'],
  attempted: ['attempt', 'answer'],
  'given-up': ['why'],
  'queued-again': [],
}

/** One event and what became of it. */
export interface Delivery extends Announced {
  id: string
  state: 'waiting' | 'delivered' | 'failed'
  queuedAt: string
  /** All attempts, also those before it was sent again. */
  attempts: number
  /** Attempts since it was last queued. */
  tried: number
  last?: { at: string; answer: DeliveryAnswer }
  /** From when on the next attempt may be made. Only while it waits. */
  due: string
  commits: readonly Commit<DeliveryEvent>[]
}

/** A commit announces at most one event, so its place names the event. The same commit read twice gives the same id. */
export const eventIdOf = (kind: EventKind, subject: string, number: number): string =>
  `${kind === 'batch.finished' ? 'batch' : 'certificate'}_${subject}_${number}`

const EVENT_ID = /^(?:batch|certificate)_[A-Za-z0-9-]{1,64}_\d{1,6}$/
export const isEventId = (text: string): boolean => EVENT_ID.test(text)

export async function findDelivery(owner: string, id: string, reader: CommitReader): Promise<Delivery | undefined> {
  return isEventId(id) ? deliveryOf(id, await reader.read<DeliveryEvent>(streams.delivery(owner, id))) : undefined
}

export const noSuchEvent = () => new RegistryError('not-found', 'no such event')

/** The fold of the stream of one event. */
function deliveryOf(id: string, commits: readonly Commit<DeliveryEvent>[]): Delivery | undefined {
  requireKnown(commits, shapes)
  const [first] = commits
  const [opening] = first?.events ?? []
  if (first === undefined || opening?.type !== 'queued' || !eventKinds.includes(opening.kind)) return undefined
  const { kind, subject, at } = opening
  const queuedAt = first.recordedAt
  const delivery: Delivery = {
    id,
    kind,
    subject,
    at,
    state: 'waiting',
    queuedAt,
    attempts: 0,
    tried: 0,
    due: queuedAt,
    commits,
  }
  for (const { events, recordedAt } of commits) for (const event of events) apply(event, recordedAt, delivery)
  return delivery
}

function apply(event: DeliveryEvent, at: string, delivery: Delivery): void {
  switch (event.type) {
    case 'queued':
      return
    case 'attempted':
      delivery.attempts += 1
      delivery.tried = event.attempt
      delivery.last = { at, answer: event.answer }
      if (event.answer === '2xx') delivery.state = 'delivered'
      else delivery.due = new Date(Date.parse(at) + (pauses[event.attempt - 1] ?? 0)).toISOString()
      return
    case 'given-up':
      delivery.state = 'failed'
      return
    case 'queued-again':
      Object.assign(delivery, { state: 'waiting', tried: 0, due: at })
      return
    default:
      event satisfies never
  }
}
