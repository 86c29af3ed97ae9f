import { expect, test } from 'vitest'
import type { Framework, LevelTable } from './framework.ts'
import type { Qualification } from './qualification.ts'
import {
  isWanted,
  listFields,
  listLevels,
  listOccupations,
  parseLevel,
  titleOfField,
  titleOfOccupation,
  type Wanted,
} from './sectors.ts'
import { findFramework, findQualification, listQualifications } from './shipped-baseline.ts'

const on = '2026-11-24'
const ids = (wanted: Wanted) =>
  listQualifications()
    .filter((each) => isWanted(each, wanted, { on }))
    .map(({ id }) => id)

test('every code of a qualification is in exactly one group, and no group is empty', () => {
  for (const [groups, codeOf] of [
    [listFields(listQualifications()), (id: string) => findQualification(id)?.fieldOfEducation?.code],
    [listOccupations(listQualifications()), (id: string) => findQualification(id)?.occupation?.code],
  ] as const) {
    const offered = groups.flatMap(({ members }) => members.map(({ code }) => code))
    const there = new Set(listQualifications().flatMap(({ id }) => codeOf(id) ?? []))
    expect(offered.toSorted()).toEqual([...there].toSorted())
    for (const { members } of groups) expect(members.length).toBeGreaterThan(0)
  }
})

test('groups and their members have titles', () => {
  expect(titleOfField('07')).toBe('Engineering, manufacturing and construction')
  expect(titleOfField('0732')).toBe('Building and civil engineering')
  expect(titleOfOccupation('7112')).toBe('Bricklayers and related workers')
  expect([titleOfField('99'), titleOfOccupation('99')]).toEqual([undefined, undefined])
})

test('one qualification must match field, occupation and level', () => {
  expect(ids({ occupation: '7112', level: { framework: 'PQF', level: 2 } })).toContain('ph-masonry-nc2')
  expect(ids({ occupation: '7112', level: { framework: 'PQF', level: 1 } })).not.toContain('ph-masonry-nc2')
  expect(ids({ occupation: '7112', field: '09' })).toEqual([])
  expect(ids({})).toHaveLength(listQualifications().length)
  expect(ids({ level: { framework: 'none', level: 2 } })).toEqual([])
})

test('R-122: a search by AQRF level finds a level that an authority confirmed in its own framework, once it placed the edition', () => {
  const pqf = findFramework('PQF') as Framework
  const frameworkRecord = {
    ...pqf,
    id: 'demo-board.sqf',
    table: { ...(pqf.table as LevelTable), confirmedBy: 'Board (demonstration)', confirmedOn: '2020-01-01' },
  }
  const [like] = listQualifications({ state: 'PH' })
  const claimed: Qualification = {
    ...(like as Qualification),
    framework: frameworkRecord.id,
    level: 2,
    levelConfidence: 'high',
    statedBy: { id: 'demo-body', name: 'Body (demonstration)' },
    frameworkRecord,
  }
  const placed = { ...claimed, levelConfirmedBy: 'Board (demonstration)' }
  const level = { framework: 'AQRF', level: 2 }
  expect([claimed, placed].map((each) => isWanted(each, { level }, { on }))).toEqual([false, true])
  expect(listLevels([placed], { on })).toMatchObject([
    { framework: frameworkRecord.id, levels: [2] },
    { framework: 'AQRF', levels: [2] },
  ])
})

test('R-122: a search by AQRF level finds only confirmed levels, and the software confirms none', () => {
  for (let level = 1; level <= 8; level++) expect(ids({ level: { framework: 'AQRF', level } })).toEqual([])
  const offered = listLevels(listQualifications(), { on })
  expect(offered.map(({ framework }) => framework)).not.toContain('AQRF')
  expect(offered.find(({ framework }) => framework === 'PQF')?.levels).toEqual([1, 2, 3])
})

test.each([
  ['PQF.2', { framework: 'PQF', level: 2 }],
  ['PQF', { framework: 'PQF' }],
  ['AQRF.4', { framework: 'AQRF', level: 4 }],
  ['demo-pqf.sqf.3', { framework: 'demo-pqf.sqf', level: 3 }],
  ['demo-pqf.sqf', { framework: 'demo-pqf.sqf' }],
  ['demo-pqf.24', { framework: 'demo-pqf.24' }],
  ['demo-pqf.24.2', { framework: 'demo-pqf.24', level: 2 }],
  ['', { framework: '' }],
  ['.3', { framework: '.3' }],
])('a level in an address: %j', (text, asked) => {
  expect(parseLevel(text)).toEqual(asked)
})
