import { listDescriptions } from '@sijil/registry/catalogue'
import { entityAt } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { baselineDeps } from '../../../test/support/baseline.ts'
import { listCatalogue } from '../../../test/support/list-catalogue.ts'
import { AUTHORITY, aWorld, BODY, noon } from '../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../test/support/trust-world.ts'
import { withTwoOfficers } from '../../../test/support/two-officers.ts'
import { issuerView } from './issuer.ts'

const asOf = noon.toISOString().slice(0, 10)

async function opened() {
  const world = await aWorld()
  const verifying = world.verifying(noon)
  const deps = { ...verifying, ...baselineDeps, witnesses: [], qualifications: () => listCatalogue(world.store) }
  const about = async (id: string, qualification?: string, now = noon) => {
    const entity = entityAt(id, await deps.trust(id), now.toISOString())
    if (entity === undefined) throw new Error(`no ${id}`)
    return issuerView(entity, { asOf, qualification }, { ...deps, now })
  }
  return { about, decisions: decisionsIn(world) }
}

test('a question about a qualification is answered for that qualification or not at all', async () => {
  const { about } = await opened()
  const good = { real: 'no', may: 'yes', scope: 'yes', standing: 'yes' }
  expect((await about(BODY)).answers).toEqual(good)
  expect(await about(BODY, 'ph-masonry-nc2')).toMatchObject({ answers: good })
  const nurse = await about(BODY, 'ph-rn')
  expect(nurse.answers).toEqual({ real: 'no', may: 'in-part', scope: 'no', standing: 'not-known' })
  const nothing = await about(BODY, 'nope')
  expect(nothing.answers).toEqual({ real: 'no', may: 'not-known', scope: 'not-known', standing: 'not-known' })
  expect(nothing).toMatchObject({ replaced: { qualification: true }, chain: [] })
  expect(nothing.explained).toBeUndefined()
})

test('the page of a root answers for the chosen qualification too: it may not grant one of another state', async () => {
  const { about } = await opened()
  expect((await about(AUTHORITY)).answers).toMatchObject({ may: 'yes', scope: 'yes' })
  expect((await about(AUTHORITY, 'th-brick-1')).answers).toMatchObject({ may: 'in-part', scope: 'no' })
  expect((await about(AUTHORITY, 'nope')).answers).toMatchObject({ may: 'not-known', scope: 'not-known' })
})

test('a day on which the status changed shows the moments, so that it does not contradict a certificate of that morning', async () => {
  const { about, decisions } = await opened()
  expect((await about(BODY)).turns).toBeUndefined()
  await decisions.suspend(BODY, AUTHORITY)
  const evening = new Date(`${asOf}T20:00:00.000Z`)
  expect(await about(BODY, 'ph-masonry-nc2', evening)).toMatchObject({
    answers: { scope: 'no' },
    turns: [{ standing: 'authorised' }, { from: noon.toISOString(), standing: 'suspended' }],
  })
})

test('R-014: what a body says about itself stands on its page from its day on, and on no page of another', async () => {
  const here = await withTwoOfficers()
  const statement = { awards: [], note: 'Stone', source: 'https://board.example' }
  const effectiveAt = '2026-02-01T00:00:00.000Z'
  await here.decide({ verb: 'describe-body', described: `body:${BODY}`, statement, effectiveAt }, BODY)
  const now = here.next()
  const { world } = here
  const about = async (id: string, asOf: string) => {
    const descriptions = () => listDescriptions(world.store, now)
    const deps = { ...world.verifying(now), ...baselineDeps, descriptions, witnesses: [] }
    const entity = entityAt(id, await deps.trust(id), now.toISOString())
    if (entity === undefined) throw new Error(`no ${id}`)
    return issuerView(entity, { asOf }, { ...deps, qualifications: () => listCatalogue(world.store), now })
  }
  expect((await about(BODY, asOf)).described).toMatchObject([
    { id: BODY, statement, describedBy: { statedBy: { id: BODY }, effectiveOn: '2026-02-01' } },
  ])
  expect((await about(BODY, '2026-01-31')).described).toBeUndefined()
  expect((await about(AUTHORITY, asOf)).described).toBeUndefined()
})
