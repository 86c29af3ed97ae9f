import type { Commit, CommitStore } from '@sijil/registry'

/** A store whose index also lists these commits, although no stream contains them. */
export function indexShowing(store: CommitStore, shown: readonly Commit<unknown>[]): CommitStore {
  return {
    read: (stream) => store.read(stream),
    latest: (stream) => store.latest(stream),
    append: (commit) => store.append(commit),
    claim: (...claim) => store.claim(...claim),
    async list<E>(...[index, page]: Parameters<CommitStore['list']>) {
      const real = await store.list<E>(index, page)
      const commits = [...real.commits, ...shown.filter((commit) => commit.index === index)] as Commit<E>[]
      commits.sort((one, other) => (one.recordedAt < other.recordedAt ? -1 : 1) * (page.newestFirst ? -1 : 1))
      return { ...real, commits }
    },
  }
}
