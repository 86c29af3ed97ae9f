import { expect, test } from 'vitest'
import { type Framework, type Qualification, supportsStatedLevel } from './index.ts'
import { aqrfLevel } from './level.ts'
import { findFramework, findQualification } from './shipped-baseline.ts'
import { standsIn } from './stated-level.ts'

const on = '2027-03-14'
function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('no such record')
  return found
}
const masonry: Qualification = required(findQualification('ph-masonry-nc2'))
const pqf: Framework = required(findFramework('PQF'))
const confirmed: Framework = {
  ...pqf,
  table: { ...required(pqf.table), version: '2', confirmedBy: 'PQF-NCC', confirmedOn: '2027-01-01' },
}
const aqrf2 = { kind: 'aqrf', framework: 'AQRF', level: '2' } as const

test('a national level is supported if it equals the record, and no other level is', () => {
  expect(supportsStatedLevel(masonry, { kind: 'national', framework: 'PQF', level: '2' }, { on })).toBe(true)
  for (const [framework, level] of [
    ['PQF', '3'],
    ['PQF', '02'],
    ['PQF', ''],
    ['MQF', '2'],
    ['pqf', '2'],
    ['AQRF', '2'],
  ] as const)
    expect(supportsStatedLevel(masonry, { kind: 'national', framework, level }, { on })).toBe(false)
})

test('a corrected level is supported before the day of the correction, and not after', () => {
  const corrected: Qualification = {
    ...masonry,
    formerLevels: [{ framework: 'PQF', level: 3, until: '2027-03-15' }],
  }
  const pqf3 = { kind: 'national', framework: 'PQF', level: '3' } as const
  expect(supportsStatedLevel(corrected, pqf3, { on })).toBe(true)
  expect(supportsStatedLevel(corrected, pqf3, { on: '2027-03-15' })).toBe(false)
  expect(supportsStatedLevel(corrected, { ...pqf3, level: '2' }, { on: '2027-03-15' })).toBe(true)
  expect(supportsStatedLevel(corrected, { ...pqf3, level: '4' }, { on })).toBe(false)
  expect(supportsStatedLevel(corrected, { ...pqf3, framework: 'MQF' }, { on })).toBe(false)
  expect(supportsStatedLevel(corrected, { ...aqrf2, level: '3' }, { on })).toBe(false)
  // Also if there is no framework level any more.
  const { framework: _, level: __, levelConfidence: ___, ...without } = corrected
  expect(supportsStatedLevel(without, pqf3, { on })).toBe(true)
})

test('no AQRF level is supported before a national authority confirms the table', () => {
  expect(supportsStatedLevel(masonry, aqrf2, { on })).toBe(false)
})

test('an AQRF level is supported if the table was confirmed by that day, and the statement names who confirmed it', () => {
  expect(standsIn(confirmed, masonry, aqrf2, on)).toBe(true)
  expect(aqrfLevel(masonry, confirmed, on)).toMatchObject({ level: '2', confirmed: true })
  expect(aqrfLevel(masonry, confirmed, on).basis).toContain('Level table 2 of 24 November 2026, confirmed by PQF-NCC.')
  expect(standsIn(confirmed, masonry, aqrf2, '2027-01-01')).toBe(true)
  expect(standsIn(confirmed, masonry, aqrf2, '2026-12-31')).toBe(false)
})

test('a table with a date of confirmation but without an authority is not confirmed', () => {
  const nameless: Framework = { ...pqf, table: { ...required(pqf.table), confirmedOn: '2027-01-01' } }
  expect(standsIn(nameless, masonry, aqrf2, on)).toBe(false)
})

test('a confirmed table supports no other level, no other framework, and no level before the endorsement', () => {
  expect(standsIn(confirmed, masonry, { ...aqrf2, level: '3' }, on)).toBe(false)
  expect(standsIn(confirmed, masonry, { ...aqrf2, framework: 'PQF' }, on)).toBe(false)
  const early: Framework = { ...confirmed, table: { ...required(confirmed.table), confirmedOn: '2018-01-01' } }
  expect(standsIn(early, masonry, aqrf2, '2019-05-22')).toBe(false)
  expect(standsIn(early, masonry, aqrf2, '2019-05-23')).toBe(true)
  const withdrawn: Framework = { ...confirmed, referencing: { ...confirmed.referencing, status: 'unclear' } }
  expect(standsIn(withdrawn, masonry, aqrf2, on)).toBe(false)
})

test('a qualification without a framework level supports no level', () => {
  for (const id of ['my-cidb-brick', 'asean-acpa', 'th-brick-1']) {
    const qualification = required(findQualification(id))
    for (const framework of ['MQF', 'NQF-TH', 'none'])
      expect(supportsStatedLevel(qualification, { kind: 'national', framework, level: '1' }, { on })).toBe(false)
    expect(supportsStatedLevel(qualification, { ...aqrf2, level: '1' }, { on })).toBe(false)
  }
  const cambodian = required(findQualification('kh-elec-1'))
  expect(supportsStatedLevel(cambodian, { kind: 'national', framework: 'CQF', level: '1' }, { on })).toBe(true)
  expect(supportsStatedLevel(cambodian, { ...aqrf2, level: '1' }, { on })).toBe(false)
})
