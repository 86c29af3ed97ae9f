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
