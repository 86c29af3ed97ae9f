import { expect, test } from 'vitest'
import { after, aWorld, BODY, identity, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { registerAuthority } from '../decisions/register.ts'
import { streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { findChange, type LoggedDecision, listChanges, listLogged } from './changes.ts'
import { sequenceLog } from './sequence.ts'

const sequence = ({ store, artefacts, keys, baseUrl }: World) =>
  sequenceLog('registry', { store, artefacts, signer: keys, keys, baseUrl, now: after(SECOND), seen: new Set() })

test('R-021: changes come newest first, page by page, filtered by entity or kind; the index of each stays the same', async () => {
  const world = await aWorld()
  for (let at = 0; at < 300; at++)
    await registerAuthority({ id: `a-${at}`, identity: identity(), actor: 'a' }, { store: world.store, now: after(at) })
  expect(await listChanges({ limit: 5 }, world.store), 'entries without a checkpoint are not shown').toEqual({
    changes: [],
    size: 0,
  })
  const { size } = await sequence(world)
  const first = await listChanges({ limit: 200 }, world.store)
  const second = await listChanges({ limit: 200, before: first.next ?? 0 }, world.store)
  expect(second.next).toBeUndefined()
  expect([...first.changes, ...second.changes].map(({ index }) => index)).toEqual(
    Array.from({ length: size }, (_, at) => size - 1 - at),
  )

  const own = await listChanges({ limit: 50, id: BODY }, world.store)
  expect(own.changes.map(({ events }) => events[0]?.type)).toEqual([
    'accredited',
    'key-added',
    'key-added',
    'body-registered',
  ])
  const keys = await listChanges({ limit: 50, kind: 'keys' }, world.store)
  expect(keys.changes).toHaveLength(2)
  const [newest] = first.changes
  const found = await findChange(size - 1, world.store)
  expect(found?.change).toEqual(newest)
  expect(JSON.parse(found?.entry ?? '')).toMatchObject({ stream: newest?.stream, number: newest?.number })
  for (const index of [size, -1, 0.5, Number.NaN]) expect(await findChange(index, world.store)).toBeUndefined()
})

test('the decisions about an entity are those of its stream, with the places at which the log holds them word for word', async () => {
  const world = await aWorld()
  const history = () => world.store.read<TrustEvent>(streams.trust(BODY))
  const before = await listLogged(await history(), 20, world.store)
  expect(before.map(({ index }) => index)).toEqual([undefined, undefined, undefined, undefined])
  await sequence(world)
  const logged = await listLogged(await history(), 3, world.store)
  expect(logged).toHaveLength(3)
  for (const { index, entry } of logged) expect((await findChange(index ?? -1, world.store))?.entry).toBe(entry)
  // A commit that somebody changed without our code differs from its log entry.
  const [first, ...rest] = await history()
  if (first === undefined) throw new Error('no commit')
  const changed = { ...first, effectiveAt: '2001-01-01T00:00:00.000Z' }
  const [last] = (await listLogged([...rest, changed], 1, world.store)) as [LoggedDecision]
  expect((await findChange(last.index ?? -1, world.store))?.entry).not.toBe(last.entry)
})
