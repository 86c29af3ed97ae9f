import { listDescriptions } from '@sijil/registry/catalogue'
import { expect, test } from 'vitest'
import { COOKERY, cookery, FRAMEWORK, placeCookery, stateFramework } from '../../../test/support/cookery.ts'
import { listCatalogue } from '../../../test/support/list-catalogue.ts'
import { AUTHORITY, BODY } from '../../../test/support/registry-world.ts'
import { withTwoOfficers } from '../../../test/support/two-officers.ts'
import { listedStatement, listStatements } from './statements.ts'

const effectiveAt = '2026-01-01T00:00:00.000Z'

async function aCatalogue() {
  const here = await withTwoOfficers()
  await here.decide(cookery(), BODY)
  await stateFramework(here)
  await here.decide(placeCookery, AUTHORITY)
  const { store } = here.world
  const list = await listCatalogue(store)
  const described = await listDescriptions(store, here.now())
  return { deps: { reader: store, qualifications: async () => list, descriptions: async () => described }, here }
}

test('R-021: each statement says who stated what, with both moments, newest first', async () => {
  const { deps } = await aCatalogue()
  const { statements, size, next } = await listStatements({ limit: 50 }, deps)
  expect([size, next]).toEqual([6, undefined])
  expect(statements.map(({ type }) => type)).toEqual([
    ...['edition-placed', 'levels-confirmed', 'referencing-stated', 'framework-stated'],
    ...['edition-stated', 'qualification-stated'],
  ])
  const [placed] = statements.map(listedStatement)
  expect(placed).toMatchObject({
    record: { kind: 'qualification', id: COOKERY, title: 'Cookery 2' },
    statedBy: { id: AUTHORITY },
    edition: '2026',
    level: 'SQF 3',
    effectiveAt: '2026-01-01T00:00:00.000Z',
    recordedAt: expect.stringMatching(/^2026-03-02T12:/),
    entry: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(JSON.stringify(placed)).not.toContain('two')
})

test('they are narrowed to a record, an owner or a state, and go on from a place', async () => {
  const { deps } = await aCatalogue()
  const typesOf = async (question: object) =>
    (await listStatements({ limit: 50, ...question }, deps)).statements.map(
      ({ record, type }) => `${record.id} ${type}`,
    )
  expect(await typesOf({ id: FRAMEWORK })).toHaveLength(3)
  expect(await typesOf({ id: BODY })).toEqual([`${COOKERY} edition-stated`, `${COOKERY} qualification-stated`])
  expect(await typesOf({ id: 'nobody' })).toEqual([])
  expect(await typesOf({ among: new Set([AUTHORITY]) })).toHaveLength(4)
  const all = await typesOf({})
  const found: string[] = []
  for (let before: number | undefined = 99; before !== undefined && found.length < 9; ) {
    const page: Awaited<ReturnType<typeof listStatements>> = await listStatements({ limit: 2, before }, deps)
    found.push(...page.statements.map(({ record, type }) => `${record.id} ${type}`))
    before = page.next
  }
  expect(found).toEqual(all)
})

test('what a body says about itself appears although no qualification changed', async () => {
  const { deps, here } = await aCatalogue()
  const source = 'https://board.example/about'
  expect((await listStatements({ limit: 1, id: BODY }, deps)).statements[0]?.type).toBe('edition-stated')
  const statement = { awards: [{ title: 'Cookery 2' }], source }
  await here.decide({ verb: 'describe-body', described: `body:${BODY}`, statement, effectiveAt }, BODY)
  const anew = await listDescriptions(here.world.store, here.now())
  const { statements } = await listStatements({ limit: 1 }, { ...deps, descriptions: async () => anew })
  expect(statements.map(listedStatement)).toMatchObject([
    { record: { kind: 'body', id: BODY }, type: 'body-described', statedBy: { id: BODY } },
  ])
})
