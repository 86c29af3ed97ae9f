import { requireLoggable } from '../log/logs.ts'
import { type Commit, type CommitStore, type IndexKey, readingOf, readOnce, type StreamId } from '../stream.ts'
import type { CarryOutDeps } from './decide-deps.ts'

/**
 * Dependencies for a dry run: the same rules, but commits only go to `written`, in order. No key and no secret is made. Each stream is
 * read once, so that the whole run judges one moment.
 */
export function rehearsal(deps: CarryOutDeps): { deps: CarryOutDeps; written: Commit<object>[] } {
  const written: Commit<object>[] = []
  const of = (stream: StreamId) => written.filter((commit) => commit.stream === stream) as Commit<never>[]
  const { store, keys } = deps
  const once = readOnce(store)
  const silent: CommitStore = {
    ...readingOf(store),
    read: async (stream) => [...(await once.read<never>(stream)), ...of(stream)],
    latest: async (stream) => of(stream).at(-1) ?? (await store.latest<never>(stream)),
    // Appends the commits of this run to the last page. A rehearsal reads whole indexes only, oldest first.
    async list<E>(index: IndexKey, page: Parameters<CommitStore['list']>[1]) {
      const found = await store.list<E>(index, page)
      const added = written.filter((commit) => commit.index === index) as Commit<E>[]
      return found.next === undefined ? { commits: [...found.commits, ...added] } : found
    },
    async append(commit) {
      requireLoggable(commit)
      written.push(commit as Commit<object>)
    },
    claim: async (_pool, _entry, holder) => holder,
  }
  const rehearsed: CarryOutDeps = {
    ...deps,
    rehearsal: true,
    store: silent,
    keys: { ...keys, createKey: async () => ({ keyRef: '', publicKeyMultibase: '' }) },
    secrets: { createSecret: async () => new Uint8Array() },
  }
  return { deps: rehearsed, written }
}
