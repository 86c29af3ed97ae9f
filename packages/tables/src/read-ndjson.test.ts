import { expect, test } from 'vitest'
import { readTable } from './index.ts'

const limits = { rows: 1_000, bytes: 64 * 1024 * 1024, cells: 10_000 }
const read = (text: string) => readTable(new TextEncoder().encode(text), limits)
const cellsOf = (text: string) => read(text).rows.map(({ line, cells }) => [line, ...cells])
const text = (value: string) => ({ kind: 'text', text: value })
const faulty = (fault: string) => ({ kind: 'faulty', fault })

test('each line is a row, in whatever order its members are, and columns are named by all of them', () => {
  const rows = '\ufeff\n{"number":"TP-1","name":" ANA "}\r\n\n{}\n{"name":"BEN","number":17,"unit":null,"more":1.5}\n'
  expect(read(rows).format).toBe('ndjson')
  expect(cellsOf(rows)).toEqual([
    [0, text('number'), text('name'), text('unit'), text('more')],
    [2, text('TP-1'), text('ANA')],
    [5, { kind: 'number', text: '17' }, text('BEN'), undefined, { kind: 'number', text: '1.5' }],
  ])
})

test('N008: a bad line or value is a fault in its place, and its neighbours are read', () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
  const lines = [
    '{"name":"ANA","number":"1"}',
    '{"name":"SECRET',
    '["SECRET"]',
    `{"name":${deep},"number":true}`,
    '{"name":"\\ud800","number":12345678901234567}',
    `{"name":"${'x'.repeat(65_536)}","__proto__":"1"}`,
    `{${Array.from({ length: 40_000 }, (_, at) => `"k${at}":"v"`).join()}}`,
    '{"name":"EVA","number":"2"}',
  ]
  const { rows } = read(lines.join('\n'))
  expect(rows.slice(0, 1)[0]?.cells.slice(0, 3)).toEqual([text('name'), text('number'), text('__proto__')])
  expect(rows.slice(1, 6).map(({ cells }) => cells.slice(0, 2))).toEqual([
    [text('ANA'), text('1')],
    [faulty('no-object')],
    [faulty('no-object')],
    [faulty('no-text'), faulty('no-text')],
    [faulty('no-text'), faulty('lost-digits')],
  ])
  expect(rows[6]?.cells).toEqual([faulty('too-long'), undefined, text('1')])
  expect([rows[7]?.isTooWide, rows[7]?.cells.length]).toEqual([true, 256])
  expect([rows[8]?.line, rows[8]?.cells.slice(0, 2)]).toEqual([8, [text('EVA'), text('2')]])
})

test('N018: a file that was cut keeps its whole lines, and one without rows is refused', () => {
  expect(read('{"name":"ANA"}\n{"name":"B').rows.at(-1)?.cells).toEqual([faulty('no-object')])
  expect(() => read('{}')).toThrow(expect.objectContaining({ code: 'no-rows' }))
  const many = Array.from({ length: 1_001 }, () => '{"name":"ANA"}').join('\n')
  expect(() => read(many)).toThrow(expect.objectContaining({ code: 'too-many-rows' }))
  const other = new Uint8Array([0x7b, 0xff, 0x7d])
  expect(() => readTable(other, limits)).toThrow(expect.objectContaining({ code: 'not-utf-8' }))
})

test('I51: a line of sixteen megabytes, nested or wide, costs less than two seconds', () => {
  const begun = process.cpuUsage()
  const lines = [`{"a":${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}}`, `{${'"a":1,'.repeat(500_000)}"b":2}`]
  expect(read(lines.join('\n')).rows).toHaveLength(3)
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1_000_000).toBeLessThan(2)
})
