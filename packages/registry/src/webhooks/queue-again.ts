import { isLostRace } from '../lost-race.ts'
import { type Commit, nextCommit, streams } from '../stream.ts'
import { type DeliveryEvent, findDelivery } from './delivery.ts'
import { type CollectDeps, sendEvents } from './messages.ts'
import type { Progress } from './progress.ts'
import { type ReplayEvent, replaysFrom } from './replay.ts'

/** Failed events that one step queues again. */
const MOST = 500

interface Again {
  /** False: there are more failed events. */
  isWhole: boolean
  /** True: nobody asked for anything. */
  isIdle: boolean
  progress: Pick<Progress, 'replays' | 'failedFrom'>
}

/** Carries out what officers asked to have sent again since the last run. Twice is no harm: an event that waits is left alone. */
export async function queueAgain(
  owner: string,
  { replays, failedFrom }: Pick<Progress, 'replays' | 'failedFrom'>,
  last: Commit<ReplayEvent> | undefined,
  deps: CollectDeps,
): Promise<Again> {
  const asked = last === undefined ? 0 : last.number + 1
  if (asked <= replays) return { isWhole: true, isIdle: true, progress: { replays, failedFrom } }
  const requests = (await replaysFrom(owner, replays, deps.store)).flatMap(({ events }) => events)
  const named = requests.flatMap(({ event }) => event ?? [])
  const ofAll = requests.length > named.length ? await listFailed(owner, failedFrom, deps) : undefined
  const due: string[] = []
  for (const id of new Set([...named, ...(ofAll?.ids ?? [])]))
    if (await queueOne(owner, id, named.includes(id), deps)) due.push(id)
  await sendEvents(owner, due, deps.queue)
  const isWhole = ofAll?.isWhole ?? true
  return {
    isWhole,
    isIdle: false,
    progress: { replays: isWhole ? asked : replays, failedFrom: ofAll?.to ?? failedFrom },
  }
}

/** From the moment of the last one that was found, so that one that the index shows late is found another time. */
async function listFailed(owner: string, since: string, { store }: CollectDeps) {
  const { commits, next } = await store.list<DeliveryEvent>(`UNDELIVERED#${owner}`, {
    limit: MOST,
    newestFirst: false,
    since,
  })
  const ids = commits.map(({ stream }) => stream.slice(stream.lastIndexOf('/') + 1))
  return { ids, to: commits.at(-1)?.recordedAt ?? since, isWhole: next === undefined }
}

/** True if it has to be sent: it failed or, if officers named it, it was delivered before. */
async function queueOne(owner: string, id: string, isNamed: boolean, { store, now }: CollectDeps): Promise<boolean> {
  const delivery = await findDelivery(owner, id, store)
  if (delivery === undefined) return false
  // Queued again by a run that ended before its message was sent.
  if (delivery.state === 'waiting') return delivery.tried === 0
  if (delivery.state === 'delivered' && !isNamed) return false
  const event: DeliveryEvent = { type: 'queued-again' }
  const change = { events: [event], actor: 'system:deliver', now }
  await store.append(nextCommit(streams.delivery(owner, id), delivery.commits, change)).catch((error: unknown) => {
    if (!isLostRace(error)) throw error
  })
  return true
}
