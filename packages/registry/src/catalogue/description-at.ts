import type { Arrangement, Certifier, DescribedBy, StateRecord } from '@sijil/qualifications'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import { baselineEventAt } from './baseline-at.ts'
import { type DescriptionEvent, requireKnownDescription } from './events.ts'

export type DescriptionCommits = readonly Commit<DescriptionEvent>[]

interface Moments {
  /** RFC 3339 UTC, as `recorded`. */
  effective: string
  recorded: string
}

const NAMED = /^(body|arrangement|state):([A-Za-z0-9-]{1,64})$/

/** Everything stated about a body, an arrangement or a state: `body:ph-tesda`, `state:PH`. Empty for any other name. Strongly consistent. */
export async function descriptionOf(named: string, reader: Pick<CommitReader, 'read'>): Promise<DescriptionCommits> {
  const [, kind, id] = NAMED.exec(named) ?? []
  if (kind === undefined || id === undefined) return []
  const commits = await reader.read<DescriptionEvent>(streams.description(kind as 'body' | 'arrangement' | 'state', id))
  requireKnownDescription(commits)
  return commits
}

/** A record of the baseline at both moments, and the day on which it was read. */
export function describedAt<R extends Certifier | Arrangement | StateRecord>(
  commits: DescriptionCommits,
  { recorded }: Moments,
): (R & { describedBy: DescribedBy }) | undefined {
  const event = baselineEventAt<R>(commits, { recorded })
  return event && { ...event.record, describedBy: { readOn: event.readOn } }
}
