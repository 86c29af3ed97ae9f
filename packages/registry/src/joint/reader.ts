import type { Comparison } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import { cachedHistories } from '../histories.ts'
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

/** Every version of every comparison from memory, at most ten seconds old. */
export function cachedComparisons(
  reader: CommitReader,
  clock: () => number,
): () => Promise<readonly JointCommits<Comparison>[]> {
  const cached = cachedHistories(() => listVersions<Comparison>('comparison', reader), clock, {
    isKnown: () => true,
    most: 1,
  })
  return () => cached('all')
}
