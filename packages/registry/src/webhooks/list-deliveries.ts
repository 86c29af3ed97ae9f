import { type CommitReader, streams } from '../stream.ts'
import { requireMember } from '../trust/members.ts'
import { type Delivery, type DeliveryEvent, findDelivery } from './delivery.ts'
import { type Endpoint, endpointHistory, presentEndpoint } from './endpoint.ts'
import { findProgress, isPaused } from './progress.ts'
import { lastReplay } from './replay.ts'
import { secretHistory } from './secrets.ts'

interface Page {
  limit: number
  after?: string
}

/** One event as members of the body see it. Nothing of the answer but its class. */
export type ListedDelivery = Omit<Delivery, 'commits' | 'tried' | 'due'> & { due?: string }

/** The endpoint of a body now, and how it does. */
export interface EndpointState {
  endpoint?: Endpoint & { since: string }
  /** Since when nothing is sent, because it failed for long. */
  pausedAt?: string
  /** When its newest secret was made. Absent: it has none, and nothing can be sent. */
  secretMadeAt?: string
}

/** Newest event first, for members of the body. */
export async function listDeliveries(
  { body, subject, ...page }: { body: string; subject: string } & Page,
  { reader, now }: { reader: CommitReader; now: Date },
): Promise<EndpointState & { deliveries: ListedDelivery[]; next?: string }> {
  await requireMember({ owner: body, subject, role: 'read' }, { reader })
  return { ...(await endpointState(body, { reader, now })), ...(await lastDeliveries(body, page, reader)) }
}

/** Asks nothing about who reads it. */
export async function endpointState(
  body: string,
  { reader, now }: { reader: CommitReader; now: Date },
): Promise<EndpointState> {
  const present = presentEndpoint(await endpointHistory(body, reader), now)
  if (present === undefined) return {}
  const { servedSince: _, ...endpoint } = present
  const progress = (await findProgress(body, reader))?.events[0]
  const rests = isPaused(progress, endpoint, await lastReplay(body, reader))
  const secret = (await secretHistory(body, reader)).at(-1)
  return {
    endpoint,
    ...(rests && progress?.pausedAt && { pausedAt: progress.pausedAt }),
    ...(secret && { secretMadeAt: secret.recordedAt }),
  }
}

/** Each event is read from its own stream, so its state is never stale. */
export async function lastDeliveries(
  owner: string,
  { limit, after }: Page,
  reader: CommitReader,
): Promise<{ deliveries: ListedDelivery[]; next?: string }> {
  const page = await reader.list<DeliveryEvent>(`DELIVERIES#${owner}`, {
    limit,
    newestFirst: true,
    ...(after && { after }),
  })
  const prefix = streams.delivery(owner, '')
  const found = await Promise.all(
    page.commits.map(({ stream }) => findDelivery(owner, stream.slice(prefix.length), reader)),
  )
  return {
    deliveries: found.flatMap((delivery) => (delivery === undefined ? [] : [listed(delivery)])),
    ...(page.next && { next: page.next }),
  }
}

function listed({ commits: _, tried: __, due, ...delivery }: Delivery): ListedDelivery {
  return { ...delivery, ...(delivery.state === 'waiting' && { due }) }
}
