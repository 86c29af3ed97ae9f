import { INDEX_LAG_MS, MINUTE_MS } from '../clocks.ts'
import { isLostRace } from '../lost-race.ts'
import { FOLLOWING, readSlice } from '../slice.ts'
import { nextCommit, ownerOf, pagesOf, streams } from '../stream.ts'
import { announcedBy, indexesOf } from './announced.ts'
import { type Announced, type DeliveryEvent, pauses } from './delivery.ts'
import { endpointHistory, type PresentEndpoint, presentEndpoint, wasAskedFor } from './endpoint.ts'
import { type CollectDeps, sendEvents } from './messages.ts'
import { findProgress, isPaused, recordProgress } from './progress.ts'
import { queueAgain } from './queue-again.ts'
import { lastReplay } from './replay.ts'

const PAGE = 200
const OWNERS_AT_ONCE = 10
const EVENTS_AT_ONCE = 25
/** Events of one body between two records of the progress. */
const MOST = 1_000
/** Each change is looked at at these ages, in case an index shows it late or its message was lost. */
const AGES = [0, 2 * MINUTE_MS, INDEX_LAG_MS]
/** Without anything new, the progress is recorded this often. */
const RECORD_MS = 10 * MINUTE_MS
/** A run begins another slice only if it has this long for it. */
const SLICE_MS = 20_000

/**
 * Finds what happened since the last run for each body with an endpoint, and sends a message for each event whose delivery is due. It
 * reads indexes that exist, so issuing writes nothing for it and waits for nobody. It may run at any time and any number of times: an
 * event is recorded before its message is sent, and the progress after that. One body that cannot be read does not hold up others.
 */
export async function collectEvents(deps: CollectDeps): Promise<{ queued: number; retried: number }> {
  const owners = await ownersWithEndpoint(deps)
  const failures: unknown[] = []
  let queued = 0
  for (let at = 0; at < owners.length && mayGoOn(deps); at += OWNERS_AT_ONCE) {
    const some = owners.slice(at, at + OWNERS_AT_ONCE)
    for (const outcome of await Promise.allSettled(some.map((owner) => collectOf(owner, deps))))
      if (outcome.status === 'fulfilled') queued += outcome.value
      // Another run recorded its progress meanwhile. That one counts, and the next run goes on from there.
      else if (!isLostRace(outcome.reason)) failures.push(outcome.reason)
  }
  const retried = await sendRetries(deps)
  if (failures.length > 0) throw failures[0]
  return { queued, retried }
}

const mayGoOn = ({ remaining = () => Number.POSITIVE_INFINITY }: CollectDeps): boolean => remaining() >= SLICE_MS

/** Every run begins with another body, so that a run that was cut short does not always leave out the same ones. */
async function ownersWithEndpoint({ store, now }: CollectDeps): Promise<string[]> {
  const owners = new Set<string>()
  for await (const commits of pagesOf(store, 'ENDPOINTS', { limit: PAGE, newestFirst: false }))
    for (const { stream } of commits) owners.add(ownerOf(stream))
  const all = [...owners]
  const first = Math.floor(now.getTime() / MINUTE_MS) % Math.max(1, all.length)
  return [...all.slice(first), ...all.slice(0, first)]
}

async function collectOf(owner: string, deps: CollectDeps): Promise<number> {
  const { store, now } = deps
  const history = await endpointHistory(owner, store)
  const endpoint = presentEndpoint(history, now)
  if (endpoint === undefined) return 0
  const replay = await lastReplay(owner, store)
  let queued = 0
  for (let isWhole = false; !isWhole && mayGoOn(deps); ) {
    const last = await findProgress(owner, store)
    if (isPaused(last?.events[0], endpoint, replay)) return queued
    const { pausedAt, ...before } = last?.events[0] ?? { readTo: '', replays: 0, failedFrom: endpoint.since }
    const again = await queueAgain(owner, before, replay, deps)
    const slice = await collectSlice(owner, { endpoint, history, readTo: before.readTo }, deps)
    queued += slice.queued
    isWhole = slice.isWhole && again.isWhole
    const isOld = !(Date.parse(slice.to) - Date.parse(before.readTo) < RECORD_MS)
    if (isOld || slice.queued > 0 || !isWhole || !again.isIdle || pausedAt !== undefined)
      await recordProgress(owner, { ...before, ...again.progress, readTo: slice.to }, last, { store, now })
  }
  return queued
}

