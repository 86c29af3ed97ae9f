import { strToU8, zipSync } from 'fflate'

export interface SheetDraft {
  /** The first row. It is locked. */
  columns: readonly { name: string; width: number; values?: readonly string[] }[]
  rows: readonly (readonly string[])[]
  /** Empty rows below, whose cells are the only ones that can be changed. */
  openRows: number
}

/** ZIP files hold the time of their making. With a fixed one, the same sheet is the same file. */
const MADE = new Date('2000-01-01T00:00:00Z')
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * Writes an Excel workbook with one sheet whose column names are locked. Every cell is text, so a spreadsheet keeps zeros, changes no day
 * and calculates no formula (I49).
 */
export function writeXlsx(sheet: SheetDraft): Uint8Array {
  const parts = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Certificates" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': sheetOf(sheet),
  }
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, text]) => [name, [strToU8(`${HEAD}${text}`), { mtime: MADE }]]),
    ),
  )
}

/** 0: nothing; 1: a locked name of a column; 2: an open cell of text. Format 49 is `@`. */
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" numFmtId="49" applyFont="1" applyNumberFormat="1"/><xf xfId="0" numFmtId="49" applyNumberFormat="1" applyProtection="1"><protection locked="0"/></xf></cellXfs></styleSheet>`

function sheetOf({ columns, rows, openRows }: SheetDraft): string {
  const lines = [columns.map(({ name }) => name), ...rows, ...Array.from({ length: openRows }, () => [] as string[])]
  const cells = lines.map((line, at) => {
    const texts = columns.map((_, column) => cellOf(line[column] ?? '', `${letter(column)}${at + 1}`, at === 0 ? 1 : 2))
    return `<row r="${at + 1}">${texts.join('')}</row>`
  })
  const lists = columns.flatMap(({ values }, column) =>
    values === undefined ? [] : [listOf(values, `${letter(column)}2:${letter(column)}${lines.length}`)],
  )
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  )
  return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${cells.join('')}</sheetData><sheetProtection sheet="1" formatColumns="0" sort="0"/>${lists.length > 0 ? `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>` : ''}</worksheet>`
}

const cellOf = (text: string, place: string, style: number): string =>
  text === ''
    ? `<c r="${place}" s="${style}"/>`
    : `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

/** A list to choose from. Its values have no comma, and together at most 255 characters. */
const listOf = (values: readonly string[], range: string): string =>
  `<dataValidation type="list" allowBlank="1" sqref="${range}"><formula1>"${escaped(values.join(','))}"</formula1></dataValidation>`

const letter = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : `${letter(Math.floor(column / 26) - 1)}${letter(column % 26)}`

const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
