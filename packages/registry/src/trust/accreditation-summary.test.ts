import { listQualifications } from '@sijil/qualifications/shipped-baseline'
import { beforeEach, expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { AUTHORITY, after, aWorld, BODY, MINUTE, noon, type World } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { accreditationSummary, reachedBy } from './accreditation-summary.ts'
import { EVERYTHING } from './entity.ts'
import type { Right } from './events.ts'
import { entityAt } from './fold.ts'
import { trustOf } from './reader.ts'

let world: World
let decide: ReturnType<typeof decisionsIn>
beforeEach(async () => {
  world = await aWorld()
  decide = decisionsIn(world)
})

const everything = listQualifications().map(({ id }) => baselineHistory(id))
const now = after(5 * MINUTE).toISOString()
async function stand(id = BODY, { demonstration = true, among = everything, right = 'issue' as Right } = {}) {
  const trust = trustOf(world.store)
  const entity = entityAt(id, await trust(id), EVERYTHING)
  if (entity === undefined) throw new Error(id)
  const question = { among, right, effective: now, recorded: now } as const
  return {
    ...(await accreditationSummary(entity, question, { trust, policy: { demonstration } })),
    reached: reachedBy(entity, question).map(({ id: each }) => each),
  }
}

test('each qualification in scope is asked about, and the best answer is the summary', async () => {
  expect(await stand()).toEqual({
    best: 'authorised',
    found: ['authorised'],
    pilot: false,
    atSites: false,
    reached: ['ph-masonry-nc1', 'ph-masonry-nc2'],
  })
})

test('with one grant suspended and one in force, both statuses are found, and the better one comes first', async () => {
  await decide.grant(BODY, [AUTHORITY], { grant: 'tiles', scope: { qualifications: ['ph-tile-nc2'], places: ['PH'] } })
  await decide.suspend(BODY, AUTHORITY, { grant: 'tiles' }, noon)
  expect(await stand()).toMatchObject({ best: 'authorised', found: ['authorised', 'suspended'] })
  const tiles = everything.filter(({ id }) => id === 'ph-tile-nc2')
  expect(await stand(BODY, { among: tiles })).toMatchObject({ best: 'suspended', found: ['suspended'] })
})

test('a grant in force does not authorise if its grantor is suspended', async () => {
  await decide.authority('board')
  await decide.body('under')
  await decide.grant('board', [AUTHORITY], { right: 'accredit', scope: { places: ['PH'] } })
  await decide.grant('under', ['board'], { scope: { qualifications: ['ph-masonry-nc2'], places: ['PH'] } })
  expect((await stand('under')).best).toBe('authorised')
  await decide.suspend('board', AUTHORITY, {}, noon)
  expect((await stand('under')).best).toBe('suspended')
})

test('a pilot is reported only while it is in force', async () => {
  await decide.amend(BODY, AUTHORITY, { scope: { qualifications: ['ph-masonry-nc2'] }, pilot: true }, noon)
  expect(await stand()).toMatchObject({ best: 'authorised', pilot: true })
  await decide.suspend(BODY, AUTHORITY, {}, after(MINUTE))
  expect(await stand()).toMatchObject({ best: 'suspended', pilot: false })
})

test('a limit to some sites is reported, unless another grant for the same has no limit', async () => {
  await decide.centre('hall')
  const scope = { qualifications: ['ph-tile-nc2'], sites: ['hall'] }
  await decide.grant(BODY, [AUTHORITY], { grant: 'tiles', scope })
  expect(await stand()).toMatchObject({ best: 'authorised', atSites: true })
  const tiles = everything.filter(({ id }) => id === 'ph-tile-nc2')
  await decide.grant(BODY, [AUTHORITY], { grant: 'more-tiles', scope: { qualifications: ['ph-tile-nc2'] } })
  expect(await stand(BODY, { among: tiles })).toMatchObject({ best: 'authorised', atSites: false })
})

test('a centre assesses only at itself: a grant for another site authorises nothing', async () => {
  const scope = { qualifications: ['ph-masonry-nc2'], sites: ['hall'] }
  for (const id of ['hall', 'yard']) {
    await decide.centre(id)
    await decide.grant(id, [AUTHORITY], { right: 'assess', scope })
  }
  expect(await stand('hall', { right: 'assess' })).toMatchObject({ best: 'authorised', atSites: false })
  expect(await stand('yard', { right: 'assess' })).toMatchObject({ best: 'not-for-this', found: [] })
})

test('with nothing in scope the status is not-for-this or unknown, and unknown for a demonstration that is not accepted', async () => {
  await decide.body('new')
  expect(await stand('new')).toMatchObject({ best: 'unknown', found: [] })
  expect(await stand(BODY, { among: [] })).toMatchObject({ best: 'not-for-this', found: [] })
  expect(await stand(BODY, { demonstration: false })).toMatchObject({ best: 'unknown', found: ['unknown'] })
})
