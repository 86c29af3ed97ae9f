import {
  type Arrangement,
  type Certifier,
  type Framework,
  nationalFrameworks,
  type StateRecord,
} from '@sijil/qualifications'
import { cachedHistories } from '../histories.ts'
import type { CommitReader } from '../stream.ts'
import { baselineAt } from './baseline-at.ts'
import { describedAt } from './description-at.ts'
import { type DescriptionEvent, type FrameworkEvent, requireKnownDescription } from './events.ts'
import { EVER } from './framework-at.ts'
import { listFrom } from './list-index.ts'
import { frameworkOf } from './reader.ts'

/** What the baseline says about bodies, arrangements and states. */
export interface Descriptions {
  bodies: readonly Certifier[]
  arrangements: readonly Arrangement[]
  states: readonly StateRecord[]
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
export async function listDescriptions(reader: CommitReader): Promise<Descriptions> {
  const found = [...(await listFrom<DescriptionEvent>(reader, 'DESCRIPTIONS'))]
  const ofKind = <R extends Certifier | Arrangement | StateRecord>(kind: 'body' | 'arrangement' | 'state'): R[] =>
    found.flatMap(([stream, commits]) => {
      if (!stream.startsWith(`registry/description:${kind}:`)) return []
      requireKnownDescription(commits)
      return describedAt<R>(commits, EVER) ?? []
    })
  return { bodies: ofKind('body'), arrangements: ofKind('arrangement'), states: ofKind('state') }
}

/** From memory, at most ten seconds old, or a minute while the store is away. */
const remembering =
  <T>(read: (reader: CommitReader) => Promise<T>) =>
  (reader: CommitReader, clock: () => number): (() => Promise<T>) => {
    const cached = cachedHistories(() => read(reader), clock, { isKnown: () => true, most: 1 })
    return () => cached('all')
  }

export const cachedBaselineFrameworks = remembering(baselineFrameworks)
export const cachedDescriptions = remembering(listDescriptions)
