import { beforeAll, expect, test } from 'vitest'
import { AUTHORITY, BODY, noon, type World } from '../../../../test/support/registry-world.ts'
import { historyOf } from '../../../../test/support/stated-qualifications.ts'
import { withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { fieldsView } from './choices.ts'
import { coverageView } from './coverage.ts'
import { requireOffice } from './office.ts'

const COUNT = 300
const asked = ['scope.search?', 'scope.qualifications?', 'scope.framework?'] as const

async function choices(world: World, typed: Record<string, string> = {}) {
  const deps = world.at(noon)
  const office = await requireOffice(AUTHORITY, 'one', deps)
  const fields = await fieldsView(asked, { office, chosen: undefined, keys: 'known', typed }, deps)
  const of = (name: string) => fields.find((field) => field.name === name)
  const { options = [], search } = of('scope.qualifications') ?? {}
  return { hasSearch: of('scope.search') !== undefined, search, values: options.map(({ value }) => value) }
}

let large: World
beforeAll(async () => {
  large = (await withTwoOfficers()).world
  for (let n = 0; n < COUNT; n++) {
    const statement = { title: `Harbour trade ${n}`, code: `HT-${n}`, codeScheme: 'National codes' }
    for (const commit of historyOf(`trade-${n}`, { statement }).commits) await large.store.append(commit)
  }
})

test('a small catalogue is offered as a whole, without a search', async () => {
  const small = await withTwoOfficers()
  const { hasSearch, search, values } = await choices(small.world)
  expect([hasSearch, search]).toEqual([false, undefined])
  expect(values).toContain('ph-masonry-nc2')
  expect(values.some((id) => !id.startsWith('ph-'))).toBe(false)
})

test('a large one is searched by title, code and identifier, and what was chosen stays', async () => {
  expect(await choices(large)).toEqual({ hasSearch: true, search: { isCut: false }, values: [] })
  expect((await choices(large, { 'scope.search': 'ht-123' })).values).toEqual(['demo-body.trade-123'])
  const chosen = { 'scope.qualifications:ph-masonry-nc2': 'yes', 'scope.search': 'trade 27' }
  const { values } = await choices(large, chosen)
  expect(values[0]).toBe('ph-masonry-nc2')
  expect(values).toContain('demo-body.trade-27')
  expect(values).not.toContain('demo-body.trade-1')
})

test('R-078: the units of what is chosen are offered, and a scope of units counts those that it covers', async () => {
  const deps = large.at(noon)
  const office = await requireOffice(AUTHORITY, 'one', deps)
  const offered = async (typed: Record<string, string>) => {
    const [field] = await fieldsView(['scope.units?'], { office, chosen: undefined, keys: 'known', typed }, deps)
    return field
  }
  expect(await offered({})).toMatchObject({ options: [], follows: true })
  const { options = [] } = (await offered({ 'scope.qualifications:ph-masonry-nc2': 'yes' })) ?? {}
  expect(options.length).toBeGreaterThan(2)
  const codes = options.slice(0, 2).flatMap(({ code }) => code ?? [])
  const named = { qualification: 'ph-masonry-nc2', codes }
  const scope = { qualifications: ['ph-masonry-nc2', 'demo-body.trade-1'], units: [named], places: ['PH'] }
  const grant = { grantee: BODY, grant: 'u', right: 'issue', basis: 'd', effectiveAt: noon.toISOString() } as const
  const coverage = await coverageView({ verb: 'accredit', ...grant, scope }, AUTHORITY, deps)
  expect([coverage?.after.count, coverage?.units]).toEqual([1, { after: 2 }])
})

test('what was found is cut, and the page can say so', async () => {
  const { search, values } = await choices(large, { 'scope.search': 'harbour' })
  expect([search, values.length]).toEqual([{ isCut: true }, 100])
})

test('a scope counts what it covers today, of how many bodies, and names the first of them', async () => {
  const grant = {
    grantee: BODY,
    grant: 'wide',
    right: 'issue',
    basis: 'decision 5',
    effectiveAt: noon.toISOString(),
  } as const
  const covered = (qualifications: readonly string[]) =>
    coverageView({ verb: 'accredit', ...grant, scope: { qualifications, places: ['PH'] } }, AUTHORITY, large.at(noon))
  const trades = Array.from({ length: COUNT }, (_, n) => `demo-body.trade-${n}`)
  const { after, waits } = (await covered([...trades, 'ph-masonry-nc2', 'th-brick-1'])) ?? {}
  expect([after?.count, after?.bodies, after?.named.length]).toEqual([COUNT + 1, 2, 200])
  // An authority of one state accredits for the qualifications of its state alone.
  expect(waits?.named).toMatchObject([{ id: 'th-brick-1' }])
})
