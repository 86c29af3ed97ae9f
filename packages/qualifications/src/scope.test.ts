import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ANY_SITE,
  ANY_UNIT,
  scopeWithin as compare,
  isIscedFPrefix,
  isIscoPrefix,
  isScope,
  type Qualification,
  type Scope,
  type ScopeQuestion,
  scopeCovers,
  states,
} from './index.ts'
import { findQualification, listFrameworks, listQualifications } from './shipped-baseline.ts'

function qualification(id: string): Qualification {
  const found = findQualification(id)
  if (found === undefined) throw new Error(`no record ${id}`)
  return found
}
const masonry = qualification('ph-masonry-nc2')
const [first = '', second = ''] = masonry.units.map(({ code }) => code)
const allUnits = [{ qualification: masonry.id, codes: masonry.units.map(({ code }) => code) }]
const oneUnit = [{ qualification: masonry.id, codes: [first] }]
const answer = (scope: Scope, question: Partial<ScopeQuestion> = {}) => {
  const result = scopeCovers(scope, { qualification: masonry, site: undefined, ...question })
  return result.covered ? 'covered' : result.why
}

describe('a question', () => {
  test('is covered by a scope that limits nothing', () => {
    expect(answer({})).toBe('covered')
  })

  test.each<[ReturnType<typeof answer>, Scope, Partial<ScopeQuestion>]>([
    ['covered', { qualifications: ['ph-masonry-nc2'] }, {}],
    ['qualification', { qualifications: ['ph-masonry-nc1'] }, {}],
    ['covered', { qualifications: { framework: 'PQF' } }, {}],
    ['qualification', { qualifications: { framework: 'MQF' } }, {}],
    ['qualification', { qualifications: { framework: 'MQF' } }, { qualification: qualification('my-cidb-brick') }],
    ['covered', { levels: { from: 1, to: 2 } }, {}],
    ['level', { levels: { from: 3, to: 4 } }, {}],
    ['level', { levels: { from: 1, to: 2 } }, { level: 3 }],
    ['level', { levels: { from: 3, to: 4 } }, { level: 3 }],
    ['level', { levels: { from: 2, to: 1 } }, {}],
    ['level', { levels: { from: 1, to: 8 } }, { qualification: qualification('th-brick-1') }],
    ['covered', { fields: ['07'] }, {}],
    ['covered', { fields: ['0732'] }, {}],
    ['field', { fields: ['0713', '10'] }, {}],
    ['field', { fields: ['07'] }, { qualification: qualification('ph-smaw-nc2') }],
    ['covered', { occupations: ['7'] }, {}],
    ['occupation', { occupations: ['7123'] }, {}],
    ['occupation', { occupations: ['2'] }, { qualification: qualification('asean-acpe') }],
    ['covered', { places: ['PH', 'MY'] }, { place: 'MY' }],
    ['place', { places: ['PH'] }, { place: 'MY' }],
    ['place', { places: ['PH'] }, {}],
    ['covered', { sites: ['hall', 'yard'] }, { site: 'yard' }],
    ['covered', {}, { site: 'yard' }],
    ['covered', { units: allUnits }, {}],
    ['covered', { units: allUnits }, { units: [first] }],
    ['covered', { units: oneUnit }, { units: [first] }],
    ['covered', { units: oneUnit }, { units: ANY_UNIT }],
    ['unit', { units: oneUnit }, {}],
    ['unit', { units: oneUnit }, { units: [] }],
    ['unit', { units: oneUnit }, { units: [first, second] }],
    ['unit', { units: [{ qualification: 'ph-masonry-nc1', codes: [first] }] }, { units: [first] }],
    ['unit', { units: [] }, { units: [first] }],
    ['unit', { units: [] }, { units: ANY_UNIT }],
    ['unit', { units: [{ qualification: masonry.id, codes: ['gone'] }] }, { units: ['gone'] }],
    ['unit', { units: [{ qualification: masonry.id, codes: ['gone'] }] }, { units: ANY_UNIT }],
    ['site', { sites: ['hall'] }, { site: 'yard' }],
    ['site', { sites: ['hall'] }, { site: undefined }],
    ['covered', { sites: ['hall'] }, { site: ANY_SITE }],
    ['site', { sites: [] }, { site: ANY_SITE }],
    ['place', { places: ['PH'], sites: ['hall'] }, { place: 'MY', site: 'yard' }],
  ])('is answered %s by %o for %o', (expected, scope, question) => {
    expect(answer(scope, question)).toBe(expected)
  })

  test('is not covered by an empty array', () => {
    expect(answer({ qualifications: [] })).toBe('qualification')
    expect(answer({ fields: [] })).toBe('field')
    expect(answer({ occupations: [] })).toBe('occupation')
    expect(answer({ places: [] }, { place: 'PH' })).toBe('place')
    expect(answer({ sites: [] }, { site: 'hall' })).toBe('site')
  })

  test('is not covered by a malformed prefix, and an empty one does not cover everything', () => {
    for (const prefix of ['', ' ', 'C7', '71120', '7*']) expect(answer({ occupations: [prefix] })).toBe('occupation')
    for (const prefix of ['', '0', '07320', '07x']) expect(answer({ fields: [prefix] })).toBe('field')
    expect([isIscoPrefix('7'), isIscoPrefix('7112'), isIscoPrefix('')]).toEqual([true, true, false])
    expect([isIscedFPrefix('07'), isIscedFPrefix('0732'), isIscedFPrefix('7')]).toEqual([true, true, false])
  })
})

