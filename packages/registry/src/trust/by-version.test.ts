import { describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  anInput,
  aWorld,
  BODY,
  GRANT,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { suspendAccreditation } from '../decisions/accredit.ts'
import { type Commit, type CommitStore, nextCommit, readingOf, type StreamId, streams } from '../stream.ts'
import { trustByVersion } from './by-version.ts'

interface Read {
  stream: StreamId
  commits: number
  mayLag: boolean
}

/** The store of a world that counts what it answers, behind the memory of a process that issues. */
function counted({ store }: World) {
  const reads: Read[] = []
  const counting: CommitStore = {
    ...readingOf(store),
    append: (commit) => store.append(commit),
    async read<E>(stream: StreamId, part?: Parameters<CommitStore['read']>[1]) {
      const commits = await store.read<E>(stream, part)
      reads.push({ stream, commits: commits.length, mayLag: part?.mayLag ?? false })
      return commits
    },
  }
  return { store: trustByVersion(counting), reads }
}

const chain = [streams.trust(BODY), streams.trust(AUTHORITY)]
const trustIn = (reads: readonly Read[]) => reads.filter(({ stream }) => stream.endsWith('/trust'))
const suspension = { grantee: BODY, grant: GRANT, by: AUTHORITY, basis: 'decision 2', actor: 'registrar' }

/** An authority that accredited many bodies has as many commits. */
async function withLongHistory(commits: number): Promise<World> {
  const world = await aWorld()
  const stream = streams.trust(AUTHORITY)
  const history = await world.store.read(stream)
  const changed = { type: 'contact-changed', contact: null }
  while (history.length < commits) {
    const now = new Date(Date.parse(history.at(-1)?.recordedAt ?? '') + SECOND)
    const next = nextCommit<unknown>(stream, history, { events: [changed], actor: 'a', now, index: 'TRUST' })
    await world.store.append(next)
    history.push(next)
  }
  return world
}

describe('issuing reads each trust stream once a decision point, by its version', () => {
  const issue = (world: World, { store }: { store: CommitStore }, key: string, now = noon) =>
    world.issue(anInput({ certificateNumber: key }), { key, deps: { store, now } })
  /** Before the reservation, before the release, and before the commit that issues. */
  const points = 3

  test('a later certificate reads one commit a stream and point, however long the history is', async () => {
    const world = await withLongHistory(500)
    const process = counted(world)
    await issue(world, process, 'N-1')
    const first = trustIn(process.reads)
    expect(first.filter(({ commits }) => commits > 400)).toHaveLength(1)
    process.reads.length = 0
    await issue(world, process, 'N-2')
    for (const stream of chain) {
      const own = trustIn(process.reads).filter((read) => read.stream === stream)
      expect(own).toEqual(Array.from({ length: points }, () => ({ stream, commits: 1, mayLag: false })))
    }
    expect(trustIn(process.reads)).toHaveLength(points * chain.length)
  })

  test('after a change of trust it reads that change, once, and decides by it', async () => {
    const world = await aWorld()
    const process = counted(world)
    await issue(world, process, 'N-1')
    await suspendAccreditation({ ...suspension, effectiveAt: after(MINUTE).toISOString() }, world.at(after(MINUTE)))
    process.reads.length = 0
    const refused = { code: 'issuer-suspended' }
    await expect(issue(world, process, 'N-2', after(2 * MINUTE))).rejects.toMatchObject(refused)
    expect(trustIn(process.reads).map(({ commits }) => commits)).toEqual([2, 1])
    process.reads.length = 0
    await expect(issue(world, process, 'N-3', after(2 * MINUTE))).rejects.toMatchObject(refused)
    expect(trustIn(process.reads).map(({ commits }) => commits)).toEqual([1, 1])
  })

  test('F12: a suspension by another process while the key signs counts, and the reservation is abandoned', async () => {
    const world = await aWorld()
    const process = counted(world)
    await issue(world, process, 'N-1')
    world.keys.beforeSigning = () =>
      suspendAccreditation({ ...suspension, effectiveAt: after(SECOND).toISOString() }, world.at(after(SECOND)))
    await expect(issue(world, process, 'N-2')).rejects.toMatchObject({ code: 'issuer-suspended' })
    expect(world.store.events('burned')).toHaveLength(1)
  })
})

describe('the memory of trust streams', () => {
  const stream = streams.trust(BODY)

  test('answers what the store has, after each commit', async () => {
    const world = await aWorld()
    const { store } = counted(world)
    for (let minute = 1; minute < 5; minute++) {
      const at = after(minute * MINUTE)
      const history = await store.read(stream)
      await store.append(
        nextCommit(stream, history, { events: [{ type: 'noted', minute }], actor: 'a', now: at, index: 'TRUST' }),
      )
      expect(await store.read(stream)).toEqual(await world.store.read(stream))
    }
  })

  test('reads a stream whole if its last known commit is another one or gone, as after a restore', async () => {
    const world = await aWorld()
    const whole = await world.store.read<unknown>(stream)
    let present: Commit<unknown>[] = whole
    const restored = Object.assign(Object.create(world.store) as CommitStore, {
      read: async (_: StreamId, { from = 0 } = {}) => present.slice(from),
    })
    const store = trustByVersion(restored)
    expect(await store.read(stream)).toEqual(whole)
    present = whole.slice(0, -1)
    expect(await store.read(stream)).toEqual(present)
    present = [...present.slice(0, -1), { ...(present.at(-1) as Commit<unknown>), actor: 'another' }]
    expect(await store.read(stream)).toEqual(present)
  })

  test('keeps nothing of a name that nobody registered, and no stream of another kind', async () => {
    const world = await aWorld()
    const { store, reads } = counted(world)
    for (const unknown of [streams.trust('nobody'), streams.members(BODY)]) {
      await store.read(unknown)
      await store.read(unknown)
    }
    expect(reads.map(({ commits }) => commits)).toEqual([0, 0, 1, 1])
  })
})
