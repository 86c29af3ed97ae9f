import { expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { AUTHORITY, aWorld, BODY, noon } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { trustOf } from './reader.ts'
import { statusChanges } from './status-changes.ts'

const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)
const endOfDay = `${noon.toISOString().slice(0, 10)}T23:59:59.999Z`

async function opened() {
  const world = await aWorld()
  const asking = { trust: trustOf(world.store), policy: { demonstration: true } }
  const turns = async (effective: string) => {
    const place = { place: 'PH', site: undefined, recorded: later(60 * 24 * 3).toISOString() }
    const question = { issuer: BODY, qualification: baselineHistory('ph-masonry-nc2'), effective, ...place }
    return statusChanges(question, asking)
  }
  return { ...decisionsIn(world), turns }
}

test('a day with a suspension and its lift has each moment at which the status changed', async () => {
  const { suspend, lift, turns } = await opened()
  expect(await turns(endOfDay)).toEqual([])
  await suspend(BODY, AUTHORITY, {}, later(23))
  await lift(BODY, AUTHORITY, {}, later(90))
  expect(await turns(endOfDay)).toEqual([
    { from: `${endOfDay.slice(0, 10)}T00:00:00.000Z`, standing: 'authorised' },
    { from: later(23).toISOString(), standing: 'suspended' },
    { from: later(90).toISOString(), standing: 'authorised' },
  ])
  expect(await turns(later(10).toISOString())).toEqual([])
  expect(await turns(later(60 * 24).toISOString())).toEqual([])
})

test('a change above a body changes the status of the body', async () => {
  const { grant, authority, withdraw, turns } = await opened()
  await authority('ph-office')
  await grant('ph-office', [AUTHORITY], { right: 'accredit' })
  await grant(BODY, ['ph-office'], { grant: 'second' })
  await withdraw(BODY, AUTHORITY, {}, later(-60 * 24))
  await withdraw('ph-office', AUTHORITY, {}, later(5))
  expect((await turns(endOfDay)).map(({ standing }) => standing)).toEqual(['authorised', 'withdrawn'])
})

test('a grant that ends within the day still counts at its last moment', async () => {
  const { amend, turns } = await opened()
  await amend(BODY, AUTHORITY, { until: later(30).toISOString() })
  expect((await turns(endOfDay)).map(({ standing }) => standing)).toEqual(['authorised', 'not-for-this'])
})
