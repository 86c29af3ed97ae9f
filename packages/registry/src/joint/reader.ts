import type { Comparison, SkillSet } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import { cachedWhole } from '../histories.ts'
import { type Commit, type CommitReader, pagesOf, type StreamId, streams } from '../stream.ts'
import { type JointCommits, type JointEvent, requireKnownJoint } from './events.ts'

/** Everything on record about each version of one kind. Eventually consistent, as every list. */
export async function listVersions<C extends object>(
  kind: string,
  reader: CommitReader,
): Promise<readonly JointCommits<C>[]> {
  const found = await listStreams<JointEvent<C>>(streams.joint(kind, '', 1).slice(0, -':1'.length), reader)
  for (const commits of found) requireKnownJoint(commits)
  return found
}

/** The streams of the index that begin so, each whole. */
export async function listStreams<E>(prefix: string, reader: CommitReader): Promise<readonly Commit<E>[][]> {
  const found = new Map<StreamId, Commit<E>[]>()
  for await (const commits of pagesOf<E>(reader, 'JOINT', { limit: 200, newestFirst: false }))
    for (const commit of commits)
      if (commit.stream.startsWith(prefix)) found.set(commit.stream, [...(found.get(commit.stream) ?? []), commit])
  return [...found.values()].map((commits) => {
    commits.sort((one, other) => one.number - other.number)
    // A list that lacks the beginning of a stream would say something else about it.
    if (commits.some(({ number }, at) => number !== at))
      throw new RegistryError('dependency-unavailable', 'a version is not listed whole yet')
    return commits
  })
}

/** Every version of one kind from memory, at most ten seconds old. */
const cachedVersions = <C extends object>(kind: string, reader: CommitReader, clock: () => number) =>
  cachedWhole(() => listVersions<C>(kind, reader), clock)

export const cachedComparisons = (reader: CommitReader, clock: () => number) =>
  cachedVersions<Comparison>('comparison', reader, clock)

/** An agreed set with the moment by which all that it accepts was on record. */
export type AgreedSet = SkillSet & { catalogueAt: string }
export const cachedSkillSets = (reader: CommitReader, clock: () => number) =>
  cachedVersions<AgreedSet>('skill-set', reader, clock)