async function collectSlice(
  owner: string,
  {
    endpoint: { kinds, servedSince },
    history,
    readTo,
  }: { endpoint: PresentEndpoint; history: Awaited<ReturnType<typeof endpointHistory>>; readTo: string },
  deps: CollectDeps,
) {
  const indexes = await indexesOf(owner, kinds, deps.store)
  const { commits, to, isWhole } = await readSlice<{ type: string }>(deps.store, {
    indexes: () => indexes,
    from: new Date(readTo > servedSince ? readTo : servedSince),
    until: deps.now,
    ages: AGES,
    most: MOST,
    overlap: FOLLOWING.overlap,
    ahead: FOLLOWING.ahead,
  })
  const announced = commits
    .flatMap((commit) => announcedBy(commit, owner) ?? [])
    .filter(({ kind, at }) => wasAskedFor(history, kind, at))
  const due: string[] = []
  for (let at = 0; at < announced.length; at += EVENTS_AT_ONCE) {
    const some = announced.slice(at, at + EVENTS_AT_ONCE)
    const areDue = await Promise.all(some.map((event) => queueOnce(owner, event, deps)))
    due.push(...some.flatMap(({ id }, place) => (areDue[place] ? [id] : [])))
  }
  await sendEvents(owner, due, deps.queue)
  return { queued: due.length, to: to.toISOString(), isWhole }
}

/** Records an event, once. True if nobody has tried to deliver it yet, so it also finds one whose message was lost. */
async function queueOnce(
  owner: string,
  { id, ...announced }: Announced & { id: string },
  { store, now }: CollectDeps,
): Promise<boolean> {
  const stream = streams.delivery(owner, id)
  const last = await store.latest<DeliveryEvent>(stream)
  if (last !== undefined) return last.number === 0
  const event: DeliveryEvent = { type: 'queued', ...announced }
  const change = { events: [event], actor: 'system:deliver', now, index: `DELIVERIES#${owner}` as const }
  await store.append(nextCommit(stream, [], change)).catch((error: unknown) => {
    if (!isLostRace(error)) throw error
  })
  return true
}

interface RetriesRead {
  type: 'retries-read'
  readTo: string
}

/** A failed attempt is looked at when its pause has passed, and once more in case its message was lost. */
const RETRY_AGES = [...new Set(pauses)].flatMap((pause) => [pause, pause + INDEX_LAG_MS])
const MOST_RETRIES = 5_000

/** Sends messages for failed attempts whose pause has passed since the last run. Costs as much as there are failures. */
async function sendRetries({ store, queue, now }: CollectDeps): Promise<number> {
  const last = await store.latest<RetriesRead>(streams.deliveryCursor())
  const from = new Date(last?.events[0]?.readTo ?? now)
  const { commits, to } = await readSlice<DeliveryEvent>(store, {
    indexes: () => ['RETRIES'],
    from,
    until: now,
    ages: RETRY_AGES,
    most: MOST_RETRIES,
  })
  const ofOwners = new Map<string, string[]>()
  for (const { stream, events, recordedAt } of commits) {
    const [owner = '', , id = ''] = stream.split('/')
    const attempt = events.flatMap((event) => (event.type === 'attempted' ? [event.attempt] : []))[0] ?? 0
    const due = Date.parse(recordedAt) + (pauses[attempt - 1] ?? 0)
    const isNow = [due, due + INDEX_LAG_MS].some((moment) => moment >= from.getTime() && moment <= to.getTime())
    if (isNow) ofOwners.set(owner, [...(ofOwners.get(owner) ?? []), id])
  }
  for (const [owner, ids] of ofOwners) await sendEvents(owner, [...new Set(ids)], queue)
  const event: RetriesRead = { type: 'retries-read', readTo: to.toISOString() }
  const change = { events: [event], actor: 'system:deliver', now }
  await store
    .append(nextCommit(streams.deliveryCursor(), last === undefined ? [] : [last], change))
    .catch((error: unknown) => {
      if (!isLostRace(error)) throw error
    })
  return [...ofOwners.values()].flat().length
}
