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

/** The endpoint that counted at a moment, by what was recorded then. */
const countingThen = (history: History, moment: string) => countingAt(history, { effective: moment, recorded: moment })

/** True if the body wanted to be told of this kind when it happened. */
export const wasAskedFor = (history: History, kind: EventKind, at: string): boolean =>
  countingThen(history, at)?.events[0]?.endpoint?.kinds.includes(kind) === true

export interface PresentEndpoint extends Endpoint {
  /** From when on this very record counts. */
  since: string
  /** From when on the body has had an endpoint without a break. Another address changes nothing of what it gets. */
  servedSince: string
}

const beginOf = ({ effectiveAt, recordedAt }: History[number]): string =>
  effectiveAt > recordedAt ? effectiveAt : recordedAt

/** The endpoint that counts now. */
export function presentEndpoint(history: History, now: Date): PresentEndpoint | undefined {
  const moment = now.toISOString()
  const commit = countingThen(history, moment)
  const endpoint = commit?.events[0]?.endpoint
  if (commit === undefined || endpoint === undefined || endpoint === null) return undefined
  const since = beginOf(commit)
  let servedSince: string | undefined
  const changes = history.map(beginOf).filter((begin) => begin <= moment)
  for (const begin of changes.sort()) {
    const isServed = (countingThen(history, begin)?.events[0]?.endpoint ?? null) !== null
    servedSince = isServed ? (servedSince ?? begin) : undefined
  }
  return { ...endpoint, since, servedSince: servedSince ?? since }
}
