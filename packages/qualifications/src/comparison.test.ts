import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Compared,
  type Comparison,
  compareUnits,
  comparisonFaults,
  comparisonResults,
  degreeOf,
  levelDifference,
  overallOf,
  saysEquivalent,
  type UnitRow,
} from './comparison.ts'
import type { AqrfStatement } from './level.ts'

const units = (letter: string, many: number) =>
  Array.from({ length: many }, (_, at) => ({ code: `${letter}${at + 1}`, title: `Task ${at + 1}` }))
const both = { from: units('A', 3), to: units('B', 4) }
const rows: UnitRow[] = [
  { unit: 'B1', result: 'match', by: ['A1'] },
  { unit: 'B2', result: 'partial', by: ['A1', 'A2'], note: 'By hand only.' },
  { unit: 'B3', result: 'gap', by: [], note: 'Nothing like it.' },
]
const pointersOf = (change: Partial<Comparison>, of = both) =>
  comparisonFaults({ rows, aspects: {}, ...change }, of).map(({ pointer }) => pointer)
const rowFaults = (row: object) => pointersOf({ rows: [{ ...rows[0], ...row } as UnitRow] })

describe('units of a host against those of an origin', () => {
  test('each has a result, and one without a row is not compared', () => {
    const compared = compareUnits({ rows }, both)
    expect(compared.units.map(({ unit, result, by }) => [unit.code, result, by.length])).toEqual([
      ['B1', 'match', 1],
      ['B2', 'partial', 2],
      ['B3', 'gap', 0],
      ['B4', 'not-compared', 0],
    ])
    expect(compared.beyond.map(({ code }) => code)).toEqual(['A3'])
    expect(compared.overall).toBe('partial')
  })

  test('a comparison without faults has none', () => expect(pointersOf({})).toEqual([]))

  test('however rows fall, each unit counts once and the whole claims no more than the units', () => {
    const row = fc.constantFrom<Compared>(...comparisonResults, 'not-compared')
    fc.assert(
      fc.property(fc.array(row, { maxLength: 100 }), (results) => {
        const to = units('B', results.length)
        const stated = results.flatMap((result, at): UnitRow[] =>
          result === 'not-compared' ? [] : [{ unit: `B${at + 1}`, result, by: result === 'gap' ? [] : ['A1'] }],
        )
        const { counts, overall } = compareUnits({ rows: stated }, { from: both.from, to })
        expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(results.length)
        if (overall === 'match' || overall === 'gap') expect(results.every((one) => one === overall)).toBe(true)
        expect(overall).toBe(overallOf(counts))
      }),
    )
  })
})

describe('bad input', () => {
  test('M003: that something is equivalent is not said in any language of the region', () => {
    const claims = [
      'Equivalent',
      'E\u00adquivalen\u200bt',
      'ｅｑｕｉｖａｌｅｎｔ',
      'setara',
      'katumbas',
      'ekivalente',
      'เทียบ\u200bเท่า',
      'ທຽບເທົ່າ',
      'tương đương',
      'សមមូល',
      'ညီမျှ',
    ]
    expect(claims.filter((text) => !saysEquivalent(`Level 2 ${text.normalize('NFD')} level 3`))).toEqual([])
    expect(saysEquivalent('Comparable in valence and equity. เทียบเคียง')).toBe(false)
  })

  test('M001: too many units, too many rows, repeated units, and units of other editions are refused', () => {
    expect(pointersOf({ rows: [] }, { from: units('A', 101), to: units('B', 100) })).toEqual(['/from'])
    expect(pointersOf({ rows: [] }, { from: units('A', 1), to: units('B', 10_000) })).toEqual(['/to'])
    expect(pointersOf({ rows: [] }, { from: [], to: both.to })).toEqual(['/from'])
    expect(pointersOf({ rows: Array.from({ length: 101 }, () => rows[0] as UnitRow) })).toEqual(['/rows'])
    expect(pointersOf({ rows: [rows[0], rows[0]] as UnitRow[] })).toEqual(['/rows/1/unit'])
    expect(rowFaults({ unit: 'A1' })).toEqual(['/rows/0/unit'])
    expect(rowFaults({ by: ['B1'] })).toEqual(['/rows/0/by'])
    expect(rowFaults({ by: ['A1', 'A1'] })).toEqual(['/rows/0/by'])
    expect(rowFaults({ by: Array.from({ length: 10_000 }, () => 'A1') })).toEqual(['/rows/0/by'])
    expect(rowFaults({ note: 'x'.repeat(4096) })).toEqual(['/rows/0/note'])
  })

  test('M001: 100 by 100 units are compared in under 50 ms, with as many units and notes as a row may have', () => {
    const large = { from: units('A', 100), to: units('B', 100) }
    const by = large.from.slice(0, 10).map(({ code }) => code)
    const all = large.to.map(({ code: unit }): UnitRow => ({ unit, result: 'partial', by, note: 'x'.repeat(500) }))
    const once = () => {
      const start = performance.now()
      expect(comparisonFaults({ rows: all, aspects: {} }, large)).toEqual([])
      expect(compareUnits({ rows: all }, large).counts.partial).toBe(100)
      return performance.now() - start
    }
    // Other tests share the machine, so the best of some runs counts.
    expect(Math.min(...Array.from({ length: 5 }, once))).toBeLessThan(50)
  })

  test('M002: lines and turned texts in notes are refused, and markup stays text', () => {
    expect(rowFaults({ note: 'one\ntwo' })).toEqual(['/rows/0/note'])
    expect(rowFaults({ note: 'turned \u202e text' })).toEqual(['/rows/0/note'])
    expect(rowFaults({ note: '<img onerror>' })).toEqual([])
  })

  test('M003: nothing is claimed that the rows do not show', () => {
    expect(rowFaults({ by: [] })).toEqual(['/rows/0/by'])
    expect(rowFaults({ result: 'gap', note: 'None.' })).toEqual(['/rows/0/by'])
    expect(rowFaults({ result: 'partial' })).toEqual(['/rows/0/note'])
    expect(rowFaults({ result: 'equivalent' })).toEqual(['/rows/0/result'])
    for (const note of ['Substantially equivalent.', 'EQUIVALENCE', 'ｅquivalent'])
      expect(rowFaults({ note })).toEqual(['/rows/0/note'])
    expect(pointersOf({ aspects: { salary: { result: 'match' } } as Comparison['aspects'] })).toEqual(['/aspects'])
    expect(pointersOf({ aspects: { grades: { result: 'gap' } } })).toEqual(['/aspects/grades/note'])
  })
})

