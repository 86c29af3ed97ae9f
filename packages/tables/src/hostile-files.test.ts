import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readTable } from './index.ts'

const limits = { rows: 100_000, bytes: 200_000_000, cells: 3_000_000 }
const BOOK = `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`
const RELATIONS = `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`
const SHEET = `<worksheet><sheetData><row><c t="inlineStr"><is><t>name</t></is></c></row><row><c><v>1</v></c></row></sheetData></worksheet>`
const parts = { 'xl/workbook.xml': BOOK, 'xl/_rels/workbook.xml.rels': RELATIONS, 'xl/worksheets/sheet1.xml': SHEET }
const zipOf = (more: Record<string, string | Uint8Array> = {}) =>
  zipSync(
    Object.fromEntries(
      Object.entries({ ...parts, ...more }).map(([name, part]) => [
        name,
        typeof part === 'string' ? strToU8(part) : part,
      ]),
    ),
  )
const refusal = (bytes: Uint8Array, code: RegExp) => {
  const begun = process.cpuUsage()
  expect(() => readTable(bytes, limits)).toThrow(expect.objectContaining({ code: expect.stringMatching(code) }))
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1_000_000).toBeLessThan(1)
}

test('the smallest workbook is read', () => {
  expect(readTable(zipOf(), limits).rows).toHaveLength(2)
})

test('Q001: a bomb is refused by the bytes that come out of it, whatever size its headers state', () => {
  const bomb = new Uint8Array(12_000_000).fill(32)
  refusal(zipOf({ 'xl/worksheets/sheet1.xml': bomb }), /too-large/)
  const lies = zipOf({ 'xl/sharedStrings.xml': bomb })
  // The size in each header, which only says how much would come out.
  const view = new DataView(lies.buffer)
  for (let at = 0; at + 30 < lies.length; at++) {
    const signature = view.getUint32(at, true)
    if (signature === 0x04034b50) view.setUint32(at + 22, 40_000, true)
    if (signature === 0x02014b50) view.setUint32(at + 24, 40_000, true)
  }
  refusal(lies, /too-large|damaged/)
})

test('Q001: a list that names another way of packing than the part itself is not believed', () => {
  const bytes = zipOf({ 'xl/sharedStrings.xml': '<sst/>' })
  const view = new DataView(bytes.buffer)
  for (let at = 0; at + 30 < bytes.length; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 10, 0, true)
  expect(readTable(bytes, limits).rows).toHaveLength(2)
})

test('Q001: thousands of empty parts, and two parts of one name, are refused', () => {
  refusal(zipOf(Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`e/${at}`, '']))), /damaged/)
  const twice = zipOf({ 'xl/worksheets/sheet2.xml': SHEET })
  const name = Buffer.from(twice).indexOf('xl/worksheets/sheet2.xml')
  twice.set(strToU8('xl/worksheets/sheet1.xml'), name)
  refusal(twice, /damaged/)
})

test.each([
  ['a file of the machine', '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'],
  ['an address', '<!DOCTYPE sst SYSTEM "http://169.254.169.254/"><sst/>'],
  ['a parameter entity', '<!DOCTYPE sst [<!ENTITY % x SYSTEM "http://a.example/"> %x;]><sst/>'],
  ['a billion laughs', '<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'],
  ['an entity without a declaration', '<sst><si><t>&x;</t></si></sst>'],
])('Q002: XML that names %s is refused before anything is opened', (_, strings) => {
  refusal(zipOf({ 'xl/sharedStrings.xml': strings }), /damaged/)
  refusal(zipOf({ 'xl/workbook.xml': strings }), /damaged/)
})

test('Q002: links to other files and connections are not unpacked', () => {
  const link = '<!DOCTYPE x SYSTEM "http://a.example/"><x/>'
  const bytes = zipOf({ 'xl/externalLinks/externalLink1.xml': link, 'xl/connections.xml': link })
  expect(readTable(bytes, limits).rows).toHaveLength(2)
})

test('a relation that leads out of the file finds no sheet', () => {
  refusal(zipOf({ 'xl/_rels/workbook.xml.rels': RELATIONS.replace('worksheets/', '../../../etc/') }), /damaged/)
})

test('I51: more cells than a file may have end the reading, in each format', () => {
  const narrow = { ...limits, cells: 5 }
  const text = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\n'))
  for (const file of [text(['a,b', '1,2', '3,4']), text(['{"a":1,"b":2}', '{"a":1,"b":2}', '{"a":1,"b":2}'])])
    expect(() => readTable(file, narrow)).toThrow(expect.objectContaining({ code: 'too-many-cells' }))
  expect(() => readTable(zipOf(), { ...limits, cells: 1 })).toThrow(expect.objectContaining({ code: 'too-many-cells' }))
})

test('I51: unpacked bytes are counted to the last one', () => {
  const book = zipOf()
  // The parts of the workbook are read first, and its sheet in a second pass.
  const most = Math.max(BOOK.length + RELATIONS.length, SHEET.length)
  expect(readTable(book, { ...limits, bytes: most }).rows).toHaveLength(2)
  expect(() => readTable(book, { ...limits, bytes: most - 1 })).toThrow(expect.objectContaining({ code: 'too-large' }))
})
