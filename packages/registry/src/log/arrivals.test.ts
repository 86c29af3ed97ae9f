import { type Checkpoint, compareCheckpoints, decodeTile, openCheckpoint, tilePath } from '@sijil/tlog'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { after, aWorld, identity, MINUTE, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { runs } from '../../../../test/support/whole.ts'
import { registerAuthority } from '../decisions/register.ts'
import { type Commit, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { verifierKeysOf } from './log-keys.ts'
import { originOf, publicEntry } from './logs.ts'
import { readEntries } from './read-log.ts'
import { sequenceLog } from './sequence.ts'
import { readTile } from './serve.ts'

/** The steps of one case, in order: a number of commits that are late by a given time, one run, or two runs at once. */
const arrivals = fc.array(
  fc.oneof(
    fc.record({ commits: fc.integer({ min: 1, max: 40 }), late: fc.integer({ min: -600, max: 840 }) }),
    fc.record({ runs: fc.integer({ min: 1, max: 3 }), remembers: fc.boolean() }),
  ),
  { maxLength: 12 },
)

async function checkpoints({ store, baseUrl }: World): Promise<Checkpoint[]> {
  const keys = await verifierKeysOf('registry', baseUrl, store)
  const commits = await store.read<{ note: string }>(streams.logCheckpoints('registry'))
  const about = { origin: originOf(baseUrl, 'registry'), keys }
  return commits.flatMap(({ events }) => events.map(({ note }) => openCheckpoint(Buffer.from(note), about).checkpoint))
}

test('I30, I31, I53: however commits arrive, late or from clocks that are ahead, each is logged once and the tree only grows', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async (steps) => {
      const world = await aWorld()
      const seen = new Set<string>()
      let minute = 0
      let count = 0
      const run = (remembers = true) =>
        sequenceLog('registry', {
          store: world.store,
          artefacts: world.artefacts,
          signer: world.keys,
          keys: world.keys,
          baseUrl: world.baseUrl,
          now: after(minute * MINUTE),
          seen: remembers ? seen : new Set(),
        })
      for (const step of steps) {
        if ('runs' in step) {
          minute += 1
          await Promise.allSettled(Array.from({ length: step.runs }, () => run(step.remembers)))
          continue
        }
        for (let at = 0; at < step.commits; at++) {
          const now = after(minute * MINUTE - step.late * SECOND)
          const request = { id: `a-${count++}`, identity: identity(), actor: 'registrar' }
          await registerAuthority(request, { store: world.store, now })
        }
      }
      // Each commit is read for the last time in these minutes when it is a quarter of an hour old.
      minute += 16
      await run()
      const logged: string[] = []
      const all = await checkpoints(world)
      const size = all.at(-1)?.size ?? 0
      for (let index = 0; index * 256 < size; index++)
        logged.push(...(await readEntries('registry', index, world.store)).entries)
      const expected = world.store.appended
        .filter(({ index }) => index === 'ENTITIES' || index === 'TRUST')
        .map((commit) => publicEntry(commit as Commit<TrustEvent>))
      expect(logged.toSorted()).toEqual(expected.toSorted())
      for (const [place, newer] of all.entries()) {
        const older = all[place - 1]
        if (older === undefined) continue
        const growth = await compareCheckpoints(older, newer, async (tile) =>
          decodeTile((await readTile('registry', tilePath(tile), world.store)) ?? new Uint8Array(), tile.width),
        )
        expect(growth).toBe('consistent')
      }
    }),
    { numRuns: runs(15, 60) },
  )
})
