import { expect, test } from 'vitest'
import { inputColumns } from './issue-input.ts'
import { rowsTemplate } from './rows-template.ts'

test('a template begins with the mark by which Excel knows UTF-8, and names every column that a row may have', () => {
  const [head = '', row = '', ...rest] = rowsTemplate('ph-masonry-nc2', '2026-03-02').split('\r\n')
  expect(head.charCodeAt(0)).toBe(0xfeff)
  expect(head.slice(1)).toBe(inputColumns.map((column) => `"${column}"`).join(','))
  expect(row).toContain('"ph-masonry-nc2","JUANA EXAMPLE"')
  expect(row).toContain('"2026-03-02"')
  expect(rest).toEqual([''])
})
