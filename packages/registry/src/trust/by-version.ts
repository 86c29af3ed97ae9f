import { canonicalJson } from '@sijil/credentials'
import { type Commit, type CommitStore, ownerOf, type Part, readingOf, type StreamId, streams } from '../stream.ts'

/** Commits of all remembered streams together, a kilobyte each. */
const MOST_COMMITS = 20_000

/**
 * Remembers trust streams, and reads only their end: the last known commit and those after it, strongly consistently. So a caller decides
 * on the same commits as a reader of the whole stream, at the cost of what is new. Commits are never changed. If the last known one is
 * another one now, the table was restored, and the whole stream is read.
 */
export function trustByVersion(store: CommitStore): CommitStore {
  const kept = new Map<StreamId, Commit<unknown>[]>()
  let count = 0
  const forget = (stream: StreamId) => {
    count -= kept.get(stream)?.length ?? 0
    kept.delete(stream)
  }
  const keep = (stream: StreamId, commits: Commit<unknown>[]) => {
    // Delete first, so that the map stays in the order of reading.
    forget(stream)
    if (commits.length === 0) return commits
    kept.set(stream, commits)
    count += commits.length
    while (count > MOST_COMMITS) forget(kept.keys().next().value as StreamId)
    return commits
  }

  async function readTrust(stream: StreamId): Promise<Commit<unknown>[]> {
    const known = kept.get(stream)
    const last = known?.at(-1)
    if (known !== undefined && last !== undefined) {
      const [again, ...more] = await store.read<unknown>(stream, { from: last.number })
      if (again !== undefined && canonicalJson(again) === canonicalJson(last))
        return keep(stream, more.length === 0 ? known : [...known, ...more])
    }
    return keep(stream, await store.read<unknown>(stream))
  }

  return {
    ...readingOf(store),
    append: (commit) => store.append(commit),
    read: <E>(stream: StreamId, part?: Part) =>
      part === undefined && stream === streams.trust(ownerOf(stream))
        ? (readTrust(stream) as Promise<Commit<E>[]>)
        : store.read<E>(stream, part),
  }
}
