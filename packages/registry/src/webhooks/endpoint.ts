import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import { countingAt } from '../trust/dated.ts'
import { EVERYTHING } from '../trust/entity.ts'

/** What a body can be told about. The names are in messages that were sent, so they never change. */
export const eventKinds = ['certificate.issued', 'certificate.status_changed', 'batch.finished'] as const
export type EventKind = (typeof eventKinds)[number]

/** A system of the body that receives events. */
export interface Endpoint {
  url: string
  kinds: readonly EventKind[]
}

/** `null`: nothing is sent from then on. */
export type EndpointEvent = { type: 'webhook-set'; endpoint: Endpoint | null }

const shapes: EventShapes<EndpointEvent> = { 'webhook-set': ['endpoint'] }

type History = readonly Commit<EndpointEvent>[]

/** Every endpoint, oldest record first. Strongly consistent. */
export async function endpointHistory(body: string, reader: CommitReader): Promise<History> {
  const commits = await reader.read<EndpointEvent>(streams.own(body, 'webhook'))
  requireKnown(commits, shapes)
  return commits
}

export const endpointIn = (history: History, effective: string): Endpoint | undefined =>
  countingAt(history, { effective, recorded: EVERYTHING })?.events[0]?.endpoint ?? undefined

/** The endpoint that counts now, with the moment from which it counts: nothing earlier is sent. `since` of another address is another. */
export function presentEndpoint(history: History, now: Date): (Endpoint & { since: string }) | undefined {
  const moment = now.toISOString()
  const commit = countingAt(history, { effective: moment, recorded: moment })
  const endpoint = commit?.events[0]?.endpoint
  if (commit === undefined || endpoint === undefined || endpoint === null) return undefined
  return { ...endpoint, since: commit.effectiveAt > commit.recordedAt ? commit.effectiveAt : commit.recordedAt }
}
