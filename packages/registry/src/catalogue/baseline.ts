import {
  type Arrangement,
  type Certifier,
  type Framework,
  nationalFrameworks,
  type ReportedCorridor,
  type StateRecord,
} from '@sijil/qualifications'
import { cachedWhole } from '../histories.ts'
import { type CommitReader, streams } from '../stream.ts'
import { baselineAt, baselineOnly } from './baseline-at.ts'
import { type DescriptionCommits, describedAt } from './description-at.ts'
import { type DescriptionEvent, type FrameworkEvent, requireKnownDescription } from './events.ts'
import { EVER } from './framework-at.ts'
import { listFrom } from './list-index.ts'
import { frameworkOf } from './reader.ts'

/** What is said about bodies, arrangements, states and corridors now, by their owners or by the baseline. */
export interface Descriptions {
  bodies: readonly Certifier[]
  arrangements: readonly Arrangement[]
  states: readonly StateRecord[]
  /** As they were reported. What states declare here are other records. */
  corridors: readonly ReportedCorridor[]
  /** Everything recorded about each body or state that an owner described, or that was assigned to one. */
  stated: readonly DescriptionHistory[]
}

export interface DescriptionHistory {
  kind: 'body' | 'state'
  /** `ph-tesda`, `demo-my-jpk`, `PH` */
  id: string
  commits: DescriptionCommits
}

/** The frameworks of the baseline, by what is recorded now. Strongly consistent. */
export async function listBaselineFrameworks(reader: Pick<CommitReader, 'read'>): Promise<readonly Framework[]> {
  const histories = await Promise.all(nationalFrameworks.map(({ id }) => frameworkOf(id, reader)))
  return histories.flatMap(({ commits }) => baselineAt<Framework>(commits, EVER) ?? [])
}

/** The same from an index. Eventually consistent, in the order in which they were loaded. */
async function baselineFrameworks(reader: CommitReader): Promise<readonly Framework[]> {
  const found = await listFrom<FrameworkEvent>(reader, 'FRAMEWORKS')
  return [...found.values()].flatMap((commits) => baselineAt<Framework>(commits, EVER) ?? [])
}

/** Everything that is described, in the order in which it was loaded. Eventually consistent. */
export async function listDescriptions(reader: CommitReader, now: Date): Promise<Descriptions> {
  const found = [...(await listFrom<DescriptionEvent>(reader, 'DESCRIPTIONS'))]
  const today = { ...EVER, effective: now.toISOString() }
  const ofKind = (kind: 'body' | 'arrangement' | 'state' | 'corridor') =>
    found.flatMap(([stream, commits]) => {
      const prefix = streams.description(kind, '')
      if (!stream.startsWith(prefix)) return []
      requireKnownDescription(commits)
      return { id: stream.slice(prefix.length), commits }
    })
  const recordsOf = <R extends Certifier | Arrangement | StateRecord | ReportedCorridor>(
    kind: 'body' | 'arrangement' | 'state' | 'corridor',
  ): R[] => ofKind(kind).flatMap(({ commits }) => describedAt<R>(commits, today) ?? [])
  const stated = (['body', 'state'] as const).flatMap((kind) =>
    ofKind(kind).flatMap((each) => (baselineOnly(each.commits).length < each.commits.length ? { kind, ...each } : [])),
  )
  return {
    bodies: recordsOf('body'),
    arrangements: recordsOf('arrangement'),
    states: recordsOf('state'),
    corridors: recordsOf('corridor'),
    stated,
  }
}

/** From memory, at most ten seconds old, or a minute while the store is away. */
const remembering =
  <T>(read: (reader: CommitReader, now: Date) => Promise<T>) =>
  (reader: CommitReader, clock: () => number): (() => Promise<T>) =>
    cachedWhole(() => read(reader, new Date(clock())), clock)

export const cachedBaselineFrameworks = remembering(baselineFrameworks)
export const cachedDescriptions = remembering(listDescriptions)
