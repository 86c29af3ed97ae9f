import type { ProposedChange } from '@sijil/registry/decisions'
import { expect, test } from 'vitest'
import { AUTHORITY, aBody, BODY, noon } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { requireOffice } from './office.ts'
import { foundQualifications, ownQualifications, statedView } from './own-qualifications.ts'

const MASONRY = 'ph-masonry-nc2'
const effectiveAt = noon.toISOString()
const source = 'https://board.example/masonry'
const assigned: ProposedChange = {
  verb: 'assign-record',
  kind: 'qualification',
  record: MASONRY,
  owner: BODY,
  basis: 'decision 5',
  effectiveAt,
}
const stated = (qualification: string): ProposedChange => ({
  verb: 'state-qualification',
  qualification,
  statement: {
    kind: 'skills-certificate',
    title: 'Masonry NC II (2026)',
    description: 'Found able to lay brick and block.',
    field: 'Building and construction',
    source,
  },
  edition: {
    id: '2026',
    from: '2026-01-01',
    level: { framework: 'PQF', national: 2 },
    units: [{ code: 'CON711301', title: 'Lay brick and block for structure' }],
    validity: { years: 5 },
    source,
  },
  effectiveAt,
})
const listed = async (owner: string, { world, next }: TwoOfficers) => {
  const deps = world.at(next())
  const { stated: own } = await ownQualifications(await requireOffice(owner, 'one', deps), deps)
  return own.map(({ id, title, editions }) => ({ id, title, editions }))
}

const unstated = async (owner: string, { world, next }: TwoOfficers) => {
  const deps = world.at(next())
  const { assigned: waiting } = await ownQualifications(await requireOffice(owner, 'one', deps), deps)
  return waiting.map(({ id }) => id)
}

test('an office has its own qualifications and no other', async () => {
  const here = await withTwoOfficers()
  await here.decide(stated(`${BODY}.masonry`), BODY)
  expect(await listed(BODY, here)).toEqual([
    { id: `${BODY}.masonry`, title: 'Masonry NC II (2026)', editions: ['2026'] },
  ])
  expect(await listed(AUTHORITY, here)).toEqual([])
})

test('a qualification of the baseline stands at the desk of its owner from its statement on', async () => {
  const here = await withTwoOfficers()
  await here.decide(assigned, AUTHORITY)
  expect(await listed(BODY, here)).toEqual([])
  expect(await unstated(BODY, here)).toEqual([MASONRY])
  expect(await unstated(AUTHORITY, here)).toEqual([])
  await here.decide(stated(MASONRY), BODY)
  expect(await listed(BODY, here)).toEqual([{ id: MASONRY, title: 'Masonry NC II (2026)', editions: ['2026'] }])
  expect(await unstated(BODY, here)).toEqual([])
})

test('I36: what is stated about a qualification is shown to its owner and its successor only', async () => {
  const here = await withTwoOfficers()
  await here.decide(stated(`${BODY}.masonry`), BODY)
  await aBody('demo-heir', here.world)
  await here.name('demo-heir')
  const seenBy = async (owner: string) => {
    const deps = here.world.at(here.next())
    return statedView(await requireOffice(owner, 'one', deps), `${BODY}.masonry`, deps)
  }
  await expect(seenBy('demo-heir')).rejects.toMatchObject({ code: 'not-found' })
  await decisionsIn(here.world).succeed(BODY, 'demo-heir', here.next())
  expect(await seenBy('demo-heir')).toMatchObject({ title: 'Masonry NC II (2026)' })
  expect(await listed('demo-heir', here)).toMatchObject([{ id: `${BODY}.masonry` }])
})

test('an office with ten thousand qualifications sees fifty of them, and finds the others by words in any order', () => {
  const stated = Array.from({ length: 10_000 }, (_, n) => ({
    id: `demo-body.trade-${n}`,
    title: `Trade ${n} of the harbour`,
    statedBy: 'Harbour Crafts',
    recordedOn: '2026-01-01',
    editions: ['2026'],
  }))
  const own = { stated, assigned: [] }
  const all = foundQualifications(own, '')
  expect([all.qualifications.length, all.found]).toEqual([50, { search: '', isCut: true }])
  const one = foundQualifications(own, 'HARBOUR 9999')
  expect([one.qualifications.map(({ id }) => id), one.found?.isCut]).toEqual([['demo-body.trade-9999'], false])
  expect(foundQualifications(own, 'nothing').qualifications).toEqual([])
  expect(foundQualifications({ stated: stated.slice(0, 50), assigned: [] }, 'nothing')).not.toHaveProperty('found')
})
