import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('E001: no cell can become a formula or end its row', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['=1+1', '@x'],
        ['-1', '+1'],
        ['\uff1d1', '\uff20x'],
        ['\u0000=1', '\n=1'],
        ['\tx', '"a",\r\nb'],
      ],
    ),
  ).toBe(
    '"a","b"\r\n"\'=1+1","\'@x"\r\n"\'-1","\'+1"\r\n"\'\uff1d1","\'\uff20x"\r\n"\'\u0000=1","\'\n=1"\r\n"\'\tx","""a"",\r\nb"\r\n',
  )
})

test.each([
  '=HYPERLINK("x")',
  '\uff1d1+1',
  '\t=1',
  '\u00a0=1',
  '@SUM(1)',
  '-2+3|cmd',
  '+1',
  ' \u200b\uff20x',
  '\u3000=1',
])('Q004: the cell %j is marked as text', (cell) => {
  expect(csvOf(['a'], [[cell]])).toContain(`\r\n"'${cell.replaceAll('"', '""')}"`)
})

test('a cell that begins with a space and a letter stays as it is', () => {
  expect(csvOf(['a'], [['\u00a0Cookery = 2']])).toContain('"\u00a0Cookery = 2"')
})
