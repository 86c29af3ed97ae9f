import { RegistryError } from '@sijil/registry'
import { describe, expect, test } from 'vitest'
import { inLines, pastedRows, pastedText, readPasted } from './pasted-rows.ts'

const cellsOf = (text: string) => pastedRows(text).map(({ cells }) => cells)
const units = { columns: ['code', 'title'], pointer: '/edition/units' }

describe('text that was pasted from a spreadsheet', () => {
  test.each([
    ['tabs', 'C1\tLay bricks\nC2\tPlaster; render, finish'],
    ['semicolons', 'C1;Lay bricks\nC2;"Plaster; render, finish"'],
    ['commas', 'C1,Lay bricks\r\nC2,"Plaster; render, finish"\r\n'],
    ['a heading', 'Code;Title\nC1;Lay bricks\nC2;"Plaster; render, finish"'],
    ['empty lines and cells', '\n C1 \t Lay bricks \t\t\n\n\nC2\tPlaster; render, finish\t\n'],
  ])('is read with %s', (_, text) => {
    const read = cellsOf(text).map(([code, title]) => [code, title])
    expect(read).toEqual([
      ['C1', 'Lay bricks'],
      ['C2', 'Plaster; render, finish'],
    ])
  })

  test('keeps a quote that begins no quoted cell', () => {
    expect(cellsOf('C1\t"Class A" welds\nC2\t"Open\nC3\t6" pipes\nC4\t"He said ""stop"""')).toEqual([
      ['C1', '"Class A" welds'],
      ['C2', '"Open'],
      ['C3', '6" pipes'],
      ['C4', 'He said "stop"'],
    ])
  })

  test('counts the lines of a quoted cell, so that a later fault names its own line', () => {
    expect(pastedRows('C1,"a\nb"\nC2,c').map(({ line }) => line)).toEqual([0, 2])
  })

  test('is read again from what a form shows', () => {
    const rows = [
      ['C1', 'Lay "hot" bricks, and more; all'],
      ['C2', '"Class A" welds'],
    ]
    expect(cellsOf(pastedText(rows))).toEqual(rows)
  })
})

test('a missing cell and a third one are faults of their line, and every other line is still read', () => {
  const { items, faults } = readPasted('C1;a\n\n;b\nC3\nC4;d;e', units)
  expect(faults.map(({ pointer, reason }) => [pointer, reason])).toEqual([
    ['/edition/units/2/code', 'missing'],
    ['/edition/units/3/title', 'missing'],
    ['/edition/units/4', 'too-many-cells'],
  ])
  expect(items).toHaveLength(4)
})

test('a fault of the registry names the line, not the row', async () => {
  const { lines } = readPasted('code;title\n\nC1;a\nC1;b', units)
  const refused = () => {
    throw new RegistryError('validation-failed', 'x', {
      faults: [
        { pointer: '/edition/units/1/code', detail: 'x', reason: 'code-looks-alike' },
        { pointer: '/edition/units', detail: 'x' },
        { pointer: '/title', detail: 'x' },
      ],
    })
  }
  const refusal = await inLines({ '/edition/units': lines }, refused).catch((error: RegistryError) => error)
  expect((refusal as RegistryError).faults.map(({ pointer }) => pointer)).toEqual([
    '/edition/units/3/code',
    '/edition/units',
    '/title',
  ])
})