const scopeWithin = (inner: Scope, outer: Scope) => compare(inner, outer, (id) => findQualification(id)?.framework)

describe('a grant', () => {
  test('names every dimension in which it exceeds what its grantor holds', () => {
    const held: Scope = {
      qualifications: { framework: 'PQF' },
      levels: { from: 1, to: 4 },
      fields: ['07'],
      occupations: ['71'],
      places: ['PH'],
      sites: ['hall', 'yard'],
    }
    expect(scopeWithin(held, held)).toEqual({ within: true })
    expect(
      scopeWithin({ ...held, qualifications: ['ph-masonry-nc2'], occupations: ['7112'], sites: ['hall'] }, held),
    ).toEqual({
      within: true,
    })
    expect(scopeWithin({}, held)).toEqual({
      within: false,
      differences: ['qualification', 'level', 'field', 'occupation', 'place', 'site'],
    })
    const wider: Scope = {
      qualifications: ['my-cidb-brick'],
      levels: { from: 1, to: 5 },
      fields: ['0732'],
      occupations: ['7'],
      places: ['PH'],
      sites: ['hall', 'shed'],
    }
    expect(scopeWithin(wider, held)).toEqual({
      within: false,
      differences: ['qualification', 'level', 'occupation', 'site'],
    })
  })

  test('of one framework is not within another, and a grant of no level is within any', () => {
    expect(scopeWithin({ qualifications: { framework: 'PQF' } }, { qualifications: { framework: 'MQF' } }).within).toBe(
      false,
    )
    expect(scopeWithin({ qualifications: ['ph-masonry-nc2'] }, { qualifications: { framework: 'MQF' } }).within).toBe(
      false,
    )
    expect(scopeWithin({ qualifications: ['no-such-id'] }, { qualifications: { framework: 'PQF' } }).within).toBe(false)
    expect(scopeWithin({ levels: { from: 4, to: 3 } }, { levels: { from: 1, to: 2 } }).within).toBe(true)
  })

  test('of a whole framework is not within a list, because qualifications may be added to the framework', () => {
    const all = listQualifications({ state: 'PH' }).map(({ id }) => id)
    expect(scopeWithin({ qualifications: { framework: 'PQF' } }, { qualifications: all })).toEqual({
      within: false,
      differences: ['qualification'],
    })
  })
})

const someOf = (values: readonly string[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { maxLength: 4 }), { nil: undefined })
const ids = [
  'ph-masonry-nc1',
  'ph-masonry-nc2',
  'ph-smaw-nc2',
  'my-sp-elec-l2',
  'my-cidb-brick',
  'asean-acpa',
  'no-such-id',
]
const unitsOf = fc.constantFrom('ph-masonry-nc2', 'ph-smaw-nc2').chain((id) =>
  fc.record({
    qualification: fc.constant(id),
    codes: fc.subarray([
      ...qualification(id)
        .units.slice(0, 3)
        .map(({ code }) => code),
      'gone',
    ]),
  }),
)
const scopes: fc.Arbitrary<Scope> = fc.record(
  {
    qualifications: fc.oneof(
      someOf(ids),
      fc.constantFrom('PQF', 'MQF').map((framework) => ({ framework })),
    ),
    levels: fc.option(fc.record({ from: fc.integer({ min: 0, max: 4 }), to: fc.integer({ min: 0, max: 4 }) }), {
      nil: undefined,
    }),
    fields: someOf(['07', '073', '0732', '0713', '04', '0411', '']),
    occupations: someOf(['7', '71', '7112', '74', '2', '2411', '']),
    places: someOf(['PH', 'MY', 'TH']),
    sites: someOf(['hall', 'yard', 'shed']),
    units: fc.option(fc.array(unitsOf, { maxLength: 3 }), { nil: undefined }),
  },
  { requiredKeys: [] },
)
const questions: fc.Arbitrary<ScopeQuestion> = fc.record(
  {
    qualification: fc.constantFrom(...ids.slice(0, -1), ...listQualifications().map(({ id }) => id)).map(qualification),
    level: fc.integer({ min: 0, max: 5 }),
    place: fc.constantFrom(...states.slice(0, 3).map(({ iso2 }) => iso2), 'PH', 'MY', 'TH'),
    site: fc.constantFrom('hall', 'yard', 'shed', undefined, ANY_SITE),
    units: fc.oneof(
      unitsOf.map(({ codes }) => codes),
      fc.constant(ANY_UNIT),
    ),
  },
  { requiredKeys: ['qualification', 'site'] },
)
/** Narrows a given scope. Among independent scopes, one is rarely within another. */
const narrowed = (outer: Scope): fc.Arbitrary<Scope> =>
  scopes.map((other) => ({
    ...outer,
    ...(outer.qualifications === undefined && other.qualifications && { qualifications: other.qualifications }),
    ...(outer.places && other.places && { places: outer.places.filter((place) => other.places?.includes(place)) }),
    ...(outer.sites && other.sites && { sites: outer.sites.filter((site) => other.sites?.includes(site)) }),
    ...(outer.units && { units: outer.units.slice(1) }),
    ...(outer.levels && { levels: { from: outer.levels.from + 1, to: outer.levels.to } }),
    ...(outer.fields?.includes('07') && { fields: ['0732'] }),
    ...(outer.occupations?.includes('7') && { occupations: ['7112', '74'] }),
  }))
