import {
  type Arrangement,
  type BodyStatement,
  type Certifier,
  certifierOf,
  type DescribedBy,
  type ReportedCorridor,
  type StatedBy,
  type StateRecord,
  type StateStatement,
  stateRecordOf,
} from '@sijil/qualifications'
import { type Commit, type CommitReader, type StreamId, streams } from '../stream.ts'
import { baselineEventAt } from './baseline-at.ts'
import { type DescriptionEvent, requireKnownDescription } from './events.ts'

export type DescriptionCommits = readonly Commit<DescriptionEvent>[]

interface Moments {
  /** RFC 3339 UTC, as `recorded`. */
  effective: string
  recorded: string
}

/** What an owner stated. `isOfRecord`: the root of its state had assigned the record of the baseline to an owner before. */
export type StatedDescription = { statedBy: StatedBy; recordedOn: string; effectiveOn: string; isOfRecord: boolean } & (
  | { type: 'body-described'; statement: BodyStatement }
  | { type: 'state-described'; statement: StateStatement }
)

type DescribedRecord = Certifier | Arrangement | StateRecord | ReportedCorridor

const NAMED = /^(body|arrangement|state|corridor):([A-Za-z0-9-]{1,64})$/

/** The stream of `body:ph-tesda`, `arrangement:nursing`, `state:PH` or `corridor:corridor-1`. Undefined for any other name. */
export function streamOfDescription(named: string): StreamId | undefined {
  const [, kind, id] = NAMED.exec(named) ?? []
  return id === undefined ? undefined : streams.description(kind as 'body' | 'arrangement' | 'state' | 'corridor', id)
}

/** Everything stated about what such a name names. Empty for any other name. Strongly consistent. */
export async function descriptionOf(named: string, reader: Pick<CommitReader, 'read'>): Promise<DescriptionCommits> {
  const stream = streamOfDescription(named)
  const commits = stream === undefined ? [] : await reader.read<DescriptionEvent>(stream)
  requireKnownDescription(commits)
  return commits
}

/**
 * The owner of the description of a body at a moment: the one to which the root of its state assigned it, or the body with this id. No
 * id makes anybody the owner of what the baseline describes.
 */
export function ownerOfDescription(named: string, commits: DescriptionCommits, moment: string): string | undefined {
  const assigned = commits.flatMap(({ events, effectiveAt }) =>
    effectiveAt > moment ? [] : events.flatMap((event) => (event.type === 'assigned' ? event.owner : [])),
  )
  const isOfBaseline = commits[0]?.events.some(({ type }) => type === 'baseline-stated') === true
  return assigned.at(-1) ?? (isOfBaseline ? undefined : named.slice('body:'.length))
}

/** The statement that counts at both moments: of those that do, the one that was recorded last. */
export function descriptionStatedAt(
  commits: DescriptionCommits,
  { effective, recorded }: Moments,
): StatedDescription | undefined {
  let known: StatedDescription | undefined
  let isOfRecord = false
  for (const { events, effectiveAt, recordedAt } of commits) {
    for (const event of events) {
      if (event.type === 'assigned') isOfRecord = true
      if (event.type !== 'body-described' && event.type !== 'state-described') continue
      if (effectiveAt > effective || recordedAt > recorded) continue
      known = { ...event, recordedOn: recordedAt.slice(0, 10), effectiveOn: effectiveAt.slice(0, 10), isOfRecord }
    }
  }
  return known
}

/** The record at both moments: what its owner states, or where nobody states anything, what the baseline says, with the day on which it was read. */
export function describedAt<R extends DescribedRecord>(commits: DescriptionCommits, moments: Moments): R | undefined {
  const read = baselineEventAt<DescribedRecord>(commits, moments)
  const stated = descriptionStatedAt(commits, moments)
  const own = stated && recordOf(read?.record, stated, commits)
  if (own !== undefined) return own as DescribedRecord as R
  return read && ({ ...read.record, describedBy: { readOn: read.readOn } } as R)
}

function recordOf(
  read: DescribedRecord | undefined,
  stated: StatedDescription,
  [first]: DescriptionCommits,
): Certifier | StateRecord | undefined {
  const { statedBy, recordedOn, effectiveOn } = stated
  const describedBy: DescribedBy = { statedBy, recordedOn, effectiveOn }
  if (stated.type === 'state-described') {
    const [, state = ''] = first?.stream.split('description:state:') ?? []
    return { ...stateRecordOf(state, stated.statement), describedBy }
  }
  if (read === undefined || !('role' in read) || !stated.isOfRecord) return undefined
  return { ...certifierOf(read, stated.statement), describedBy }
}
