import { sequenceLog } from '@sijil/registry/log'
import { trustOf } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { baselineDeps } from '../../../test/support/baseline.ts'
import { listCatalogue } from '../../../test/support/list-catalogue.ts'
import { AUTHORITY, aWorld, BODY, noon } from '../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../test/support/trust-world.ts'
import { changesView } from './changes.ts'
import { namesInState, namesOf } from './names.ts'

const world = await aWorld()
const deps = {
  reader: world.store,
  trust: trustOf(world.store),
  qualifications: () => listCatalogue(world.store),
  now: noon,
}

test('a name stands with its state, and an id that is not registered for itself', async () => {
  await decisionsIn(world).authority('regional-council', 'ASEAN')
  const ids = [BODY, 'regional-council', 'nobody']
  const [inState, alone] = await Promise.all([namesInState(ids, deps), namesOf(ids, deps)])
  expect(ids.map(inState)).toEqual([
    `${alone(BODY)} (Philippines)`,
    'regional-council (demonstration) (ASEAN)',
    'nobody',
  ])
})

test('no name in the list of changes stands without its state', async () => {
  const { store, artefacts, keys, baseUrl } = world
  await sequenceLog('registry', { store, artefacts, signer: keys, keys, baseUrl, now: noon, seen: new Set() })
  const { changes } = await (await changesView({}, { ...deps, ...baselineDeps, ofState: async () => [] })).values()
  const named = changes.flatMap(({ name, happened, decidedBy }) => [
    name,
    ...happened.flatMap(({ by }) => by ?? []),
    ...(typeof decidedBy === 'object' ? [decidedBy.name] : []),
  ])
  expect(changes.map(({ id }) => id)).toEqual(expect.arrayContaining([BODY, AUTHORITY]))
  for (const name of named) expect(name).toMatch(/ \((?:Philippines|ASEAN)\)$/)
})
