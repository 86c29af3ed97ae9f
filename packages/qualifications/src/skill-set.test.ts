import { describe, expect, test } from 'vitest'
import type { UnitRow } from './comparison.ts'
import { heldAgainst, heldInSet, mismatchOf, type SkillSet, skillSetFaults } from './skill-set.ts'

const unit = (code: string) => ({ code, title: `Task ${code}` })
const accepts = (code: string, edition = '2026') => [{ qualification: 'sm.bricks', edition, unit: code }]
const set: SkillSet = {
  name: 'Bricklaying, agreed set',
  units: [
    { ...unit('S1'), accepts: accepts('A1') },
    { ...unit('S2'), accepts: accepts('A9') },
    { ...unit('S3'), accepts: accepts('A2', '2020') },
    { ...unit('S4'), accepts: [] },
  ],
}
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code)

test('a national standard is set against an agreed set, by what the parties wrote down', () => {
  const standard = { qualification: 'sm.bricks', edition: '2026', units: [unit('A1'), unit('A2')] }
  const { there, missing, beyond } = mismatchOf(set, standard)
  // A unit that the edition lacks, and a unit of another edition, are accepted for nothing.
  expect([there, missing, beyond].map(codes)).toEqual([['S1'], ['S2', 'S3', 'S4'], ['A2']])
  expect(codes(mismatchOf(set, { ...standard, qualification: 'pt.bricks' }).there)).toEqual([])
})

describe('what one holder has and lacks', () => {
  const units = { from: ['A1', 'A2', 'A3'].map(unit), to: ['B1', 'B2', 'B3', 'B4', 'B5', 'B6'].map(unit) }
  const rows: UnitRow[] = [
    { unit: 'B1', result: 'match', by: ['A1'] },
    { unit: 'B2', result: 'match', by: ['A1', 'A2'] },
    { unit: 'B3', result: 'partial', by: ['A1'], note: 'By hand only.' },
    { unit: 'B4', result: 'match', by: ['A3'] },
    { unit: 'B5', result: 'gap', by: [], note: 'Nothing like it.' },
  ]
  const from = { qualification: 'sm.bricks', edition: '2026' }
  const heldBy = (held: object) => heldAgainst({ from, rows }, units, { ...from, ...held })?.map(({ held }) => held)

  test('follows from the units that the certificate names', () =>
    expect(heldBy({ units: ['A1'] })).toEqual(['has', 'in-part', 'in-part', 'lacks', 'lacks', 'not-compared']))

  test('a certificate of the whole edition has every unit of it', () =>
    expect(heldBy({})).toEqual(['has', 'has', 'in-part', 'has', 'lacks', 'not-compared']))

  test('nothing is said about a certificate of another edition', () =>
    expect(heldBy({ edition: '2024', units: ['A1'] })).toBeUndefined())
})

test('R-085: a holder of three of five units sees two missing', () => {
  const units = ['S1', 'S2', 'S3', 'S4', 'S5'].map((code, at) => ({ ...unit(code), accepts: accepts(`A${at + 1}`) }))
  const held = { qualification: 'sm.bricks', edition: '2026', units: ['A1', 'A3', 'A4', 'A9'] }
  const { has, lacks } = heldInSet({ name: 'Set', units }, held)
  expect([has, lacks].map(codes)).toEqual([
    ['S1', 'S3', 'S4'],
    ['S2', 'S5'],
  ])
  expect(heldInSet({ name: 'Set', units }, { ...held, edition: '2020' }).has).toEqual([])
})

test('a set without units, with too many, or with one named twice has faults at their places', () => {
  const pointers = (units: SkillSet['units']) => skillSetFaults({ name: 'Set', units }).map(({ pointer }) => pointer)
  expect(pointers([])).toEqual(['/units'])
  expect(pointers(Array.from({ length: 101 }, (_, at) => ({ ...unit(`S${at}`), accepts: [] })))).toEqual(['/units'])
  expect(pointers([...set.units, { ...unit('S1'), accepts: [] }])).toEqual(['/units/4/code'])
  expect(pointers([{ ...unit('S1'), accepts: [...accepts('A1'), ...accepts('A1')] }])).toEqual(['/units/0/accepts'])
  expect(pointers(set.units)).toEqual([])
})
