import { type Commit, type CommitReader, type IndexKey, pagesOf, type StreamId } from '../stream.ts'

const CHUNK = 200

/** The commits of an index by their streams, each in order. */
export async function listFrom<E>(reader: CommitReader, index: IndexKey): Promise<ReadonlyMap<StreamId, Commit<E>[]>> {
  const found = new Map<StreamId, Commit<E>[]>()
  for await (const commits of pagesOf<E>(reader, index, { limit: CHUNK, newestFirst: false })) {
    for (const commit of commits) {
      const others = found.get(commit.stream)
      if (others === undefined) found.set(commit.stream, [commit])
      else others.push(commit)
    }
  }
  for (const commits of found.values()) commits.sort((one, other) => one.number - other.number)
  return found
}
