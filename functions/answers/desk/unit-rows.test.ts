import { csvOf } from '@sijil/credentials/csv'
import { describe, expect, test } from 'vitest'
import { draftOf, draftText, readUnitRows, UNIT_ROWS, withUnitSaved } from './unit-rows.ts'

const read = (text: string) => readUnitRows(text, '/comparison/rows')
const M1 = { unit: 'M1', result: 'match', by: ['A1', 'A2'] }
const M2 = { unit: 'M2', result: 'partial', by: ['A3'], note: 'By hand only.' }

describe('rows of a spreadsheet', () => {
  test.each([
    ['cells with tabs', 'M1\tmatch\tA1; A2\nM2\tpartial\tA3\tBy hand only.'],
    ['in the words of a page', 'M1\tMatch\tA1;A2\nM2\tMatch in part\tA3\tBy hand only.\nM4\tNot compared'],
    ['in Thai', 'หน่วย\tผล\tby\tเหตุผล\nM1\tตรงกัน\tA1;A2\t\nM2\tตรงกันบางส่วน\tA3\tBy hand only.'],
    ['columns in another order', 'note,result,by,unit\n,match,"A1; A2",M1\nBy hand only.,partial,A3,M2'],
  ])('R-060: %s fill the editor', (_, text) => expect(read(text)).toMatchObject({ items: [M1, M2], faults: [] }))

  test('a table that was downloaded reads as the same rows, and a cell that could be a formula comes back as it was', () => {
    const note = '=cmd|calc!A1'
    const columns = ['unit', 'title', 'result', 'by', 'byTitles', 'note', 'comparison', 'version', 'state', 'saidBy']
    const rest = ['x.bricks', '1', 'alone', 'Council']
    const table = csvOf(columns, [
      ['M1', 'Lay; set', 'match', 'A1; A2', 'One; Two', '', ...rest],
      ['M2', 'Plaster', 'gap', '', '', note, ...rest],
      ['M3', 'Roof', 'not-compared', '', '', '', ...rest],
    ])
    expect(read(`\ufeff${table}`.trimStart())).toMatchObject({
      items: [M1, { unit: 'M2', result: 'gap', by: [], note }],
      lines: [1, 2],
    })
  })

  test('each mistake is named by its line and its cell', () => {
    const { faults } = read('M1\t\tA1\n\n\tmatch\tA1\nM3\tgap\t\tNone\tmore')
    expect(faults.map(({ pointer, reason }) => [pointer, reason])).toEqual([
      ['/comparison/rows/0/result', 'missing'],
      ['/comparison/rows/2/unit', 'missing'],
      ['/comparison/rows/3', 'too-many-cells'],
    ])
  })
})

describe('the answers about one unit', () => {
  const saved = (form: Record<string, string>) => withUnitSaved(form) as Record<string, string>
  const answers = { 'unit.code': 'M2', 'unit.result': 'partial', 'unit.by:A3': 'yes', 'unit.note': ' By hand\nonly.' }

  test('become a row of the draft, and every other row stays', () => {
    const rows = 'M1\tmatch\tA1; A2\nX9\tnonsense\t\t"a ""word"""'
    const form = saved({ [UNIT_ROWS]: rows, parties: 'demo-xs', ...answers, 'unit.goTo': 'M1' })
    expect(Object.keys(form).toSorted()).toEqual([UNIT_ROWS, 'parties'])
    expect(draftOf(form)).toEqual([
      { ...M1, note: '' },
      { unit: 'X9', result: 'nonsense', by: [], note: 'a "word"' },
      M2,
    ])
    expect(draftOf({ [UNIT_ROWS]: draftText(draftOf(form)) })).toEqual(draftOf(form))
    const gone = saved({ ...form, 'unit.code': 'M2', 'unit.result': 'not-compared', 'unit.note': '' })
    expect(draftOf(gone).map(({ unit }) => unit)).toEqual(['M1', 'X9'])
  })

  test('are kept without a result, so that a note is not lost', () => {
    const form = saved({ 'unit.code': 'M2', 'unit.result': 'not-compared', 'unit.note': 'Ask Samudra' })
    expect(draftOf(form)).toMatchObject([{ unit: 'M2', note: 'Ask Samudra' }])
    expect(read(form[UNIT_ROWS] ?? '').faults).toHaveLength(1)
  })
})
