import type { Commit, CommitStore, StreamId } from '@sijil/registry'

/**
 * A store whose indexes show a commit only some time after it was written. Streams are immediate, as in DynamoDB. Commits that were
 * written to `store` itself show at once.
 */
export function laggingIndex(
  store: CommitStore,
  { now, lag }: { now: () => number; lag: (commit: Commit<unknown>) => number },
): CommitStore {
  const shownAt = new Map<string, number>()
  const nameOf = ({ stream, number }: { stream: StreamId; number: number }) => `${stream}/${number}`
  return {
    read: (stream) => store.read(stream),
    latest: (stream) => store.latest(stream),
    claim: (...claim) => store.claim(...claim),
    async append(commit) {
      await store.append(commit)
      if (commit.index !== undefined) shownAt.set(nameOf(commit), now() + lag(commit))
    },
    async list<E>(...[index, page]: Parameters<CommitStore['list']>) {
      const real = await store.list<E>(index, page)
      return { ...real, commits: real.commits.filter((commit) => (shownAt.get(nameOf(commit)) ?? 0) <= now()) }
    },
  }
}