const aqrf = (level?: string, confirmed = true): AqrfStatement => ({
  framework: 'AQRF',
  ...(level !== undefined && { level }),
  basis: 'b',
  confirmed,
  confidence: 'high',
})

test('a difference of level is said only where both levels are known', () => {
  expect(levelDifference(aqrf('2'), aqrf('3'))).toEqual({ difference: 'host-higher', steps: 1, confirmed: true })
  expect(levelDifference(aqrf('4'), aqrf('3', false))).toEqual({ difference: 'host-lower', steps: 1, confirmed: false })
  expect(levelDifference(aqrf('2'), aqrf('2'))).toMatchObject({ difference: 'same' })
  expect(levelDifference(aqrf('2'), aqrf())).toEqual({ difference: 'unknown', missing: ['to'] })
})

describe('R-100: how much was found has a degree, from all to none', () => {
  const level = levelDifference(aqrf('2'), aqrf('2'))
  const same = { result: 'match' } as const
  const every = { assessment: same, grades: same, validity: same, certification: same }
  const degree = (results: Compared[], of: Partial<Parameters<typeof degreeOf>[1]> = {}) => {
    const counts = { match: 0, partial: 0, gap: 0, 'not-compared': 0 }
    for (const one of results) counts[one] += 1
    return degreeOf({ counts, overall: overallOf(counts) }, { aspects: every, level, ...of })
  }

  test('it is all only with every unit, every aspect, and one confirmed level', () => {
    expect(degree(['match', 'match'])).toBe('all')
    expect(degree(['match', 'match'], { aspects: { ...every, grades: { result: 'partial' } } })).toBe('every-unit')
    expect(degree(['match', 'match'], { aspects: {} })).toBe('every-unit')
    for (const other of [levelDifference(aqrf('2'), aqrf('3')), levelDifference(aqrf('2'), aqrf('2', false))])
      expect(degree(['match', 'match'], { level: other })).toBe('every-unit')
    expect(degree(['match', 'match'], { level: levelDifference(aqrf('2'), aqrf()) })).toBe('every-unit')
  })

  test('most is more than half of all units, found whole', () => {
    expect(degree(['match', 'match', 'gap'])).toBe('most-units')
    expect(degree(['match', 'gap'])).toBe('some-units')
    expect(degree(['match', 'partial', 'partial'])).toBe('some-units')
    expect(degree(['match', 'partial', 'not-compared'])).toBe('some-units')
    expect(degree(['partial', 'partial'])).toBe('some-units')
  })

  test('none needs every unit compared, and nothing is said before that', () => {
    expect(degree(['gap', 'gap'])).toBe('none')
    expect(degree(['gap', 'not-compared'])).toBe('not-compared')
    expect(degree(['match', 'not-compared'])).toBe('not-compared')
  })
})
