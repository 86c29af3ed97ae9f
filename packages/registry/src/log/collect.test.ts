import { expect, test } from 'vitest'
import { indexShowing } from '../../../../test/support/index-showing.ts'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  identity,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { registerAuthority } from '../decisions/register.ts'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitStore, nextCommit, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { collectNew } from './collect.ts'
import type { LogName } from './logs.ts'
import { releasedEntry } from './released.ts'

const collect = (log: LogName, store: CommitStore, now: Date) =>
  collectNew(log, undefined, [], { store, now, seen: new Set(), releasedFrom: 0 })
const inLog = async (log: LogName, store: CommitStore, now: Date) => (await collect(log, store, now)).entries

/** A decision whose row is in an index but whose commit was never written, because its process was killed in between. */
async function cutOff({ store }: World): Promise<Commit<TrustEvent>> {
  const history = await store.read<TrustEvent>(streams.trust(BODY))
  const events = [{ type: 'accreditation-suspended', grant: 'main', by: AUTHORITY, basis: 'cut off' }] as const
  return nextCommit<TrustEvent>(streams.trust(BODY), history, {
    events,
    actor: 'officer-1',
    now: after(SECOND),
    index: 'TRUST',
  })
}

test('I30: a decision that only an index shows enters no log, even while the index still shows it', async () => {
  const world = await aWorld()
  const store = indexShowing(world.store, [await cutOff(world)])
  const known = await inLog('registry', world.store, after(MINUTE))
  expect(known.length).toBeGreaterThan(3)
  expect(await inLog('registry', store, after(MINUTE))).toEqual(known)
})

test('I30: the decision that replaces an interrupted one enters the log', async () => {
  const world = await aWorld()
  const lost = await cutOff(world)
  await decisionsIn(world).suspend(BODY, AUTHORITY, { basis: 'done' }, after(2 * SECOND))
  expect((await world.store.latest(streams.trust(BODY)))?.number).toBe(lost.number)
  const entries = (await inLog('registry', indexShowing(world.store, [lost]), after(MINUTE))).join()
  expect(entries).toContain('"basis":"done"')
  expect(entries).not.toContain('cut off')
})

test('I15: a reservation that only an index shows enters no log', async () => {
  const world = await aWorld()
  await world.issue()
  const [reserved] = world.store.appended.filter(({ index }) => index?.startsWith('PENDING#'))
  if (reserved === undefined) throw new Error('nothing was reserved')
  const [event] = reserved.events as { hash: string }[]
  const lost = {
    ...reserved,
    stream: streams.certificate(BODY, '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'),
    events: [{ ...event, hash: 'A'.repeat(43) }],
  }
  const entries = await inLog('certificates', indexShowing(world.store, [lost]), after(MINUTE))
  expect(entries).toEqual([event?.hash, releasedEntry(event?.hash ?? '')])
})

test('a record with a gap does not stop the log: the index decides for it, and the audit names the record', async () => {
  const world = await aWorld()
  await registerAuthority({ id: 'another', identity: identity(), actor: 'registrar' }, world.at(noon))
  const known = await inLog('registry', world.store, after(MINUTE))
  const store: CommitStore = {
    ...indexShowing(world.store, []),
    async read<E>(stream: Commit<E>['stream']) {
      if (stream === streams.trust(BODY)) throw new RegistryError('internal', 'a record is not complete')
      return world.store.read<E>(stream)
    },
  }
  expect(await inLog('registry', store, after(MINUTE))).toEqual(known)
})

test('a store that does not answer stops the run, so that no commit is skipped', async () => {
  const world = await aWorld()
  const store: CommitStore = {
    ...indexShowing(world.store, []),
    read: async () => {
      throw new RegistryError('dependency-unavailable', 'the record')
    },
  }
  await expect(collect('registry', store, after(MINUTE))).rejects.toMatchObject({ code: 'dependency-unavailable' })
})
