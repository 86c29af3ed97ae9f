import { MACHINES_DIFFER_MS } from '../clocks.ts'
import { isLostRace, type Patience, untilWon } from '../lost-race.ts'
import type { DeliveryAnswer, EventSender, NoteOpener } from '../ports.ts'
import { type CommitStore, type IndexKey, nextCommit, streams } from '../stream.ts'
import { isWanted } from './consent.ts'
import { type Delivery, type DeliveryEvent, findDelivery, pauses } from './delivery.ts'
import { type Endpoint, endpointHistory, type PresentEndpoint, presentEndpoint } from './endpoint.ts'
import { lastDeliveries } from './list-deliveries.ts'
import { notOurs, parseMessage } from './messages.ts'
import { findProgress, isPaused, recordProgress } from './progress.ts'
import { lastReplay } from './replay.ts'
import { presentSecrets } from './secrets.ts'

export interface DeliverDeps {
  store: CommitStore
  sender: EventSender
  opener: NoteOpener
  clock: () => Date
  patience: Patience
}

/** Newest events among which one that was delivered is looked for before an endpoint is paused. */
const LOOK_THROUGH = 20

interface Receiver {
  owner: string
  /** Undefined: the body has none now. */
  endpoint: PresentEndpoint | undefined
  isPaused: boolean
  /** False: the system did not say that it wants events. Nothing is sent then. */
  isWanted: boolean
  secrets: readonly string[]
}

/**
 * Makes the next attempt for each event of a message, if it is due. The same message again makes none. An event may still arrive twice,
 * always with the same id: the process can stop between the answer and its record. Throws `validation-failed` for a message that the
 * record does not support.
 */
export async function deliverEvents(message: unknown, deps: DeliverDeps): Promise<void> {
  const { owner, events } = parseMessage(message)
  const found = await Promise.allSettled(events.map((id) => requireDelivery(owner, id, deps)))
  const latest = deps.clock().getTime() + MACHINES_DIFFER_MS
  const due = found.flatMap((one) =>
    one.status === 'fulfilled' && one.value.state === 'waiting' && Date.parse(one.value.due) <= latest
      ? [one.value]
      : [],
  )
  const receiver = due.length === 0 ? undefined : await receiverOf(owner, deps)
  const done = receiver ? await Promise.allSettled(due.map((delivery) => deliver(delivery, receiver, deps))) : []
  // Only after the others: one event that cannot be read or recorded holds up none of them.
  const failed = [...found, ...done].find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

async function requireDelivery(owner: string, id: string, { store }: DeliverDeps): Promise<Delivery> {
  const delivery = await findDelivery(owner, id, store)
  if (delivery === undefined) throw notOurs()
  return delivery
}

async function receiverOf(owner: string, deps: DeliverDeps): Promise<Receiver> {
  const { store, opener, clock } = deps
  const now = clock()
  const endpoint = presentEndpoint(await endpointHistory(owner, store), now)
  if (endpoint === undefined) return { owner, endpoint, isPaused: false, isWanted: false, secrets: [] }
  const progress = (await findProgress(owner, store))?.events[0]
  const replay = await lastReplay(owner, store)
  const rests = isPaused(progress, endpoint, replay)
  const secrets = rests ? [] : await presentSecrets(owner, { store, opener, now })
  const since = replay !== undefined && replay.recordedAt > endpoint.since ? replay.recordedAt : endpoint.since
  // Without a secret nothing can be sent, so nobody is asked.
  const isAgreed = secrets.length > 0 && (await isWanted(owner, { url: endpoint.url, since }, deps))
  return { owner, endpoint, isPaused: rests, isWanted: isAgreed, secrets }
}

async function deliver(delivery: Delivery, receiver: Receiver, deps: DeliverDeps): Promise<void> {
  const { owner, endpoint, isPaused: rests } = receiver
  if (endpoint === undefined || !endpoint.kinds.includes(delivery.kind))
    return record(owner, delivery, [{ type: 'given-up', why: 'ended' }], undefined, deps)
  if (rests) return record(owner, delivery, [{ type: 'given-up', why: 'paused' }], `UNDELIVERED#${owner}`, deps)
  const answer = await attempt(delivery, endpoint, receiver, deps)
  const attempted = { type: 'attempted', attempt: delivery.tried + 1, answer } as const
  if (answer === '2xx') return record(owner, delivery, [attempted], undefined, deps)
  if (attempted.attempt <= pauses.length) return record(owner, delivery, [attempted], 'RETRIES', deps)
  await record(owner, delivery, [attempted, { type: 'given-up', why: 'failed' }], `UNDELIVERED#${owner}`, deps)
  await pauseIfSilent(owner, delivery, endpoint, deps)
}

/** Ids only: what they mean, the receiver asks the registry with its own rights. */
const bodyOf = (owner: string, { kind, subject, at }: Delivery): string => {
  const named = kind === 'batch.finished' ? { batch: subject } : { certificate: `urn:uuid:${subject}` }
  return JSON.stringify({ type: kind, timestamp: at, data: { issuer: owner, ...named } })
}

async function attempt(
  delivery: Delivery,
  { url }: Endpoint,
  { owner, secrets, isWanted: isAgreed }: Receiver,
  { sender, clock }: DeliverDeps,
): Promise<DeliveryAnswer> {
  if (secrets.length === 0) return 'no-secret'
  if (!isAgreed) return 'not-wanted'
  return sender.post({ url, id: delivery.id, body: bodyOf(owner, delivery), secrets, now: clock() })
}

/** If another call recorded its attempt meanwhile, that one counts. */
async function record(
  owner: string,
  { id, commits }: Delivery,
  events: readonly DeliveryEvent[],
  index: IndexKey | undefined,
  { store, clock }: DeliverDeps,
): Promise<void> {
  const change = { events, actor: 'system:deliver', now: clock(), ...(index && { index }) }
  await store.append(nextCommit(streams.delivery(owner, id), commits, change)).catch((error: unknown) => {
    if (!isLostRace(error)) throw error
  })
}

/** An event failed for the last time, after days. If nothing else arrived in that time, nothing more is sent until officers ask for it. */
async function pauseIfSilent(
  owner: string,
  { queuedAt }: Delivery,
  endpoint: { since: string },
  { store, clock, patience }: DeliverDeps,
): Promise<void> {
  const { deliveries } = await lastDeliveries(owner, { limit: LOOK_THROUGH }, store)
  if (deliveries.some(({ state, last }) => state === 'delivered' && (last?.at ?? '') >= queuedAt)) return
  await untilWon(async () => {
    const last = await findProgress(owner, store)
    if (isPaused(last?.events[0], endpoint, await lastReplay(owner, store))) return
    const now = clock()
    const before = last?.events[0] ?? { readTo: endpoint.since, replays: 0, failedFrom: endpoint.since }
    await recordProgress(owner, { ...before, pausedAt: now.toISOString() }, last, { store, now })
  }, patience)
}