const chains = scopes.chain((outer) =>
  narrowed(outer).chain((middle) => fc.oneof(narrowed(middle), scopes).map((inner) => ({ outer, middle, inner }))),
)
const within = (inner: Scope, outer: Scope) => scopeWithin(inner, outer).within
const covers = (scope: Scope, question: ScopeQuestion) => scopeCovers(scope, question).covered

test('a scope covers ANY_SITE if it covers some site, and covers no site only if it does not limit sites', () => {
  fc.assert(
    fc.property(scopes, questions, (scope, question) => {
      const at = (site: ScopeQuestion['site']) => covers(scope, { ...question, site })
      expect(at(ANY_SITE)).toBe(at('hall') || at('yard') || at('shed'))
      if (at(undefined)) expect(scope.sites).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

describe('being within', () => {
  test('is reflexive, and narrowing a scope stays within it', () => {
    fc.assert(
      fc.property(chains, ({ outer, middle }) => {
        expect(within(outer, outer)).toBe(true)
        expect(within(middle, outer)).toBe(true)
      }),
    )
  })

  test('is transitive', () => {
    fc.assert(
      fc.property(fc.tuple(scopes, scopes, scopes), chains, (independent, chain) => {
        for (const [a, b, c] of [independent, [chain.inner, chain.middle, chain.outer] as const])
          if (within(a, b) && within(b, c)) expect(within(a, c)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('in both directions means covering the same', () => {
    fc.assert(
      fc.property(scopes, scopes, questions, (a, b, question) => {
        if (within(a, b) && within(b, a)) expect(covers(a, question)).toBe(covers(b, question))
      }),
      { numRuns: 500 },
    )
  })

  test('means that the outer scope covers everything that the inner scope covers', () => {
    fc.assert(
      fc.property(chains, scopes, questions, ({ outer, middle, inner }, other, question) => {
        for (const [a, b] of [
          [middle, outer],
          [inner, middle],
          [inner, outer],
          [inner, other],
        ] as const)
          if (within(a, b) && covers(a, question)) expect(covers(b, question)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('fails only in the named dimensions: without those limits of the grantor it holds', () => {
    const members = {
      qualification: 'qualifications',
      level: 'levels',
      field: 'fields',
      occupation: 'occupations',
      place: 'places',
      site: 'sites',
      unit: 'units',
    } as const
    fc.assert(
      fc.property(scopes, scopes, (inner, outer) => {
        const result = scopeWithin(inner, outer)
        if (result.within) return
        const lifted = { ...outer }
        for (const dimension of result.differences) delete lifted[members[dimension]]
        expect(within(inner, lifted)).toBe(true)
        for (const dimension of result.differences) {
          const { [members[dimension]]: limit } = outer
          expect(limit).toBeDefined()
        }
      }),
    )
  })
})

test('every recorded qualification of a framework is covered by a grant of that framework', () => {
  for (const { id } of listFrameworks())
    for (const each of listQualifications())
      expect(covers({ qualifications: { framework: id } }, { qualification: each, site: undefined })).toBe(
        each.framework === id,
      )
})

describe('the form of a scope that another registry recorded', () => {
  test.each<[string, unknown]>([
    ['no limit', {}],
    [
      'each member',
      {
        qualifications: ['a'],
        levels: { from: 1, to: 2 },
        fields: ['07'],
        occupations: ['7'],
        places: ['PH'],
        sites: ['hall'],
        units: [{ qualification: 'a', codes: ['U1'] }],
      },
    ],
    ['a framework', { qualifications: { framework: 'PQF' } }],
    ['an absent member', { places: undefined }],
  ])('%s is a scope', (_, value) => {
    expect(isScope(value)).toBe(true)
  })

  test.each<[string, unknown]>([
    ['a text in place of a list', { places: 'PH' }],
    ['null', { qualifications: null }],
    ['a list of other things', { fields: [7] }],
    ['levels without an end', { levels: { from: 1 } }],
    ['an unknown limit', { seasons: ['dry'] }],
    ['units without a qualification', { units: [{ codes: ['U1'] }] }],
    ['units with an unknown limit', { units: [{ qualification: 'a', codes: ['U1'], edition: '2024' }] }],
    ['a member that every object inherits', JSON.parse('{"__proto__":{}}')],
    ['a list', []],
    ['nothing', null],
  ])('%s is not a scope', (_, value) => {
    expect(isScope(value)).toBe(false)
  })
})
